import type { IDataObject, INodeParameters } from 'n8n-workflow';
import {
	aNumber,
	aText,
	at,
	dates,
	fields,
	histories,
	isObject,
	model,
	runStudy,
	snapshot,
} from './HealthScore.study.setup';
import { DAY } from '../engine/health/models';

describe('Health Score, Backtest', () => {
	it('gives one item about all items: 90, 60 and 30 days before, as figures and in sentences', async () => {
		const input = histories(60, 'node');
		const result = await runStudy('backtest', input, dates);
		expect(result.error).toBeUndefined();
		// nothing leaves on Alarm
		expect(result.outputs.map(({ length }) => length)).toEqual([1, 0]);
		expect(at(result, 'backtest')).toMatchObject({
			model: { id: 'own', version: '3' },
			horizons: [90, 60, 30].map((daysBefore) => ({
				daysBefore,
				figures: {
					accounts: 60,
					auc: { value: aNumber, low: aNumber, high: aNumber },
					bands: [{ band: 'red' }, {}, {}, {}, {}],
				},
			})),
			cannotTell: [
				{ code: 'few_churned', text: aText },
				{},
				{},
				{ code: 'no_lead_time', text: aText },
			],
		});
		expect(at(result, 'backtest', 'sentences', 0)).toMatch(
			/^90 days before the outcome: \d+ of 60 accounts left .*; AUC 0\.\d\d/,
		);
		expect(at(result, 'leftOut')).toEqual({ items: 0, examples: [] });
		expect(result.outputs[0]?.[0]?.pairedItem).toEqual(input.map((_item, item) => ({ item })));
	});

	it('takes a field that was dragged in as an expression for its path', async () => {
		const input = snapshot(200);
		const dragged = { churnedField: '={{ $json.left }}', accountField: '={{ $json["id"] }}' };
		const result = await runStudy('backtest', input, dragged);
		expect(result.error).toBeUndefined();
		expect(result.outputs).toEqual((await runStudy('backtest', input, fields)).outputs);
	});

	it('puts the pictures beside it, as files', async () => {
		const result = await runStudy('backtest', histories(60, 'node'), dates);
		const { binary = {} } = result.outputs[0]?.[0] ?? {};
		expect(Object.keys(binary)).toEqual([
			'lift',
			'reliability-90',
			'reliability-60',
			'reliability-30',
		]);
		for (const [name, { data, mimeType, fileName }] of Object.entries(binary)) {
			expect({ mimeType, fileName }).toEqual({
				mimeType: 'image/svg+xml',
				fileName: `${name}.svg`,
			});
			expect(Buffer.from(data, 'base64').toString()).toContain('Own model');
		}
	});

	it('takes items without dates as a snapshot, counts a month of revenue twelve times, and says what it cannot tell', async () => {
		const result = await runStudy('backtest', snapshot(200), {
			...fields,
			arrField: 'mrr',
			options: { revenueIs: 'month' },
		});
		expect(at(result, 'backtest', 'horizons', 0)).toMatchObject({
			daysBefore: null,
			figures: { accounts: 200, withoutArr: 0 },
		});
		expect(at(result, 'backtest', 'horizons', 0, 'figures', 'bands', 0)).toMatchObject({
			arr: 1200 * Number(at(result, 'backtest', 'horizons', 0, 'figures', 'bands', 0, 'accounts')),
		});
		expect(JSON.stringify(at(result, 'backtest', 'cannotTell'))).toContain('no_dates');
	});

	it('looks as of the days that are asked for', async () => {
		const result = await runStudy('backtest', histories(20, 'days'), {
			...dates,
			options: { daysBefore: '14, 45' },
		});
		const horizons = at(result, 'backtest', 'horizons');
		expect(horizons).toMatchObject([{ daysBefore: 45 }, { daysBefore: 14 }]);
	});

	it('leaves out what it cannot read, and says which item and why', async () => {
		const input = [...snapshot(100), { id: 'x', left: 'perhaps' }, { left: 'no' }];
		const result = await runStudy('backtest', input, fields);
		expect(at(result, 'leftOut')).toEqual({
			items: 2,
			examples: [
				{ item: 101, text: "'left' says neither yes nor no" },
				{ item: 102, text: "'id' names no account" },
			],
		});
		expect(result.hints.map(({ message }) => message)).toContain(
			"2 items were left out. Item 101 'left' says neither yes nor no.",
		);
	});

	describe('what lies ahead, and what belongs to others, changes no figure', () => {
		// sign-ins tell who leaves only as long as they are looked at on a day that has data
		const signIn = { id: 'seen', label: 'Sign-in', field: 'seen', weight: 1 };
		const bySignIn = {
			...dates,
			modelJson: JSON.stringify({
				id: 'signIn',
				signals: [{ ...signIn, curve: { type: 'recency', from: 60, to: 0 } }],
			}),
			options: { now: '2026-03-01T00:00:00Z' },
		};
		const START = Date.UTC(2025, 2, 3);
		const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
		/** 50 weeks of 90 accounts; every third leaves, and signs in less often in the four months before. */
		const weeks = (renewal: (account: number, week: number) => string | undefined): IDataObject[] =>
			Array.from({ length: 90 * 50 }, (_item, place) => {
				const [account, week] = [Math.floor(place / 50), place % 50];
				const left = account % 3 === 0;
				const [at, end] = [START + week * 7 * DAY, START + (250 + (account % 60)) * DAY];
				const ago = left && end - at < 120 * DAY ? 10 + (account % 20) : account % 20;
				return {
					id: `a${account}`,
					asOf: dayOf(at),
					seen: dayOf(at - ago * DAY),
					left,
					leftOn: left ? dayOf(end) : renewal(account, week),
				};
			}).filter(({ asOf, left, leftOn }) => !left || asOf < String(leftOn));
		const plain = weeks(() => undefined);
		const figuresOf = async (input: readonly IDataObject[]): Promise<unknown> => {
			const result = await runStudy('backtest', input, bySignIn);
			expect(result.error).toBeUndefined();
			return at(result, 'backtest', 'horizons');
		};

		let undisturbed: unknown;
		beforeAll(async () => {
			undisturbed = await figuresOf(plain);
		});

		it('those who leave are told from those who stay', () => {
			const told: number[] = [];
			JSON.stringify(undisturbed, (key, value: unknown) => {
				if (key === 'auc' && isObject(value)) told.push(Number(value.value));
				return value;
			});
			expect(told.map((auc) => auc > 0.8)).toEqual([true, true, true]);
		});

		const next = (account: number): string => dayOf(Date.UTC(2026, 2, 10) + account * 3 * DAY);
		it.each<[string, IDataObject[]]>([
			['the next renewal of those who stayed', weeks(next)],
			[
				'a renewal that moved on within the year',
				weeks((account, week) => (week < 45 ? '2026-02-20' : next(account))),
			],
			[
				'an item of an account nobody knows, years ahead',
				[...plain, { id: 'typo', asOf: '2062-03-01', seen: '2026-01-01', left: false }],
			],
			[
				'items of every account, years ahead',
				[
					...Array.from({ length: 90 }, (_item, account) => {
						return { id: `a${account}`, asOf: '2062-03-01', seen: '2062-03-01', left: false };
					}),
					...plain,
				],
			],
			[
				'an account that is to leave',
				[
					...plain,
					{ id: 'plan', asOf: '2025-06-01', seen: '2025-05-01', left: true, leftOn: '2026-04-01' },
				],
			],
		])('%s', async (_what, input) => {
			expect(await figuresOf(input)).toEqual(undisturbed);
		});

		it("another account's later items", async () => {
			const others = { id: 'late', asOf: '2026-02-28', seen: '2026-02-28', left: false };
			const known = (horizons: unknown): unknown =>
				JSON.parse(JSON.stringify(horizons), (key, value: unknown) =>
					key === 'notKnownThen' ? undefined : value,
				);
			expect(known(await figuresOf([...plain, others]))).toEqual(known(undisturbed));
		});

		it('what was left out is told, with a hint', async () => {
			const input = [...plain, { id: 'typo', asOf: '2062-03-01', left: false }];
			const result = await runStudy('backtest', input, bySignIn);
			const item = input.length;
			expect(at(result, 'leftOut')).toEqual({
				items: 1,
				examples: [{ item, text: "'asOf' lies in the future" }],
			});
			expect(result.hints.map(({ message }) => message)).toContain(
				`1 item was left out. Item ${item} 'asOf' lies in the future.`,
			);
		});
	});

	it('says which signal no account had', async () => {
		const input = snapshot(60).map(({ mood: _mood, ...item }) => item);
		const { hints } = await runStudy('backtest', input, fields);
		expect(hints.map(({ message }) => message)).toContain(
			"Signal 'Mood' reads mood, which no item has",
		);
	});

	it.each<[string, INodeParameters]>([
		[
			"No item says what became of an account: item 1 'churned' says neither",
			{ churnedField: 'churned' },
		],
		["'Churned' is empty", { churnedField: "={{ '' }}" }],
		["'Known On' is set, but 'Outcome Date' is empty", { knownOnField: 'asOf' }],
		["'Outcome Date' is set, but 'Known On' is empty", { outcomeDateField: 'leftOn' }],
		["Signal 'Mood' reads mood, which tells the outcome", { churnedField: 'mood' }],
		["Signal 'Mood' reads mood, which tells the outcome", { churnedField: '["mood"]' }],
		["Signal 'Use' reads usage.level, which tells the outcome", { churnedField: "usage['level']" }],
		["Signal 'Use' reads usage.level, which tells the outcome", { churnedField: 'usage' }],
		[
			"Signal 'Mood' reads mood, which tells the outcome",
			{ knownOnField: 'asOf', outcomeDateField: 'mood.endedOn' },
		],
		["'left[' is not a field path", { churnedField: 'left[' }],
		["'Days Before' holds 'soon'", { options: { daysBefore: 'soon' } }],
		["'Model' is not valid JSON", { modelJson: '{' }],
	])('refuses with a sentence: %s', async (message, parameters) => {
		const { error, outputs } = await runStudy('backtest', snapshot(20), {
			...fields,
			...parameters,
		});
		expect(error?.message).toContain(message);
		expect(outputs).toEqual([]);
	});

	it('says what is wrong where every item lies ahead', async () => {
		const options = { now: '2020-01-01T00:00:00Z' };
		const { error } = await runStudy('backtest', histories(5, 'ahead'), { ...dates, options });
		expect(error?.message).toContain("item 1 'asOf' lies in the future");
		expect(error?.description).toContain("'Now' in the options");
	});

	it('changes nothing of its items', async () => {
		const input = snapshot(30);
		const before = JSON.stringify(input);
		await runStudy('backtest', input, fields);
		expect(JSON.stringify(input)).toBe(before);
		expect(model.signals).toHaveLength(3);
	});
});
