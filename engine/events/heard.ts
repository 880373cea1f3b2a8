import type { AccountKey, EventFacts, EventType } from './types';

/** What a normalizer makes of one thing a sender tells, before anybody's own rules are asked. */
export type Heard = EventFacts & {
	/** The sender's own id of it, if there is one that it gives to nothing else. */
	id?: string;
	/** Where there is none: what tells it from every other event of the sender. */
	identity?: unknown;
	/** Of what happens once, however often and under whichever ids it is told: its id, as long as it has no other meaning. */
	once?: string;
	/** Told beside another meaning of the same thing; what has a meaning of somebody's own has no other. */
	besides?: boolean;
	/** What the sender calls it, the most exact name first; rules may name any of them. */
	names: readonly [string, ...string[]];
	/** What a rule may compare: the new value of a property, the stage of a deal. */
	value?: string;
	/** Undefined for what means nothing to a journey by itself. */
	type?: EventType;
	accountId?: string;
	accountKey?: AccountKey;
	contact?: string;
	/** As the sender wrote it; undefined or unreadable: when it was received. */
	occurredAt?: unknown;
	step?: string;
	data?: Record<string, unknown>;
	raw: unknown;
};

/** What comes with a body, besides it. */
export type Delivery = {
	/** By lower-case name. */
	headers: Readonly<Record<string, string | undefined>>;
};

/** A body in, what it tells out. Never throws: what does not fit the sender's description is heard as it is. */
export type Listener = (body: unknown, delivery: Delivery) => Heard[];

/** One of the things that a sender tells with one event. */
export type Meaning = Pick<Heard, 'once' | 'data'> & { type: EventType };

/** One event per meaning, the first under the event's id, each other under an id of its own that a repeat has as well. */
export function withMeanings(heard: Heard, meanings: readonly Meaning[]): Heard[] {
	const { id, identity = heard.raw, data } = heard;
	const [first, ...more] = meanings.map((one): Heard => ({
		...heard,
		...one,
		data: { ...data, ...one.data },
	}));
	if (first === undefined) return [heard];
	const others = more.map((one) => ({
		...one,
		besides: true,
		id: id === undefined ? undefined : `${id}/${one.type ?? ''}`,
		identity: [identity, one.type],
	}));
	return [first, ...others];
}

/** Something that is not what its sender says it sends. */
export function unreadable(raw: unknown, why: string): Heard {
	return { identity: raw, names: ['unreadable'], data: { problem: why }, raw };
}
