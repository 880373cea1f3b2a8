import 'reflect-metadata';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
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
	runJourney,
	type JourneyJson,
} from './CustomerJourney.setup';

/** P09 and P10 of the presets as the node reads them. */
beforeEach(freshUserFolder);
afterEach(closeLedgers);

const MONDAY = '2026-03-02T09:00:00Z';
const TUESDAY = '2026-03-03T09:00:00Z';

const sweep = async (
	preset: string,
	now: string,
	input: IDataObject[],
	options: INodeParameters = {},
): Promise<WorkflowRun> =>
	await runJourney({
		input,
		parameters: { preset },
		options,
		now,
		mode: 'trigger',
		...heardChannels(),
	});

const steps = (result: WorkflowRun): string[] =>
	emitted(result).map((line) => line.split(' ').slice(1, 3).join(' '));
const told = (result: WorkflowRun, state: string): JourneyJson[] =>
	(result.node(JOURNEY).outputs[0] ?? []).map(journeyOf).filter((one) => one.state === state);

const many = (count: number, of: (index: number) => IDataObject): IDataObject[] =>
	Array.from({ length: count }, (_none, index) => account(`a${String(index)}`, of(index)));
const band = (name: string, score: number): IDataObject => ({ health: { band: name, score } });
const GREEN = band('green', 80);
const RED = band('red', 30);

describe('renewal', () => {
	const renews = (over: IDataObject): IDataObject => ({
		createdAt: '2025-01-01',
		renewalDate: '2026-04-20',
		termMonths: 12,
		executiveSponsor: 'Sam',
		...over,
	});

	it('lists who is not green and has no sponsor when it first runs, and raises nothing', async () => {
		const customers = many(40, () => renews({ ...RED, executiveSponsor: '' }));
		const first = await sweep('renewal', MONDAY, customers);
		expect(emitted(first)).toEqual([]);
		const listed = told(first, 'listed');
		expect(listed).toHaveLength(40);
		expect(listed[0]).toMatchObject({
			journey: 'renewal',
			steps: [
				{ step: 'conversation', stepName: 'Renewal conversation' },
				{ step: 'no-sponsor', stepName: 'No executive sponsor' },
			],
			reasons: [{ code: 'listed' }, { code: 'listed' }],
		});
		expect(hintsOf(first)).toContain('40 accounts met the conditions already');
		const second = await sweep('renewal', TUESDAY, customers);
		expect(emitted(second)).toEqual([]);
		expect(told(second, 'listed')).toEqual([]);
	});

	it('holds conversations that cannot be true with one alarm, until somebody lets them through', async () => {
		await sweep(
			'renewal',
			MONDAY,
			many(60, () => renews(GREEN)),
		);
		const turned = many(60, (index) => renews(index < 25 ? RED : GREEN));
		const held = await sweep('renewal', TUESDAY, turned);
		expect(steps(held).filter((one) => one.includes('conversation'))).toEqual([]);
		expect(told(held, 'alarm')).toHaveLength(1);
		const again = await sweep('renewal', '2026-03-03T10:00:00Z', turned);
		expect(told(again, 'alarm')).toEqual([]);
		const through = await sweep('renewal', '2026-03-03T11:00:00Z', turned, {
			holdMassTriggers: false,
		});
		expect(steps(through).filter((one) => one.includes('conversation'))).toHaveLength(25);
	});
});

it('operations are told once a day, by the journey that is the first to hold (P10)', async () => {
	const near = (nearing: boolean): IDataObject[] =>
		many(40, () => ({
			createdAt: '2025-01-01',
			lifecycleStage: 'established',
			...GREEN,
			limits: { nearing, limit: 'seats', selfService: true, uplift: 900 },
		}));
	const drops = (dropped: boolean): IDataObject[] =>
		many(40, () => ({
			createdAt: '2025-01-01',
			lifecycleStage: 'established',
			health: { band: dropped ? 'red' : 'green', score: dropped ? 30 : 80, dropped },
		}));
	await sweep('expansion', MONDAY, near(false));
	await sweep('intervention', MONDAY, drops(false));
	const alarms = async (preset: string, now: string, customers: IDataObject[]): Promise<number> => {
		const held = await sweep(preset, now, customers);
		expect(emitted(held)).toEqual([]);
		return told(held, 'alarm').length;
	};
	expect(await alarms('expansion', TUESDAY, near(true))).toBe(1);
	expect(await alarms('intervention', '2026-03-03T09:05:00Z', drops(true))).toBe(0);
	expect(await alarms('intervention', '2026-03-04T09:05:00Z', drops(true))).toBe(1);
	expect(await alarms('expansion', '2026-03-04T09:10:00Z', near(true))).toBe(0);
});

describe('the one alarm of the day goes where somebody hears it (P10)', () => {
	const renewing = (over: IDataObject): IDataObject => ({
		createdAt: '2025-01-01',
		renewalDate: '2026-04-20',
		termMonths: 12,
		executiveSponsor: 'Sam',
		...over,
	});
	const turned = many(60, (index) => renewing(index < 25 ? RED : GREEN));
	/** What stands behind output 0: a mail to operations behind a node that words it, and one where ended items end. */
	const alarmsOf = async (
		now: string,
		{ mail = true, off = false, wired = true } = {},
	): Promise<number> => {
		const { behind, wires } = channels();
		const held = await runJourney({
			input: turned,
			parameters: { preset: 'renewal' },
			now,
			behind: [
				...behind.map((channel) => ({ ...channel, disabled: off })),
				{ name: 'Ended', type: 'n8n-nodes-base.noOp' },
				{ name: 'For operations', type: 'n8n-nodes-base.code' },
				{ name: 'Mail', type: 'n8n-nodes-base.emailSend', disabled: !mail },
				{ name: 'Sent', type: 'n8n-nodes-base.noOp' },
			],
			wires: [
				...wires,
				...(wired
					? [
							{ from: JOURNEY, to: 'Ended' },
							{ from: JOURNEY, to: 'For operations' },
						]
					: []),
				{ from: 'For operations', to: 'Mail' },
				{ from: 'Mail', to: 'Sent' },
			],
		});
		return told(held, 'alarm').length;
	};
	beforeEach(async () => {
		for (const off of [false, true])
			await runJourney({
				input: many(60, () => renewing(GREEN)),
				parameters: { preset: 'renewal' },
				now: MONDAY,
				...channels(),
				behind: channels().behind.map((channel) => ({ ...channel, disabled: off })),
			});
	});

	it('not to a flow whose mail to operations is disabled, or that has no wire there: it sees it each time, and leaves it to the next', async () => {
		expect(await alarmsOf(TUESDAY, { mail: false })).toBe(1);
		expect(await alarmsOf('2026-03-03T09:05:00Z', { wired: false })).toBe(1);
		expect(await alarmsOf('2026-03-03T09:10:00Z', { mail: false })).toBe(1);
		expect(await alarmsOf('2026-03-03T09:15:00Z')).toBe(1);
		expect(await alarmsOf('2026-03-03T09:20:00Z')).toBe(0);
	});

	it('a dry run has one of its own', async () => {
		expect(await alarmsOf(TUESDAY, { off: true })).toBe(1);
		expect(await alarmsOf('2026-03-03T09:10:00Z', { off: true })).toBe(0);
		expect(await alarmsOf('2026-03-03T09:20:00Z')).toBe(1);
	});
});

it('expansion: plan limits that come near for everybody on one day begin nothing (P10)', async () => {
	const customer = (nearing: boolean): IDataObject => ({
		createdAt: '2025-01-01',
		lifecycleStage: 'established',
		...GREEN,
		limits: { nearing, limit: 'seats', selfService: true, uplift: 900 },
	});
	await sweep(
		'expansion',
		MONDAY,
		many(40, () => customer(false)),
	);
	const held = await sweep(
		'expansion',
		TUESDAY,
		many(40, () => customer(true)),
	);
	expect(emitted(held)).toEqual([]);
	expect(told(held, 'alarm')).toHaveLength(1);
});
