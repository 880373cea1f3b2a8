import { livesFrom, RED, type Story } from './opsPlay';
import type { Life } from '../life';

/** A Monday, two days before a quarter begins: everybody's turn of the old one is past. */
const DAY_0 = '2026-03-30';
export const FROM = Date.parse('2026-03-30T05:20:00Z');
export const UNTIL = Date.parse('2026-07-20T05:20:00Z');
/** The first and the last turn of the second quarter: Monday the 13th of April, Friday the 26th of June. */
export const [FIRST, LAST] = [14, 88];
/** The first turn of the third quarter: Monday the 13th of July. */
const NEXT = 105;

const HYBRID = { arr: 9000 };
const MANY = 60;
const turn = `+${String(FIRST)}..+${String(LAST)} touch > team`;

/** A touch each quarter, whenever their turn is (R12); one more where that of the third quarter has come by the end. */
const hybrids: readonly Story[] = Array.from({ length: MANY }, (_none, place) => ({
	id: `hybrid-${String(place)}`,
	story: 'digital with a human touchpoint each quarter (R12)',
	account: () => HYBRID,
	expected: [turn, `?+${String(NEXT)}..+112 touch > team`],
}));
const OTHERS: readonly Story[] = [
	{
		id: 'boundary-5000',
		story: 'exactly 5,000 is in the tier (P36)',
		account: () => ({ arr: 5000 }),
		expected: [turn, `?+${String(NEXT)}..+112 touch > team`],
	},
	{
		id: 'boundary-15000',
		story: 'exactly 15,000 too',
		account: () => ({ arr: 15_000 }),
		expected: [turn, `?+${String(NEXT)}..+112 touch > team`],
	},
	{
		id: 'digital',
		story: 'under 5,000: digital only',
		account: () => ({ arr: 4999 }),
		expected: [],
	},
	{
		id: 'named',
		story: 'above 15,000: a named success manager, who needs no reminder',
		account: () => ({ arr: 15_001, csm: 'csm' }),
		expected: [],
	},
	{
		id: 'complex',
		story: 'a complex product has a named success manager at any size (R12)',
		account: () => ({ ...HYBRID, complexity: 'complex' }),
		expected: [],
	},
	{
		id: 'owned',
		story: 'has an owner: the task is theirs',
		account: () => ({ ...HYBRID, csm: 'csm' }),
		expected: [
			`+${String(FIRST)}..+${String(LAST)} touch > csm`,
			`?+${String(NEXT)}..+112 touch > csm`,
		],
	},
	{
		id: 'onboarding',
		story: 'onboarding has a call of its own',
		account: () => ({ ...HYBRID, lifecycleStage: 'onboarding' }),
		expected: [],
	},
	{
		id: 'churns',
		story: 'churned before any turn (P32)',
		account: (day) => ({ ...HYBRID, ...(day >= 10 ? { lifecycleStage: 'churned' } : {}) }),
		expected: [],
	},
	{
		id: 'turns-red',
		story:
			'red from day 5, a Saturday: a value readout the same day, once (R10), and the touch of the quarter',
		account: (day) => ({ ...HYBRID, ...(day >= 5 ? RED : {}) }),
		expected: ['+5 readout > team', turn, `?+${String(NEXT)}..+112 touch > team`],
	},
	{
		id: 'red-again',
		story: 'red, well, and red again within 180 days: one readout',
		account: (day) => ({ ...HYBRID, ...((day >= 5 && day < 20) || day >= 60 ? RED : {}) }),
		expected: ['+5 readout > team', turn, `?+${String(NEXT)}..+112 touch > team`],
	},
	{
		id: 'red-digital',
		story: 'red, and its budget buys no two hours more: no readout (R81)',
		account: (day) => ({ arr: 3000, ...(day >= 5 ? RED : {}) }),
		expected: [],
	},
	{
		id: 'red-before',
		story: 'red before the flow first ran: listed (P09)',
		account: () => ({ ...HYBRID, ...RED }),
		expected: [turn, `?+${String(NEXT)}..+112 touch > team`],
	},
];
export const LIVES: readonly Life[] = livesFrom(DAY_0, [...hybrids, ...OTHERS]);
