import { Temporal } from 'temporal-polyfill';
import {
	acknowledge,
	pause,
	recordTouch,
	resolve,
	resume,
	type Answer,
} from '../../../engine/escalation/answers';
import { KINDS, PRIORITIES, type Case } from '../../../engine/escalation/case';
import type { Call, Notice } from '../../../engine/escalation/memory';
import type { RouterPolicy } from '../../../engine/escalation/policy';
import { compileRouter } from '../../../engine/escalation/router';
import { dice, pick } from '../../harness/dice';
import { call, DeskBook, reason } from './deskBook';
import { ReferenceCase, type Came, type Terms, type Weight } from './referenceCase';
import { anyPolicy, DAYS, laterPolicy, slowTime, START, zoneOf } from './simulatedWorld';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const LEASE = 15 * MINUTE;
const ACCOUNTS = 60;

type Act = 'acknowledge' | 'touch' | 'pause' | 'resume' | 'resolve';

/** What a world lived through, counted by what it was. */
export type Counts = Map<string, number>;

/**
 * One program for four weeks: calls, answers, absences, more and less room, lost notices, sweeps every few minutes and
 * none for hours or days. What the engine does is compared with what the reference says at every step.
 */
export class Simulation {
	readonly counts: Counts = new Map();
	private readonly roll: () => number;
	private readonly desk: DeskBook;
	private policy: RouterPolicy;
	private now = START;
	private readonly cases = new Map<number, ReferenceCase>();
	/** Cases whose owner is to hear of them in the digest. */
	private readonly waiting = new Set<number>();
	/** Single notices of alerts by owner and day, and digests. */
	private readonly singles = new Map<string, number>();
	private readonly digests = new Set<string>();
	/** Days on which something was kept back just now. */
	private readonly keptBack = new Set<string>();
	private readonly lostAt = new Map<string, number>();
	private readonly underWay = new Set<string>();
	private readonly sent = new Map<string, Notice>();

	constructor(seed: number) {
		this.roll = dice(seed);
		this.policy = anyPolicy(this.roll);
		this.desk = new DeskBook(compileRouter(this.policy), (notice) => this.fateOf(notice));
	}

	live(): void {
		let nextSweep = START;
		while (this.now < START + DAYS * DAY) {
			this.now += (1 + Math.floor(this.roll() * 15)) * MINUTE;
			if (this.roll() < 0.15) this.route();
			if (this.roll() < 0.45) this.answer();
			if (this.roll() < 0.004) {
				this.policy = laterPolicy(this.policy, this.now, this.roll);
				this.desk.router = compileRouter(this.policy);
				this.count('changes of the policy');
			}
			this.settleFates();
			if (this.now < nextSweep) {
				this.count('missed sweeps');
				continue;
			}
			this.sweep();
			this.digest();
			// now and then the machine is off
			if (this.roll() < 0.004) nextSweep = this.now + this.roll() ** 3 * 3 * DAY;
		}
	}

	private route(): void {
		const calls = Array.from({ length: 1 + Math.floor(this.roll() ** 2 * 5) }, () =>
			this.anyCall(),
		);
		const before = this.desk.loads();
		const owners = new Map([...this.desk.cases].map(([no, { owner }]) => [no, owner.email]));
		const families = grouped(calls, ({ accountId }) => accountId);
		const expected = [...families].map(([accountId, its]) => ({
			its,
			...this.wanted(accountId, its),
		}));
		const from = this.desk.notices.length;
		const outcomes = this.desk.route(calls, this.now);
		const notices = this.desk.notices.slice(from).map(({ notice }) => notice);
		const told = new Set<Notice>();
		for (const { its, fresh, open, last } of expected) {
			const mine = outcomes.filter((_one, index) =>
				its.includes(calls[index] ?? its[0] ?? call('')),
			);
			const [what, ...others] = mine
				.map((one) => one.what)
				.filter((one) => one !== 'known' && one !== 'joined');
			const [after] = mine.map((one) => one.case);
			if (after === undefined) throw new Error('A call without an outcome');
			this.same(others, [], 'one call brings it about');
			const known = this.cases.get((open ?? last)?.no ?? 0);
			if (fresh.length === 0) {
				this.same([what, after.no], [undefined, (open ?? last)?.no], 'nothing new');
				continue;
			}
			this.checkNumbers(after, open ?? last);
			if (open !== undefined && known !== undefined) {
				const isRaised = known.add(fresh, this.now);
				this.same(what, isRaised ? 'raised' : undefined, 'raised');
				this.same(after.owner.email, owners.get(after.no), 'one owner');
				this.note(after, before, open.facts.arr, false);
				this.count(isRaised ? 'raised' : 'joined');
				if (!isRaised) continue;
			} else if (last !== undefined && known !== undefined && this.isWithinWindow(known)) {
				this.same([what, after.no], ['reopened', last.no], 'reopened');
				const isKept = this.couldTake(last.owner.email, after.facts.arr, before);
				this.same(after.owner.email === last.owner.email, isKept, 'the owner stays');
				if (!isKept) this.checkOwner(after, before);
				known.reopen(fresh, isKept ? known.terms : this.termsOf(after), this.now);
				this.note(after, before, undefined, true);
				this.count('reopened');
			} else {
				this.same(what, 'opened', 'opened');
				this.checkOwner(after, before);
				const weight: Weight = fresh[0] ?? { kind: 'alert', priority: 'low' };
				const one = new ReferenceCase(this.termsOf(after), weight, this.now);
				one.add(fresh, this.now);
				this.cases.set(after.no, one);
				this.note(after, before, undefined, true);
				this.count('opened');
			}
			const notice = notices.find(({ cases }) => cases[0]?.no === after.no);
			this.toOwner(after, notice, true);
			if (notice !== undefined) told.add(notice);
		}
		this.same(told.size, notices.length, 'notices of a bulk');
		this.checkKeptBack();
		for (const one of outcomes) this.compare(one.case);
	}

	/** What the reference expects of the calls of one account. */
	private wanted(accountId: string, its: readonly Call[]) {
		const cases = [...this.desk.cases.values()].filter((one) => one.accountId === accountId);
		const open = cases.find((one) => one.open);
		const last = cases
			.filter((one) => !one.open)
			.sort((a, b) => (a.resolvedAt ?? 0) - (b.resolvedAt ?? 0))
			.at(-1);
		const known = new Set([open, last].flatMap((one) => one?.reasons.map(({ key }) => key) ?? []));
		const fresh = its
			.flatMap(({ reasons }) => reasons)
			.filter(({ key }) => !known.has(key) && known.add(key).has(key));
		return { fresh, open, last };
	}

	private anyCall(): Call {
		const { roll } = this;
		const accountId = `a${Math.floor(roll() * ACCOUNTS)}`;
		const reasons = Array.from({ length: 1 + Math.floor(roll() * 1.5) }, () =>
			reason({
				code: 'asked',
				kind: pick(roll, KINDS),
				priority: pick(roll, [...PRIORITIES, 'normal', 'normal']),
				// too early and too late: neither moves a clock
				at: this.now + Math.floor((roll() - 0.5) * 4 * DAY),
				...(roll() < 0.3 ? { key: `${accountId}/${Math.floor(roll() * 3)}` } : {}),
			}),
		);
		const facts = {
			...(roll() < 0.5 ? { arr: Math.floor(roll() * 20_000) } : {}),
			...(roll() < 0.3 ? { csm: `p${Math.floor(roll() * 3)}@vendor.example` } : {}),
		};
		return { accountId, facts, reasons };
	}

	private answer(): void {
		const { roll, now } = this;
		const open = [...this.desk.cases.values()].filter((one) => one.open || roll() < 0.02);
		const one = open[Math.floor(roll() * open.length)];
		const known = this.cases.get(one?.no ?? 0);
		if (one === undefined || known === undefined) return;
		const by = one.owner.email;
		const act: Act = pick(roll, [
			'acknowledge',
			'acknowledge',
			'touch',
			'pause',
			'resume',
			'resume',
			'resolve',
			'resolve',
		]);
		const acts: Record<Act, { answer: (it: Case) => Answer; may: boolean; then: () => void }> = {
			acknowledge: {
				answer: (it) => acknowledge(it, by, now),
				may: known.acknowledged === undefined,
				then: () => known.acknowledge(now),
			},
			touch: { answer: (it) => recordTouch(it, by, now), may: true, then: () => known.touch(now) },
			pause: { answer: (it) => pause(it, now), may: !known.isPaused, then: () => known.pause(now) },
			resume: {
				answer: (it) => resume(it, now),
				may: known.isPaused,
				then: () => known.resume(now),
			},
			resolve: {
				answer: (it) => resolve(it, { by, outcome: 'solved' }, now),
				may: true,
				then: () => known.resolve(now),
			},
		};
		const { answer, may, then } = acts[act];
		const isDone = !('refused' in this.desk.answer(one.no, answer));
		this.same(isDone, may && known.isOpen, `${act} is possible`);
		if (!isDone) return;
		then();
		if (act !== 'pause' && act !== 'resume') this.waiting.delete(one.no);
		this.count(act);
		this.compare(this.desk.case(one.no));
	}

	private sweep(): void {
		const from = this.desk.notices.length;
		this.desk.check(this.now);
		const notices = this.desk.notices.slice(from).map(({ notice }) => notice);
		const fresh = notices.filter(({ attempt }) => attempt === 1);
		let expected = 0;
		for (const [no, known] of this.cases) {
			if (!known.isOpen) continue;
			const came = known.sweep(this.now);
			const one = this.desk.case(no);
			if (came.length > 0 || one.told.length !== known.told.size) this.compare(one);
			for (const [email, its] of this.byRecipient(one, came, known)) {
				const notice = fresh.find(({ to, cases }) => to.email === email && cases[0]?.no === no);
				const isPlain = its.every(({ event }) => event === 'nearing' || event === 'breached');
				if (email === one.owner.email) this.toOwner(one, notice, isPlain);
				else if (notice === undefined) throw new Error(`${email} is not told of case ${no}`);
				if (notice === undefined) continue;
				expected++;
				const ids = notice.reasons.map(({ telling }) => telling);
				this.same(ids.toSorted(), its.map(({ id }) => id).toSorted(), `what ${email} is told`);
			}
			for (const { event } of came) this.count(`told: ${event}`);
		}
		this.same(fresh.length, expected, 'notices of a sweep');
		this.checkKeptBack();
		for (const again of notices.filter(({ attempt }) => attempt > 1)) this.checkAgain(again);
		for (const { pending, no } of this.desk.cases.values())
			for (const key of pending) {
				const isFirst = this.desk.fates.get(key)?.attempts === 1;
				if (isFirst && (this.lostAt.get(key) ?? Infinity) + LEASE <= this.now)
					throw new Error(`${key} of case ${no} is lost and nobody asks after it`);
			}
	}

	private digest(): void {
		const waiting = grouped(this.waiting, (no) => this.desk.case(no).owner.email);
		const sent = this.desk.digest(this.now);
		for (const { to, cases, reasons } of sent) {
			const day = `${to.email} ${this.dayOf(to.email)}`;
			if (this.digests.has(day)) throw new Error(`A second digest: ${day}`);
			this.digests.add(day);
			this.same(
				cases.map(({ no }) => no).toSorted(),
				(waiting.get(to.email) ?? []).toSorted(),
				'digest',
			);
			this.same(reasons[0]?.count, cases.length, 'the count of a digest');
			for (const one of cases) {
				this.same(
					[one.kind, one.priority === 'urgent'],
					['alert', false],
					'nothing urgent in a digest',
				);
				this.waiting.delete(one.no);
			}
			this.count('digests');
			this.count('cases in digests', cases.length);
		}
		for (const no of this.waiting) {
			const { email } = this.desk.case(no).owner;
			if (!this.digests.has(`${email} ${this.dayOf(email)}`))
				throw new Error(`No digest for ${email}`);
		}
	}

	/** A message to the owner: told, or waiting for the digest where the owner had enough today. */
	private toOwner(one: Case, notice: Notice | undefined, mayWait: boolean): void {
		const day = `${one.owner.email} ${this.dayOf(one.owner.email)}`;
		const isCapped = mayWait && one.kind === 'alert' && one.priority !== 'urgent';
		const before = this.singles.get(day) ?? 0;
		if (notice === undefined) {
			if (!isCapped) throw new Error(`Case ${one.no} is kept back at ${this.now}`);
			this.keptBack.add(day);
			this.waiting.add(one.no);
			this.count('kept back');
			return;
		}
		this.same(notice.to.email, one.owner.email, 'to the owner');
		this.waiting.delete(one.no);
		this.count('single notices');
		if (!isCapped) return;
		if (before >= this.policy.digestCap) throw new Error(`${day} has more than the cap`);
		this.singles.set(day, before + 1);
	}

	/** Nothing is kept back from whoever had less than enough. */
	private checkKeptBack(): void {
		for (const day of this.keptBack)
			this.same(this.singles.get(day) ?? 0, this.policy.digestCap, `enough for ${day}`);
		this.keptBack.clear();
	}

	private checkAgain(again: Notice): void {
		const lost = this.lostAt.get(again.key);
		const first = this.sent.get(again.key);
		this.same(
			[again.attempt, again.to, again.event],
			[2, first?.to, first?.event],
			'the same again',
		);
		if (lost === undefined || first === undefined) throw new Error(`${again.key} was not lost`);
		this.lostAt.delete(again.key);
		this.count('handed out again');
	}

	private fateOf(notice: Notice): 'arrived' | 'letGo' | 'underWay' {
		const luck = this.roll();
		if (notice.attempt === 1) {
			if (this.sent.has(notice.key)) throw new Error(`${notice.key} is told twice`);
			this.sent.set(notice.key, notice);
		}
		if (luck < 0.85) return 'arrived';
		if (luck > 0.95) {
			this.underWay.add(notice.key);
			return 'underWay';
		}
		this.lostAt.set(notice.key, this.now);
		return 'letGo';
	}

	private settleFates(): void {
		for (const key of this.underWay) {
			if (this.roll() < 0.9) continue;
			this.underWay.delete(key);
			const attempts = this.desk.fates.get(key)?.attempts ?? 1;
			const isLost = this.roll() < 0.5;
			if (isLost) this.lostAt.set(key, this.now);
			this.desk.fates.set(key, { state: isLost ? 'letGo' : 'arrived', attempts });
		}
	}

	private byRecipient(one: Case, came: readonly Came[], known: ReferenceCase): Map<string, Came[]> {
		return grouped(came, ({ to }) =>
			to === 'owner' ? one.owner.email : (known.terms.levels[to]?.to.email ?? ''),
		);
	}

	/** One case per account, counted on; kind and priority of the gravest reason. */
	private checkNumbers(after: Case, before: Case | undefined): void {
		if (after.no !== before?.no) this.same(this.cases.has(after.no), false, 'a number of its own');
	}

	/** Room and absences as people agreed on them: nobody beyond, and the fallback owner only where nobody is left. */
	private checkOwner(after: Case, loads: ReturnType<DeskBook['loads']>): void {
		const { email } = after.owner;
		const could = this.policy.people.filter((one) =>
			this.couldTake(one.email, after.facts.arr, loads),
		);
		const isFallback = email === this.policy.fallback.email;
		if (isFallback ? could.length > 0 : !could.some((one) => one.email === email))
			throw new Error(`Case ${after.no} goes to ${email}, with ${could.length} who could take it`);
		this.count(isFallback ? 'owned by the fallback' : 'owned by somebody');
	}

	private couldTake(
		email: string,
		arr: number | undefined,
		loads: ReturnType<DeskBook['loads']>,
	): boolean {
		if (email === this.policy.fallback.email) return true;
		const person = this.policy.people.find((one) => one.email === email);
		if (person === undefined) return false;
		const { cases, arr: has } = loads.get(email) ?? { cases: 0, arr: 0 };
		const { mostCases = Infinity, mostArr = Infinity, calendar = this.policy.calendar } = person;
		const opens = slowTime(calendar).nextOpen(this.now);
		const dates = [this.now, opens].map((at) => dateIn(zoneOf(calendar), at));
		const isAway = person.away.some(({ from, to }) =>
			dates.some((date) => from <= date && date <= to),
		);
		return !isAway && cases + 1 <= mostCases && has + (arr ?? 0) <= mostArr;
	}

	/** Loads within a bulk: whoever got a case has it. */
	private note(
		after: Case,
		loads: ReturnType<DeskBook['loads']>,
		arrBefore: number | undefined,
		isNew: boolean,
	): void {
		const { cases, arr, lastNo } = loads.get(after.owner.email) ?? { cases: 0, arr: 0, lastNo: 0 };
		const added = (after.facts.arr ?? 0) - (isNew ? 0 : (arrBefore ?? 0));
		loads.set(after.owner.email, { cases: cases + Number(isNew), arr: arr + added, lastNo });
	}

	private termsOf({ owner }: Case): Terms {
		const { people, calendar, targets, levels, nearing, staleAfter } = this.policy;
		const own = people.find(({ email }) => email === owner.email)?.calendar ?? calendar;
		return { targets, levels, nearing, staleAfter, time: slowTime(own), zone: zoneOf(own) };
	}

	private isWithinWindow({ resolvedAt, terms }: ReferenceCase): boolean {
		const days = Temporal.PlainDate.from(dateIn(terms.zone, resolvedAt)).until(
			dateIn(terms.zone, this.now),
		).days;
		return this.policy.reopenDays > 0 && days <= this.policy.reopenDays;
	}

	private dayOf(email: string): string {
		const { people, calendar } = this.policy;
		return dateIn(
			zoneOf(people.find((one) => one.email === email)?.calendar ?? calendar),
			this.now,
		);
	}

	private compare(one: Case): void {
		const known = this.cases.get(one.no);
		this.same(
			[
				one.open,
				one.kind,
				one.priority,
				one.reopened,
				one.acknowledgement?.at,
				one.pauses,
				one.clocks.length,
				one.told.toSorted(),
			],
			[
				known?.isOpen,
				known?.weight.kind,
				known?.weight.priority,
				known?.reopened,
				known?.acknowledged,
				known?.pauses,
				known?.clocks.length,
				[...(known?.told ?? [])].toSorted(),
			],
			`case ${one.no}`,
		);
	}

	private same(found: unknown, expected: unknown, what: string): void {
		const [a, b] = [JSON.stringify(found), JSON.stringify(expected)];
		if (a !== b) throw new Error(`${what} at ${new Date(this.now).toISOString()}: ${a}, not ${b}`);
	}

	private count(what: string, by = 1): void {
		this.counts.set(what, (this.counts.get(what) ?? 0) + by);
	}
}

function dateIn(zone: string, at: number): string {
	return Temporal.Instant.fromEpochMilliseconds(at)
		.toZonedDateTimeISO(zone)
		.toPlainDate()
		.toString();
}

function grouped<T, K>(things: Iterable<T>, keyOf: (thing: T) => K): Map<K, T[]> {
	const groups = new Map<K, T[]>();
	for (const thing of things)
		groups.set(keyOf(thing), [...(groups.get(keyOf(thing)) ?? []), thing]);
	return groups;
}
