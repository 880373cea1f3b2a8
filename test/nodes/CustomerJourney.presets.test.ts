import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { JOURNEY_PRESETS } from '../../engine/journeys/presets/presets';
import { CustomerJourney } from '../../nodes/CustomerJourney/CustomerJourney.node';
import { outputNames } from '../harness/outputs';
import type { WorkflowRun } from '../harness/runWorkflow';
import {
	account,
	channels,
	closeLedgers,
	emitted,
	freshUserFolder,
	heardChannels,
	hintsOf,
	JOURNEY,
	journeyOf,
	ledgerOf,
	runJourney,
	TESTER,
} from './CustomerJourney.setup';

beforeEach(freshUserFolder);
afterEach(closeLedgers);

const MONDAY = '2026-03-02T09:00:00Z';

const run = (
	input: IDataObject[],
	parameters: INodeParameters,
	{
		options = {},
		now = MONDAY,
		mode = 'trigger',
	}: { options?: INodeParameters; now?: string; mode?: 'trigger' | 'manual' } = {},
): Promise<WorkflowRun> =>
	runJourney({ input, parameters, options, now, mode, ...heardChannels() });
const steps = (result: WorkflowRun): string[] =>
	emitted(result).map((line) => line.split(' ').slice(1, 3).join(' '));

describe('choosing a preset shows its steps', () => {
	it.each(JOURNEY_PRESETS.map(({ id, steps: of }) => [id, of] as const))('%s', (preset, of) => {
		const names = outputNames(new CustomerJourney(), { preset });
		for (const { name, output } of of) expect(names[output]).toContain(name);
	});

	it('a node made before there were presets is onboarding', () => {
		expect(outputNames(new CustomerJourney(), {})).toEqual(
			outputNames(new CustomerJourney(), { preset: 'onboarding' }),
		);
	});
});

describe('P22: who takes over, and when', () => {
	const DAY = 86_400_000;
	const HUMAN = new Set(
		JOURNEY_PRESETS.flatMap(({ steps: of }) =>
			of.filter(({ channel }) => channel === 'human').map(({ id }) => id),
		),
	);
	const at = (day: number): string => new Date(Date.parse(MONDAY) + day * DAY).toISOString();
	/** What goes to a human on each day of an episode of a customer whose health stays low. */
	const handedOver = async (engagedOn: number | undefined): Promise<string[]> => {
		const found: string[] = [];
		const before = {
			lifecycleStage: 'adopting',
			createdAt: '2025-01-01',
			health: { band: 'green', score: 80 },
		};
		await run([account('a', before)], { preset: 'intervention' }, { now: at(-1) });
		for (let day = 0; day <= 31; day++) {
			if (day === engagedOn)
				await ledgerOf().recordEvents(
					[{ id: 'b', type: 'booked', accountId: 'a', occurredAt: Date.parse(at(day)) }],
					Date.parse(at(day)),
				);
			const facts = { ...before, health: { band: 'red', score: 40, dropped: day === 0 } };
			const result = await run(
				[account('a', facts)],
				{ preset: 'intervention' },
				{ now: at(day), options: { engagementReported: true } },
			);
			const keys = result
				.node(JOURNEY)
				.outputs.slice(1)
				.flat()
				.map((item) => journeyOf(item));
			found.push(
				...keys.filter(({ step }) => HUMAN.has(step)).map(({ step }) => `${String(day)} ${step}`),
			);
			await ledgerOf().confirm(
				keys.map(({ key }) => key),
				Date.parse(at(day)),
			);
		}
		return found;
	};
	it('nobody engaged: on day 14', async () => {
		expect((await handedOver(undefined))[0]).toBe('14 nobody-engaged');
	});
	it('somebody did on day 5, and went silent: on day 30, not fourteen days later', async () => {
		expect(await handedOver(5)).toEqual(['30 still-low']);
	});
});

/** A customer whose health drops on a day and stays low, as the node is run each morning; when each step went out. */
async function sinceDrop(
	from: string,
	days: number,
	over: { score?: (day: number) => number; facts?: IDataObject; engagedOn?: number } = {},
): Promise<string[]> {
	const { score = () => 40, facts = {}, engagedOn } = over;
	const before = { lifecycleStage: 'adopting', createdAt: '2025-01-01', ...facts };
	const dropAt = Date.parse(from);
	const told: string[] = [];
	for (let day = -1; day <= days; day++) {
		const at = dropAt + day * 86_400_000;
		const health =
			day < 0
				? { band: 'green', score: 80 }
				: { band: 'red', score: score(day), dropped: day === 0 };
		if (day === engagedOn)
			await ledgerOf().recordEvents(
				[{ id: 'b', type: 'booked', accountId: 'a', occurredAt: at }],
				at,
			);
		const result = await run(
			[account('a', { ...before, health })],
			{ preset: 'intervention' },
			{ now: new Date(at).toISOString(), options: { engagementReported: true } },
		);
		const sent = result
			.node(JOURNEY)
			.outputs.slice(1)
			.flat()
			.map((item) => journeyOf(item));
		told.push(...sent.map(({ step }) => `${String(day)} ${step}`));
		await ledgerOf().confirm(
			sent.map(({ key }) => key),
			at,
		);
	}
	return told;
}

describe('P21: one consultation, on day 7 or on day 14 (R40)', () => {
	const offers = (told: string[]): string[] => told.filter((line) => line.includes('consultation'));

	it.each([
		['no better', 40, ['7 consultation']],
		['four points better, which is no improvement', 44, ['7 consultation']],
		['five points better, and not recovered', 45, ['14 consultation-later']],
	])('%s', async (_what, then, expected) => {
		const score = (day: number): number => (day < 7 ? 40 : then);
		// somebody answered on day 5, so that nobody takes over on day 14
		expect(offers(await sinceDrop(MONDAY, 20, { score, engagedOn: 5 }))).toEqual(expected);
	});
});

describe('P20: an account that is paused when its health drops', () => {
	it.each([
		['until the second day: the messages go then', '2026-03-04', ['2 pattern', '2 in-app-help']],
		['until the fourth: nothing went within three days, a human', '2026-03-06', ['4 not-reached']],
	])('%s', async (_what, pausedUntil, expected) => {
		expect(await sinceDrop(MONDAY, 5, { facts: { pausedUntil } })).toEqual(expected);
	});
});

it('P02: what is shown in the app goes at once on a Saturday, the mail on Monday (R39)', async () => {
	expect(await sinceDrop('2026-03-07T09:00:00Z', 3)).toEqual(['0 in-app-help', '2 pattern']);
});

describe('P23: a new drop after the episode ended', () => {
	const DAY = 86_400_000;
	/** What a customer of a tier gets on a drop so many days after the last episode recovered. */
	const again = async (days: number, tier: string): Promise<string[]> => {
		const on = async (day: number, health: IDataObject): Promise<WorkflowRun> => {
			const at = Date.parse(MONDAY) + day * DAY;
			const facts = { lifecycleStage: 'adopting', createdAt: '2025-01-01', tier: { tier }, health };
			const result = await run(
				[account('a', { ...facts, csm: 'csm@vendor.example' })],
				{ preset: 'intervention' },
				{ now: new Date(at).toISOString() },
			);
			const outputs = result.node(JOURNEY).outputs.slice(1).flat();
			await ledgerOf().confirm(
				outputs.map((item) => journeyOf(item).key),
				at,
			);
			return result;
		};
		await on(0, { band: 'green', score: 80 });
		await on(1, { band: 'red', score: 40, dropped: true });
		// thirty-one days later is a Monday
		await on(4, { band: 'yellow', score: 70, recovered: true });
		return emitted(await on(4 + days, { band: 'red', score: 40, dropped: true })).map((line) =>
			line.replace(/^\d+: /, ''),
		);
	};
	const CSM = 'csm@vendor.example';
	const NEW = ['pattern a → admin@a.example', 'in-app-help a → admin@a.example'];

	it.each([
		[29, 'techTouch', [`relapse a → ${CSM}`]],
		[30, 'techTouch', [`relapse a → ${CSM}`]],
		[31, 'techTouch', NEW],
		[29, 'highTouch', [`relapse a → ${CSM}`]],
		[30, 'highTouch', [`relapse a → ${CSM}`]],
		[31, 'highTouch', [`csm-task a → ${CSM}`]],
	])('%i days after its end, to %s', async (days, tier, expected) => {
		expect(await again(days, tier)).toEqual(expected);
	});
});

describe('each preset runs as it is dropped', () => {
	const known = { lifecycleStage: 'adopting', createdAt: '2025-01-01' };
	const nearing = {
		...known,
		health: { band: 'green' },
		limits: { nearing: true, selfService: true, uplift: 900 },
	};
	const unstaged = { health: nearing.health, limits: nearing.limits };
	const cases: [string, IDataObject, string[]][] = [
		['education', { ...known, health: { band: 'green', score: 80 } }, ['tip a']],
		['education', { ...known, health: { band: 'red', score: 40 } }, []],
		// P31: education runs for every tier, with a named success manager too
		['education', { ...known, health: { band: 'green' }, tier: { tier: 'highTouch' } }, ['tip a']],
		['education', { ...known, lifecycleStage: 'onboarding', health: { band: 'green' } }, []],
		[
			'intervention',
			{ ...known, health: { band: 'red', score: 40, dropped: true } },
			['pattern a', 'in-app-help a'],
		],
		[
			'intervention',
			{ ...known, health: { band: 'red', score: 40, dropped: true }, tier: { tier: 'highTouch' } },
			['csm-task a'],
		],
		['intervention', { ...known, health: { band: 'yellow', score: 62 } }, []],
		// P18: before first value Health Score tells of no drop, for 30 days at most
		[
			'intervention',
			{
				...known,
				lifecycleStage: 'onboarding',
				health: { band: 'red', score: 40, dropped: true },
			},
			['pattern a', 'in-app-help a'],
		],
		['survey', { renewalDate: '2026-09-02', termMonths: 12 }, ['survey a']],
		['survey', { renewalDate: '2026-09-02', termMonths: 11 }, []],
		[
			'survey',
			{ renewalDate: '2026-09-02', termMonths: 12, tier: { tier: 'highTouch' } },
			['survey-task a'],
		],
		[
			'renewal',
			{
				renewalDate: '2026-04-20',
				termMonths: 12,
				executiveSponsor: 'Ann',
				health: { band: 'green' },
			},
			['reminder a'],
		],
		[
			'renewal',
			{
				renewalDate: '2026-04-20',
				termMonths: 12,
				executiveSponsor: 'Ann',
				health: { band: 'yellow' },
			},
			['conversation a'],
		],
		[
			'renewal',
			{ renewalDate: '2026-04-20', termMonths: 12, health: { band: 'green' } },
			['reminder a', 'no-sponsor a'],
		],
		// R46, P25: what is not known is not green
		[
			'renewal',
			{
				renewalDate: '2026-04-20',
				termMonths: 12,
				executiveSponsor: 'Ann',
				health: { band: 'unknown' },
			},
			['conversation a'],
		],
		// P31
		[
			'renewal',
			{
				renewalDate: '2026-04-20',
				termMonths: 12,
				executiveSponsor: 'Ann',
				health: { band: 'yellow' },
				tier: { tier: 'namedCsm' },
			},
			['csm-task a'],
		],
		['renewal', { renewalDate: '2026-04-20', executiveSponsor: 'Ann' }, ['conversation a']],
		// P27: once the date has passed nobody is asked to talk about it any more, but to write down how it ended
		...(['2026-03-02', '2026-03-01'] as const).flatMap((renewalDate): typeof cases => {
			const isOver = renewalDate === '2026-03-01';
			const told = (step: string): string[] => [`${isOver ? 'date-passed' : step} a`];
			const facts = { renewalDate, executiveSponsor: 'Ann', health: { band: 'red' } };
			return [
				['renewal', facts, told('conversation')],
				['renewal', { ...facts, tier: { tier: 'namedCsm' } }, told('csm-task')],
			];
		}),
		['renewal', { renewalDate: '2026-04-20', termMonths: 3, health: { band: 'green' } }, []],
		['expansion', nearing, ['offer a']],
		// R52: other signs of readiness start nothing
		[
			'expansion',
			{ ...nearing, limits: { nearing: false, selfService: true, uplift: 900 }, goals: ['Grow'] },
			[],
		],
		// P29: only who is well, and nobody else's
		['expansion', { ...nearing, health: { band: 'yellow' } }, []],
		['expansion', { ...nearing, support: { openP1: 1 } }, []],
		['expansion', { ...nearing, openOpportunity: true }, []],
		// P31
		['expansion', { ...nearing, tier: { tier: 'highTouch' } }, ['csm-task a']],
		[
			'expansion',
			{
				...known,
				health: { band: 'green' },
				limits: { nearing: true, selfService: true, uplift: 5000 },
			},
			['to-sales a'],
		],
		[
			'expansion',
			{ ...known, health: { band: 'green' }, limits: { nearing: true, selfService: true } },
			['to-sales a'],
		],
		[
			'expansion',
			{ ...known, health: { band: 'green' }, limits: { nearing: true }, invoiceState: 'overdue' },
			[],
		],
		// P29, P01: the last 30 days before renewal begin 30 days before it
		['expansion', { ...nearing, renewalDate: '2026-04-02' }, ['offer a']],
		['expansion', { ...nearing, renewalDate: '2026-04-01' }, []],
		['expansion', { ...nearing, renewalDate: '2026-03-31' }, []],
		// P29, P16: past onboarding is who has reached first value, whatever the record says still
		['expansion', { ...nearing, lifecycleStage: 'onboarding' }, []],
		[
			'expansion',
			{ ...nearing, lifecycleStage: 'onboarding', setup: { firstValueAt: '2026-03-01' } },
			['offer a'],
		],
		// without a stage those are past it who have been customers for 30 days, as for Health Score
		['expansion', { ...unstaged, createdAt: '2026-02-26' }, []],
		['expansion', { ...unstaged, createdAt: '2026-02-01' }, []],
		['expansion', { ...unstaged, createdAt: '2026-01-31' }, ['offer a']],
		['expansion', { ...unstaged, createdAt: '2025-01-01', startedAt: '2026-02-01' }, []],
		[
			'expansion',
			{
				...unstaged,
				createdAt: '2026-02-26',
				setup: { firstValueAt: '2026-03-01' },
			},
			['offer a'],
		],
		['expansion', { ...nearing, createdAt: '2026-02-26' }, ['offer a']],
	];
	it.each(cases)('%s: %j', async (preset, facts, expected) => {
		const result = await run(
			[account('a', facts)],
			{ preset },
			{ options: { atGoLive: 'enroll' } },
		);
		expect(result.error).toBeUndefined();
		expect(steps(result).sort()).toEqual([...expected].sort());
	});

	it.each([
		['is still there', 'Ann Chief', 'active', []],
		['has left, says the contact', 'Ann Chief', 'left', ['no-sponsor a']],
		['is nobody yet', 'TBD', 'active', ['no-sponsor a']],
	])('the sponsor %s (R25, P28)', async (_what, executiveSponsor, status, expected) => {
		const result = await run(
			[
				account('a', {
					renewalDate: '2026-04-20',
					termMonths: 12,
					health: { band: 'green' },
					executiveSponsor,
					contacts: [
						{ email: 'ada@a.example', name: 'Ada', role: 'admin' },
						{ email: 'ann@a.example', name: 'Ann Chief', role: 'decisionMaker', status },
					],
				}),
			],
			{ preset: 'renewal' },
			{ options: { atGoLive: 'enroll' } },
		);
		expect(steps(result).filter((step) => step.startsWith('no-sponsor'))).toEqual(expected);
	});

	it('a sponsor who has left, as an event tells and not yet the record, is none (R25, P11, P28)', async () => {
		const now = Date.parse(MONDAY);
		const left = { id: 'l', type: 'contact_left', accountId: 'a', contact: 'Ann@a.example' };
		await ledgerOf().recordEvents([{ ...left, occurredAt: now }], now);
		const facts = {
			renewalDate: '2026-04-20',
			health: { band: 'green' },
			executiveSponsor: 'Ann Chief',
			contacts: [
				{ email: 'ada@a.example', name: 'Ada', role: 'admin' },
				{ email: 'ann@a.example', name: 'Ann Chief', role: 'decisionMaker' },
			],
		};
		const result = await run(
			[account('a', facts)],
			{ preset: 'renewal' },
			{ options: { atGoLive: 'enroll' } },
		);
		expect(steps(result)).toContain('no-sponsor a');
	});

	it('a sponsor who goes in the last 60 days before renewal is missed on that day, once a cycle (P28)', async () => {
		const on = (date: string, executiveSponsor?: string) =>
			run(
				[
					account('a', {
						renewalDate: '2026-05-01',
						termMonths: 12,
						health: { band: 'green' },
						...(executiveSponsor === undefined ? {} : { executiveSponsor }),
					}),
				],
				{ preset: 'renewal' },
				{ now: `2026-${date}T09:00:00Z` },
			);
		const raised: string[] = [];
		// 60 days before: 2 March
		for (const [date, sponsor] of [
			['03-02'],
			['03-03', 'Ann'],
			['03-20', 'Ann'],
			['03-21'],
			['03-22', 'Bea'],
			['04-10'],
		] as const) {
			const result = await on(date, sponsor);
			if (steps(result).includes('no-sponsor a')) raised.push(date);
			const keys = result
				.node(JOURNEY)
				.outputs.slice(1)
				.flat()
				.map((item) => journeyOf(item).key);
			await ledgerOf().confirm(keys, Date.parse(`2026-${date}T09:01:00Z`));
		}
		expect(raised).toEqual(['03-21']);
	});

	it('a run from the editor shows its messages, to the tester only: there is no going live in the editor', async () => {
		const result = await run(
			[account('a', { ...known, health: { band: 'red', score: 40, dropped: true } })],
			{ preset: 'intervention', testRecipient: TESTER },
			{ mode: 'manual' },
		);
		expect(emitted(result)[0]).toBe(`1: pattern a → ${TESTER}`);
	});
});

describe('going live (P09)', () => {
	const dropped = account('a', {
		lifecycleStage: 'adopting',
		health: { band: 'red', score: 40, dropped: true },
	});

	it('Preview and the first sweep say baseline; the next sweep says nothing more', async () => {
		const preview = await run([dropped], { preset: 'intervention', operation: 'preview' });
		expect(preview.node(JOURNEY).outputs[0]?.map((item) => journeyOf(item).state)).toEqual([
			'baseline',
		]);
		const first = await run([dropped], { preset: 'intervention' });
		expect(first.node(JOURNEY).outputs[0]?.map((item) => journeyOf(item).outcome)).toEqual([
			'baseline',
		]);
		expect(hintsOf(first)).toContain('1 account met the conditions already');
		const second = await run(
			[dropped],
			{ preset: 'intervention' },
			{ now: '2026-03-02T10:00:00Z' },
		);
		expect(second.node(JOURNEY).outputs.flat()).toEqual([]);
	});

	it('a mass trigger is seen over the pages of a sweep, and operations are told once (P10)', async () => {
		const preset = { preset: 'intervention' };
		await run([account('calm', { lifecycleStage: 'adopting' })], preset);
		const later = { now: '2026-03-04T09:00:00Z' };
		const pages = [1, 2, 3].map((page) =>
			Array.from({ length: 10 }, (_nothing, index) => ({
				...dropped,
				...account(`p${String(page)}-${String(index)}`),
			})),
		);
		const results: WorkflowRun[] = [];
		for (const page of pages) results.push(await run(page, preset, later));
		expect(results.map((result) => emitted(result).length)).toEqual([20, 0, 0]);
		expect(
			results.map((result) =>
				result.node(JOURNEY).outputs[0]?.map((item) => journeyOf(item).state),
			),
		).toEqual([[], ['alarm'], []]);
		expect(results.map((result) => hintsOf(result))[2]).toContain('30 of 30 accounts would');
	});

	it('a ramp lets so many out a day and says so', async () => {
		const many = ['a', 'b', 'c', 'd'].map((id) =>
			account(id, { lifecycleStage: 'adopting', health: { band: 'green' } }),
		);
		const result = await run(many, { preset: 'education' }, { options: { rampPerDay: 3 } });
		expect(emitted(result)).toHaveLength(3);
		expect(hintsOf(result)).toContain('1 message waits for another day: the ramp lets 3 out a day');
		const sent = result
			.node(JOURNEY)
			.outputs.flat()
			.map((item) => journeyOf(item).key);
		await ledgerOf().confirm(sent, Date.parse(MONDAY) + 20_000);
		const next = await run(
			many,
			{ preset: 'education' },
			{ options: { rampPerDay: 3 }, now: '2026-03-03T09:00:00Z' },
		);
		expect(emitted(next)).toHaveLength(1);
	});
});

describe('marketing presets', () => {
	const adopting = { lifecycleStage: 'adopting', createdAt: '2025-01-01' };
	const offers = {
		...adopting,
		health: { band: 'green' },
		limits: { nearing: true, selfService: true, uplift: 900 },
	};
	const ready = { ...adopting, health: { band: 'green', score: 80 } };
	const many = (facts: IDataObject) =>
		Array.from({ length: 120 }, (_nothing, index) => account(`n${String(index)}`, facts));
	const sent = async (preset: string, facts: IDataObject, now: string, options = {}) =>
		emitted(
			await run(
				many(facts),
				{ preset },
				{ now, options: { atGoLive: 'enroll', touchesPerRun: 500, ...options } },
			),
		).length;

	it.each([
		['education', ready],
		['expansion', offers],
	])('%s begins with a ramp of 50 a day for two weeks (P09)', async (preset, facts) => {
		expect(await sent(preset, facts, MONDAY)).toBe(50);
		expect(await sent(preset, facts, '2026-03-02T10:00:00Z')).toBe(0);
	});

	it('renewal begins with one of 100, for two weeks, and those whose date is nearest go first (P09)', async () => {
		// T-60 to T-1, not in their order; all of those that are due for 30 days or more came due on different days
		const daysLeft = (index: number): number => ((index * 7) % 60) + 1;
		const renews = Array.from({ length: 120 }, (_nothing, index) =>
			account(`n${String(index)}`, {
				...ready,
				renewalDate: new Date(Date.parse(MONDAY) + daysLeft(index) * 86_400_000)
					.toISOString()
					.slice(0, 10),
				termMonths: 12,
				executiveSponsor: 'Ann',
			}),
		);
		const sweep = (now: string) =>
			run(renews, { preset: 'renewal' }, { now, options: { touchesPerRun: 500 } });
		const first = emitted(await sweep(MONDAY)).map((line) => line.split(' ')[2] ?? '');
		expect(first).toHaveLength(100);
		const left = first.map((id) => daysLeft(Number(id.slice(1))));
		expect(Math.max(...left)).toBe(50);
		expect(emitted(await sweep('2026-03-02T10:00:00Z'))).toEqual([]);
	});

	it('the option says otherwise', async () => {
		expect(await sent('education', ready, MONDAY, { rampPerDay: 0 })).toBe(120);
	});

	it('two weeks later there is none', async () => {
		await run([account('new')], { preset: 'education' });
		expect(await sent('education', ready, '2026-03-16T09:00:00Z')).toBe(120);
	});

	it.each([
		['onboarding', {}],
		['intervention', { ...adopting, health: { band: 'red', score: 40, dropped: true } }],
	])('%s has none: help does not wait', async (preset, facts) => {
		expect(await sent(preset, facts, MONDAY)).toBeGreaterThanOrEqual(120);
	});

	it.each([
		['education', ready, 'tip'],
		['expansion', offers, 'offer'],
	])(
		'%s holds while nobody can be reached, and calls no human (P12)',
		async (preset, facts, step) => {
			const contacts = (unsubscribed: boolean) => [
				{ email: 'ada@a.example', role: 'admin', unsubscribed },
			];
			const on = (day: number, unsubscribed: boolean) =>
				run(
					[account('a', { ...facts, contacts: contacts(unsubscribed) })],
					{ preset },
					{
						options: { atGoLive: 'enroll' },
						now: `2026-03-${String(day).padStart(2, '0')}T09:00:00Z`,
					},
				);
			for (const day of [2, 3, 4, 5, 9, 10]) expect(emitted(await on(day, true))).toEqual([]);
			const told = await ledgerOf().timeline(['a']);
			const log = told.log.filter(({ stepId }) => stepId === step);
			expect(new Set(log.map(({ what, reasons }) => `${what} ${reasons[0]?.code ?? ''}`))).toEqual(
				new Set(['held noReachableContact']),
			);
			expect(steps(await on(11, false))).toEqual([`${step} a`]);
		},
	);
});

describe('conditions', () => {
	const condition = (leftValue: string, operator: IDataObject, rightValue: unknown = '') => ({
		options: { caseSensitive: false, leftValue: '', typeValidation: 'loose', version: 2 },
		combinator: 'and',
		conditions: [{ id: 'c', leftValue, rightValue, operator }],
	});
	const own = (over: IDataObject, step: IDataObject = {}) =>
		({
			preset: 'own',
			journeyId: 'mine',
			journeyType: 'campaign',
			starts: 'conditions',
			entersWhen: condition('={{ $json.hot }}', {
				type: 'boolean',
				operation: 'true',
				singleValue: true,
			}),
			steps: {
				step: [
					{
						id: 'one',
						name: 'One',
						output: 1,
						channel: 'email',
						when: 'daysAfterStart',
						days: 0,
						...step,
					},
				],
			},
			...over,
		}) as INodeParameters;
	const enroll = { options: { atGoLive: 'enroll' } };

	it('of a step may ask where the account stands', async () => {
		const parameters = own(
			{},
			{
				when: 'everyDays',
				days: 1,
				conditions: condition('={{ $json.journey.day }}', { type: 'number', operation: 'gte' }, 2),
			},
		);
		const on = (day: number) =>
			run([account('a', { hot: true })], parameters, {
				...enroll,
				now: `2026-03-0${String(day)}T09:00:00Z`,
			});
		expect([steps(await on(2)), steps(await on(3)), steps(await on(4))]).toEqual([
			[],
			[],
			['one a'],
		]);
	});

	it('to reach the goal end the journey, with the outcome on the first output', async () => {
		const goalWhen = condition('={{ $json.done }}', {
			type: 'boolean',
			operation: 'true',
			singleValue: true,
		});
		const parameters = own({ goalWhen });
		await run([account('a', { hot: true })], parameters, enroll);
		const result = await run([account('a', { hot: true, done: true })], parameters, {
			...enroll,
			now: '2026-03-04T09:00:00Z',
		});
		expect(result.node(JOURNEY).outputs[0]?.map((item) => journeyOf(item).outcome)).toEqual([
			'goal',
		]);
	});

	it.each<[string, INodeParameters, RegExp]>([
		[
			'a start',
			own({ entersWhen: {} }),
			/its start waits for conditions, but 'Enters When' is empty/,
		],
		[
			'a step',
			own({}, { when: 'conditionsMet' }),
			/step 'One' waits for conditions, but 'Conditions' is empty/,
		],
		[
			'a step after another that does not exist',
			own({}, { when: 'daysAfterStep', afterStep: 'two', days: 1 }),
			/step 'One', when: waits for 'two'/,
		],
	])(
		'%s without what it waits for is refused before anything is claimed',
		async (_what, parameters, message) => {
			const result = await run([account('a', { hot: true })], parameters, enroll);
			expect(result.error?.message).toMatch(message);
		},
	);

	it('a hold-out of service is refused', async () => {
		const result = await run(
			[account('a')],
			{ preset: 'onboarding' },
			{ options: { holdOutPercent: 10 } },
		);
		expect(result.error?.message).toMatch(/Hold-Out Percent: must be 0/);
	});

	it('the variant stands on the item', async () => {
		const more = { variants: { variant: [{ name: 'short', weight: 1 }] } };
		const result = await run([account('a', { hot: true })], own({}, { more }), enroll);
		expect(result.node(JOURNEY).outputs[1]?.[0]?.json.journey).toMatchObject({
			variant: 'short',
			kind: 'marketing',
		});
	});

	it('who waits for no engagement is told that nobody reports it', async () => {
		const result = await run(
			[account('a', { hot: true })],
			own({}, { when: 'noEngagement', days: 3 }),
			enroll,
		);
		expect(hintsOf(result)).toContain("'One' waits for no engagement, which is unknown here");
	});
});

it('an account has to be decided on again when something may become due for it', async () => {
	await run([account('a')], { preset: 'onboarding' });
	const due = async (now: string): Promise<string[]> =>
		await ledgerOf().due({ journey: 'onboarding', dry: false, now: Date.parse(now), limit: 10 });
	// the lease of the welcome ends after half an hour
	expect(await due('2026-03-02T09:29:00Z')).toEqual([]);
	expect(await due('2026-03-02T09:31:00Z')).toEqual(['a']);
});

it('the node of the shipped onboarding template runs unchanged', async () => {
	const file = join(__dirname, '../../workflows/journey-onboarding.json');
	const { nodes } = JSON.parse(readFileSync(file, 'utf8')) as {
		nodes: { type: string; parameters: INodeParameters }[];
	};
	const node = nodes.find(({ type }) => type.endsWith('.customerJourney'));
	expect(outputNames(new CustomerJourney(), node?.parameters ?? {})).toEqual(
		outputNames(new CustomerJourney(), { preset: 'onboarding' }),
	);
	const result = await runJourney({
		input: [account('a')],
		parameters: { ...node?.parameters },
		...channels(9),
	});
	expect(result.error).toBeUndefined();
	expect(steps(result)).toEqual(['welcome a']);
});
