import type { INodeParameters } from 'n8n-workflow';
import {
	aNumber,
	aText,
	at,
	dates,
	fields,
	histories,
	model,
	runStudy,
	snapshot,
} from './HealthScore.study.setup';

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

	it('changes nothing of its items', async () => {
		const input = snapshot(30);
		const before = JSON.stringify(input);
		await runStudy('backtest', input, fields);
		expect(JSON.stringify(input)).toBe(before);
		expect(model.signals).toHaveLength(3);
	});
});
