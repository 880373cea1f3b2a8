import type { Reason } from '../journeys/memory';
import type { Case, OwnerDay, PersonRef } from './case';
import { caseKey } from './caseEvents';
import { sayWaits } from './caseReasons';
import { isCapped, ownerDay, type DailyCap } from './dailyCap';
import type { Notice, NoticeEvent } from './memory';
import { rescheduled } from './schedule';

/** What is to be told of a case; `what` makes the key of the notice. */
export type Message = {
	readonly event: NoticeEvent;
	readonly what: string;
	readonly reasons: readonly Reason[];
};

/** A case after somebody was told of it, with when it is to be looked at again; or what it waits for. */
export type Told = {
	readonly case: Case;
	readonly notice?: Notice;
	readonly waits: readonly Reason[];
};

/** What is told in one run: single notices of alerts count for their owner's day, together with those of earlier runs. */
export class Outbox {
	private readonly counted = new Map<string, OwnerDay>();

	constructor(
		private readonly cap: DailyCap,
		private readonly known: ReadonlyMap<string, OwnerDay>,
		private readonly now: number,
	) {}

	/** Days of owners who were told something that counts. */
	get days(): OwnerDay[] {
		return [...this.counted.values()];
	}

	/**
	 * Tells the owner. An alert that is not urgent waits for the digest once the owner had enough single ones today; an
	 * escalation and whatever is urgent never waits, and uses nothing of what is left for the day.
	 */
	toOwner(one: Case, message: Message): Told {
		if (!isCapped(one) || this.admits(one.owner.email))
			return this.toPerson(one, one.owner, message);
		const waiting = rescheduled({ ...one, digest: 'waiting' }, this.now);
		return { case: waiting, waits: [sayWaits(one.owner, this.cap.digestCap)] };
	}

	/** Tells somebody without counting it. */
	toPerson(one: Case, to: PersonRef, { event, what, reasons }: Message): Told {
		const key = caseKey(one, what);
		// whoever has it tells the owner everything that waited
		const digest = to.email === one.owner.email ? undefined : one.digest;
		const told = { ...one, digest, pending: [...one.pending, key] };
		const after = rescheduled(told, this.now);
		return {
			case: after,
			notice: { key, event, to, cases: [after], attempt: 1, reasons },
			waits: [],
		};
	}

	private admits(owner: string): boolean {
		const today = this.counted.get(owner) ?? ownerDay(owner, this.cap, this.known, this.now);
		if (today.notices >= this.cap.digestCap) return false;
		this.counted.set(owner, { ...today, notices: today.notices + 1 });
		return true;
	}
}
