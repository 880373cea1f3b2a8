import 'reflect-metadata';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { runReport, type Reported } from './ProgramReport.setup';

/** A Monday, 10:00 in Berlin: the week of 23 February to 1 March is over. */
const MONDAY = '2026-03-02T09:00:00Z';

const account = (id: string, events: number, over: IDataObject = {}): IDataObject => {
	const { usage = {}, ...more } = over;
	return {
		accountId: id,
		plan: 'team',
		arr: 6_000,
		currency: 'USD',
		licences: { bought: 20 },
		...more,
		usage: {
			events,
			previousEvents: 50,
			activeUsers: 7,
			featuresUsed: ['boards', 'reports'],
			asOf: '2026-03-02T03:00:00+01:00',
			...(usage as IDataObject),
		},
	};
};
/** Eleven teams like each other: their figures are 72 to 92 without the one of 82. */
const LIKE_IT = [72, 74, 76, 78, 80, 81, 83, 84, 86, 88, 92].map((events, place) =>
	account(`peer-${String(place)}`, events),
);

const compare = async (
	input: readonly IDataObject[],
	given: INodeParameters & { options?: INodeParameters } = {},
	at = MONDAY,
): Promise<Reported> => await runReport('peerBenchmarks', at, input, given);
const figuresOf = (report: IDataObject | undefined): IDataObject[] =>
	report?.figures as IDataObject[];

describe('Peer Benchmarks (R53)', () => {
	it('says the figures of the closed week beside those of similar teams', async () => {
		const ran = await compare([account('acme', 47), ...LIKE_IT]);
		const [acme] = ran.reports();
		expect(acme).toMatchObject({
			period: { unit: 'week', id: '2026-W09', from: '2026-02-23', to: '2026-03-01', day: 1 },
			used: true,
			size: '10 to under 50',
		});
		expect(figuresOf(acme)).toMatchObject([
			{
				label: 'actions',
				value: 47,
				previous: 50,
				change: -3,
				changePercent: -6,
				// the middle one of the eleven others
				peers: { typical: 81, count: 11, group: 'plan_and_size', own: 'below' },
				reasons: [
					{ code: 'compared', typical: 81, text: expect.stringContaining('47 actions') as string },
				],
			},
			{ label: 'active people', value: 7, previous: null, peers: { typical: 7, own: 'equal' } },
			{ label: 'features in use', value: 2, peers: { typical: 2 } },
		]);
		expect(ran.said).toContain(
			'2026-W09: 12 of 12 accounts are held against at least 10 similar teams.',
		);
	});

	it('compares nobody where somebody could be recognized, and says so', async () => {
		const ran = await compare([account('acme', 47), ...LIKE_IT.slice(0, 9)]);
		expect(figuresOf(ran.reports()[0])[0]).toMatchObject({
			value: 47,
			peers: null,
			reasons: [{ code: 'too_few_peers', count: 9, least: 10 }],
		});
	});

	it('counts no test account, none that has left, and no account twice', async () => {
		const some = [
			...LIKE_IT.slice(0, 9),
			...LIKE_IT.slice(0, 1),
			account('test', 500, { excluded: 'test' }),
			account('left', 500, { lifecycleStage: 'churned' }),
		];
		const ran = await compare([account('acme', 47), ...some]);
		expect(figuresOf(ran.reports()[0])[0]?.reasons).toMatchObject([
			{ code: 'too_few_peers', count: 9 },
		]);
	});

	it('takes figures from before the week was over for none (P03)', async () => {
		const stale = account('stale', 47, { usage: { asOf: '2026-03-01T23:59:00+01:00' } });
		const closed = account('closed', 47, { usage: { asOf: '2026-03-02' } });
		const ran = await compare([stale, closed, ...LIKE_IT]);
		const [first, second] = ran.reports();
		expect(first).toMatchObject({ used: false });
		expect(figuresOf(first)[0]).toMatchObject({
			value: null,
			peers: null,
			reasons: [{ code: 'figures_too_old', period: '2026-W09' }],
		});
		expect(figuresOf(second)[0]).toMatchObject({ value: 47, peers: { count: 11 } });
		expect(ran.said).toContain('The figures of 1 account were made before 2026-W09 was over');
	});

	it('says whether there was any use at all (R80); missing is not zero, nor a figure below it', async () => {
		const ran = await compare([
			account('idle', 0),
			account('unknown', 0, { usage: { events: undefined } }),
			account('wrong', -4),
			account('text', 0, { usage: { events: '47' } }),
			...LIKE_IT,
		]);
		expect(
			ran
				.reports()
				.slice(0, 4)
				.map(({ used }) => used),
		).toEqual([false, false, false, true]);
		expect(
			ran
				.reports()
				.slice(0, 4)
				.map((report) => figuresOf(report)[0]?.value),
		).toEqual([0, null, null, 47]);
	});

	it('compares the months or quarters that are over, by figures and sizes of one’s own', async () => {
		const of = (id: string, hours: number, people: number): IDataObject => ({
			accountId: id,
			plan: 'Team',
			people,
			month: { hours },
			usage: { asOf: '2026-03-02' },
		});
		const ran = await compare(
			[
				of('acme', 3, 99),
				...Array.from({ length: 6 }, (_none, place) => of(`a${String(place)}`, place, 20)),
			],
			{
				period: 'month',
				figures: {
					figure: [{ label: 'hours saved', field: 'month.hours', previousField: 'month.before' }],
				},
				sizeBy: 'field',
				sizeField: 'people',
				sizeLimits: '50',
				leastPeers: 5,
			},
		);
		expect(ran.reports()[0]).toMatchObject({
			period: { unit: 'month', id: '2026-02' },
			size: '50 and more',
			figures: [
				{
					label: 'hours saved',
					value: 3,
					previous: null,
					peers: { group: 'plan', count: 6, typical: 2.5 },
				},
			],
		});
	});

	it('never compares ARR of two currencies raw (P36)', async () => {
		const yen = account('yen', 47, { arr: 900_000, currency: 'JPY' });
		const euro = account('euro', 47, { arr: 9_500, currency: 'EUR' });
		const sizes = async (rates: string): Promise<unknown[]> =>
			(await compare([yen, euro], { sizeBy: 'arr', options: { rates } }))
				.reports()
				.map(({ size }) => size);
		expect(await sizes('JPY 0.007, EUR 1.1')).toEqual(['under 10000', '10000 to under 50000']);
		expect(await sizes('')).toEqual(['', '']);
	});

	it('refuses a setting that would give somebody away or compares nothing, and names the field', async () => {
		const message = async (given: INodeParameters): Promise<string | undefined> =>
			(await compare([account('acme', 1)], given)).error?.message;
		expect(await message({ leastPeers: 4 })).toContain('Least Peers: must be at least 5');
		expect(await message({ figures: {} })).toContain("'Figures' is empty");
		expect(await message({ sizeLimits: '50, 10' })).toContain(
			"'Size Limits' are no rising figures",
		);
		expect(await message({ figures: { figure: [{ label: 'x', field: 'a[' }] } })).toContain(
			'Figure 1, Field',
		);
	});
});
