import type { Refused } from './calibration';
import type { CalibrateSettings, OutcomeRow } from './rows';

/** Both parts need some of each outcome, or the best weights are those of a handful of accounts. */
const LEAST_PER_PART = 10;

/** Why nothing is learned from these accounts; undefined where there are enough. */
export function refusals(
	rows: readonly OutcomeRow[],
	{ atLeast }: CalibrateSettings,
): Refused | undefined {
	const churned = distinct(rows.filter((row) => row.churned));
	const retained = distinct(rows.filter((row) => !row.churned));
	const refuse = (code: string, text: string): Refused => ({
		verdict: 'refused',
		churned,
		retained,
		reasons: [{ code, text }],
	});
	if (churned < atLeast) {
		return refuse(
			'too_few_churned',
			`${accounts(churned)} left and ${atLeast} are needed: weights learned from fewer would be chance. Keep the model's weights until more have left`,
		);
	}
	if (retained < atLeast) {
		return refuse(
			'too_few_retained',
			`${accounts(retained)} stayed and ${atLeast} are needed: add the accounts that are still customers`,
		);
	}
	for (const fit of [true, false]) {
		for (const left of [true, false]) {
			const count = rows.filter((row) => row.fit === fit && row.churned === left).length;
			if (count >= LEAST_PER_PART) continue;
			return refuse(
				'split_too_thin',
				`Only ${accounts(count)} that ${left ? 'left' : 'stayed'} ${fit ? 'would be learned from' : 'would be judged by'} and ${LEAST_PER_PART} are needed: choose another split`,
			);
		}
	}
	return undefined;
}

function distinct(rows: readonly OutcomeRow[]): number {
	return new Set(rows.map(({ accountId }) => accountId)).size;
}

function accounts(count: number): string {
	return count === 1 ? '1 account' : `${count} accounts`;
}
