import { quarterTurn } from '../../../../engine/journeys/quarterTurn';
import { livesFrom, RED, type Story } from './opsPlay';
import { momentOf, type Life } from '../life';

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
		story: 'red, well, and red again within a year: one readout (R81)',
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

/** Days of a turn in its first week, and of the one thirteen weeks later. */
const EARLY = `+${String(FIRST)}..+${String(FIRST + 4)} touch > team`;
const EARLY_NEXT = `+${String(NEXT)}..+${String(NEXT + 4)} touch > team`;
/** Somebody asks for a human on a day, whom education hands over the next morning, and is answered on another. */
function helped(from: number, until: number): Pick<Story, 'events'> {
	return {
		events: [
			{ at: `${String(from)} 10:00`, type: 'human_requested' },
			{ at: `${String(until)} 10:00`, type: 'case_resolved' },
		],
	};
}
const ASKED = (day: number): string => `+${String(day + 1)} asked-for-help > team`;

/** R12: what else makes a named success manager, and which stages have a touch. */
const WHO: readonly Story[] = [
	{
		id: early('adopting'),
		story: 'past onboarding',
		account: () => ({ ...HYBRID, lifecycleStage: 'adopting' }),
		expected: [EARLY, EARLY_NEXT],
	},
	{
		id: early('renewing'),
		story: 'before a renewal as at any time',
		account: () => ({ ...HYBRID, lifecycleStage: 'renewing' }),
		expected: [EARLY, EARLY_NEXT],
	},
	{
		id: early('strategic'),
		story: 'a reference: has a named success manager',
		account: () => ({ ...HYBRID, strategic: true }),
		expected: [],
	},
	{
		id: early('opportunity'),
		story: 'about to grow from day 7 on: has one from then on',
		account: (day) => ({ ...HYBRID, openOpportunity: day >= 7 }),
		expected: [],
	},
];

/** A human has them while their turn is: each quarter has its touch all the same, and never two (R12, P08). */
const CASES: readonly Story[] = [
	{
		id: early('over-the-turn'),
		story: 'a case over the turn, closed in the last week of the quarter: the touch is then',
		...helped(5, 88),
		expected: [ASKED(5), '+89 touch > team', EARLY_NEXT],
	},
	{
		id: early('all-quarter'),
		story:
			'a case until the next quarter: a human was there all the time, and the next turn is as ever',
		...helped(5, 94),
		expected: [ASKED(5), EARLY_NEXT],
	},
	{
		id: early('after-the-turn'),
		story: 'a case after the touch of the quarter: no second one when it is closed',
		...helped(30, 50),
		expected: [EARLY, ASKED(30), EARLY_NEXT],
	},
	{
		id: early('red-meanwhile'),
		story: 'red while a human has them: the readout and the touch when the case is closed (R10)',
		account: (day) => ({ ...HYBRID, ...(day >= 7 ? RED : {}) }),
		...helped(5, 30),
		expected: [ASKED(5), '+31 readout > team', '+31 touch > team', EARLY_NEXT],
	},
];
export const LIVES: readonly Life[] = livesFrom(DAY_0, [
	...hybrids,
	...OTHERS,
	...WHO,
	...CASES.map((one) => ({ account: () => HYBRID, ...one })),
]);

/** What a company spends on people instead of 15 %: 4,166.67 buys the four hours of the touches, 6,250 a readout besides. */
export const SHARE = 12;
export const TIGHT_UNTIL = Date.parse('2026-04-18T05:20:00Z');
const red =
	(arr: number) =>
	(day: number): object => ({ arr, ...(day >= 5 ? RED : {}) });
/** At 125 an hour and 12 % (R20, R81). */
export const TIGHT: readonly Life[] = livesFrom(DAY_0, [
	{
		id: early('hours-6'),
		story: 'six hours: a readout, and the touch',
		account: red(6250),
		expected: ['+5 readout > team', EARLY],
	},
	{
		id: early('hours-below-6'),
		story: '5.9 hours: the four of the touches, and no readout',
		account: red(6150),
		expected: [EARLY],
	},
	{
		id: early('hours-4.8'),
		story: 'the least of the tier',
		account: red(5000),
		expected: [EARLY],
	},
]);
/** At 9 %: 5,000 buys 3.6 hours, 5,555.56 the four. */
export const LEAST_SHARE = 9;
export const OVER: readonly Life[] = livesFrom(DAY_0, [
	{
		id: early('hours-4'),
		story: 'four hours: the touches',
		account: red(5556),
		expected: [EARLY],
	},
	{
		id: early('hours-below-4'),
		story: 'four hours are more than its budget: no task, not even for the touch (R81)',
		account: red(5540),
		expected: [],
	},
	{
		id: early('grows-into-it'),
		story: 'its budget covers them from day 16 on: then, if its turn was before',
		account: (day) => ({ arr: day < 16 ? 5000 : 6000 }),
		expected: [`+16..+${String(FIRST + 4)} touch > team`],
	},
]);

/** An id of that name whose turn is in the first week of turns: a turn comes from nothing but the id. */
function early(name: string): string {
	const day = (nth: number): number =>
		momentOf({ day0: DAY_0, zone: 'Europe/Berlin' }, `${String(nth)} 12:00`);
	for (let nth = 0; ; nth++) {
		const id = `${name}-${String(nth)}`;
		if (quarterTurn('quarterly-touch', id, 'Europe/Berlin', day(FIRST + 4))) return id;
	}
}
