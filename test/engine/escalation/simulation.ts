import {
	acknowledge,
	pause,
	recordTouch,
	resolve,
	resume,
	type Answer,
} from '../../../engine/escalation/answers';
import type { Case, Load } from '../../../engine/escalation/case';
import type { Call, Notice } from '../../../engine/escalation/memory';
import { compileRouter } from '../../../engine/escalation/routing/router';
import type { RouteOutcome } from '../../../engine/escalation/routeCalls';
import { dice, pick } from '../../harness/dice';
import { DeskBook } from './deskBook';
import { ReferenceCase, type Came } from './referenceCase';
import { grouped, same } from './same';
import { anyCalls, wantedOf, type Wanted } from './simulatedCalls';
import { isAgain, Post } from './simulatedPost';
import { Program } from './simulatedProgram';
import { anyPolicy, DAYS, laterPolicy, START } from './simulatedWorld';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const ACTS = [
	'acknowledge',
	'acknowledge',
	'touch',
	'pause',
	'resume',
	'resume',
	'resolve',
	'resolve',
] as const;

type Loads = Map<string, Load>;
/** What one person is to be told of one case in a sweep. */
type Letter = { one: Case; email: string; its: readonly Came[] };

/**
 * One program for four weeks: calls, answers, absences, more and less room, lost notices, sweeps every few minutes and
 * none for hours or days. What the engine does is compared with what the reference says at every step.
 */
export class Simulation {
	/** What it lived through, by what it was. */
	readonly counts = new Map<string, number>();
	private readonly roll: () => number;
	private readonly desk: DeskBook;
	private readonly post: Post;
	private program: Program;
	private now = START;
	private readonly cases = new Map<number, ReferenceCase>();

	constructor(seed: number) {
		this.roll = dice(seed);
		this.program = new Program(anyPolicy(this.roll));
		this.post = new Post(this.roll);
		const router = compileRouter(this.program.policy);
		this.desk = new DeskBook(router, (notice) => this.post.send(notice, this.now));
	}

	/** @throws Error at the first difference */
	live(): void {
		let nextSweep = START;
		while (this.now < START + DAYS * DAY) {
			this.now += (1 + Math.floor(this.roll() * 15)) * MINUTE;
			if (this.roll() < 0.15) this.route();
			if (this.roll() < 0.45) this.answer();
			if (this.roll() < 0.004) this.change();
			this.post.settle(this.desk.fates, this.now);
			if (this.now < nextSweep) {
				this.count('missed sweeps');
				continue;
			}
			this.sweep();
			const digests = this.desk.digest(this.now);
			const worlds = { cases: this.desk.cases, known: this.cases };
			this.post.checkDigests(digests, worlds, this.program, this.now);
			this.count('cases in digests', digests.flatMap(({ cases }) => cases).length);
			// now and then the machine is off
			if (this.roll() < 0.004) nextSweep = this.now + this.roll() ** 3 * 3 * DAY;
		}
	}

	private change(): void {
		this.program = new Program(laterPolicy(this.program.policy, this.now, this.roll));
		this.desk.router = compileRouter(this.program.policy);
		this.count('changes of the policy');
	}

	private route(): void {
		const calls = anyCalls(this.roll, this.now);
		const loads = this.desk.loads();
		const families = grouped(calls, ({ accountId }) => accountId);
		const wanted = [...families.values()].map((its) => wantedOf(its, this.desk.cases.values()));
		const outcomes = new Map<Call, RouteOutcome>();
		const notices = this.told(() => {
			for (const [index, outcome] of this.desk.route(calls, this.now).entries()) {
				const one = calls[index];
				if (one !== undefined) outcomes.set(one, outcome);
			}
		});
		let told = 0;
		for (const each of wanted) {
			const mine = each.calls.flatMap((one) => outcomes.get(one) ?? []);
			const [after] = mine.map((one) => one.case);
			if (after === undefined) throw new Error('A call without an outcome');
			const whats = mine.map(({ what }) => what).filter((what) => what !== 'known');
			const [what] = whats.filter((one) => one !== 'joined');
			const expected = this.decide(each, after, loads);
			same(what ?? whats[0] ?? 'known', expected, `what becomes of ${after.accountId}`);
			same(whats.filter((one) => one !== 'joined').length <= 1, true, 'one call brings it about');
			this.count(expected);
			this.compare(after);
			if (expected === 'known' || expected === 'joined') continue;
			const notice = notices.find(({ cases }) => cases[0]?.no === after.no);
			this.tellOwner(after, notice);
			told += Number(notice !== undefined);
		}
		same(told, notices.length, 'notices of a bulk');
		this.count('runs that kept something back', this.post.checkCap(this.program.policy.digestCap));
	}

	/** What is to become of an account; its owner is whoever may have it, and has it from now on. */
	private decide({ fresh, open, last }: Wanted, after: Case, loads: Loads): RouteOutcome['what'] {
		const { program, now } = this;
		const before = open ?? last;
		const known = this.cases.get(before?.no ?? 0);
		const [first] = fresh;
		if (first === undefined) {
			same(after.no, before?.no, 'the case that holds it');
			return 'known';
		}
		const add = (cases: number, arr: number): void => {
			const has = loads.get(after.owner.email) ?? { cases: 0, arr: 0, lastNo: 0 };
			loads.set(after.owner.email, { ...has, cases: has.cases + cases, arr: has.arr + arr });
		};
		const arr = after.facts.arr ?? 0;
		if (open !== undefined && known !== undefined) {
			same([after.no, after.owner], [open.no, open.owner], 'one case, one owner');
			add(0, arr - (open.facts.arr ?? 0));
			return known.add(fresh, now) ? 'raised' : 'joined';
		}
		if (last !== undefined && known !== undefined && program.reopens(known, now)) {
			const isKept = program.couldTake(last.owner.email, after, loads, now);
			same(
				[after.no, after.owner.email === last.owner.email],
				[last.no, isKept],
				'the owner stays',
			);
			if (!isKept) this.checkOwner(after, loads);
			known.reopen(fresh, isKept ? known.terms : program.termsOf(after), now);
			add(1, arr);
			return 'reopened';
		}
		this.checkOwner(after, loads);
		same(this.cases.has(after.no), false, 'the number is known already');
		const one = new ReferenceCase(program.termsOf(after), first, now);
		one.add(fresh, now);
		this.cases.set(after.no, one);
		add(1, arr);
		return 'opened';
	}

	private answer(): void {
		const { roll, now } = this;
		const some = [...this.desk.cases.values()].filter((one) => one.open || roll() < 0.02);
		const one = some[Math.floor(roll() * some.length)];
		const known = this.cases.get(one?.no ?? 0);
		if (one === undefined || known === undefined) return;
		const by = one.owner.email;
		const act = pick(roll, ACTS);
		const answers: Record<typeof act, (it: Case) => Answer> = {
			acknowledge: (it) => acknowledge(it, by, now),
			touch: (it) => recordTouch(it, by, now),
			pause: (it) => pause(it, now),
			resume: (it) => resume(it, now),
			resolve: (it) => resolve(it, { by, outcome: 'solved' }, now),
		};
		const isDone = !('refused' in this.desk.answer(one.no, answers[act]));
		same(isDone, known.may(act), `${act} of case ${one.no}`);
		if (!isDone) return;
		known[act](now);
		if (act !== 'pause' && act !== 'resume') this.post.waiting.delete(one.no);
		this.count(act);
		this.compare(this.desk.case(one.no));
	}

	/** Everything that came since the last sweep is told in this one, once, to whoever it is for, and nothing else. */
	private sweep(): void {
		const notices = this.told(() => this.desk.check(this.now));
		const fresh = notices.filter((notice) => !isAgain(notice));
		let told = 0;
		const alerts: Letter[] = [];
		for (const [no, known] of this.cases) {
			if (!known.isOpen) continue;
			const came = known.sweep(this.now);
			const one = this.desk.case(no);
			if (came.length > 0 || one.told.length !== known.told.size) this.compare(one);
			for (const [email, its] of this.byRecipient(one, came, known)) {
				if (isCapped(one)) {
					alerts.push({ one, email, its });
					continue;
				}
				const notice = fresh.find(({ to, cases }) => to.email === email && cases[0]?.no === no);
				if (notice === undefined) throw new Error(`${email} is not told of case ${no}`);
				told++;
				checkTold(notice, [{ one, email, its }]);
			}
			for (const { event } of came) this.count(`told: ${event}`);
		}
		for (const [email, letters] of grouped(alerts, (letter) => letter.email))
			told += this.checkAlerts(fresh, email, letters);
		same(told, fresh.length, 'notices of a sweep');
		this.post.checkCap(this.program.policy.digestCap);
		for (const again of notices.filter(isAgain)) {
			this.post.checkAgain(again);
			this.count('handed out again');
		}
		this.post.checkLost(this.desk.cases.values(), this.desk.fates, this.now);
	}

	/** What one person is told of alerts is one notice; a mere reminder only of what they know, and as long as the day has room. */
	private checkAlerts(fresh: readonly Notice[], email: string, letters: readonly Letter[]): number {
		const isMere = ({ its }: Letter): boolean => its.every(({ event }) => event === 'nearing');
		const due = letters.filter(
			(letter) => !isMere(letter) || !this.post.waiting.has(letter.one.no),
		);
		const notice = fresh.find(({ to, cases }) => {
			return to.email === email && cases.every((one) => isCapped(one));
		});
		if (due.length > 0 && due.every(isMere)) {
			const day = this.program.dayOf(email, this.now);
			const cases = due.map(({ one }) => one);
			this.post.remind(cases, notice !== undefined, day, this.program.policy.digestCap);
			this.count(notice === undefined ? 'reminders left out' : 'reminders');
		} else same(notice !== undefined, due.length > 0, `what ${email} is told of alerts`);
		if (notice === undefined) return 0;
		if (due.length > 1) this.count('told together', due.length);
		for (const { one } of due) if (one.owner.email === email) this.post.waiting.delete(one.no);
		checkTold(notice, due);
		return 1;
	}

	private byRecipient(one: Case, came: readonly Came[], known: ReferenceCase): Map<string, Came[]> {
		return grouped(came, ({ to }) =>
			to === 'owner' ? one.owner.email : (known.terms.levels[to]?.to.email ?? ''),
		);
	}

	private tellOwner(one: Case, notice: Notice | undefined): void {
		this.post.toOwner(one, notice, this.program.dayOf(one.owner.email, this.now));
		this.count(notice === undefined ? 'kept back' : 'single notices');
	}

	private checkOwner(after: Case, loads: Loads): void {
		const isFallback = this.program.checkOwner(after, loads, this.now);
		this.count(isFallback ? 'given to the fallback owner' : 'given to somebody');
	}

	private told(act: () => unknown): Notice[] {
		const from = this.desk.notices.length;
		act();
		return this.desk.notices.slice(from).map(({ notice }) => notice);
	}

	private compare(one: Case): void {
		const { open: isOpen, kind, priority, reopened, pauses, acknowledgement, clocks, told } = one;
		const state = [isOpen, kind, priority, reopened, pauses, acknowledgement?.at, clocks.length];
		const expected = this.cases.get(one.no)?.state;
		same([...state, told.toSorted()], expected, `case ${one.no}`);
	}

	private count(what: string, by = 1): void {
		this.counts.set(what, (this.counts.get(what) ?? 0) + by);
	}
}

/** Whether a single notice of it counts for the day. */
function isCapped({ kind, priority }: Case): boolean {
	return kind === 'alert' && priority !== 'urgent';
}

/** A notice tells of these cases, of each what came, and of nothing else. */
function checkTold({ cases, reasons, to }: Notice, letters: readonly Letter[]): void {
	const nos = letters.map(({ one }) => one.no).toSorted((a, b) => a - b);
	same(
		cases.map(({ no }) => no).toSorted((a, b) => a - b),
		nos,
		`the cases ${to.email} is told of`,
	);
	const told = reasons
		.filter(({ telling }) => telling !== undefined)
		.map(({ no, telling }) => [no, telling].join(' '));
	const came = letters.flatMap(({ one, its }) => its.map(({ id }) => `${one.no} ${id}`));
	same(told.toSorted(), came.toSorted(), `what ${to.email} is told`);
}
