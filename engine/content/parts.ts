import type { Part } from './choice';
import type { ContentItem, ContentKind } from './item';
import type { Nearness } from './languages';
import type { Profile } from './profile';
import type { Points } from './settings';

/** How an item's features stand with an account; `feature` is the one it would be sent for. */
export type FeatureState =
	| { readonly is: 'none' | 'inUse' | 'unknown' }
	| { readonly is: 'unused' | 'struggling'; readonly feature: string };

const part = (code: string, points: number, text: string, values: object = {}): Part =>
	Object.freeze({ code, ...values, points, text: `${text} (${signed(points)})` });

/** What stage, plan, role and language say for an item that is for all four. */
export function audienceParts(
	item: ContentItem,
	{ stage, role }: Pick<Profile, 'stage' | 'role'>,
	nearness: Nearness,
	points: Points,
): Part[] {
	const parts: Part[] = [];
	if (item.stages.length > 0 && stage !== undefined) {
		parts.push(part('stageNamed', points.stageNamed, `It is for the stage ${stage}`, { stage }));
	}
	if (item.plans.length > 0) {
		parts.push(part('planNamed', points.planNamed, 'It is for the plan of the account'));
	}
	if (item.roles.length > 0 && role !== undefined) {
		parts.push(part('roleNamed', points.roleNamed, `It is for the role ${role}`, { role }));
	}
	const language = languagePart(nearness, points);
	return language === undefined ? parts : [...parts, language];
}

function languagePart(nearness: Nearness, points: Points): Part | undefined {
	switch (nearness.is) {
		case 'exact':
			return part('languageExact', points.languageExact, 'It is in the language of the contact');
		case 'base':
			return part(
				'languageBase',
				points.languageBase,
				'It is in the language of the contact, of another region',
			);
		case 'any':
			return part('languageAny', points.languageAny, 'It names no language');
		case 'fallback': {
			const worth = Math.max(0, points.languageFallback - nearness.place);
			const values = { place: nearness.place };
			return part('languageFallback', worth, 'It is in a fallback language', values);
		}
		case 'none':
			return undefined;
	}
}

export function featurePart(state: FeatureState, points: Points): Part | undefined {
	switch (state.is) {
		case 'struggling':
			return part(
				'featureStruggling',
				points.featureStruggling,
				`It helps with ${state.feature}, which does not go well`,
				{ feature: state.feature },
			);
		case 'unused':
			return part(
				'featureUnused',
				points.featureUnused,
				`It teaches ${state.feature}, which is not in use`,
				{ feature: state.feature },
			);
		case 'unknown':
			return part('usageUnknown', 0, 'Nobody knows which features are in use');
		case 'none':
		case 'inUse':
			return undefined;
	}
}

export function goalPart(points: Points): Part {
	return part('goal', points.goal, 'Its outcome is a goal of the account');
}

export function nextStepPart(points: Points): Part {
	return part('nextStep', points.nextStep, 'What it builds on is known');
}

export function recentPart(points: Points): Part {
	return part('recentlyReviewed', points.recentlyReviewed, 'It was reviewed lately');
}

/** @param times at least 1 */
export function varietyPart(kind: ContentKind, times: number, points: Points): Part {
	const often = times === 1 ? 'once' : `${String(times)} times`;
	const text = `The contact was sent its kind ${often} lately`;
	return part('sameKindLately', points.sameKindLately * times, text, { kind, times });
}

function signed(points: number): string {
	return points < 0 ? `−${String(-points)}` : `+${String(points)}`;
}
