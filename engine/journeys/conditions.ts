import type { Standing } from './standing';
import type { Step } from './step';

/**
 * What the journey's owner asks of the account at `index` of the input, and of where it stands. Absent means: no
 * conditions to enter or on steps, no goal, nobody leaves.
 */
export type Conditions = {
	enters?: (index: number, standing: Standing) => boolean;
	goal?: (index: number, standing: Standing) => boolean;
	exit?: (index: number, standing: Standing) => boolean;
	step?: (step: Step, index: number, standing: Standing) => boolean;
};
