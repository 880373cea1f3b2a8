import type { Rule } from '../finding';
import { at, isExpression, textsOf } from '../parameters';
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
	{ what: 'a signed token', pattern: /\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}/ },
	{ what: 'a private key', pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/ },
	{ what: 'a password in an address', pattern: /\b[a-z][a-z0-9+]*:\/\/[^\s:/@{}]+:[^\s@/{}]+@/i },
	{
		what: 'a key in an address',
		pattern: /[?&](api_?key|access_token|token|secret|password)=[^&\s{}$"'`]{8,}/i,
	},
	{ what: 'a token after Bearer', pattern: /\b(Bearer|Basic)\s+(?=\S*\d)[A-Za-z0-9._~+/=-]{16,}/ },
	{
		what: 'a password or key in quotes',
		pattern:
			/\b(api[_-]?key|client[_-]?secret|secret|access[_-]?token|passw(or)?d)["']?\s*[:=]\s*(["'])(?![^"']*(\{\{|\$))[^"'\s]{8,}\3/i,
	},
];
const SECRET_HEADER = /^(authorization|x-api-key|api-?key|x-auth-token|x-access-token|token)$/i;
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
		if (text.trim() === '' || isExpression(text)) continue;
		if (SECRET_FIELD.test(field)) return { what: 'a password or key', where };
		if (field !== 'value') continue;
		const name = at(parentOf(node, path), 'name');
		if (typeof name === 'string' && SECRET_HEADER.test(name))
			return { what: `the header ${name}`, where };
	}
	return undefined;
}

function parentOf(node: WorkflowNode, path: readonly string[]): unknown {
	return path
		.slice(0, -1)
		.reduce<unknown>(
			(found, name) => (Array.isArray(found) ? found[Number(name)] : at(found, name)),
			node.parameters,
		);
}

export const secretRules: readonly Rule[] = [secretInParameter];
