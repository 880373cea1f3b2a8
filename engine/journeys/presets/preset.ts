import type { z } from 'zod/v4';
import type { Journey } from '../definition';
import type { ReEntry, startSchema } from '../start';
import type { stepSchema } from '../step';

/** One condition on a field of the account, or of where it stands in the journey (`journey.…`). */
export type PresetRule = {
	field: string;
	is:
		| 'equals'
		| 'notEquals'
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
export type Preset = Pick<Journey, 'type' | 'atGoLive' | 'endAfterDays' | 'roles'> & {
	start: z.input<typeof startSchema>;
	id: string;
	name: string;
	description: string;
	reEntry: ReEntry;
	endsAtFirstValue: boolean;
	/** In the first days after go-live (P09); without them there is no ramp. */
	rampPerDay?: number;
	rampDays?: number;
	enters?: PresetRules;
	goal?: PresetRules;
	exit?: PresetRules;
	steps: PresetStep[];
};

/** How the presets of Tier Gate call the tier with a named success manager. */
const HUMAN_LED = ['highTouch', 'namedCsm', 'human'];

/** P31: accounts with a named success manager get a task for that person instead of e-mails. */
export const forDigital = (...rules: PresetRule[]): PresetRules => ({
	match: 'all',
	rules: [
		...HUMAN_LED.map((value): PresetRule => ({ field: 'tier.tier', is: 'notEquals', value })),
		...rules,
	],
});
export const FOR_HUMAN_LED: PresetRules = {
	match: 'any',
	rules: HUMAN_LED.map((value): PresetRule => ({ field: 'tier.tier', is: 'equals', value })),
};

/** One of several values, in a list of which any rule is enough. */
export const oneOf = (field: string, ...values: string[]): PresetRule[] =>
	values.map((value) => ({ field, is: 'equals', value }));
