import type { z } from 'zod/v4';
import type { Journey } from '../definition';
import type { ReEntry } from '../start';
import type { stepSchema } from '../step';

/** One condition on a field of the account, or of where it stands in the journey (`journey.…`). */
export type PresetRule = {
	field: string;
	is:
		| 'equals'
		| 'notEquals'
		| 'matches'
		| 'matchesNot'
		| 'empty'
		| 'notEmpty'
		| 'atLeast'
		| 'atMost'
		| 'less'
		| 'more'
		| 'true'
		| 'false'
		| 'lacks';
	value?: string | number;
};
export type PresetRules = { match: 'all' | 'any'; rules: PresetRule[] };

export type PresetStep = z.input<typeof stepSchema> & { conditions?: PresetRules };

/** A journey to begin with; everything in it can be changed in the node. */
export type Preset = Pick<Journey, 'type' | 'start' | 'atGoLive' | 'endAfterDays'> & {
	id: string;
	name: string;
	description: string;
	reEntry: ReEntry;
	endsAtFirstValue: boolean;
	enters?: PresetRules;
	goal?: PresetRules;
	exit?: PresetRules;
	steps: PresetStep[];
};

const HUMAN_LED: PresetRule = {
	field: 'tier.tier',
	is: 'matches',
	// lower case with its own flag: n8n compares filters in lower case where it is told to ignore case
	value: '/^(hightouch|namedcsm|human)$/i',
};
const DIGITAL: PresetRule = { ...HUMAN_LED, is: 'matchesNot' };

/** P31: accounts with a named success manager get a task for that person instead of e-mails. */
export const forDigital = (...rules: PresetRule[]): PresetRules => ({
	match: 'all',
	rules: [DIGITAL, ...rules],
});
export const forHumanLed = (...rules: PresetRule[]): PresetRules => ({
	match: 'all',
	rules: [HUMAN_LED, ...rules],
});
