import type { Case, CaseFacts, CaseReason, Load, OwnerDay } from '../../../engine/escalation/case';
import type { Answer } from '../../../engine/escalation/answers';
import { checkDeadlines, type CaseTelling } from '../../../engine/escalation/checkDeadlines';
import type { DailyCap } from '../../../engine/escalation/dailyCap';
import { digests } from '../../../engine/escalation/digests';
import type {
	Call,
	CaseChanges,
	CaseMemory,
	Notice,
	NoticeFate,
	Router,
} from '../../../engine/escalation/memory';
import { joinOpen } from '../../../engine/escalation/joinOpen';
import { routeCalls, type RouteOutcome } from '../../../engine/escalation/routeCalls';
import type { JourneyEvent } from '../../../engine/journeys/memory';
import { freeze } from '../../harness/freeze';

/**
 * What a ledger does for cases, in memory: gives what is asked for, frozen, and writes what comes back, all of it. It
 * refuses what no ledger would take: a second open case of an account, a notice that is handed out under a key that is
 * taken.
 */
export class DeskBook {
	readonly cases = new Map<number, Case>();
	readonly days = new Map<string, OwnerDay>();
	readonly fates = new Map<string, NoticeFate>();
	readonly survivorOf = new Map<string, string>();
	readonly notices: { at: number; notice: Notice }[] = [];
	readonly events: JourneyEvent[] = [];
	private readonly written = new Set<string>();

	constructor(
		/** May change from one run to the next. */
		public router: Router,
		/** What becomes of a notice that is handed out. */
		private readonly fateOf: (notice: Notice) => NoticeFate['state'] = () => 'arrived',
	) {}

	route(calls: readonly Call[], now: number): RouteOutcome[] {
		const families = new Set(calls.map(({ accountId }) => this.familyOf(accountId)));
		const cases = [...this.cases.values()].filter(({ accountId }) =>
			families.has(this.familyOf(accountId)),
		);
		const memory = this.memory(cases);
		const { outcomes, changes } = routeCalls(this.router, memory, freeze([...calls]), now);
		this.write(changes, now);
		return outcomes;
	}

	/** A journey hears what a case is to hold. */
	heard(calls: readonly Call[], now: number): void {
		const families = new Set(calls.map(({ accountId }) => this.familyOf(accountId)));
		const cases = [...this.cases.values()].filter(({ accountId }) =>
			families.has(this.familyOf(accountId)),
		);
		this.write(joinOpen(this.memory(cases), freeze([...calls]), now), now);
	}

	/** Looks at whatever is due, and at other open cases of the same accounts. */
	check(now: number, cap: DailyCap = this.router): CaseTelling[] {
		const all = [...this.cases.values()];
		const isDue = ({ nextLook }: Case): boolean => (nextLook ?? Infinity) <= now;
		const families = new Set(all.filter(isDue).map(({ accountId }) => this.familyOf(accountId)));
		const due = all.filter(({ open, accountId }) => open && families.has(this.familyOf(accountId)));
		const { tellings, changes } = checkDeadlines(this.memory(due), now, cap);
		this.write(changes, now);
		for (const { no, nextLook } of changes.cases)
			if (nextLook !== undefined && nextLook <= now)
				throw new Error(`Case ${no} is due again at once`);
		return tellings;
	}

	digest(now: number): Notice[] {
		const waiting = [...this.cases.values()].filter(({ digest }) => digest === 'waiting');
		const { notices, changes } = digests(this.router, this.memory(waiting), now);
		this.write(changes, now);
		return notices;
	}

	answer(no: number, act: (one: Case) => Answer): Answer {
		const answer = act(freeze(this.case(no)));
		if ('refused' in answer) return answer;
		this.cases.set(no, answer.case);
		this.events.push(...answer.events);
		const { notice } = answer;
		if (notice !== undefined)
			this.fates.set(notice.key, { state: this.fateOf(notice), attempts: notice.attempt });
		return answer;
	}

	case(no: number): Case {
		const one = this.cases.get(no);
		if (one === undefined) throw new Error(`There is no case ${no}`);
		return one;
	}

	familyOf(accountId: string): string {
		return this.survivorOf.get(accountId) ?? accountId;
	}

	loads(): Map<string, Load> {
		const loads = new Map<string, Load>();
		for (const { owner, open, facts, no } of this.cases.values()) {
			const { cases, arr, lastNo } = loads.get(owner.email) ?? { cases: 0, arr: 0, lastNo: 0 };
			loads.set(owner.email, {
				cases: cases + Number(open),
				arr: arr + (open ? (facts.arr ?? 0) : 0),
				lastNo: Math.max(lastNo, no),
			});
		}
		return loads;
	}

	private memory(cases: Case[]): CaseMemory {
		const { days, fates, survivorOf } = this;
		const nextNo = Math.max(0, ...this.cases.keys()) + 1;
		return { cases: freeze(cases), survivorOf, loads: this.loads(), days, fates, nextNo };
	}

	private write({ cases, days, notices, events }: CaseChanges, now: number): void {
		const numbers = new Set(cases.map(({ no }) => no));
		if (numbers.size < cases.length) throw new Error('A case is written twice');
		for (const one of cases) {
			this.cases.set(one.no, one);
			const open = [...this.cases.values()].filter(
				(other) => other.open && other.accountId === one.accountId,
			);
			if (open.length > 1) throw new Error(`${one.accountId} has two open cases`);
		}
		for (const day of days) this.days.set(day.owner, day);
		for (const notice of notices) {
			const attempts = (this.fates.get(notice.key)?.attempts ?? 0) + 1;
			if (attempts !== notice.attempt) throw new Error(`${notice.key} is told as something new`);
			this.fates.set(notice.key, { state: this.fateOf(notice), attempts });
			this.notices.push({ at: now, notice });
		}
		for (const event of events) {
			const name = `${event.accountId} ${event.type} ${event.id}`;
			if (this.written.has(name)) throw new Error(`${name} is written twice`);
			this.written.add(name);
			this.events.push(event);
		}
	}
}

let reasons = 0;

export function reason(over: Partial<CaseReason> = {}): CaseReason {
	return {
		key: `reason ${++reasons}`,
		code: 'health_dropped',
		kind: 'alert',
		priority: 'normal',
		at: 0,
		text: 'Health dropped under 60',
		...over,
	};
}

export function call(
	accountId: string,
	its: Partial<CaseReason> | CaseReason[] = {},
	facts: CaseFacts = {},
): Call {
	return { accountId, facts, reasons: Array.isArray(its) ? its : [reason(its)] };
}

export const ESCALATION = { kind: 'escalation', code: 'human_requested' } as const;
