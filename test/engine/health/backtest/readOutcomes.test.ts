import { readOutcomes } from '../../../../engine/health/backtest/readOutcomes';

const dated = {
	account: 'id',
	churned: 'left',
	date: 'day',
	outcomeDate: 'ended',
	arr: 'mrr',
	arrTimes: 12,
};

describe('a snapshot', () => {
	const rows = [
		{ id: 'A', left: 'Yes', users: 3, mrr: '10' },
		{ id: 'B', left: 'no', users: 5, mrr: 'NA' },
		{ id: 'C', left: 'maybe', users: 5 },
		{ id: '', left: 'no' },
		{ id: 'A', left: 'no' },
		{ id: 7, left: false },
	];
	const read = readOutcomes(rows, { account: 'id', churned: 'left', arr: 'mrr', arrTimes: 12 });

	it('has one row per account, with its number, its outcome and a year of revenue', () => {
		expect(read).toMatchObject({
			kind: 'snapshot',
			rows: [
				{ accountId: 'A', number: 1, churned: true, facts: { users: 3, mrr: '10', arr: 120 } },
				{ accountId: 'B', number: 2, churned: false, facts: { users: 5 } },
				{ accountId: '7', number: 6, churned: false },
			],
		});
	});

	it('keeps outcome and id out of the facts', () => {
		const facts = read.kind === 'snapshot' ? read.rows.map((row) => Object.keys(row.facts)) : [];
		expect(facts).toEqual([['users', 'mrr', 'arr'], ['users', 'mrr'], []]);
	});

	it('tells every row it could not use, and loses no other', () => {
		expect(read.problems.map(({ row }) => row)).toEqual([3, 4, 5]);
	});

	it('numbers its rows where there is no id', () => {
		const numbered = readOutcomes([{ left: 1 }, { left: 0 }], { churned: 'left', arrTimes: 1 });
		expect(numbered).toMatchObject({ rows: [{ accountId: '1' }, { accountId: '2' }] });
	});
});

describe('rows with dates', () => {
	const rows = [
		{ id: 'A', left: 'yes', day: '2026-01-01', ended: '2026-03-01', users: 9 },
		{ id: 'A', left: 'yes', day: '2026-02-01', ended: '2026-03-01', users: 2 },
		{ id: 'B', left: 'no', day: '2026-02-05', ended: '', users: 7 },
		{ id: 'C', left: 'yes', day: '2026-02-05', ended: 'NA' },
		{ id: 'D', left: 'no', day: 'yesterday', ended: '2026-06-01' },
		{ id: 'E', left: 'no', day: '2026-01-01', ended: '2026-06-01' },
		{ id: 'E', left: 'yes', day: '2026-01-02', ended: '2026-06-01' },
	];
	const read = readOutcomes(rows, dated);

	it('are histories: rows of an account by when they became known', () => {
		expect(read).toMatchObject({
			kind: 'histories',
			histories: [
				{
					accountId: 'A',
					outcome: { type: 'churned', at: Date.UTC(2026, 2, 1) },
					facts: [
						{ at: Date.UTC(2026, 0, 1), values: { users: 9 } },
						{ at: Date.UTC(2026, 1, 1), values: { users: 2 } },
					],
				},
				{ accountId: 'B' },
			],
		});
	});

	it('a customer without an end stayed until the last day of which there are data', () => {
		expect(read.kind === 'histories' ? read.histories[1]?.outcome : undefined).toEqual({
			type: 'retained',
			until: Date.UTC(2026, 1, 5),
		});
	});

	it('no date, no day of leaving, or two outcomes: told, and left out', () => {
		expect(read.problems.map(({ row }) => row).sort()).toEqual([4, 5, 6]);
	});
});
