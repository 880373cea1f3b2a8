import 'reflect-metadata';
import type { IDataObject, INodeExecutionData, INodeParameters, INodeType } from 'n8n-workflow';
import { SqlLedger } from '../../ledger/sql/sqlLedger';
import { HealthScore } from '../../nodes/HealthScore/HealthScore.node';
import { runNode, type NodeRun, type RunOptions } from '../harness/runWorkflow';
import { closeLedgers, freshUserFolder, ledgerOf } from './CustomerJourney.setup';

beforeEach(freshUserFolder);
afterEach(async () => {
	jest.restoreAllMocks();
	await closeLedgers();
});

const MONDAY = Date.parse('2026-03-02T09:00:00Z');
const DAY = 86_400_000;
const HOUR = DAY / 24;

type Options = RunOptions & {
	at?: number;
	parameters?: INodeParameters;
	options?: INodeParameters;
	type?: INodeType;
	heardOn?: number | undefined;
};

/** One signal, so that a score is what the field says. */
const OWN: INodeParameters = {
	model: 'own',
	signals: { signal: [{ label: 'A', field: 'a', weight: 1, curve: 'linear', from: 0, to: 100 }] },
};

async function run(input: readonly IDataObject[], options: Options = {}): Promise<NodeRun> {
	const { at = MONDAY, parameters = OWN, options: more, type, ...how } = options;
	const ran = await runNode(type ?? new HealthScore(), {
		mode: 'trigger',
		heardOn: 1,
		settings: { timezone: 'Europe/Berlin' },
		...how,
		input,
		parameters: { ...parameters, options: { now: new Date(at).toISOString(), ...more } },
	});
	expect(ran.error).toBeUndefined();
	return ran;
}

type Told = Record<string, unknown> & { reasons: { code: string; text: string }[] };
const isTold = (value: unknown): value is Told =>
	typeof value === 'object' && value !== null && 'reasons' in value;
function healthOf(item: INodeExecutionData | undefined): Told {
	const health = item?.json.health;
	if (!isTold(health)) throw new Error('There is no health');
	return health;
}
const scoresOf = async (scores: readonly number[], options: Options = {}): Promise<Told[]> => {
	const { outputs } = await run(
		scores.map((a, index) => ({ accountId: `acc-${index}`, a })),
		options,
	);
	return (outputs[0] ?? []).map(healthOf);
};
const one = async (a: number, options: Options = {}): Promise<Told> => {
	const [health] = await scoresOf([a], options);
	if (health === undefined) throw new Error('one item gives one health');
	return health;
};
const asTool = (): INodeType => {
	class AsTool extends HealthScore {}
	const type = new AsTool();
	type.description = { ...type.description, name: 'healthScoreTool' };
	return type;
};
const hintsOf = ({ hints }: NodeRun): string[] => hints.map(({ message }) => message);

describe('Health Score with memory', () => {
	it('tells previous score, change, drop and alert on the next day', async () => {
		expect(await one(80)).toMatchObject({
			band: 'green',
			dropped: false,
			droppedOn: null,
			recovered: false,
			previous: null,
			change: null,
			daysInBand: 1,
			steadyDays: 1,
			trend4w: null,
			trend12w: null,
			alerts: [],
		});
		expect(await one(50, { at: MONDAY + DAY })).toMatchObject({
			score: 50,
			band: 'red',
			dropped: true,
			droppedOn: '2026-03-03',
			previous: 80,
			change: -30,
			alerts: [{ code: 'health_dropped', key: 'health_dropped/own/acc-0/2026-03-03' }],
		});
		const held = await one(70, { at: MONDAY + 2 * DAY });
		expect(held).toMatchObject({ band: 'red', dropped: true, nextBand: null });
		expect(held.reasons[0]?.code).toBe('band_held');
		expect(await one(70, { at: MONDAY + 3 * DAY })).toMatchObject({
			band: 'yellow',
			dropped: false,
			recovered: true,
		});
	});

	it('says the same when a sweep is repeated, and writes nothing then', async () => {
		await scoresOf([80, 40]);
		const first = await scoresOf([50, 40], { at: MONDAY + DAY });
		const before = await ledgerOf().recallHealth('own', ['acc-0', 'acc-1']);
		expect(await scoresOf([50, 40], { at: MONDAY + DAY + 5 * HOUR })).toEqual(first);
		expect(await ledgerOf().recallHealth('own', ['acc-0', 'acc-1'])).toEqual(before);
	});

	it('begins a day at midnight of the workflow, also when clocks change', async () => {
		// Sunday 29 March 2026 has 23 hours in Berlin: from Saturday 23:00 UTC to Sunday 22:00 UTC
		const at = (time: string): Options => ({ at: Date.parse(`2026-03-${time}Z`) });
		await one(80, at('28T22:30'));
		expect((await one(70, at('28T23:30'))).previous).toBe(80);
		expect((await one(65, at('29T21:30'))).previous).toBe(80);
		expect((await one(65, at('29T22:30'))).previous).toBe(70);
	});

	it('gives a signal its own baseline, and a last known value', async () => {
		const model = {
			id: 'baseline',
			signals: [
				{
					...{ id: 'users', label: 'Users', field: 'users', weight: 1 },
					curve: { type: 'baseline', from: 0.5, to: 1, days: 4, atLeastDays: 2 },
					missing: { lastKnown: 1 },
				},
			],
		};
		const parameters = { model: 'json', modelJson: JSON.stringify(model) };
		const on = async (day: number, users?: number): Promise<Told> => {
			const { outputs } = await run(
				[{ accountId: 'a', ...(users === undefined ? {} : { users }) }],
				{
					at: MONDAY + day * DAY,
					parameters,
				},
			);
			return healthOf(outputs[0]?.[0]);
		};
		expect((await on(0, 100)).score).toBeNull();
		expect((await on(1, 100)).score).toBeNull();
		// three quarters of the mean of the two days before, half of the way from 50 % to 100 %
		expect((await on(2, 75)).score).toBe(50);
		const recalled = await on(3);
		expect(recalled.reasons.map(({ text }) => text)).toContain(
			'Users has no data (users), so its value of 1 day ago counts',
		);
		expect((await on(5)).score).toBeNull();
	});

	it('raises a fall of usage by the fields of the account, by a signal, or by a signal and memory (P03)', async () => {
		const alertsOf = async (account: IDataObject, options: Options): Promise<unknown> => {
			const { outputs } = await run([{ accountId: 'a', a: 80, ...account }], options);
			return healthOf(outputs[0]?.[0]).alerts;
		};
		const fell = [{ code: 'usage_fell', priority: 'urgent', percent: 40, since: '2026-03-02' }];
		const usage = { events: 60, previousEvents: 100 };
		expect(await alertsOf({ usage }, {})).toMatchObject(fell);
		expect(await alertsOf({ usage }, { parameters: { model: 'b2bSaas' } })).toMatchObject(fell);

		const row = { label: 'E', field: 'usage.events', weight: 1, curve: 'weekChange' };
		const parameters = { model: 'own', signals: { signal: [row] } };
		const options = { modelName: 'weeks' };
		const on = async (day: number, events: number): Promise<unknown> =>
			await alertsOf({ usage: { events } }, { parameters, options, at: MONDAY + day * DAY });
		expect(await on(0, 100)).toEqual([]);
		expect(await on(6, 100)).toEqual([]);
		expect(await on(7, 69)).toMatchObject([
			// the change is all of this score
			{ code: 'health_dropped' },
			{ code: 'usage_fell', percent: 31, priority: 'normal', since: '2026-03-09' },
		]);
	});

	it('says on the account and in the editor that a later day is known, as after a run ahead of the clock', async () => {
		const walk: Options = { mode: 'manual', options: { testRuns: 'continue' } };
		await one(80, { ...walk, at: MONDAY + 300 * DAY });
		const input = [{ accountId: 'acc-0', a: 20 }];
		const late = await run(input, { ...walk, at: MONDAY + DAY });
		expect(healthOf(late.outputs[0]?.[0])).toMatchObject({
			dropped: false,
			reasons: [{ code: 'later_day_known', known: '2026-12-27' }, {}],
		});
		expect(hintsOf(late)).toEqual([
			"1 item of a day before the last one remembered: shown, and moves nothing until that day is past. Such a day comes from a run with 'Now' ahead of the clock; a backup of the ledger from before it ends this at once.",
		]);
	});

	it('refuses to remember, in a live run, a day more than one ahead of the clock', async () => {
		jest.spyOn(Date, 'now').mockReturnValue(MONDAY);
		await one(80);
		const tooFar = MONDAY + DAY + 1;
		const now = new Date(tooFar).toISOString();
		const input = [{ accountId: 'acc-0', a: 20 }];
		const parameters = { ...OWN, options: { now } };
		const { error, outputs } = await runNode(new HealthScore(), {
			...{ mode: 'trigger', input, parameters },
		});
		expect(error?.message).toBe("The 'Now' option is more than a day ahead of the clock");
		expect(error).toMatchObject({ description: expect.stringContaining('Test Runs') as string });
		expect(outputs).toEqual([]);
		// nothing of it is remembered, and whoever remembers nothing, or only looks or tries, may
		for (const options of [
			{ parameters: { ...OWN, remember: false } },
			{ mode: 'manual' as const },
			{ type: asTool() },
		])
			expect((await one(50, { ...options, at: tooFar })).score).toBe(50);
		expect(await one(50, { at: MONDAY + DAY })).toMatchObject({ previous: 80, dropped: true });
	});

	it('raises nothing of figures that cannot be, and says by field what it could not read', async () => {
		const usage = { events: 900, previousEvents: '1,000', asOf: 'unknown' };
		const ran = await run([
			{ accountId: 'a', a: 80, usage, renewalDate: '01.04.2026' },
			{ accountId: 'b', a: 80, renewalDate: 'soon', setup: { firstValueAt: 'pending' } },
		]);
		expect((ran.outputs[0] ?? []).map((item) => healthOf(item).alerts)).toEqual([[], []]);
		const told = (field: string, items: string): string =>
			`${field} holds something impossible in ${items}, where alerts take it for unknown`;
		expect(hintsOf(ran).sort()).toEqual([
			told('renewalDate', '2 items'),
			told('setup.firstValueAt', '1 item'),
			told('usage.asOf', '1 item'),
			told('usage.previousEvents', '1 item'),
		]);
		// what is a signal too is told of as one
		const preset = await run([{ accountId: 'c', usage }], { parameters: { model: 'b2bSaas' } });
		const hints = hintsOf(preset).filter((hint) => hint.includes('alerts take it'));
		expect(hints).toEqual([]);
	});

	it('tells once what cannot be read, though it has to sweep some accounts again', async () => {
		const write = jest
			.spyOn(SqlLedger.prototype, 'rememberHealth')
			.mockImplementationOnce(async (_model, rows) => await Promise.resolve(rows.map(() => false)));
		const renewalDate = 'soon';
		const ran = await run([
			{ accountId: 'a', a: 'x', renewalDate },
			{ accountId: 'b', a: 40, renewalDate },
		]);
		expect(write).toHaveBeenCalledTimes(2);
		expect(hintsOf(ran)).toEqual([
			"Signal 'A' (a) holds something impossible in 1 item, where it was left out",
			'renewalDate holds something impossible in 2 items, where alerts take it for unknown',
		]);
	});

	it('takes from the options when a band is left upward', async () => {
		const options = { bandMargin: 10, bandScores: 1 };
		await one(50, { options });
		expect((await one(69, { at: MONDAY + DAY, options })).band).toBe('red');
		expect((await one(70, { at: MONDAY + 2 * DAY, options })).band).toBe('yellow');
		expect((await one(75, { at: MONDAY + 3 * DAY, options })).band).toBe('yellow');
		const settled = { ...options, bandSettled: 2 };
		expect((await one(75, { at: MONDAY + 4 * DAY, options: settled })).band).toBe('green');
	});

	it('keeps two models apart', async () => {
		await one(80);
		const other = { at: MONDAY + DAY, options: { modelName: 'other' } };
		expect(await one(70, other)).toMatchObject({ previous: null, model: { id: 'other' } });
		expect((await one(70, { at: MONDAY + DAY })).previous).toBe(80);
	});

	it('remembers nothing of an item without an id, and says so', async () => {
		const ran = await run([{ a: 40 }, { accountId: 'a', a: 40 }, { accountId: ' ', a: 40 }]);
		const [nobody, somebody] = ran.outputs[0] ?? [];
		expect(healthOf(nobody)).not.toHaveProperty('dropped');
		expect(healthOf(nobody).score).toBe(40);
		expect(healthOf(somebody).dropped).toBe(true);
		expect(hintsOf(ran)).toEqual([
			'2 items without an account id in accountId: nothing is remembered of them',
		]);
	});

	it.each(['crm.id', '={{ $json.crm.id }}'])(
		'reads the id from any field (%s), numbers too',
		async (accountIdField) => {
			const input = [{ crm: { id: 7 }, a: 80 }];
			const options = { accountIdField };
			await run(input, { options });
			const { outputs } = await run(input, { options, at: MONDAY + DAY });
			expect(healthOf(outputs[0]?.[0]).previous).toBe(80);
		},
	);

	it('takes the first of two items of one account for its daily score', async () => {
		const input = [80, 40].map((a) => ({ accountId: 'a', a }));
		const { outputs } = await run(input);
		const [first, second] = (outputs[0] ?? []).map(healthOf);
		expect(first).toMatchObject({ band: 'green', dropped: false });
		expect(second).toMatchObject({ score: 40, band: 'green', dropped: false });
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it('gives health to each of many items of one account, which follow from each other', async () => {
		const spy = jest.spyOn(SqlLedger.prototype, 'rememberHealth');
		const input = Array.from({ length: 30 }, (_none, index) => ({ accountId: 'a', a: 50 + index }));
		const { outputs } = await run(input);
		const told = (outputs[0] ?? []).map(healthOf);
		expect(told.map(({ score }) => score)).toEqual(input.map(({ a }) => a));
		expect(told.map(({ dropped, steadyDays }) => [dropped, steadyDays])).toEqual(
			input.map(() => [true, 0]),
		);
		expect(spy).toHaveBeenCalledTimes(1);
		const next = await run([{ accountId: 'a', a: 70 }], { at: MONDAY + DAY });
		expect(healthOf(next.outputs[0]?.[0]).previous).toBe(50);
	});

	it('takes the first of two items of one account that has a score', async () => {
		const { outputs } = await run([{ accountId: 'a' }, { accountId: 'a', a: 40 }]);
		expect((outputs[0] ?? []).map((item) => healthOf(item).dropped)).toEqual([false, true]);
		const next = await run([{ accountId: 'a', a: 70 }], { at: MONDAY + DAY });
		expect(healthOf(next.outputs[0]?.[0]).previous).toBe(40);
	});

	it('scores also whom others keep writing to, and says that it is not remembered', async () => {
		await one(80);
		const spy = jest
			.spyOn(SqlLedger.prototype, 'rememberHealth')
			.mockImplementation(async (_model, rows) => await Promise.resolve(rows.map(() => false)));
		const ran = await run([{ accountId: 'acc-0', a: 40 }], { at: MONDAY + DAY });
		expect(healthOf(ran.outputs[0]?.[0])).toMatchObject({ score: 40, dropped: true, previous: 80 });
		expect(hintsOf(ran)).toEqual([
			'1 account scored, but not remembered this time: other executions kept writing to the same. Sweep them again.',
		]);
		expect(spy.mock.calls.length).toBeGreaterThan(1);
		// what was not written does not count
		expect((await ledgerOf().recallHealth('own', [])).sweeps).toMatchObject({ scored: 0 });
	});

	it('starts a damaged memory afresh, says whose, and fails nobody', async () => {
		await scoresOf([80, 80]);
		const [known] = (await ledgerOf().recallHealth('own', ['acc-0'])).rows;
		if (known === undefined) throw new Error('nothing is remembered');
		await ledgerOf().rememberHealth('own', [{ ...known, revision: 2, state: '{"scores":' }]);
		const input = [40, 70].map((a, index) => ({ accountId: `acc-${index}`, a }));
		const ran = await run(input, { at: MONDAY + DAY });
		const told = (ran.outputs[0] ?? []).map(healthOf);
		expect(told.map(({ previous }) => previous)).toEqual([null, 80]);
		expect(hintsOf(ran)).toEqual([
			'The ledger held a damaged health memory of 1 account (acc-0), which is started afresh: scored as new. The rest is as remembered.',
		]);
		const next = await run(input, { at: MONDAY + 2 * DAY });
		expect((next.outputs[0] ?? []).map((item) => healthOf(item).previous)).toEqual([40, 70]);
		expect(hintsOf(next)).toEqual([]);
	});

	it('loses no day and tells the same when sweeps of different scores race', async () => {
		const places = Array.from({ length: 3_000 }, (_none, index) => index);
		await scoresOf(places.map(() => 80));
		const scores = [
			places.map((index) => 30 + (index % 60)),
			places.map((index) => 89 - (index % 60)),
		];
		const options = { holdMassTriggers: false };
		const racing = await Promise.all(
			scores.map(async (one) => await scoresOf(one, { at: MONDAY + DAY, options })),
		);
		const next = await scoresOf(
			places.map(() => 70),
			{ at: MONDAY + 2 * DAY, options },
		);
		for (const index of places) {
			const daily = Number(next[index]?.previous);
			expect(scores.map((one) => one[index])).toContain(daily);
			// whoever lost says what follows from the other's score
			expect(racing.map((one) => one[index]?.dropped)).toEqual([daily < 60, daily < 60]);
		}
		expect((await ledgerOf().recallHealth('own', [])).sweeps).toMatchObject({ scored: 3_000 });
	});

	it('forgets test runs, unless they are to continue, and never touches live memory with them', async () => {
		await one(80);
		const test: Options = { mode: 'manual', at: MONDAY + DAY };
		expect((await one(50, test)).previous).toBeNull();
		expect((await one(50, { ...test, at: MONDAY + 2 * DAY })).previous).toBeNull();
		const walk = { testRuns: 'continue' };
		expect((await one(50, { ...test, at: MONDAY + 3 * DAY, options: walk })).previous).toBe(50);
		expect((await one(70, { at: MONDAY + 4 * DAY })).previous).toBe(80);
	});

	it('only looks when it is the tool of an AI agent', async () => {
		await one(80);
		const type = asTool();
		expect(await one(50, { at: MONDAY + DAY, type, mode: 'manual' })).toMatchObject({
			previous: 80,
			dropped: true,
		});
		expect(await one(70, { at: MONDAY + DAY })).toMatchObject({ dropped: false, previous: 80 });
	});

	it('without Remember scores as ever and opens no ledger', async () => {
		const parameters = { ...OWN, remember: false };
		await run([{ accountId: 'a', a: 40 }], { parameters });
		const { outputs } = await run([{ accountId: 'a', a: 40 }], { parameters, at: MONDAY + DAY });
		expect(healthOf(outputs[0]?.[0])).not.toHaveProperty('previous');
		expect(await ledgerOf().recallHealth('own', ['a'])).toMatchObject({ rows: [undefined] });
	});
});

describe('a feed that breaks (P10)', () => {
	const fine = Array.from({ length: 100 }, () => 80);
	const broken = fine.map(() => 0);
	const alarms = ({ outputs }: NodeRun): unknown[] =>
		(outputs[1] ?? []).map(({ json }) => json.alarm);
	const sweep = async (
		scores: readonly number[],
		at: number,
		more: Options = {},
	): Promise<NodeRun> =>
		await run(
			scores.map((a, index) => ({ accountId: `acc-${index}`, a })),
			{ at, ...more },
		);
	const dropped = ({ outputs }: NodeRun): number =>
		(outputs[0] ?? []).filter((item) => healthOf(item).dropped === true).length;

	it('raises nothing, says so on each account, and alarms operations once a day', async () => {
		await sweep(fine, MONDAY);
		const first = await sweep(broken, MONDAY + DAY);
		expect(dropped(first)).toBe(0);
		expect(healthOf(first.outputs[0]?.[5])).toMatchObject({
			score: 0,
			alerts: [],
			reasons: [{ code: 'trigger_held', why: 'implausibly_many' }, {}],
		});
		const text =
			'100 of 100 accounts would newly trigger today, which is more than 20 %: check the data first';
		expect(alarms(first)).toEqual([
			{
				model: { id: 'own', version: expect.any(String) as string },
				at: '2026-03-03T09:00:00.000Z',
				reasons: [
					{ code: 'mass_trigger_held', why: 'implausibly_many', triggered: 100, scored: 100, text },
				],
			},
		]);
		expect(first.outputs[1]?.[0]?.pairedItem).toEqual({ item: 0 });
		expect(hintsOf(first)).toEqual([
			`Drops and alerts are not raised today. ${text}. Once it is checked and right, switch off 'Hold Mass Triggers' for a run.`,
		]);
		const again = await sweep(broken, MONDAY + DAY + HOUR);
		expect([dropped(again), alarms(again).length]).toEqual([0, 0]);
		const next = await sweep(broken, MONDAY + 2 * DAY);
		expect([dropped(next), alarms(next).length]).toEqual([0, 1]);
		const mended = await sweep(fine, MONDAY + 3 * DAY);
		expect([dropped(mended), alarms(mended).length]).toEqual([0, 0]);
	});

	it('counts over the pages of a day: the first few pass, the rest is held', async () => {
		await sweep(fine, MONDAY);
		const page = async (from: number, to: number): Promise<NodeRun> =>
			await run(
				broken.slice(from, to).map((a, index) => ({ accountId: `acc-${from + index}`, a })),
				{ at: MONDAY + DAY },
			);
		expect(dropped(await page(0, 15))).toBe(15);
		const second = await page(15, 60);
		expect([dropped(second), alarms(second).length]).toEqual([0, 1]);
		const third = await page(60, 100);
		expect([dropped(third), alarms(third).length]).toEqual([0, 0]);
	});

	const pageOf = (from: number, to: number): IDataObject[] =>
		broken.slice(from, to).map((a, index) => ({ accountId: `acc-${from + index}`, a }));

	it('holds the second of two pages that are too few each by itself', async () => {
		await sweep(fine, MONDAY);
		const at = MONDAY + DAY;
		const first = await run(pageOf(0, 12), { at });
		expect([dropped(first), alarms(first)]).toEqual([12, []]);
		const second = await run(pageOf(12, 24), { at });
		expect(dropped(second)).toBe(0);
		expect(alarms(second)).toMatchObject([{ reasons: [{ triggered: 24, scored: 24 }] }]);
	});

	it('lets no more through when the pages come at the same time', async () => {
		await sweep(fine, MONDAY);
		const at = MONDAY + DAY;
		const pages = await Promise.all(
			[0, 15, 30, 45].map(async (from) => await run(pageOf(from, from + 15), { at })),
		);
		expect(pages.map(dropped).sort()).toEqual([0, 0, 0, 15]);
		expect(pages.flatMap(alarms).length).toBe(1);
	});

	it('alarms nobody of what a journey has told operations that day', async () => {
		await sweep(fine, MONDAY);
		const day = Math.floor((MONDAY + DAY) / DAY);
		const event = { id: String(day), accountId: '', type: 'mass_trigger_held' };
		await ledgerOf().recordEvents([{ ...event, occurredAt: MONDAY + DAY }], MONDAY + DAY);
		const held = await sweep(broken, MONDAY + DAY);
		expect([dropped(held), alarms(held).length]).toEqual([0, 0]);
		expect(alarms(await sweep(broken, MONDAY + 2 * DAY)).length).toBe(1);
	});

	it('still alarms after an execution that died before it could', async () => {
		await sweep(fine, MONDAY);
		const claim = jest
			.spyOn(SqlLedger.prototype, 'recordEvents')
			.mockRejectedValue(new Error('died'));
		const input = pageOf(0, 100);
		const options = { now: new Date(MONDAY + DAY).toISOString() };
		const settings = { timezone: 'Europe/Berlin' };
		const parameters = { ...OWN, options };
		const died = await runNode(new HealthScore(), {
			mode: 'trigger',
			heardOn: 1,
			...{ settings, input, parameters },
		});
		expect(died.error).toBeDefined();
		claim.mockRestore();
		const text =
			'100 of 100 accounts would newly trigger today, which is more than 20 %: check the data first';
		const again = await sweep(broken, MONDAY + DAY + HOUR);
		expect(alarms(again)).toMatchObject([{ reasons: [{ why: 'implausibly_many', text }] }]);
		expect(alarms(await sweep(broken, MONDAY + DAY + 2 * HOUR))).toEqual([]);
	});

	it('says of accounts held earlier that they are, though the share looks right by now', async () => {
		await sweep(fine, MONDAY);
		const at = MONDAY + DAY;
		await run(pageOf(0, 20), { at });
		await run(
			fine.map((a, index) => ({ accountId: `other-${index}`, a })),
			{ at },
		);
		const again = await run(pageOf(0, 20), { at: at + HOUR });
		expect([dropped(again), alarms(again).length]).toEqual([0, 0]);
		expect(hintsOf(again)).toEqual([
			expect.stringContaining(
				'Earlier today implausibly many accounts would have triggered at once, by now 20 of 120: check',
			) as unknown,
		]);
	});

	it('shows the alarm to who tries a flow each time, and takes it from nobody', async () => {
		const test: Options = { mode: 'manual', options: { testRuns: 'continue' } };
		for (const how of [{}, test]) await sweep(fine, MONDAY, how);
		const tried = [
			await sweep(broken, MONDAY + DAY, test),
			await sweep(broken, MONDAY + DAY + HOUR, test),
		];
		expect(tried.map((ran) => alarms(ran).length)).toEqual([1, 1]);
		expect(alarms(await sweep(broken, MONDAY + DAY + HOUR)).length).toBe(1);
	});

	it('takes the alarm of the day from nobody where it is wired to nobody', async () => {
		await sweep(fine, MONDAY);
		const unheard: Options = { heardOn: undefined };
		expect(alarms(await sweep(broken, MONDAY + DAY, unheard)).length).toBe(1);
		expect(alarms(await sweep(broken, MONDAY + DAY + HOUR)).length).toBe(1);
		expect(alarms(await sweep(broken, MONDAY + DAY + HOUR)).length).toBe(0);
	});

	it('is alarmed of by nobody who only looks', async () => {
		await sweep(fine, MONDAY);
		const looked = await sweep(broken, MONDAY + DAY, { type: asTool(), mode: 'manual' });
		expect([dropped(looked), alarms(looked).length]).toEqual([0, 0]);
		await sweep(broken.slice(0, 50), MONDAY + DAY);
		const next = await sweep(broken, MONDAY + 2 * DAY, { type: asTool(), mode: 'manual' });
		expect(alarms(next)).toEqual([]);
		expect(alarms(await sweep(broken, MONDAY + 2 * DAY)).length).toBe(1);
	});

	it('alarms once a day of old usage data though nobody triggers, by the newest of the run', async () => {
		await sweep(fine, MONDAY);
		const at = MONDAY + DAY;
		const old = (hours: number, place: number): IDataObject => ({
			accountId: `acc-${place}`,
			...{ a: 80, usage: { asOf: new Date(at - hours * HOUR).toISOString() } },
		});
		for (const hours of [
			[47, 60, 49],
			[60, 49, 47],
		])
			expect(alarms(await run(hours.map(old), { at }))).toEqual([]);
		const stale = [49, 60].map(old);
		expect(alarms(await run(stale, { at }))).toMatchObject([
			{ reasons: [{ why: 'usage_too_old', triggered: 0 }] },
		]);
		expect(alarms(await run(stale, { at: at + HOUR }))).toEqual([]);
	});

	it('of which everything is missing alarms nobody: nothing is known, so nothing dropped', async () => {
		await sweep(fine, MONDAY);
		const { outputs } = await run(
			fine.map((_score, index) => ({ accountId: `acc-${index}` })),
			{ at: MONDAY + DAY },
		);
		expect(outputs[1]).toEqual([]);
		expect(healthOf(outputs[0]?.[0])).toMatchObject({ band: 'unknown', dropped: false });
	});

	it('a fifth of the accounts that drops is taken for what it is', async () => {
		await sweep(fine, MONDAY);
		const scores = fine.map((score, index) => (index < 20 ? 40 : score));
		expect(dropped(await sweep(scores, MONDAY + DAY))).toBe(20);
	});

	it('does not hold what somebody tries on the first day of a test run, and does on the next', async () => {
		const asOf = new Date(MONDAY - 49 * HOUR).toISOString();
		const input = [{ accountId: 'acc-0', a: 40, usage: { asOf } }];
		const first = await run(input, { mode: 'manual' });
		expect([dropped(first), alarms(first), hintsOf(first)]).toEqual([1, [], []]);
		await one(80, { mode: 'manual' });
		const options = { testRuns: 'continue' };
		const next = await run(input, { mode: 'manual', at: MONDAY + DAY, options });
		expect([dropped(next), alarms(next).length]).toEqual([0, 1]);
	});

	it('alarms beside the first account held, also where only a second try was held', async () => {
		await sweep(fine, MONDAY);
		const at = MONDAY + DAY;
		const ledger = ledgerOf();
		const remember = ledger.rememberHealth.bind(ledger);
		jest
			.spyOn(SqlLedger.prototype, 'rememberHealth')
			.mockImplementationOnce(async (model, rows) => {
				const [first, ...others] = rows;
				// others of the day drop meanwhile, and somebody writes to all accounts but the first
				await ledger.countHealth('own', first?.day ?? 0, { scored: 30, triggered: 30 });
				const written = await remember(model, first === undefined ? [] : [first]);
				return [...written, ...others.map(() => false)];
			});
		const ran = await run(pageOf(0, 3), { at });
		expect((ran.outputs[0] ?? []).map((item) => healthOf(item).dropped)).toEqual([
			true,
			false,
			false,
		]);
		expect(ran.outputs[1]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
	});

	it('is not kept quiet by usage data that say they are of the future, or do not say when', async () => {
		await sweep(fine, MONDAY);
		const at = MONDAY + DAY;
		const asOfs = [new Date(at - 49 * HOUR).toISOString(), '2031-01-01', 'unknown'];
		const ran = await run(
			asOfs.map((asOf, place) => ({ accountId: `acc-${place}`, a: 40, usage: { asOf } })),
			{ at },
		);
		expect(alarms(ran)).toMatchObject([{ reasons: [{ why: 'usage_too_old' }] }]);
		expect(dropped(ran)).toBe(0);
	});

	it('holds everything while usage data are older than 48 hours', async () => {
		await sweep(fine, MONDAY);
		const at = MONDAY + DAY;
		const asOf = new Date(at - 49 * HOUR).toISOString();
		const ran = await run([{ accountId: 'acc-0', a: 40, usage: { asOf } }], { at });
		expect(dropped(ran)).toBe(0);
		expect(alarms(ran)).toMatchObject([{ reasons: [{ why: 'usage_too_old' }] }]);
	});

	it('is raised once somebody has looked and lets it through', async () => {
		await sweep(fine, MONDAY);
		await sweep(broken, MONDAY + DAY);
		const options = { holdMassTriggers: false };
		const let1 = await sweep(broken, MONDAY + DAY + HOUR, { options });
		expect([dropped(let1), alarms(let1).length]).toEqual([100, 0]);
		expect(dropped(await sweep(broken, MONDAY + DAY + 2 * HOUR))).toBe(100);
	});

	it('at go-live is no feed that breaks: what already holds is listed (P09)', async () => {
		const first = await sweep(broken, MONDAY);
		expect([dropped(first), alarms(first).length]).toEqual([100, 0]);
		expect(healthOf(first.outputs[0]?.[0]).alerts).toMatchObject([{ baseline: true }]);
		// another page of the same first day
		const { outputs } = await run([{ accountId: 'late', a: 0 }], { at: MONDAY + HOUR });
		expect(healthOf(outputs[0]?.[0]).alerts).toMatchObject([{ baseline: true }]);
	});

	it('at go-live is told account by account, whichever came first (P09)', async () => {
		await run([{ accountId: 'webhook', a: 80 }], { at: MONDAY });
		const sweepOf = (more: IDataObject, prefix: string): IDataObject[] =>
			broken.map((a, index) => ({ accountId: `${prefix}-${index}`, a, ...more }));
		const raised = async (input: IDataObject[], day: number): Promise<unknown[]> => {
			const ran = await run(input, { at: MONDAY + day * DAY });
			const alerts = (ran.outputs[0] ?? []).flatMap((item) => healthOf(item).alerts);
			const baseline = alerts.filter((one) => isBaseline(one)).length;
			return [alerts.length, baseline, alarms(ran).length];
		};
		const isBaseline = (alert: unknown): boolean =>
			typeof alert === 'object' && alert !== null && 'baseline' in alert;
		// a customer since before, and nobody says since when
		expect(await raised(sweepOf({ startedAt: '2025-01-01' }, 'old'), 1)).toEqual([100, 100, 0]);
		expect(await raised(sweepOf({}, 'early'), 13)).toEqual([100, 100, 0]);
		expect(await raised(sweepOf({ startedAt: '2026-03-02' }, 'same'), 40)).toEqual([100, 100, 0]);
	});

	it('counts customers who came after go-live, and those who are unknown for long (P19)', async () => {
		await sweep(fine, MONDAY);
		const alertsOf = async (more: IDataObject, day: number): Promise<unknown> => {
			const input = [{ accountId: `new-${day}`, a: 0, ...more }];
			const { outputs } = await run(input, { at: MONDAY + day * DAY });
			return healthOf(outputs[0]?.[0]).alerts;
		};
		const listed = [{ code: 'health_dropped', baseline: true }];
		const real = [expect.not.objectContaining({ baseline: true }) as unknown];
		// past its onboarding
		const startedAt = '2026-03-03';
		expect(await alertsOf({ startedAt, setup: { firstValueAt: '2026-03-04' } }, 3)).toEqual(real);
		expect(await alertsOf({}, 13)).toMatchObject(listed);
		expect(await alertsOf({}, 14)).toEqual(real);
	});
});
