import type { Facts, ReaderOf } from '../fields';
import type { HealthModel } from '../model';
import type { HistoryOf } from '../remembered';
import { compileScorer, type SignalTally } from '../scoreAccounts';
import { followFacts } from './asOf';
import type { Follow, Verdict } from './follow';
import { latest } from './latest';
import { rememberDaily, type DailyMemory } from './rememberDaily';

/** Makes a model ready to look at accounts as of an instant (ms since 1970). */
export type CompileLook<Answer> = (now: number, history: HistoryOf) => (account: Facts) => Answer;

/**
 * Looks at accounts through a model. What the model compares with memory is there as if it had looked at the account
 * once a day.
 */
export function followBy<Answer>(
	model: HealthModel,
	readerOf: ReaderOf,
	compile: CompileLook<Answer>,
): Follow<Answer> {
	const remember = rememberDaily(model, readerOf);
	let memory: DailyMemory | undefined;
	const lookAt = latest((now) => compile(now, () => memory));
	return (facts) => {
		const at = followFacts(facts);
		const own = remember(facts);
		return (asOf) => {
			own?.bringUpTo(asOf);
			memory = own;
			const known = at(asOf);
			return known === undefined ? undefined : { known, found: lookAt(asOf)(known) };
		};
	};
}

/**
 * What a health model would have said of accounts on earlier days.
 * @returns `tally`: in how many looks so far each signal was missing, invalid and stale
 * @throws whatever `readerOf` throws on a signal's field path
 */
export function followModel(
	model: HealthModel,
	readerOf: ReaderOf,
): { follow: Follow<Verdict>; tally: () => SignalTally[] } {
	const tally = new Map(
		model.signals.map((signal) => [
			signal.id,
			{ signal, accounts: 0, missing: 0, invalid: 0, stale: 0 },
		]),
	);
	let looks = 0;
	const follow = followBy(model, readerOf, (now, history) => {
		const scorer = compileScorer(model, { readerOf, now, history });
		return (account): Verdict => {
			const { score, band, contributions, ...health } = scorer.score(account);
			looks++;
			for (const absence of ['missing', 'invalid', 'stale'] as const) {
				for (const id of health[absence]) {
					const row = tally.get(id);
					if (row !== undefined) row[absence]++;
				}
			}
			if (score === null) return { score, band };
			// before its one rounding: a ranking by whole scores would lose something
			const exact = contributions.reduce((sum, one) => sum + one, 0);
			return { score: Math.min(100, Math.max(0, exact)), band };
		};
	});
	return { follow, tally: () => [...tally.values()].map((row) => ({ ...row, accounts: looks })) };
}
