import type { Reason } from '../journeys/memory';
import type { Case, OwnerDay, PersonRef } from './case';
import { caseKey } from './caseEvents';
import { sayBundle, sayWaits } from './caseReasons';
import { isCapped, ownerDay, type DailyCap } from './dailyCap';
import { richestFirst } from './digests';
import type { Notice, NoticeEvent } from './memory';
import { bundleKey } from './pending';
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
		const waiting = { ...one, untold: withoutRaised(one), digest: 'waiting' as const };
		return {
			case: rescheduled(waiting, this.now),
			waits: [sayWaits(one.owner, this.cap.digestCap)],
		};
	}

	/** Tells somebody without counting it. */
	toPerson(one: Case, to: PersonRef, { event, what, reasons }: Message): Told {
		const key = caseKey(one, what);
		const after = this.told(one, to, key);
		return {
			case: after,
			notice: { key, event, to, cases: [after], attempt: 1, reasons },
			waits: [],
		};
	}

	/** Tells somebody of several cases in one notice, the most money first, without counting it. */
	inOne(
		its: readonly { readonly case: Case; readonly message: Message }[],
		to: PersonRef,
	): { cases: Case[]; notice?: Notice } {
		const sorted = its.toSorted((a, b) => richestFirst(a.case, b.case));
		const [first] = sorted;
		if (first === undefined) return { cases: [] };
		const key = bundleKey(to.email, caseKey(first.case, first.message.what));
		const cases = sorted.map((each) => this.told(each.case, to, key));
		const reasons = [sayBundle(its.length), ...sorted.flatMap(({ message }) => message.reasons)];
		return { cases, notice: { key, event: 'bundle', to, cases, attempt: 1, reasons } };
	}

	/** Whether somebody may be told of one more alert today; if so, it counts. */
	admits(owner: string): boolean {
		const today = this.counted.get(owner) ?? ownerDay(owner, this.cap, this.known, this.now);
		if (today.notices >= this.cap.digestCap) return false;
		this.counted.set(owner, { ...today, notices: today.notices + 1 });
		return true;
	}

	private told(one: Case, to: PersonRef, key: string): Case {
		const pending = [...one.pending, key];
		if (to.email !== one.owner.email) return rescheduled({ ...one, pending }, this.now);
		// whoever has it tells the owner everything that waited
		const told = { ...one, digest: undefined, untold: withoutRaised(one), pending };
		return rescheduled(told, this.now);
	}
}

function withoutRaised({ untold }: Case): Case['untold'] {
	const others = untold?.filter(({ event }) => event !== 'raised') ?? [];
	return others.length === 0 ? undefined : others;
}
