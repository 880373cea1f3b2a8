import { EDUCATION } from './education';
import { EXPANSION } from './expansion';
import { INTERVENTION } from './intervention';
import { ONBOARDING } from './onboarding';
import type { Preset } from './preset';
import { RENEWAL } from './renewal';

/** The five journeys, in the order of their names. */
export const JOURNEY_PRESETS: readonly Preset[] = [
	EDUCATION,
	EXPANSION,
	INTERVENTION,
	ONBOARDING,
	RENEWAL,
];
