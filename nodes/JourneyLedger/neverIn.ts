import { DateTime } from 'luxon';
import type { GateHold, Outside, Timeline } from '../../ledger/ledger';

/** Why journeys never took somebody in, or no longer have them: no event and no mail tells that. */

export type NeverIn = { notIn: object[]; heldByGate: object[] };

/**
 * By account. A merged record has nothing of its own: the account it is part of is decided on.
 * @param journey the only one asked about; '' for all
 */
export function neverInByAccount(
	{ outside, gateHolds, survivorOf }: Timeline,
	journey: string,
): ReadonlyMap<string, NeverIn> {
	const found = new Map<string, NeverIn>();
	const of = (accountId: string): NeverIn => {
		const known = found.get(accountId) ?? { notIn: [], heldByGate: [] };
		found.set(accountId, known);
		return known;
	};
	const isAsked = (one: { journey: string; accountId: string }): boolean =>
		(journey === '' || one.journey === journey) && !survivorOf.has(one.accountId);
	for (const one of outside.filter(isAsked)) of(one.accountId).notIn.push(outsideDetail(one));
	for (const one of gateHolds.filter(isAsked)) of(one.accountId).heldByGate.push(holdDetail(one));
	return found;
}

export const NOWHERE: NeverIn = { notIn: [], heldByGate: [] };

function outsideDetail({ journey, dry, decidedAt, lookAt, reasons }: Outside): object {
	return {
		journey,
		dry,
		asOf: iso(decidedAt),
		...(lookAt === undefined ? {} : { lookAgainAt: iso(lookAt) }),
		reasons,
	};
}

function holdDetail({ journey, since, reasons }: GateHold): object {
	return { journey, since: iso(since), reasons };
}

type Note = { code: string; text: string };

/** @param known the journeys that have run */
export function sayUnknownJourney(journey: string, known: readonly string[]): Note {
	const others =
		known.length === 0
			? 'nor has any other: publish the flow of one.'
			: `those that have: ${known.join(', ')}.`;
	return { code: 'unknownJourney', text: `No journey '${journey}' has run here; ${others}` };
}

export function sayUnknownAddress(): Note {
	return {
		code: 'unknownAddress',
		text: 'Nobody was ever written to at this address, nor was anything held back from it, so the ledger does not know whose it is. Ask by the id of the account in your CRM.',
	};
}

/** Of an account of which nothing is known in these journeys, or only what senders told. */
export function sayUndecided(journey: string, isHeardOf: boolean): Note {
	const row =
		"its row does not come that far: it is not among what the flow fetches, it cannot be read and leaves as rejected, or a Tier Gate without 'Remember for Journeys' holds it";
	if (isHeardOf) {
		const who = journey === '' ? 'no journey has decided' : `'${journey}' has not decided`;
		return {
			code: 'undecided',
			text: `Things were heard of this account, but ${who} on it: ${row}.`,
		};
	}
	const where = journey === '' ? '' : ` in '${journey}'`;
	return {
		code: 'unknownAccount',
		text: `Nothing is known of this account${where}. Check its id, as your CRM writes it. Where that is right, ${row}.`,
	};
}

export function iso(at: number): string {
	return DateTime.fromMillis(at, { zone: 'utc' }).toISO({ suppressMilliseconds: true }) ?? '';
}
