import { Words } from '../escalation/routing/words';
import { compileAudiences, type Audience } from './audience';
import { Best, type Candidate } from './best';
import type { Choice, Part, Seen, Selection } from './choice';
import { figuresOf, type Need } from './figures';
import { compileGoals } from './goals';
import { History } from './history';
import type { ContentItem } from './item';
import { SharedParts } from './parts';
import type { Profile } from './profile';
import type { SelectorSettings } from './settings';
import { STANDING, Usage } from './usage';

export interface Selector {
	/**
	 * What may be sent to a contact now, best first, and why nothing else may.
	 * @param seen all that this contact was sent, in any order: an item may build on one of years ago
	 * @param now in ms since 1970
	 * @param about ids of items, for `among`
	 */
	select(
		profile: Profile,
		seen: readonly Seen[],
		now: number,
		about?: readonly string[],
	): Selection;
}

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
	const { kinds, sets, outcomeOf, outcomes, reviewed, needs } = figuresOf(
		items,
		usage,
		history,
		settings.zone,
	);
	const matchGoals = compileGoals(outcomes);
	const isGoal = new Uint8Array(outcomes.length);
	const { points, mostPerKind, choices, recentDays } = settings;
	const most = mostPerKind === 0 ? Infinity : mostPerKind;
	const best = new Best(choices);
	const standingPoints = new Int32Array(5);
	standingPoints[STANDING.unused] = points.featureUnused;
	standingPoints[STANDING.struggling] = points.featureStruggling;
	const shared = new SharedParts(points);
	const placeOf = new Map(items.map(({ id }, place) => [id, place]));

	const allMet = (all: readonly Need[]): boolean => {
		for (const { sent, feature } of all) {
			if (!history.wasSent(sent) && !usage.uses(feature)) return false;
		}
		return true;
	};
	const whyNot = (place: number): Now | undefined => {
		if (history.inWindow(place)) return 'seen';
		if (usage.standings[sets[place] ?? 0] === STANDING.inUse) return 'feature';
		const itemNeeds = needs[place];
		if (itemNeeds !== undefined && !allMet(itemNeeds)) return 'prerequisite';
		return timesOf(place) >= most ? 'kindFatigue' : undefined;
	};
	const timesOf = (place: number): number => history.ofKind[kinds[place] ?? 0] ?? 0;
	const sumOf = (audience: Audience, index: number, place: number): number => {
		const standing = usage.standings[sets[place] ?? 0] ?? 0;
		let sum = (audience.points[index] ?? 0) + (standingPoints[standing] ?? 0);
		if (isGoal[outcomeOf[place] ?? 0] === 1) sum += points.goal;
		if (needs[place] !== undefined) sum += points.nextStep;
		if ((reviewed[place] ?? -Infinity) >= history.today - recentDays)
			sum += points.recentlyReviewed;
		return sum + timesOf(place) * points.sameKindLately;
	};
	const featurePart = (set: number): Part | undefined => {
		const standing = usage.standings[set];
		if (standing === STANDING.unknown) return shared.usageUnknown;
		if (standing === STANDING.struggling) return shared.struggling(usage.featureOf(set));
		return standing === STANDING.unused ? shared.unused(usage.featureOf(set)) : undefined;
	};
	const partsOf = (audience: Audience, { index, times }: Candidate): Part[] => {
		const place = audience.items[index] ?? 0;
		const feature = featurePart(sets[place] ?? 0);
		const parts = feature === undefined ? [] : [feature];
		if (isGoal[outcomeOf[place] ?? 0] === 1) parts.push(shared.goal);
		for (const part of audience.partsOf(index)) parts.push(part);
		if (needs[place] !== undefined) parts.push(shared.nextStep);
		if (history.today - (reviewed[place] ?? -Infinity) <= recentDays) parts.push(shared.recent);
		const kind = items[place]?.kind;
		if (times > 0 && kind !== undefined) parts.push(shared.variety(kind, times));
		return parts;
	};

	const choiceOf = (audience: Audience, candidate: Candidate): Choice[] => {
		const item = items[audience.items[candidate.index] ?? -1];
		if (item === undefined) return [];
		return [{ item, points: candidate.sum, parts: partsOf(audience, candidate) }];
	};
	const choicesAmong = (audience: Audience, ids: readonly string[]): Choice[] =>
		ids.flatMap((id) => {
			const place = placeOf.get(id) ?? -1;
			const index = audience.items.indexOf(place);
			if (index < 0 || whyNot(place) !== undefined) return [];
			const sum = sumOf(audience, index, place);
			return choiceOf(audience, { index, sum, times: timesOf(place) });
		});

	return {
		select(profile, seen, now, about = []) {
			const audience = audienceOf(profile);
			usage.look(profile);
			history.look(seen, now, profile.zone);
			isGoal.fill(0);
			for (const outcome of matchGoals(profile.goals)) isGoal[outcome] = 1;
			best.begin();

			const counts = { ...audience.counts, seen: 0, feature: 0, prerequisite: 0, kindFatigue: 0 };
			let eligible = 0;
			for (let index = 0; index < audience.items.length; index++) {
				const place = audience.items[index] ?? 0;
				const why = whyNot(place);
				if (why !== undefined) counts[why]++;
				else {
					eligible++;
					best.offer(index, sumOf(audience, index, place), timesOf(place));
				}
			}
			const ranked = best.inOrder().flatMap((candidate) => choiceOf(audience, candidate));
			return { ranked, among: choicesAmong(audience, about), eligible, counts };
		},
	};
}

/** What depends on more than whom an item is for. */
type Now = 'seen' | 'feature' | 'prerequisite' | 'kindFatigue';
