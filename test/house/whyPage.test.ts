import { runInNewContext } from 'node:vm';
import { DateTime, Settings } from 'luxon';
import { z } from 'zod/v4';
import { readWorkflow } from '../n8n/workflows';

const REASONS = [{ code: 'because', text: 'Because <of> it.' }];
const LEDGER = {
	found: true,
	accountId: 'acme',
	paused: [{ what: 'account', until: '2026-04-01T08:00:00Z', reason: 'They asked us to' }],
	heldByGate: [{ journey: 'onboarding', since: '2026-03-02T09:00:00Z', reasons: REASONS }],
	notIn: [
		{
			journey: 'health-intervention',
			dry: true,
			asOf: '2026-03-03T09:00:00Z',
			lookAgainAt: '2026-03-04T09:00:00Z',
			reasons: REASONS,
		},
	],
	waiting: [
		{
			what: 'held',
			journey: 'renewal',
			step: 'reminder',
			at: '2026-03-05T09:00:00Z',
			nextAt: '2026-03-06T09:00:00Z',
			reasons: REASONS,
		},
	],
	timeline: [
		{ at: '2026-03-01T09:00:00Z', what: 'event', type: 'reply_received' },
		{
			at: '2026-03-02T10:00:00Z',
			what: 'sent',
			journey: 'renewal',
			step: 'summary',
			reasons: REASONS,
		},
	],
};

/** The page of ops-why about what Look Up says, by section: its title, and what its rows read. */
function page(ledger: object): string[] {
	Settings.defaultZone = 'America/New_York';
	const code = readWorkflow('ops-why.json').nodes.find(({ name }) => name === 'Write the answer')
		?.parameters.jsCode;
	const items: unknown = runInNewContext(`(() => {${String(code)}})()`, {
		DateTime,
		$: () => ({ first: () => ({ json: { Customer: 'acme' } }) }),
		$input: { first: () => ({ json: { ledger } }) },
	});
	const [{ json } = { json: { html: '' } }] = z
		.array(z.object({ json: z.object({ html: z.string() }) }))
		.parse(JSON.parse(JSON.stringify(items)));
	return json.html
		.replace(/<style>[\s\S]*<\/style>/, '')
		.split(/<section[^>]*>/)
		.map((part) =>
			part
				.replace(/<[^>]+>/g, ' ')
				.replace(/\s+/g, ' ')
				.trim(),
		);
}
afterEach(() => {
	Settings.defaultZone = 'system';
});

describe('the page of ops-why', () => {
	it('says everything that keeps a customer from mails, each with its reason and until when', () => {
		const because = 'Because &lt;of&gt; it.';
		expect(page(LEDGER).slice(1)).toEqual([
			'1 Stopped by somebody Account until Wed 1 Apr 2026, 04:00 They asked us to',
			`1 Held back by the gate before a journey Onboarding since Mon 2 Mar 2026, 04:00, decided afresh in every run ${because}`,
			`1 Not in a journey, or at rest in it Health intervention (dry run) as of Tue 3 Mar 2026, 04:00; looked at again Wed 4 Mar 2026, 04:00 ${because}`,
			`1 Waiting Reminder · Renewal until Fri 6 Mar 2026, 04:00 ${because}`,
			`2 What happened, the newest first Mon 2 Mar 2026, 05:00 Sent Summary · Renewal ${because} Sun 1 Mar 2026, 04:00 We heard Reply received`,
		]);
	});

	it('leaves out what there is nothing of, and says so of whom nobody knows', () => {
		const none = { heldByGate: [], notIn: [], waiting: [], timeline: [] };
		const reasons = [{ code: 'unknownAccount', text: 'Nothing is known' }];
		expect(page({ ...LEDGER, ...none, paused: undefined })).toHaveLength(1);
		expect(page({ found: false, reasons })).toEqual(['acme Asked for acme : Nothing is known.']);
	});
});
