import type { Facts } from '../fields';
import type { Health } from '../health';
import type { HealthModel } from '../model';
import type { Scorer } from '../scoreAccounts';
import type { AccountHistory } from '../remembered';
import type { Circumstances } from './circumstances';
import type { HealthFacts } from './facts';
import { compileFollow, type Followed, type OnDay, type SweepRules } from './follow';
import { localDay } from './localDay';
import { heldEarlier, holdOfMany, holdOfOldUsage, type DayTotals, type Hold } from './massHold';
import { readMemory, type Known, type WhyHeld } from './memory';
import { Recollection } from './recollection';

/** A score with what memory adds to it. */
export type RememberedHealth = Health & HealthFacts;

export type AccountToSweep = {
	/** Undefined: nothing is remembered of it. The same one again follows from what was decided of it before. */
	accountId: string | undefined;
	facts: Facts;
	/** As it was remembered last. */
	known: { readonly day: number; readonly state: string } | undefined;
};

/** What to remember of an account from now on. */
export type AccountChange = {
	state: string;
	/** As it was counted: whether it got its daily score, and whether it newly triggered, raised or held. */
	scored: boolean;
	triggered: boolean;
};

export type SweptPage = {
	/** In the order of the accounts given. */
	healths: (Health | RememberedHealth)[];
	/** By account; nothing new is remembered of the others. */
	changes: Map<string, AccountChange>;
	/** What operations are to know of: accounts of this page are held today, now or since earlier, or usage is old (P10). */
	hold: Hold | undefined;
	/** Place of the first account that is held, 0 for none. */
	firstHeld: number;
};

/** A page of which only remains to be said whether what newly triggers is held. */
export type CountedPage = DayTotals & {
	scorer: Scorer;
	/** Accounts of which memory knows a later day already, so that today moves nothing. */
	late: number;
	/** Accounts whose memory cannot be read: they are followed as new ones. */
	damaged: readonly string[];
	/** @param totals of the day, this page included */
	decide(totals: DayTotals): SweptPage;
};

export type SweepOptions = {
	model: HealthModel;
	/** A scorer that asks memory. */
	compile: (history: () => AccountHistory | undefined) => Scorer;
	circumstancesOf: (account: Facts) => Circumstances;
	/** ms since 1970 */
	now: number;
	/** IANA zone of the program. */
	zone: string;
	/** Local day of the model's first sweep. */
	startedDay: number;
	/** What already holds at go-live is raised like anything else, though it counts as no trigger (P09). */
	raisesBaseline: boolean;
	/** Whether what newly triggers may be held (P10). */
	mayHold: boolean;
};

/** An account as it was read, to be told when all of the page are known. */
type Waiting = { place: number; known: Known | undefined; today: OnDay; rules: SweepRules };

const PER_TURN = 1_000;
/** P09: who comes this long after go-live and says not since when was there before. */
const GO_LIVE_DAYS = 14;

/**
 * Scores a page of accounts and says what follows from what is remembered of them. Nobody is told of a drop or an alert
 * before all of the page are counted, because too many at once are held. Pauses now and then.
 */
export function* sweepAccounts(
	accounts: readonly AccountToSweep[],
	options: SweepOptions,
): Generator<void, CountedPage, void> {
	const { model, compile, circumstancesOf, now, zone, startedDay, mayHold } = options;
	const day = localDay(now, zone);
	const recollection = new Recollection(day);
	let known: Known | undefined;
	const scorer = compile(() => (known === undefined ? undefined : recollection.of(known)));
	const follow = compileFollow(model, scorer.remembered, day);
	const usual: SweepRules = { isFirst: false, releases: !mayHold };
	const baseline: SweepRules = { ...usual, isFirst: !options.raisesBaseline };
	const page = new Page(day);
	/** By account, from the item on with which it triggers. */
	const triggers = new Map<string, Waiting[]>();
	const damaged = new Set<string>();
	let scored = 0;
	let newestUsage = NaN;
	let late = 0;
	for (const [place, { accountId, facts, known: row }] of accounts.entries()) {
		if (place % PER_TURN === PER_TURN - 1) yield;
		if (accountId === undefined) {
			known = undefined;
			page.healths[place] = scorer.score(facts);
			continue;
		}
		known = page.latest.get(accountId);
		if (known === undefined && row !== undefined) {
			known = readRow(row);
			if (known === undefined) damaged.add(accountId);
		}
		const health = scorer.score(facts);
		const around = circumstancesOf(facts);
		// NaN while none said when it was made
		if (newestUsage !== newestUsage || around.usageAsOf > newestUsage)
			newestUsage = around.usageAsOf;
		const today: OnDay = {
			accountId,
			health,
			values: scorer.today,
			inOnboarding: around.inOnboarding,
			weekChange: worstOf(around.weekChange, scorer.weekChange?.[0] ?? NaN),
			unsponsoredRenewal: around.unsponsoredRenewal,
		};
		const isBaseline = isNew(known, health) && wasThereBefore(around.startedDay, startedDay, day);
		const rules = isBaseline ? baseline : usual;
		const followed = follow(known, today, rules);
		health.nextBand = scorer.wayOut(followed.band, health);
		if (followed.scored) scored++;
		if (followed.late) late++;
		const earlier = triggers.get(accountId);
		if (earlier !== undefined || (followed.triggered && !isBaseline)) {
			// the scorer writes its values into the same place for the next account
			const waiting = { place, known, rules, today: { ...today, values: scorer.today.slice() } };
			if (earlier === undefined) triggers.set(accountId, [waiting]);
			else earlier.push(waiting);
			page.keep(accountId, known, followed);
		} else page.tell(place, today, known, followed);
	}
	return {
		scorer,
		late,
		scored,
		triggered: triggers.size,
		damaged: [...damaged],
		decide: (totals) => {
			const old = mayHold ? holdOfOldUsage(totals, newestUsage, now, zone) : undefined;
			const hold = (mayHold ? holdOfMany(totals) : undefined) ?? old;
			for (const chain of triggers.values()) {
				let before = chain[0]?.known;
				for (const { place, today, rules } of chain) {
					const held = hold === undefined || rules.isFirst ? {} : { held: hold.why };
					const followed = follow(before, today, { ...rules, ...held });
					page.tell(place, today, before, followed, true);
					if (followed.memory !== undefined) before = { day, memory: followed.memory };
				}
			}
			const { healths, changes, held } = page;
			return {
				healths,
				changes,
				hold: held === undefined ? old : (hold ?? heldEarlier(held.why, totals)),
				firstHeld: held?.place ?? 0,
			};
		},
	};
}

/** What is told of the accounts of a page, and what is remembered of them from now on. */
class Page {
	readonly healths: (Health | RememberedHealth)[] = [];
	readonly changes = new Map<string, AccountChange>();
	/** By account, where its memory changed. */
	readonly latest = new Map<string, Known>();
	/** The first one that is held today. */
	held: { place: number; why: WhyHeld } | undefined;

	constructor(private readonly day: number) {}

	keep(accountId: string, known: Known | undefined, { memory }: Followed): Known | undefined {
		if (memory === undefined) return known;
		const latest = { day: this.day, memory };
		this.latest.set(accountId, latest);
		return latest;
	}

	tell(
		place: number,
		today: OnDay,
		before: Known | undefined,
		followed: Followed,
		triggered = false,
	): void {
		const { accountId, health } = today;
		this.healths[place] = told(health, followed);
		const { memory, scored } = followed;
		const held = this.keep(accountId, before, followed)?.memory.held;
		if (held?.day === this.day && place < (this.held?.place ?? Infinity))
			this.held = { place, why: held.why };
		if (memory === undefined) return;
		const earlier = this.changes.get(accountId);
		this.changes.set(accountId, {
			state: JSON.stringify(memory),
			scored: scored || earlier?.scored === true,
			triggered: triggered || earlier?.triggered === true,
		});
	}
}

function readRow({ day, state }: { day: number; state: string }): Known | undefined {
	try {
		return { day, memory: readMemory(state) };
	} catch {
		return undefined;
	}
}

/** Whether nothing is known of an account, or this is its first daily score. */
function isNew(known: Known | undefined, health: Health): boolean {
	return known === undefined || (known.memory.band === undefined && health.band !== 'unknown');
}

/** Whether what holds of a new account held at go-live already, as far as anybody can tell (P09). */
function wasThereBefore(customerSince: number, startedDay: number, day: number): boolean {
	if (day <= startedDay || customerSince <= startedDay) return true;
	return customerSince !== customerSince && day - startedDay < GO_LIVE_DAYS;
}

/** NaN: unknown, which is not the worst. */
function worstOf(one: number, other: number): number {
	return other < one || one !== one ? other : one;
}

/** Puts what memory says onto the score, which is nobody else's yet. */
function told(health: Health, { facts, band, reasons }: Followed): RememberedHealth {
	const remembered: RememberedHealth = Object.assign(health, facts);
	health.band = band;
	if (reasons.length > 0) health.reasons = [...reasons, ...health.reasons];
	return remembered;
}
