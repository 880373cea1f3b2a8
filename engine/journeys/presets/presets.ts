import { EDUCATION } from './education';
import { EXPANSION } from './expansion';
import { INTERVENTION } from './intervention';
import { ONBOARDING } from './onboarding';
import type { Preset } from './preset';
import { RENEWAL } from './renewal';
import { SURVEY } from './survey';

/** The five journeys, in the order of their names, and the survey that comes before a renewal (R47). */
export const JOURNEY_PRESETS: readonly Preset[] = [
	EDUCATION,
	EXPANSION,
	INTERVENTION,
	ONBOARDING,
	RENEWAL,
	SURVEY,
];
