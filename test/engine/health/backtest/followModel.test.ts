import { columnReader } from '../../../../engine/health/backtest/columnReader';
import { followModel } from '../../../../engine/health/backtest/followModel';
import type { DatedFacts } from '../../../../engine/health/backtest/history';
import { scoreAccounts } from '../../../../engine/health/scoreAccounts';
import { historyOf } from '../histories';
import { DAY, modelOf } from '../models';

const START = Date.UTC(2026, 2, 2);
/** A row a day from START on: what somebody wrote down on it. */
const daily = (values: readonly (number | undefined)[]): DatedFacts[] =>
	values.flatMap((users, day) =>
		users === undefined ? [] : [{ at: START + day * DAY, values: { users, arr: 10 } }],
	);

describe('a model that is followed through the past', () => {
	const baseline = {
		id: 'users',
		field: 'users',
		curve: { type: 'baseline', days: 10, atLeastDays: 5 },
	};

	it('compares with the days before as a memory would that had been asked every day', () => {
		const values = [100, 90, 110, 100, 80, 120, 100, 70];
		const { follow } = followModel(modelOf([baseline]), columnReader);
		const at = follow(daily(values));
		const scores = values.map((_value, day) => at(START + day * DAY)?.found.score);
		const expected = values.map((users, day) => {
			const before = values.slice(0, day).reverse();
			const history = historyOf({ users: [NaN, ...before] });
			const [health] = scoreAccounts(modelOf([baseline]), [{ users }], {
				now: START + day * DAY,
				readerOf: columnReader,
				history: () => history,
			});
			return health?.contributions[0] ?? null;
		});
		expect(expected.slice(0, 5)).toEqual([null, null, null, null, null]);
		expect(expected.slice(5).every((one) => typeof one === 'number')).toBe(true);
		expect(scores).toEqual(expected);
	});

	it('knows no value from a day that has not come, whatever is written then', () => {
		const past = [100, 90, 110, 100, 80, 120];
		const { follow } = followModel(modelOf([baseline]), columnReader);
		const look = (rows: DatedFacts[]): unknown => follow(rows)(START + 5 * DAY);
		expect(look(daily([...past, 1, 1, 1]))).toEqual(look(daily(past)));
	});

	it('counts what was last known by its age', () => {
		const nps = { id: 'nps', field: 'nps', missing: { lastKnown: 3 } };
		const facts = [
			{ at: START, values: { nps: 40 } },
			{ at: START + DAY, values: { nps: null } },
		];
		const at = followModel(modelOf([nps]), columnReader).follow(facts);
		const scores = [0, 1, 3, 4].map((day) => at(START + day * DAY)?.found.score);
		expect(scores).toEqual([40, 40, 40, null]);
	});

	it('tells how often each signal said nothing', () => {
		const { follow, tally } = followModel(
			modelOf([
				{ id: 'users', field: 'users' },
				{ id: 'other', field: 'other' },
			]),
			columnReader,
		);
		const at = follow(daily([1, 2]));
		at(START);
		at(START + DAY);
		expect(tally()).toMatchObject([
			{ accounts: 2, missing: 0 },
			{ accounts: 2, missing: 2 },
		]);
	});

	it('follows accounts one after the other without mixing their pasts', () => {
		const { follow } = followModel(modelOf([baseline]), columnReader);
		const accounts = [
			[100, 100, 100, 100, 100, 60],
			[10, 10, 10, 10, 10, 10],
		].map(daily);
		const together = accounts.map((facts) => follow(facts)(START + 5 * DAY));
		const alone = accounts.map((facts) =>
			followModel(modelOf([baseline]), columnReader).follow(facts)(START + 5 * DAY),
		);
		expect(together).toEqual(alone);
		expect(together.map((seen) => seen?.found.score)).toEqual([0, 100]);
	});
});
