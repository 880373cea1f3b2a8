import type { Rule } from '../finding';
import { at, isExpression, rowOf, textsOf } from '../parameters';
import type { WorkflowNode } from '../workflow';

const SECRETS: readonly { readonly what: string; readonly pattern: RegExp }[] = [
	{ what: 'a key of Anthropic or OpenAI', pattern: /\bsk-[A-Za-z0-9_-]{16,}/ },
	{ what: 'a token of Slack', pattern: /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/ },
	{ what: 'a token of GitHub', pattern: /\b(gh[opsu]_[A-Za-z0-9]{30,}|github_pat_\w{30,})/ },
	{ what: 'a key of AWS', pattern: /\b(AKIA|ASIA)[A-Z0-9]{16}\b/ },
	{ what: 'a token of HubSpot', pattern: /\bpat-[a-z]{2}\d-[0-9a-f-]{30,}/i },
	{
		what: 'a key of Stripe',
		pattern: /\b(sk|rk)_(live|test)_[A-Za-z0-9]{10,}|\bwhsec_[\w+/=]{16,}/,
	},
	{ what: 'a key of SendGrid', pattern: /\bSG\.[\w-]{16,}\.[\w-]{16,}/ },
	{ what: 'a key of Google', pattern: /\bAIza[\w-]{30,}/ },
	{ what: 'a token of Shopify', pattern: /\bshp(at|ca|pa|ss)_[0-9a-f]{30,}/i },
	{ what: 'a webhook of Slack', pattern: /\bhooks\.slack\.com\/services\/T\w+\/B\w+\/\w{16,}/ },
	{ what: 'a token of a Telegram bot', pattern: /\bapi\.telegram\.org\/bot\d+:[\w-]{20,}/ },
	{ what: 'a signed token', pattern: /\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}/ },
	{ what: 'a private key', pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/ },
	{ what: 'a password in an address', pattern: /\b[a-z][a-z0-9+]*:\/\/[^\s:/@{}]+:[^\s@/{}]+@/i },
	{
		what: 'a key in an address',
		pattern:
			/[?&](hapi_?key|api[_-]?key|auth[_-]?key|access_token|token|secret|password)=[^&\s{}$"'`]{8,}|[?&]key=(?=[\w-]{0,100}\d)[\w-]{24,}/i,
	},
	{ what: 'a token after Bearer', pattern: /\b(Bearer|Basic)\s+(?=\S*\d)[A-Za-z0-9._~+/=-]{16,}/ },
	{
		what: 'a password or key in quotes',
		pattern:
			/\b(api[_-]?key|auth[_-]?key|client[_-]?secret|secret|(access|auth|private)[_-]?token|passw(or)?d)["']?\s*[:=]\s*(["'])(?![^"']*(\{\{|\$))[^"'\s]{8,}\4/i,
	},
	{
		// what says which page comes next is shorter
		what: 'a token in quotes',
		pattern: /\btoken["']?\s*[:=]\s*(["'])(?=[^"']{0,100}\d)[\w.~+/=-]{16,}\1/i,
	},
	{
		what: 'a password or key in code',
		pattern:
			/\b(const|let|var)\s+\w*(secret|token|passw(or)?d|api_?key|auth_?key)\w*\s*=\s*(["'`])(?=[^"'`]*\d)[^"'`\s${]{8,}\4/i,
	},
	{
		// letters and figures in one run: no name of a field or of a metric
		what: 'a key in code',
		pattern:
			/\b(const|let|var)\s+\w*key\w*\s*=\s*(["'`])(?=[^"'`]{0,100}(?=[a-z]{0,40}\d)(?=\d{0,40}[a-z])[a-z\d]{12})[^"'`\s${]+\2/i,
	},
];
/** How services call a key or token: in a header, a query or a body. */
const SECRET_NAME =
	/^(authorization|(x-)?([a-z\d]+[-_])*(hapi|api|auth|app|access|private|secret|client|webhook|subscription|signing)[-_]?(key|token|secret|password)|(x-)?token|secret|password|passwd)$/i;
/** What is called a key may as well be the name of a field. */
const LOOKS_RANDOM = /^=?(?=\S{0,100}\d)[\w-]{24,}$/;
const SECRET_FIELD = /^(password|apiKey|accessToken|clientSecret|secret)$/i;

const secretInParameter: Rule = {
	code: 'secret-in-parameter',
	severity: 'error',
	holds: 'No key and no password stands in a parameter.',
	todo: 'Put it into a credential (HTTP Request: Authentication), change the key, since whoever saw the workflow has it, and delete it here.',
	*find({ workflow }) {
		for (const node of workflow.nodes) {
			const found = secretOf(node);
			if (found !== undefined)
				yield {
					node: node.name,
					// the secret itself is repeated nowhere
					text: `'${node.name}' holds ${found.what} in ${found.where}: everybody who may see, export or copy the workflow has it.`,
				};
		}
	},
};

function secretOf(node: WorkflowNode): { what: string; where: string } | undefined {
	for (const { path, text } of textsOf(node)) {
		const where = path.join(' → ');
		const found = SECRETS.find(({ pattern }) => pattern.test(text));
		if (found !== undefined) return { what: found.what, where };
		const field = path.at(-1) ?? '';
		// an expression without brackets is the text behind its sign
		if (text.trim() === '' || (isExpression(text) && text.includes('{{'))) continue;
		if (SECRET_FIELD.test(field)) return { what: 'a password or key', where };
		if (field !== 'value') continue;
		const name = at(rowOf(node, path), 'name');
		if (typeof name !== 'string') continue;
		if (SECRET_NAME.test(name) || (/^key$/i.test(name) && LOOKS_RANDOM.test(text)))
			return { what: `a value for ${name}`, where };
	}
	return undefined;
}

export const secretRules: readonly Rule[] = [secretInParameter];
