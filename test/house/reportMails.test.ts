import 'reflect-metadata';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { textOf } from '../../nodes/platform/rows';
import { compileTemplate } from '../../services/mail/template';
import { readWorkflow } from '../n8n/workflows';
import { runReport } from '../nodes/ProgramReport.setup';
import { sampleCustomers } from './samples';

/** A Tuesday: the third day of a month, and the second of a week. */
const NOW = '2026-11-03T15:00:00Z';
const BROKEN = /\{\{|\{%|undefined|NaN|Infinity|\[object|"missing"|"failed"/;

/** What each sample customer would read, by their id, as the flow compares them. */
async function written(
	file: string,
	name: string,
	over: (account: IDataObject) => IDataObject = (account) => account,
): Promise<Map<string, string>> {
	const { nodes, ...workflow } = readWorkflow(file);
	const parametersOf = (wanted: string): IDataObject =>
		(nodes.find((node) => node.name === wanted)?.parameters ?? {}) as IDataObject;
	const samples = sampleCustomers({ nodes, ...workflow }, NOW) as unknown as IDataObject[];
	const { operation, options: _options, ...given } = parametersOf('Figures and peers');
	const ran = await runReport(textOf(operation), NOW, samples.map(over), given as INodeParameters);
	const { subject, message } = parametersOf(name);
	const text = (account: IDataObject): string => {
		const scope = { account, contact: {}, journey: {}, unsubscribeUrl: 'mailto:stop@example.com' };
		return [
			compileTemplate(textOf(subject), 'plain')(scope),
			compileTemplate(textOf(message), 'html')(scope),
		]
			.map((part) => ('text' in part ? part.text : JSON.stringify(part)))
			.join('\n');
	};
	return new Map(ran.items().map((account) => [textOf(account.accountId), text(account)]));
}

describe.each([
	['ops-usage-digest.json', 'Mail: digest'],
	['ops-performance-summary.json', 'Mail: summary'],
])('the mail of %s', (file, name) => {
	test('is written for each sample customer; who reads it can unsubscribe, and reply to a human', async () => {
		const all = [...(await written(file, name)).values()];
		expect(all.length).toBeGreaterThan(10);
		for (const text of all) {
			expect(text).not.toMatch(BROKEN);
			expect(text).toContain('href="mailto:stop@example.com"');
			expect(text).toContain('Just reply: a human reads it.');
		}
	});
});

test('the digest says a team’s figures beside those of similar teams (R53)', async () => {
	const text = (await written('ops-usage-digest.json', 'Mail: digest')).get('lotus');
	expect(text).toContain('Your week: 47 actions');
	expect(text).toContain('October 26 to November 1');
	expect(text).toContain(
		'<b>47</b> actions; teams like yours typically have 82 (the week before: 90)',
	);
});

test('the summary says the month beside the one before, what was taken up, and the goals (R55)', async () => {
	const text = (await written('ops-performance-summary.json', 'Mail: summary')).get('vanilla');
	expect(text).toContain('Your October: 412 actions');
	expect(text).toContain('<b>412</b> actions; teams like yours typically have');
	expect(text).toContain('(before that: 340)');
	// boards were in use before
	expect(text).toContain('New in your team: <b>automations</b>.');
	expect(text).toContain('Your goals: Plan a quarter in a day.');
});

test.each([
	['ops-usage-digest.json', 'Mail: digest', 'lotus'],
	['ops-performance-summary.json', 'Mail: summary', 'vanilla'],
])('%s: who is held against everybody is not told of teams like theirs', async (file, name, id) => {
	// a plan of their own each: fewer than ten of the same
	const own = await written(file, name, (account) => ({ ...account, plan: account.accountId }));
	expect(own.get(id)).toMatch(/; teams typically have \d/);
	expect(own.get(id)).not.toContain('like yours');
});
