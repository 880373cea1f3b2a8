import { parseLocal } from '../calendar/localTime';
import { Words } from '../escalation/routing/words';
import { localDay } from '../health/history/localDay';
import { compileAudiences, type Audience } from './audience';
import type { Choice, Part, Seen, Selection } from './choice';
import { compileGoals } from './goals';
import { History } from './history';
import { CONTENT_KINDS, type ContentItem } from './item';
import {
	featurePart,
	goalPart,
	nextStepPart,
	recentPart,
	varietyPart,
	type FeatureState,
} from './parts';
import type { Profile } from './profile';
import type { SelectorSettings } from './settings';
import { Usage } from './usage';

export interface Selector {
	/**
	 * What may be sent to a contact now, best first, and why nothing else may.
	 * @param seen all that this contact was sent, in any order: an item may build on one of years ago
	 * @param now in ms since 1970
	 */
	select(profile: Profile, seen: readonly Seen[], now: number): Selection;
}

/** An item as the loop over a hundred thousand accounts needs it: numbers only. */
type Compiled = {
	readonly item: ContentItem;
	readonly kind: number;
	/** Place of its features among the sets of features. */
	readonly set: number;
	/** Place of its outcome; −1 without one. */
	readonly outcome: number;
	/** Local day; −Infinity where nobody knows. */
	readonly reviewed: number;
	/** Where each prerequisite stands as an item and as a feature. */
	readonly needs: readonly { readonly sent: number; readonly feature: number }[];
};

/**
 * Compiles the rules, once per execution: which content may be sent to whom, and what speaks for it (R34, R37). By rules
 * alone, without Claude; the same in, the same out. Of equals the kind that was sent less lately goes first, then the
 * smaller id.
 */
export function compileSelector(
	catalogue: readonly ContentItem[],
	settings: SelectorSettings,
): Selector {
	const items = catalogue.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
	const words = new Words();
	const usage = new Usage(items, words);
	const history = new History(items, settings);
	const audienceOf = compileAudiences(items, settings, words);
	const outcomes = [...new Set(items.flatMap(({ outcome }) => outcome ?? []))];
	const matchGoals = compileGoals(outcomes);
	const isGoal = new Uint8Array(outcomes.length);
	const compiled = items.map((item, place): Compiled => {
		const { kind, outcome, prerequisites, reviewedAt } = item;
		const at = parseLocal(reviewedAt, settings.zone);
		return {
			item,
			kind: CONTENT_KINDS.indexOf(kind),
			set: usage.setOf[place] ?? 0,
			outcome: outcome === undefined ? -1 : outcomes.indexOf(outcome),
			reviewed: at === undefined ? -Infinity : localDay(at, settings.zone),
			needs: prerequisites.map((one) => ({
				sent: history.placeOf(one),
				feature: usage.placeOf(one),
			})),
		};
	});
	const { points, mostPerKind, choices, recentDays } = settings;
	const most = mostPerKind === 0 ? Infinity : mostPerKind;
	const shared = {
		goal: goalPart(points),
		nextStep: nextStepPart(points),
		recent: recentPart(points),
	};
	const featureParts = new Map<FeatureState, Part | undefined>();
	const featurePartOf = (state: FeatureState): Part | undefined => {
		if (!featureParts.has(state)) featureParts.set(state, featurePart(state, points));
		return featureParts.get(state);
	};

	const isMet = ({ sent, feature }: Compiled['needs'][number]): boolean =>
		history.wasSent(sent) || usage.uses(feature);
	const isRecent = ({ reviewed }: Compiled): boolean => history.day - reviewed <= recentDays;

	/** All parts of an item that is among the best. */
	const partsOf = (
		one: Compiled,
		audience: Audience,
		index: number,
		state: FeatureState,
	): Part[] => {
		const times = history.ofKind[one.kind] ?? 0;
		const feature = featurePartOf(state);
		const parts = feature === undefined ? [] : [feature];
		if (one.outcome >= 0 && isGoal[one.outcome] === 1) parts.push(shared.goal);
		parts.push(...audience.partsOf(index));
		if (one.needs.length > 0) parts.push(shared.nextStep);
		if (isRecent(one)) parts.push(shared.recent);
		if (times > 0) parts.push(varietyPart(one.item.kind, times, points));
		return parts;
	};

	return {
		select(profile, seen, now) {
			const audience = audienceOf(profile);
			const states = usage.look(profile);
			const featurePoints = states.map((state) => featurePartOf(state)?.points ?? 0);
			history.look(seen, now, profile.zone);
			isGoal.fill(0);
			for (const outcome of matchGoals(profile.goals)) isGoal[outcome] = 1;

			const counts = { ...audience.counts, seen: 0, feature: 0, prerequisite: 0, kindFatigue: 0 };
			const best = new Best(choices);
			let eligible = 0;
			for (let index = 0; index < audience.items.length; index++) {
				const place = audience.items[index] ?? -1;
				const one = compiled[place];
				if (one === undefined) continue;
				const times = history.ofKind[one.kind] ?? 0;
				if (history.inWindow(place)) counts.seen++;
				else if (states[one.set]?.is === 'inUse') counts.feature++;
				else if (!one.needs.every(isMet)) counts.prerequisite++;
				else if (times >= most) counts.kindFatigue++;
				else {
					eligible++;
					const sum =
						(audience.points[index] ?? 0) +
						(featurePoints[one.set] ?? 0) +
						(one.outcome >= 0 && isGoal[one.outcome] === 1 ? points.goal : 0) +
						(one.needs.length > 0 ? points.nextStep : 0) +
						(isRecent(one) ? points.recentlyReviewed : 0) +
						times * points.sameKindLately;
					best.offer(index, sum, times);
				}
			}
			const ranked = best.inOrder().flatMap(({ index, sum }): Choice[] => {
				const one = compiled[audience.items[index] ?? -1];
				const state = one === undefined ? undefined : states[one.set];
				if (one === undefined || state === undefined) return [];
				return [{ item: one.item, points: sum, parts: partsOf(one, audience, index, state) }];
			});
			return { ranked, eligible, counts };
		},
	};
}

type Candidate = { readonly index: number; readonly sum: number; readonly times: number };

/** Keeps the best few of many, which are offered in the order of their ids. */
class Best {
	private readonly kept: Candidate[] = [];

	constructor(private readonly most: number) {}

	offer(index: number, sum: number, times: number): void {
		const last = this.kept.at(-1);
		if (this.kept.length === this.most) {
			if (last === undefined || !isBetter(sum, times, last)) return;
			this.kept.pop();
		}
		let place = this.kept.length;
		while (place > 0) {
			const before = this.kept[place - 1];
			if (before === undefined || !isBetter(sum, times, before)) break;
			place--;
		}
		this.kept.splice(place, 0, { index, sum, times });
	}

	inOrder(): readonly Candidate[] {
		return this.kept;
	}
}

function isBetter(sum: number, times: number, than: Candidate): boolean {
	return sum > than.sum || (sum === than.sum && times < than.times);
}
