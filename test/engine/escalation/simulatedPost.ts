import type { Case } from '../../../engine/escalation/case';
import type { Notice, NoticeFate } from '../../../engine/escalation/memory';
import type { ReferenceCase } from './referenceCase';
import type { Program } from './simulatedProgram';
import { grouped, same } from './same';

/** Cases by number, as the engine has them and as the reference does. */
type Worlds = {
	cases: ReadonlyMap<number, Case>;
	known: ReadonlyMap<number, ReferenceCase>;
};

const AGAIN = '/again/';

/** Whether it is handed out once more, as it was or as a part of it. */
export function isAgain({ attempt, key }: Pick<Notice, 'attempt' | 'key'>): boolean {
	return attempt > 1 || key.includes(AGAIN);
}

const LEASE = 15 * 60_000;

/** What people were told: which notices arrived or got lost, what owners had enough of, and what waits for a digest. */
export class Post {
	/** Cases whose owner is to hear of them in the digest. */
	readonly waiting = new Set<number>();
	private readonly sent = new Map<string, Notice>();
	private readonly lostAt = new Map<string, number>();
	private readonly underWay = new Set<string>();
	/** Cases that were told once more of a lost notice of several. */
	private readonly toldAgain = new Map<string, Set<number>>();
	/** Single notices of alerts, and digests, by owner and day. */
	private readonly singles = new Map<string, number>();
	private readonly digests = new Map<string, number>();
	/** Days on which something was kept back just now. */
	private readonly keptBack = new Set<string>();

	constructor(private readonly roll: () => number) {}

	/** A notice is handed out: most arrive, some get lost, of some nobody hears for a while. None is told twice as something new. */
	send(notice: Notice, now: number): NoticeFate['state'] {
		const { key, attempt } = notice;
		if (attempt === 1) {
			if (this.sent.has(key)) throw new Error(`${key} is told twice`);
			this.sent.set(key, notice);
		}
		const luck = this.roll();
		if (luck < 0.85) return 'arrived';
		if (luck < 0.95) {
			this.lostAt.set(key, now);
			return 'letGo';
		}
		this.underWay.add(key);
		return 'underWay';
	}

	/** What nobody heard of arrived after all, or did not. */
	settle(fates: Map<string, NoticeFate>, now: number): void {
		for (const key of this.underWay) {
			if (this.roll() < 0.9) continue;
			this.underWay.delete(key);
			const isLost = this.roll() < 0.5;
			if (isLost) this.lostAt.set(key, now);
			fates.set(key, {
				state: isLost ? 'letGo' : 'arrived',
				attempts: fates.get(key)?.attempts ?? 1,
			});
		}
	}

	/** A message to the owner of a case: told, or kept back where the owner had enough today. */
	toOwner(one: Case, notice: Notice | undefined, day: string): void {
		const isCapped = one.kind === 'alert' && one.priority !== 'urgent';
		if (notice === undefined) {
			if (!isCapped) throw new Error(`Case ${one.no} is kept back`);
			this.keptBack.add(day);
			this.waiting.add(one.no);
			return;
		}
		same(notice.to, one.owner, 'to the owner');
		this.waiting.delete(one.no);
		if (isCapped) this.singles.set(day, (this.singles.get(day) ?? 0) + 1);
	}

	/** A reminder of alerts, one notice for all: it counts, and is left out where that is enough for the day. */
	remind(cases: readonly Case[], isTold: boolean, day: string, cap: number): void {
		const singles = this.singles.get(day) ?? 0;
		same(isTold, singles < cap, `a reminder of case ${cases[0]?.no}`);
		if (isTold) this.singles.set(day, singles + 1);
	}

	/** Nobody had more than enough, and nothing is kept back from whoever had less. @returns on how many days something was */
	checkCap(cap: number): number {
		const kept = this.keptBack.size;
		for (const day of this.keptBack) same(this.singles.get(day) ?? 0, cap, `enough for ${day}`);
		for (const [day, count] of this.singles)
			if (count > cap) throw new Error(`${day} has ${count} single notices`);
		this.keptBack.clear();
		return kept;
	}

	/**
	 * One digest a day in working hours, and one as soon as anything cannot wait: of everything that waits and nothing else,
	 * with an honest count and nothing that is urgent.
	 */
	checkDigests(
		sent: readonly Notice[],
		{ cases, known }: Worlds,
		program: Program,
		now: number,
	): void {
		const ownerOf = (no: number): string => cases.get(no)?.owner.email ?? '';
		const waiting = grouped(this.waiting, ownerOf);
		for (const { to, cases: its, reasons } of sent) {
			const day = program.dayOf(to.email, now);
			const expected = (waiting.get(to.email) ?? []).toSorted((a, b) => a - b);
			if (!this.isTime(expected, known, day, now)) throw new Error(`An early digest: ${day}`);
			this.digests.set(day, (this.digests.get(day) ?? 0) + 1);
			same(
				its.map(({ no }) => no).toSorted((a, b) => a - b),
				expected,
				'what a digest holds',
			);
			same(reasons[0]?.count, expected.length, 'the count of a digest');
			for (const { no, kind, priority } of its) {
				same([kind, priority === 'urgent'], ['alert', false], 'nothing urgent in a digest');
				this.waiting.delete(no);
			}
		}
		for (const [owner, nos] of grouped(this.waiting, ownerOf)) {
			const day = program.dayOf(owner, now);
			if (this.isTime(nos, known, day, now)) throw new Error(`No digest for ${day}`);
		}
	}

	private isTime(
		nos: readonly number[],
		known: Worlds['known'],
		day: string,
		now: number,
	): boolean {
		const its = nos.flatMap((no) => known.get(no) ?? []);
		const isFirst = !this.digests.has(day) && its.some((one) => one.isAtWork(now));
		return isFirst || its.some((one) => one.cannotWait(now));
	}

	/** Once more, to the same person, what was lost. */
	checkAgain({ key, attempt, to, event, cases }: Notice): void {
		// of several cases what is left goes under a key of its own, each of them once
		const [whole = key, part] = key.split(AGAIN);
		const first = this.sent.get(whole);
		const isPart = part !== undefined;
		same([attempt, to, event], [isPart ? 1 : 2, first?.to, first?.event], 'the same once more');
		if (!this.lostAt.has(whole)) throw new Error(`${whole} was not lost`);
		if (!isPart) return;
		const told = this.toldAgain.get(whole) ?? new Set();
		for (const { no } of cases) {
			if (told.has(no) || first?.cases.every((one) => one.no !== no) !== false)
				throw new Error(`Case ${no} is told again of ${whole}`);
			told.add(no);
		}
		this.toldAgain.set(whole, told);
	}

	/** After a sweep nothing is lost that nobody asked after, but what was lost after the last one. */
	checkLost(cases: Iterable<Case>, fates: ReadonlyMap<string, NoticeFate>, now: number): void {
		for (const { pending, no } of cases)
			for (const key of pending) {
				const isOld = (this.lostAt.get(key) ?? Infinity) + LEASE <= now;
				const { state, attempts } = fates.get(key) ?? {};
				if (isOld && state === 'letGo' && attempts === 1 && !key.includes(AGAIN))
					throw new Error(`${key} of case ${no} is lost and nobody asks after it`);
			}
	}
}
