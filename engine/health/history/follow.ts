import { bandOf } from '../band';
import type { Health, HealthReason } from '../health';
import type { HealthModel } from '../model';
import type { Remembered } from '../remembered';
import { alertsOf, lacksSponsor, usageFell } from './alerts';
import type { HealthFacts } from './facts';
import { bandAfter, isAbove, sayFirstCounts, sayNotSettled, wellInto } from './hysteresis';
import { dateOf } from './localDay';
import { HELD_TEXTS } from './massHold';
import type { HealthMemory, Known, KnownBand, WhyHeld } from './memory';
import { hasNews, valuesWith } from './recollection';
import { allAtLeast, isRested, lastBefore, lastDays, scoreAt, withDay } from './scores';
import { trendOver } from './trend';

/** An account on one day. */
export type OnDay = {
	accountId: string;
	/** As scored by the model, before memory says anything. */
	health: Health;
	/** Values of `Scorer.remembered`, in that order. */
	values: ArrayLike<number>;
	inOnboarding: boolean;
	/** The closed week as a share of the one before; NaN: unknown. */
	weekChange: number;
	/** See `Circumstances`. */
	unsponsoredRenewal: number;
};

/** What a sweep decides for all accounts. */
export type SweepRules = {
	/** The very first one of this model: what already holds is listed, not triggered (P09). */
	isFirst: boolean;
	/** Nothing new is raised (P10). */
	held?: WhyHeld;
	/** Somebody has looked: what was held earlier today is raised now. */
	releases?: boolean;
};

export type Followed = {
	facts: HealthFacts;
	/** What to remember from now on; undefined: nothing new. */
	memory: HealthMemory | undefined;
	/** Whether it is the account's first daily score of the day. */
	scored: boolean;
	/** Whether a drop or an alert is new today, raised or held. */
	triggered: boolean;
	/** Whether memory knows a later day, so that this one moved nothing. */
	late: boolean;
	/** Band and reasons in place of the score's own. */
	band: Health['band'];
	reasons: readonly HealthReason[];
};

export type Follow = (known: Known | undefined, today: OnDay, rules: SweepRules) => Followed;

const NOTHING: HealthMemory = { scores: '', steady: 0 };
const NO_REASONS: readonly HealthReason[] = Object.freeze([]);

/**
 * What follows from an account's score on `day` and from what is remembered of it (P03, P09, P10, P18, P19, P28, P35).
 * The daily score is the first of a local day whose band is known; later ones of that day, and days that come late, are
 * told and move nothing. Nothing given is changed.
 * @param day local date of the program, in days since 1970
 */
export function compileFollow(
	model: HealthModel,
	remembered: readonly Remembered[],
	day: number,
): Follow {
	const { bands, hysteresis } = model;
	const steadyFrom = wellInto(bands.yellow, model);
	const reasons = new SharedReasons(model);
	return (known, today, rules) => {
		const { health, inOnboarding, weekChange, unsponsoredRenewal } = today;
		const before = known?.memory ?? NOTHING;
		const isLate = known !== undefined && known.day > day;
		/** Where today stands in `before.scores`, from its end; negative: it is not there yet. */
		const back = known === undefined ? -1 : known.day - day;
		const first = scoreAt(before.scores, back);
		const score = health.band === 'unknown' ? NaN : (health.score ?? NaN);
		const isKnown = score === score;
		const scored = isKnown && !isLate && first !== first;
		const passed = known === undefined ? 1 : day - known.day;

		let memory = before;
		const news: Mutable = {};
		let triggered = false;
		if (scored) {
			const scores = withDay(before.scores, passed, score);
			const by = health.band === 'unknown' ? bandOf(score, bands) : health.band;
			const band =
				before.band === undefined || isJudged(health)
					? by
					: bandAfter(before.band, by, scores, model);
			const rested = isRested(before.scores, back) ? 0 : before.steady;
			const steady = score >= steadyFrom ? rested + 1 : 0;
			news.scores = scores;
			if (band !== before.band) {
				news.band = band;
				news.since = day;
			}
			news.steady = steady;
			if (before.drop !== undefined) {
				const since = lastDays(scores, day - before.drop.day);
				if (allAtLeast(since, hysteresis.scores, steadyFrom)) {
					news.drop = undefined;
					news.back = day;
				}
			} else if (score < bands.yellow && !inOnboarding) {
				triggered = true;
				if (rules.held === undefined) {
					news.drop = { ...raisedOn(day, rules), under: bands.yellow };
					news.back = undefined;
				}
			}
		}
		const wasHeld = before.held?.day === day;
		// a day that comes late changes nothing, whoever has looked
		const isReleased = wasHeld && !isLate && rules.releases === true;
		if (isReleased) {
			news.held = undefined;
			if (before.drop === undefined && first < bands.yellow && !inOnboarding) {
				news.drop = { ...raisedOn(day, rules), under: bands.yellow };
				news.back = undefined;
			}
		}
		const mayAlert = !isLate && (!wasHeld || isReleased);
		if (mayAlert && !inOnboarding && usageFell(weekChange, before, day)) {
			// what was held is counted already
			triggered ||= !wasHeld;
			if (rules.held === undefined) news.usage = { ...raisedOn(day, rules), kept: weekChange };
		}
		if (mayAlert && lacksSponsor(unsponsoredRenewal, before)) {
			triggered ||= !wasHeld;
			if (rules.held === undefined)
				news.sponsor = { ...raisedOn(day, rules), renewal: unsponsoredRenewal };
		}
		if (triggered && rules.held !== undefined) news.held = { day, why: rules.held };
		const isNew =
			scored ||
			isReleased ||
			news.usage !== undefined ||
			news.held !== undefined ||
			news.sponsor !== undefined ||
			(!isLate && hasNews(known, remembered, today.values, day));
		if (isNew) {
			const scores = passed === 0 ? before.scores : withDay(before.scores, passed, NaN);
			const values = valuesWith(known, remembered, today.values, day);
			const { values: _values, last: _last, ...kept } = before;
			memory = { ...kept, scores, ...news, ...values };
		}

		const at = isNew ? 0 : back;
		const previous = lastBefore(memory.scores, at);
		// which band was in force on a day that comes late is not kept
		const told = isLate
			? { band: health.band }
			: bandToday(health, memory.band, score, isNew ? scoreAt(memory.scores, 0) : first);
		const held = memory.held?.day === day ? memory.held.why : undefined;
		const facts: HealthFacts = {
			dropped: memory.drop !== undefined,
			droppedOn: memory.drop === undefined ? null : dateOf(memory.drop.day),
			recovered: memory.back !== undefined,
			previous: previous === previous ? previous : null,
			change: isKnown && previous === previous ? score - previous : null,
			daysInBand: told.band === 'unknown' ? null : daysIn(told.band, memory, day),
			steadyDays: isRested(memory.scores, at) ? 0 : memory.steady,
			trend4w: trendOver(4, memory.scores, at),
			trend12w: trendOver(12, memory.scores, at),
			alerts: alertsOf(memory, { accountId: today.accountId, model, day }, unsponsoredRenewal),
		};
		return {
			facts,
			memory: isNew ? memory : undefined,
			scored,
			triggered,
			late: isLate,
			band: told.band,
			reasons: reasons.of(told, held, isLate ? known.day : undefined),
		};
	};

	/** The band as it is shown; `from` says what holds it where it is not the score's own. */
	function bandToday(
		health: Health,
		band: KnownBand | undefined,
		score: number,
		first: number,
	): Told {
		if (score !== score) return { band: health.band };
		const by = health.band;
		if (by === 'unknown' || band === undefined || band === by || isJudged(health))
			return { band: by };
		const isHeld = isAbove(by, band) && isAbove(bandOf(first, bands), band);
		return { band, by, first: isHeld ? undefined : first };
	}
}

type Mutable = { -readonly [Name in keyof HealthMemory]?: HealthMemory[Name] };

type Told = {
	band: Health['band'];
	/** The score's own, where it is another one. */
	by?: KnownBand;
	/** The day's first score, where that is why. */
	first?: number;
};

function raisedOn(day: number, { isFirst }: SweepRules): { day: number; first?: true } {
	return isFirst ? { day, first: true } : { day };
}

/** A success manager's judgment is shown at once, and held by nothing. */
function isJudged({ reasons }: Health): boolean {
	return reasons[0]?.code === 'judged';
}

function daysIn(band: KnownBand, { band: remembered, since }: HealthMemory, day: number): number {
	return band === remembered && since !== undefined ? Math.max(1, day - since + 1) : 1;
}

/** Reasons are read-only and few, so accounts alike share them. */
class SharedReasons {
	private readonly known = new Map<string, readonly HealthReason[]>();

	constructor(private readonly model: HealthModel) {}

	/** @param later a later day that is known */
	of(told: Told, held: WhyHeld | undefined, later: number | undefined): readonly HealthReason[] {
		const { band, by, first } = told;
		if (by === undefined && held === undefined && later === undefined) return NO_REASONS;
		const key = `${band} ${by ?? ''} ${first ?? ''} ${held ?? ''} ${later ?? ''}`;
		const known = this.known.get(key) ?? this.make(told, held, later);
		this.known.set(key, known);
		return known;
	}

	private make(
		{ band, by, first }: Told,
		held: WhyHeld | undefined,
		later: number | undefined,
	): readonly HealthReason[] {
		const reasons: HealthReason[] = [];
		if (later !== undefined) {
			const known = dateOf(later);
			const text = `Shown only: memory knows a later day already, ${known}, and until then this account moves nothing`;
			reasons.push(Object.freeze({ code: 'later_day_known' as const, known, text }));
		}
		if (held !== undefined) {
			reasons.push(
				Object.freeze({ code: 'trigger_held' as const, why: held, text: HELD_TEXTS[held] }),
			);
		}
		if (by !== undefined && band !== 'unknown') {
			const why = first === undefined ? 'not_settled' : 'first_score_of_day';
			const text =
				first === undefined ? sayNotSettled(band, this.model) : sayFirstCounts(band, first);
			reasons.push(
				Object.freeze({ code: 'band_held' as const, why, band, without: by, text } as const),
			);
		}
		return Object.freeze(reasons);
	}
}
