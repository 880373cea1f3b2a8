import type { Reason } from '../../journeys/memory';
import type { Load } from '../case';
import type { PoolStrategy } from './strategies';

type PassedOver = { readonly away: number; readonly full: number; readonly offHours: number };

const WHY_NOT_OWN = {
	unknown: 'The account has no success manager among the people of the policy',
	away: "The account's own success manager is away",
	full: "The account's own success manager has no room for it",
};

/** Why somebody got a case: each as code, values and sentence. Nothing of the customer, and of colleagues their names. */
export const assigned = {
	rule: (rule: string): Reason => ({
		code: 'rule_held',
		rule,
		text: `The rule '${rule}' holds`,
	}),
	noRule: (): Reason => ({ code: 'no_rule_held', text: 'No rule holds for this account' }),
	chosen: (strategy: PoolStrategy, name: string, pool: string, { cases, arr }: Load): Reason => ({
		code: CHOSEN[strategy].code,
		pool,
		owner: name,
		cases,
		arr,
		text: `${name} of '${pool}' ${CHOSEN[strategy].say(cases)}`,
	}),
	ownCsm: (name: string): Reason => ({
		code: 'own_csm',
		owner: name,
		text: `${name} is the account's own success manager`,
	}),
	noOwnCsm: (why: keyof typeof WHY_NOT_OWN): Reason => ({
		code: 'own_csm_unavailable',
		why,
		text: WHY_NOT_OWN[why],
	}),
	offHours: (name: string, at: string): Reason => ({
		code: 'off_hours',
		opensAt: at,
		text: `Nobody with room is at work: ${name} is the next who is, at ${at}`,
	}),
	passedOver: ({ away, full, offHours }: PassedOver): Reason => ({
		code: 'passed_over',
		away,
		full,
		offHours,
		text: `Passed over: ${counts({ away, full, offHours })}`,
	}),
	poolHasNobody: (pool: string, { away, full }: Pick<PassedOver, 'away' | 'full'>): Reason => ({
		code: 'pool_has_nobody',
		pool,
		away,
		full,
		text: `Nobody of '${pool}' can take it: ${counts({ away, full, offHours: 0 })}`,
	}),
	fallback: (name: string): Reason => ({
		code: 'fallback_owner',
		owner: name,
		text: `${name} is the fallback owner, who has what nobody else can take`,
	}),
};

const CHOSEN: Record<PoolStrategy, { code: string; say: (cases: number) => string }> = {
	leastLoaded: {
		code: 'least_loaded',
		say: (cases) => `has the least to do: ${cases} open ${cases === 1 ? 'case' : 'cases'}`,
	},
	roundRobin: { code: 'round_robin', say: () => 'is next in turn' },
	longestSinceLast: {
		code: 'longest_since_last',
		say: () => 'has waited the longest for a case',
	},
};

function counts({ away, full, offHours }: PassedOver): string {
	const said = [
		...(away > 0 ? [`${away} away`] : []),
		...(full > 0 ? [`${full} without room`] : []),
		...(offHours > 0 ? [`${offHours} off hours`] : []),
	];
	return said.length === 0 ? 'there is nobody in it' : said.join(', ');
}
