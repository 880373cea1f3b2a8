import type { Touch } from '../../engine/journeys/memory';
import { HUMAN_PRIORITY } from '../../engine/journeys/priority';
import type { Claim } from '../ledger';
import { familiesAmong } from './aliases';
import { askForTexts, type Work } from './database';
import { openCasesOf } from './openCases';

/** What gives an account to a human, or has done so. */
export const GIVEN_TO_HUMAN = "channel = 'human' AND state IN ('claimed', 'sending', 'sent')";

/** Hand-overs and cases that decisions may not have seen (P06, P08). */
export type HandOvers = {
	/** Whether a human was given the account since it was decided. */
	isNews: (claim: Claim) => boolean;
	/** Counts a touch that was just handed out, for those that follow. */
	handedOut: (touch: Touch) => void;
};

/** `dry` is undefined for a case, which live and dry runs have in common. */
type HandOver = Pick<Touch, 'key' | 'priority'> & { dry: boolean | undefined };

/** Read in the transaction that hands out, for the accounts as `recall` reads them: with all records merged together. */
export function* handOversFor(claims: readonly Claim[]): Work<HandOvers> {
	const asking = claims.flatMap(({ touch, cases }) => (cases === undefined ? [] : [touch]));
	const { ids, survivor } = yield* familiesAmong(asking.map(({ accountId }) => accountId));
	const rows = yield* askForTexts(
		ids,
		(among) =>
			`SELECT account_id, key, dry, priority FROM dcs_touches WHERE ${GIVEN_TO_HUMAN} AND account_id ${among}`,
	);
	const handOvers = new Map<string, HandOver[]>();
	const add = (accountId: string, handOver: HandOver): void => {
		const list = handOvers.get(survivor(accountId));
		if (list === undefined) handOvers.set(survivor(accountId), [handOver]);
		else list.push(handOver);
	};
	for (const { account_id, key, dry, priority } of rows)
		add(String(account_id), {
			key: String(key),
			dry: Number(dry) === 1,
			priority: Number(priority),
		});
	for (const { key, accountId, silences } of yield* openCasesOf(ids))
		add(accountId, { key, dry: undefined, priority: silences });
	return {
		isNews: ({ touch, cases }) =>
			cases !== undefined &&
			(handOvers.get(survivor(touch.accountId)) ?? []).some(
				({ key, dry, priority }) =>
					key !== touch.key &&
					(dry === undefined || dry === touch.dry) &&
					(priority === HUMAN_PRIORITY || priority === cases.priority) &&
					!cases.seen.includes(key),
			),
		handedOut: (touch) => {
			if (touch.channel === 'human') add(touch.accountId, touch);
		},
	};
}
