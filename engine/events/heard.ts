import type { AccountKey, EventFacts, EventType } from './types';

/** What a normalizer makes of one thing a sender tells, before anybody's own rules are asked. */
export type Heard = EventFacts & {
	/** The sender's own id of it, if there is one that it gives to nothing else. */
	id?: string;
	/** Where there is none: what tells it from every other event of the sender. */
	identity?: unknown;
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

/** Something that is not what its sender says it sends. */
export function unreadable(raw: unknown, why: string): Heard {
	return { identity: raw, names: ['unreadable'], data: { problem: why }, raw };
}
