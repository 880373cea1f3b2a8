import { readOutcomes } from '../../../../engine/health/backtest/readOutcomes';
import { compileFieldPath, partsOfPath } from '../../../../nodes/platform/fieldPath';

const NOW = Date.UTC(2026, 6, 1);

const dated = {
	account: 'id',
	churned: 'left',
	date: 'day',
	outcomeDate: 'ended',
	arr: 'mrr',
	arrTimes: 12,
};

describe('outcomes named by a path', () => {
	const paths = { readerOf: compileFieldPath, partsOf: partsOfPath };
	const factsOf = (row: object, churned: string): unknown => {
		const read = readOutcomes([{ ...row }], { churned, arrTimes: 1 }, NOW, paths);
		return read.kind === 'snapshot' ? read.rows[0]?.facts : undefined;
	};

	it.each<[string, object, object]>([
		['["left"]', { left: 'yes', users: 3 }, { users: 3 }],
		['crm.left', { crm: { left: 'yes', users: 3 } }, { crm: { users: 3 } }],
		["crm['left']", { crm: { left: 'yes', users: 3 }, left: 1 }, { crm: { users: 3 }, left: 1 }],
		['crm.left', { 'crm.left': 'yes', users: 3 }, { users: 3 }],
		['log[1].left', { log: [{ a: 1 }, { left: 1, b: 2 }] }, { log: [{ a: 1 }, { b: 2 }] }],
		['log[0]', { log: ['yes', 'b'] }, { log: [undefined, 'b'] }],
		['state[0]', { state: 'yes', users: 3 }, { users: 3 }],
	])('%s: what stands there is no fact, what stands beside it is', (path, row, facts) => {
		const before = JSON.stringify(row);
		expect(factsOf(row, path)).toEqual(facts);
		expect(JSON.stringify(row)).toBe(before);
	});
});

describe('a snapshot', () => {
	const rows = [
		{ id: 'A', left: 'Yes', users: 3, mrr: '10' },
		{ id: 'B', left: 'no', users: 5, mrr: 'NA' },
		{ id: 'C', left: 'maybe', users: 5 },
		{ id: '', left: 'no' },
		{ id: 'A', left: 'no' },
		{ id: 7, left: false },
	];
	const fields = { account: 'id', churned: 'left', arr: 'mrr', arrTimes: 12 };
	const read = readOutcomes(rows, fields, NOW);

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
		const fields = { churned: 'left', arrTimes: 1 };
		const numbered = readOutcomes([{ left: 1 }, { left: 0 }], fields, NOW);
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
	const read = readOutcomes(rows, dated, NOW);

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

	it('no date, no day of leaving, or two outcomes: told, and left out', () => {
		expect(read.problems.map(({ row }) => row).sort()).toEqual([4, 5, 6]);
	});
});

describe('until when a customer stayed', () => {
	const row = (id: string, day: string, ended?: string): object => ({ id, left: 'no', day, ended });
	const untilOf = (...rows: object[]): unknown => {
		const read = readOutcomes(
			rows.map((one) => ({ ...one })),
			dated,
			NOW,
		);
		if (read.kind !== 'histories') throw new Error('rows with dates are histories');
		const outcome = read.histories.find(({ accountId }) => accountId === 'B')?.outcome;
		return outcome?.type === 'retained' ? new Date(outcome.until).toISOString() : outcome;
	};
	const LAST = '2026-02-05T00:00:00.000Z';
	const own = [row('B', '2026-02-05'), row('B', '2026-01-01')];

	it.each<[string, object[]]>([
		['nothing says until when', own],
		['others have later rows', [...own, row('A', '2026-06-30')]],
		['a row of its own lies in the future', [...own, row('B', '2026-07-02')]],
		["a row of another's lies in the future", [row('A', '2062-03-01'), ...own]],
		[
			'its renewal is to come',
			[row('B', '2026-01-01', '2027-01-01'), row('B', '2026-02-05', '2027-01-01')],
		],
		[
			'its renewal moves on',
			[row('B', '2026-01-01', '2026-02-20'), row('B', '2026-02-05', '2027-02-20')],
		],
	])('is its own last day, also where %s', (_where, rows) => {
		expect(untilOf(...rows)).toBe(LAST);
	});

	it('is an earlier day that the row names', () => {
		expect(untilOf(row('B', '2026-02-05', '2026-01-20'))).toBe('2026-01-20T00:00:00.000Z');
	});
});

describe('what is dated later than now', () => {
	const rows = [
		{ id: 'A', left: 'yes', day: '2026-05-01', ended: '2026-07-02' },
		{ id: 'B', left: 'no', day: '2026-07-02' },
		{ id: 'C', left: 'no', day: '2026-07-01' },
		{ id: 'D', left: 'yes', day: '2026-05-01', ended: '2026-07-01' },
	];
	const read = readOutcomes(rows, dated, NOW);

	it('is left out, and told', () => {
		expect(read.kind === 'histories' && read.histories.map(({ accountId }) => accountId)).toEqual([
			'C',
			'D',
		]);
		expect([...read.problems].sort((a, b) => a.row - b.row)).toEqual([
			{ row: 1, text: "left, but 'ended' lies in the future: it is still a customer" },
			{ row: 2, text: "'day' lies in the future" },
		]);
	});
});
