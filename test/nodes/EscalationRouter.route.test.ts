import 'reflect-metadata';
import { closeLedgers, freshUserFolder, ledgerOf } from './CustomerJourney.setup';
import { alerted, asking, ROUTE, runRouter } from './EscalationRouter.setup';

beforeEach(freshUserFolder);
afterEach(closeLedgers);

/** A Monday, 10:00 in Berlin. */
const MONDAY = '2026-03-02T09:00:00Z';

describe('Route', () => {
	it('gives an alert a named owner and one business day (P07, R61, R62)', async () => {
		const { of } = await runRouter(MONDAY, [alerted('acme')]);
		expect(of(ROUTE.new)).toMatchObject([
			{
				case: 1,
				what: 'opened',
				kind: 'alert',
				owner: { name: 'Ana', email: 'ana@vendor.example' },
				dueAt: '2026-03-03T10:00:00+01:00',
				notify: true,
				to: 'ana@vendor.example',
				channel: 'alert',
				mode: 'live',
			},
		]);
	});

	it('gives whoever asks for a person four business hours, over the weekend as well (R63, R64)', async () => {
		const { of } = await runRouter('2026-03-06T14:00:00Z', [asking('acme', 'human_requested')]);
		// Friday 15:00 and two hours; Monday 09:00 and two more
		expect(of(ROUTE.new)).toMatchObject([
			{ kind: 'escalation', dueAt: '2026-03-09T11:00:00+01:00' },
		]);
	});

	it('tells each reason once, and lets further ones join the one case (P08)', async () => {
		await runRouter(MONDAY, [alerted('acme')]);
		const again = await runRouter('2026-03-02T10:00:00Z', [alerted('acme')]);
		expect(again.of(ROUTE.unchanged)).toMatchObject([{ case: 1, what: 'known', notify: false }]);
		const asked = await runRouter('2026-03-02T11:00:00Z', [asking('acme', 'reply_received')]);
		expect(asked.of(ROUTE.updated)).toMatchObject([
			{ case: 1, what: 'raised', kind: 'escalation', owner: { name: 'Ana' }, notify: true },
		]);
		const { cases } = await ledgerOf().cases({ accountIds: ['acme'], now: 0 });
		expect(cases.map(({ reasons }) => reasons.map(({ code }) => code))).toEqual([
			['health_dropped', 'reply_received'],
		]);
	});

	it('tells how many cases people have who left the policy, and gives theirs away that it hears of', async () => {
		const team = (name: string) => ({
			people: { person: [{ name, email: `${name}@vendor.example`, pools: 'csm' }] },
		});
		await runRouter(MONDAY, [alerted('a'), alerted('b'), alerted('c')], team('dora'));
		const later = '2026-03-02T10:00:00Z';
		const again = asking('a', 'survey_answered');
		const ran = await runRouter(
			later,
			[{ ...alerted('a'), ledger: again.ledger }, alerted('b'), alerted('new')],
			team('bo'),
		);
		expect(ran.hints.map(({ message }) => message).join()).toContain(
			"people who are not among the policy's people had 3 cases",
		);
		expect(ran.of(ROUTE.updated)).toMatchObject([
			{ case: 1, what: 'raised', event: 'raised', to: 'bo@vendor.example' },
		]);
		expect(ran.of(ROUTE.updated)[0]?.reasons).toMatchObject([
			{ code: 'case_raised' },
			{ code: 'owner_changed' },
			{ code: 'rule_held' },
			{},
		]);
		const { cases } = await ledgerOf().cases({ nos: [1, 2], now: 0 });
		expect(cases.map(({ owner }) => owner.name)).toEqual(['bo', 'dora']);
		// no deadline moved that somebody was told
		expect(cases.map(({ clocks }) => clocks[0]?.startedAt)).toEqual([
			Date.parse(MONDAY),
			Date.parse(MONDAY),
		]);
		const { events } = await ledgerOf().timeline(['a']);
		expect(events.map(({ type }) => type)).toContain('case_reassigned');
	});

	it('lets accounts that need nobody, and items without an account, through with the reason', async () => {
		const { of, outputs, hints } = await runRouter(MONDAY, [
			{ accountId: 'calm' },
			{ name: 'nobody' },
			alerted('old', {}, { baseline: true }),
		]);
		expect(outputs.map((items) => items.map(({ pairedItem }) => pairedItem))).toEqual([
			[],
			[],
			[{ item: 0 }, { item: 2 }],
			[],
			[{ item: 1 }],
		]);
		expect(of(ROUTE.unchanged).flatMap(({ reasons }) => reasons)).toMatchObject([
			{ code: 'noReason' },
			{ code: 'baseline' },
		]);
		expect(hints.map(({ message }) => message).join()).toContain('P09');
	});

	it('comes with everything a person needs to know (R51)', async () => {
		const { of } = await runRouter(MONDAY, [alerted('acme', { renewalDate: '2026-06-01' })], {
			options: {
				linkAddress: 'https://n8n.example.com/webhook/digital-cs/case',
				accountLink: 'https://crm.example.com/{accountId}',
			},
		});
		const [told] = of(ROUTE.new);
		expect(told?.subject).toContain('Account acme');
		expect(told?.markdown).toContain('Health dropped under 60');
		expect(told?.html).toContain('https://crm.example.com/acme');
		expect(JSON.stringify(told?.links)).toContain(
			'https://n8n.example.com/webhook/digital-cs/case?dcs=',
		);
	});

	it('routes also where links cannot be made, and says so', async () => {
		const { of, hints } = await runRouter(MONDAY, [asking('acme', 'human_requested')], {
			options: { linkAddress: 'http://n8n.lan:5678/webhook/digital-cs/case' },
		});
		expect(of(ROUTE.new)).toMatchObject([{ case: 1, notify: true, links: {} }]);
		expect(hints.map(({ message }) => message).join()).toContain('no https address');
	});

	it('tells the tester only, in a run from the editor (P34)', async () => {
		const run = await runRouter(
			MONDAY,
			[alerted('acme')],
			{ testRecipient: 'me@vendor.example' },
			'manual',
		);
		expect(run.of(ROUTE.new)).toMatchObject([{ to: 'me@vendor.example', mode: 'test' }]);
		const silent = await runRouter(MONDAY, [alerted('acme')], {}, 'manual');
		expect(silent.of(ROUTE.new)).toMatchObject([{ case: 1, notify: false }]);
		expect((await ledgerOf().cases({ accountIds: ['acme'], now: 0 })).cases).toEqual([]);
	});

	it('tells ten single alerts a day, and the rest as one digest with its count', async () => {
		const many = Array.from({ length: 23 }, (_each, index) =>
			alerted(`a${String(index).padStart(2, '0')}`, { arr: 1_000 + index }),
		);
		const { of } = await runRouter(MONDAY, many, {
			people: { person: [{ name: 'Ana', email: 'ana@vendor.example', pools: 'csm' }] },
		});
		expect(of(ROUTE.new).map(({ notify }) => notify)).toEqual([
			...Array.from({ length: 10 }, () => true),
			...Array.from({ length: 13 }, () => false),
		]);
		expect(of(ROUTE.digest)).toMatchObject([
			{ to: 'ana@vendor.example', count: 13, event: 'digest', notify: true },
		]);
		const [digest] = of(ROUTE.digest);
		expect(digest?.subject).toBe('And 13 more alerts');
		// the first ten were told singly; of the rest the most money comes first
		expect(digest?.markdown).toMatch(/Account a22[\s\S]*Account a10/);
	});
});
