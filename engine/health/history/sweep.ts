import type { Facts } from '../fields';
import type { Health } from '../health';
import type { HealthModel } from '../model';
import type { Scorer } from '../scoreAccounts';
import type { AccountHistory } from '../remembered';
import type { Circumstances } from './circumstances';
import type { HealthFacts } from './facts';
import { compileFollow, type Followed, type OnDay, type SweepRules } from './follow';
import { localDay } from './localDay';
import { holdOf, type Hold } from './massHold';
import { readMemory, type Known } from './memory';
import { Recollection } from './recollection';

/** A score with what memory adds to it. */
export type RememberedHealth = Health & HealthFacts;

export type AccountToSweep = {
	/** Undefined: nothing is remembered of it. Each id at most once in a page. */
	accountId: string | undefined;
	facts: Facts;
	/** As it was remembered last. */
	known: { readonly day: number; readonly state: string } | undefined;
};

export type SweptAccount = {
	health: Health | RememberedHealth;
	/** What to remember from now on, as text; undefined: nothing new. */
	state: string | undefined;
	/** Whether the account got its daily score, and whether it newly triggered, raised or held. */
	scored: boolean;
	triggered: boolean;
};

export type SweptPage = {
	accounts: SweptAccount[];
	/** Why what newly triggered here is held, if it is (P10). */
	hold: Hold | undefined;
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
	/** Accounts scored and triggered on earlier pages of today. */
	before: { scored: number; triggered: number };
	/** See `SweepRules.isFirst`. */
	isFirst: boolean;
	/** Whether what newly triggers may be held (P10). */
	mayHold: boolean;
};

const PER_TURN = 1_000;

/**
 * Scores a page of accounts and says what follows from what is remembered of them. Nobody is told of a drop or an alert
 * before all of the page are known, because too many at once are held. Pauses now and then.
 */
export function* sweepAccounts(
	accounts: readonly AccountToSweep[],
	options: SweepOptions,
): Generator<void, { page: SweptPage; scorer: Scorer }, void> {
	const { model, compile, circumstancesOf, now, zone, before, isFirst, mayHold } = options;
	const day = localDay(now, zone);
	const recollection = new Recollection(day);
	let known: Known | undefined;
	const scorer = compile(() => (known === undefined ? undefined : recollection.of(known)));
	const follow = compileFollow(model, scorer.remembered, day);
	const rules: SweepRules = { isFirst, releases: !mayHold };
	const swept: SweptAccount[] = [];
	const triggers: { place: number; known?: Known; today: OnDay; followed: Followed }[] = [];
	let scored = 0;
	let newestUsage = NaN;
	for (const [place, { accountId, facts, known: row }] of accounts.entries()) {
		if (place % PER_TURN === PER_TURN - 1) yield;
		known = row === undefined ? undefined : { day: row.day, memory: readMemory(row.state) };
		const health = scorer.score(facts);
		if (accountId === undefined) {
			swept.push({ health, state: undefined, scored: false, triggered: false });
			continue;
		}
		const around = circumstancesOf(facts);
		// NaN while none said when it was made
		if (newestUsage !== newestUsage || around.usageAsOf > newestUsage)
			newestUsage = around.usageAsOf;
		const today: OnDay = {
			accountId,
			health,
			values: scorer.today,
			inOnboarding: around.inOnboarding,
			weekChange:
				scorer.weekChange === undefined ? around.weekChange : (scorer.weekChange[0] ?? NaN),
			unsponsoredRenewal: around.unsponsoredRenewal,
		};
		const followed = follow(known, today, rules);
		if (followed.scored) scored++;
		if (followed.triggered) {
			// told when all are known; the scorer writes its values into the same place for the next account
			const kept = { ...today, values: scorer.today.slice() };
			triggers.push({ place, known, today: kept, followed });
			swept.push({ health, state: undefined, scored: true, triggered: true });
		} else swept.push(told(health, followed));
	}
	const hold = mayHold
		? holdOf(before.triggered + triggers.length, before.scored + scored, newestUsage, now, zone)
		: undefined;
	for (const { place, known: then, today, followed } of triggers) {
		const decided =
			hold === undefined ? followed : follow(then, today, { isFirst, held: hold.why });
		swept[place] = told(today.health, decided);
	}
	return { page: { accounts: swept, hold: triggers.length > 0 ? hold : undefined }, scorer };
}

/** Puts what memory says onto the score, which is nobody else's yet. */
function told(health: Health, followed: Followed): SweptAccount {
	const { facts, band, reasons, memory, scored, triggered } = followed;
	const remembered: RememberedHealth = Object.assign(health, facts);
	if (band !== health.band) {
		health.band = band;
		health.nextBand = null;
	}
	if (reasons.length > 0) health.reasons = [...reasons, ...health.reasons];
	const state = memory === undefined ? undefined : JSON.stringify(memory);
	return { health: remembered, state, scored, triggered };
}
