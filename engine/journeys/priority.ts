import type { TouchKind } from './memory';

/** What a journey is for, in the order in which journeys go first when they want the same slot (P05). */
export const JOURNEY_TYPES = [
	'intervention',
	'onboarding',
	'renewal',
	'expansion',
	'survey',
	'education',
	'campaign',
	'digest',
] as const;
export type JourneyType = (typeof JOURNEY_TYPES)[number];

/** Of what a human does: before every journey (P05). */
export const HUMAN_PRIORITY = 1;

/** 2 for a health intervention to 9 for a digest; a smaller number goes first (P05). */
export function priorityOf(type: JourneyType): number {
	return HUMAN_PRIORITY + 1 + JOURNEY_TYPES.indexOf(type);
}

const MARKETING: ReadonlySet<JourneyType> = new Set([
	'education',
	'expansion',
	'survey',
	'campaign',
]);

/** What a message counts as where its step does not say so (P04). */
export function usualKind(type: JourneyType): TouchKind {
	if (type === 'digest') return 'digest';
	return MARKETING.has(type) ? 'marketing' : 'service';
}
