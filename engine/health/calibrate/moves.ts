import type { BandMove, MoveCount } from './calibration';
import type { CalibrateSettings, Held, OutcomeRow, Points } from './rows';
import { weigh } from './weigh';

const BANDS = ['red', 'yellow', 'green', 'unknown'] as const;

/**
 * Every account under the weights there are and under the proposed ones. One that stands in both parts (as it was known
 * before and after the split) counts once, as it was known last.
 */
export function movesBetween(
	order: readonly number[],
	rows: readonly OutcomeRow[],
	points: readonly Points[],
	held: readonly Held[],
	current: readonly number[],
	proposed: readonly number[],
	settings: CalibrateSettings,
): BandMove[] {
	const moves = new Map<string, BandMove>();
	for (const place of order) {
		const row = rows[place];
		if (row === undefined) continue;
		const found = points[place] ?? [];
		moves.set(row.accountId, {
			accountId: row.accountId,
			from: weigh(found, current, settings, held[place]),
			to: weigh(found, proposed, settings, held[place]),
			churned: row.churned,
		});
	}
	return [...moves.values()];
}

/** Only pairs of bands that some account has. */
export function countMoves(moves: readonly BandMove[]): MoveCount[] {
	return BANDS.flatMap((from) =>
		BANDS.flatMap((to) => {
			const both = moves.filter((move) => move.from.band === from && move.to.band === to);
			const churned = both.filter((move) => move.churned).length;
			return both.length === 0 ? [] : [{ from, to, accounts: both.length, churned }];
		}),
	);
}
