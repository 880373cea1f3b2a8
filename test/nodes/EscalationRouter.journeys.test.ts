import 'reflect-metadata';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { TestNode, WorkflowRun } from '../harness/runWorkflow';
import {
	account,
	closeLedgers,
	emitted,
	freshUserFolder,
	JOURNEY,
	ledgerOf,
	rows,
	runJourney,
	wiredUp,
} from './CustomerJourney.setup';
import {
	answer,
	asking,
	escalationsOf,
	ROUTE,
	ROUTER,
	routerNode,
	runFlow,
	runRouter,
} from './EscalationRouter.setup';

beforeEach(freshUserFolder);
afterEach(closeLedgers);

/** A Monday, 10:00 in Berlin. */
const DAY_0 = '2026-03-02T09:00:00Z';
const after = (days: number): string =>
	new Date(Date.parse(DAY_0) + days * 86_400_000).toISOString();

/** A journey in live run, whose output `output` leads to the router. */
async function routed(
	at: string,
	input: readonly IDataObject[],
	{
		output,
		mode = 'trigger',
		...parameters
	}: INodeParameters & { output: number; mode?: 'trigger' | 'manual' },
): Promise<WorkflowRun> {
	const { options = {}, ...rest } = parameters;
	const journey: TestNode = {
		name: JOURNEY,
		type: 'n8n-nodes-digital-cs.customerJourney',
		parameters: {
			team: 'team@vendor.example',
			...rest,
			options: { timezone: 'Europe/Berlin', now: at, ...(options as INodeParameters) },
		},
	};
	// without a sender for its mails a journey runs dry
	const mail = { name: 'Mail', type: 'n8n-nodes-digital-cs.journeyEmail' };
	return await runFlow(input, [journey, mail, routerNode(at)], {
		mode,
		wires: [
			{ from: 'Start', to: 'Accounts' },
			{ from: 'Accounts', to: JOURNEY },
			{ from: JOURNEY, output: 1, to: mail.name },
			{ from: JOURNEY, output, to: ROUTER },
		],
	});
}
const openedBy = (run: WorkflowRun): IDataObject[] =>
	escalationsOf(run.node(ROUTER).outputs[ROUTE.new]);
const casesOf = async (id: string) => (await ledgerOf().cases({ accountIds: [id], now: 0 })).cases;

const EXPANSION = { output: 2, preset: 'expansion', options: { atGoLive: 'enroll' } };
/** Ready for an upgrade that is a matter for sales (P30). */
const large = (id: string): IDataObject =>
	account(id, {
		createdAt: '2025-01-01',
		lifecycleStage: 'adopting',
		health: { band: 'green', score: 80 },
		limits: { nearing: true, selfService: false, uplift: 9000 },
	});
/** In the onboarding preset a ticket of the highest severity is a hand-over at once. */
const ASKED_FOR_HELP = rows().find(({ id }) => id === 'asked-for-help')?.output;

describe('a hand-over of a journey', () => {
	it('is a case of its own kind, whose key is the journey’s, and is taken over there', async () => {
		const run = await routed(DAY_0, [account('acme', { support: { openP1: 1 } })], {
			output: Number(ASKED_FOR_HELP),
		});
		expect(openedBy(run)).toMatchObject([{ kind: 'escalation', priority: 'urgent', case: 1 }]);
		const [one] = await casesOf('acme');
		const key = one?.reasons[0]?.key ?? '';
		expect(key).toContain('/asked-for-help/');
		// the case reminds from now on, not the journey
		const { log } = await ledgerOf().timeline(['acme']);
		const states = log.filter(({ touch }) => touch === key).map(({ what }) => what);
		expect(states).toEqual(['claimed', 'sent']);
		const next = await routed(after(1), [account('acme', { support: { openP1: 1 } })], {
			output: Number(ASKED_FOR_HELP),
		});
		expect(next.node(ROUTER).runs).toBe(0);
	});

	it('to sales silences expansion only; onboarding goes on (P06)', async () => {
		const run = await routed(DAY_0, [large('acme')], EXPANSION);
		expect(openedBy(run)).toMatchObject([{ kind: 'escalation', owner: { name: 'Ana' } }]);
		const [one] = await casesOf('acme');
		const [{ silences } = {}] = one?.reasons ?? [];
		const ofExpansion = (await ledgerOf().timeline(['acme'])).log[0];
		expect(ofExpansion?.journey).toBe('expansion');
		expect(silences).toBeGreaterThan(1);
		const onboarding = await runJourney({ input: [account('acme')], now: after(1) });
		expect(emitted(onboarding)).toEqual(['1: welcome acme → admin@acme.example']);
		const guide = await runJourney({ input: [account('acme')], now: after(3) });
		expect(emitted(guide)).not.toEqual([]);
	});

	it('to sales keeps every other offer of expansion from the account, and from no other', async () => {
		await routed(DAY_0, [large('acme')], EXPANSION);
		const small = (id: string): IDataObject => ({
			...large(id),
			limits: { nearing: true, selfService: true, uplift: 900 },
		});
		const run = await routed(after(1), [small('acme'), small('other')], {
			...EXPANSION,
			journeyId: 'add-ons',
		});
		expect(emitted(run)).toEqual(['1: offer other → admin@other.example']);
	});

	it('of which the account has a case already joins it (P08)', async () => {
		await runRouter(DAY_0, [
			{
				accountId: 'acme',
				health: { alerts: [{ key: 'k', code: 'usage_fell', text: 'Usage fell' }] },
			},
		]);
		const run = await routed(after(0), [large('acme')], EXPANSION);
		expect(escalationsOf(run.node(ROUTER).outputs[ROUTE.updated])).toMatchObject([
			{ case: 1, what: 'raised', kind: 'escalation' },
		]);
		expect((await casesOf('acme'))[0]?.reasons).toHaveLength(2);
	});

	it('of a dry run writes nothing, and says why (P34)', async () => {
		const dry: IDataObject = {
			...account('acme'),
			journey: {
				key: 'onboarding/1/acme/call/',
				channel: 'human',
				mode: 'dry',
				reasons: [{ code: 'due', text: 'The step is due' }],
			},
		};
		const ran = await runRouter(DAY_0, [dry]);
		expect(ran.of(ROUTE.unchanged)).toMatchObject([
			{ notify: false, reasons: [{ code: 'dryRun' }] },
		]);
		expect(ran.hints.map(({ message }) => message).join()).toContain('P34');
		expect(await casesOf('acme')).toEqual([]);
		expect((await ledgerOf().timeline(['acme'])).log).toEqual([]);
	});

	it('tried in the editor is a case of the test ledger (P34)', async () => {
		const run = await routed(DAY_0, [large('acme')], {
			...EXPANSION,
			mode: 'manual',
			testRecipient: 'me@vendor.example',
		});
		expect(openedBy(run)).toMatchObject([{ case: 1, notify: false }]);
		expect(await casesOf('acme')).toEqual([]);
		const { cases } = await ledgerOf('test').cases({ accountIds: ['acme'], now: 0 });
		expect(cases).toHaveLength(1);
	});
});

describe('journeys', () => {
	/** What the onboarding preset sends, confirmed as its sender would. */
	async function mailsOn(day: number): Promise<string[]> {
		const { behind, wires } = wiredUp();
		const run = await runJourney({ input: [account('acme')], now: after(day), behind, wires });
		const keys = run
			.node(JOURNEY)
			.outputs.slice(1)
			.flat()
			.map(({ json }) => (json.journey as { key: string }).key);
		await ledgerOf().confirm(keys, Date.parse(after(day)));
		return emitted(run).map((line) => line.split(' ')[1] ?? '');
	}

	it('are silent while an escalation is open, and go on after Resolve without catching up (P06, P33)', async () => {
		expect(await mailsOn(0)).toEqual(['welcome']);
		await runRouter(after(1), [asking('acme', 'reply_received')]);
		for (const day of [2, 3, 4]) expect([day, await mailsOn(day)]).toEqual([day, []]);
		await answer('resolve', after(4), [{ accountId: 'acme' }]);
		const later = [...(await mailsOn(4)), ...(await mailsOn(7)), ...(await mailsOn(8))];
		expect(later).not.toEqual([]);
		// what fell due meanwhile lapsed
		expect(later).not.toContain('set-up-guide');
	});

	it('go on while only an alert is open (P07)', async () => {
		await mailsOn(0);
		await runRouter(after(1), [
			{
				accountId: 'acme',
				health: { alerts: [{ key: 'k', code: 'usage_fell', text: 'Usage fell' }] },
			},
		]);
		expect(await mailsOn(2)).toEqual(['set-up-guide']);
	});

	it('go on for every other account', async () => {
		await runRouter(DAY_0, [asking('other', 'reply_received')]);
		expect(await mailsOn(0)).toEqual(['welcome']);
	});
});
