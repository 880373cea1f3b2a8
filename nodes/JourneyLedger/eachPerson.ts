import { createHash } from 'node:crypto';
import type { JourneyEvent } from '../../engine/journeys/memory';
import type { Ledger } from '../../ledger/ledger';
import { SILENCES, soundsLikeSilence } from './eventTypes';
import type { Understood } from './readEvent';

type Known = { understood: Understood[]; known: boolean[] };

/**
 * What was recorded before, by position. Nobody stays unheard because a sender used an id before for somebody else (P12): a
 * further person has an event of their own beside the first, by which a repeat is found as well.
 * @param ledger undefined: nothing counts as recorded before
 */
export async function knownOfEachPerson(
	ledger: Ledger | undefined,
	read: readonly Understood[],
): Promise<Known> {
	const apart = new Map(
		read.filter(asksForSilence).map((one) => [one, { ...one, event: ownOf(one.event) }]),
	);
	const events = [...read, ...apart.values()].map(({ event }) => event);
	const contacts = (await ledger?.knownEvents(events)) ?? [];
	const before = new Map(events.map((event, index) => [event, contacts[index]]));
	const first = new Map<string, string>();
	const understood = read.map((one) => {
		const { accountId, type, id, contact = '' } = one.event;
		const own = apart.get(one);
		if (own === undefined) return one;
		const key = JSON.stringify([accountId, type, id]);
		const person = before.get(one.event) ?? first.get(key) ?? contact;
		first.set(key, person);
		return person === contact ? one : own;
	});
	return { understood, known: understood.map(({ event }) => before.get(event) !== undefined) };
}

function asksForSilence({ type, event }: Understood): boolean {
	return event.contact !== undefined && (SILENCES.has(type) || soundsLikeSilence(type));
}

function ownOf(event: JourneyEvent): JourneyEvent {
	const text = JSON.stringify([event.id, event.contact]);
	return { ...event, id: `of/${createHash('sha256').update(text).digest('hex').slice(0, 32)}` };
}
