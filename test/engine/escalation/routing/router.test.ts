import { businessCalendarSchema } from '../../../../engine/calendar/businessCalendar';
import { KINDS, type CaseFacts, type Kind, type Load } from '../../../../engine/escalation/case';
import type { Assignment } from '../../../../engine/escalation/memory';
import type { RouterPolicy } from '../../../../engine/escalation/policy';
import { compileRouter } from '../../../../engine/escalation/routing/router';
import {
	CALENDARS,
	FALLBACK,
	FRIDAY_EVENING,
	person,
	policyOf,
	WEDNESDAY,
	withCase,
} from './routerPolicies';

type Given = {
	facts?: CaseFacts;
	kind?: Kind;
	codes?: string[];
	loads?: Record<string, Partial<Load>>;
	now?: number;
};

const loadsOf = (loads: Record<string, Partial<Load>>): Map<string, Load> =>
	new Map(
		Object.entries(loads).map(([name, load]) => [
			`${name.toLowerCase()}@vendor.example`,
			{ cases: 0, arr: 0, lastNo: 0, ...load },
		]),
	);

function route(policy: RouterPolicy, given: Given = {}): Assignment {
	const { facts = {}, kind = 'alert', codes = ['health_dropped'], loads = {} } = given;
	const wanted = { kind, priority: 'normal' as const, codes };
	return compileRouter(policy).assign(facts, wanted, loadsOf(loads), given.now ?? WEDNESDAY);
}

const ownerOf = (policy: RouterPolicy, given?: Given): string => route(policy, given).owner.name;
const codesOf = ({ reasons }: Assignment): string[] => reasons.map(({ code }) => code);

type When = RouterPolicy['rules'][number]['when'];

describe('the conditions of a rule', () => {
	const holds = (when: When, given: Given): boolean =>
		ownerOf(
			policyOf([person('Ada')], { rules: [{ name: 'One', when, pools: ['all'] }] }),
			given,
		) === 'Ada';

	const table: [what: string, when: When, given: Given, expected: boolean][] = [
		['nothing asked', {}, {}, true],
		['the kind', { kinds: ['escalation'] }, { kind: 'escalation' }, true],
		['another kind', { kinds: ['escalation'] }, { kind: 'alert' }, false],
		['any of the kinds', { kinds: [...KINDS] }, { kind: 'alert' }, true],
		['a reason', { reasons: ['usage_fell'] }, { codes: ['x', 'usage_fell'] }, true],
		['a reason in other letters', { reasons: ['Usage fell'] }, { codes: ['usage_fell'] }, true],
		['none of the reasons', { reasons: ['usage_fell'] }, { codes: ['no_sponsor'] }, false],
		['the tier', { tiers: ['techTouch'] }, { facts: { tier: 'Tech-Touch ' } }, true],
		['another tier', { tiers: ['techTouch'] }, { facts: { tier: 'pooled' } }, false],
		['an unknown tier', { tiers: ['techTouch'] }, {}, false],
		['the region', { regions: ['NA', 'EMEA'] }, { facts: { region: 'emea' } }, true],
		['a part of a region', { regions: ['EMEA'] }, { facts: { region: 'EME' } }, false],
		['an empty region', { regions: ['EMEA'] }, { facts: { region: '' } }, false],
		['an accent', { regions: ['Île-de-France'] }, { facts: { region: 'île de france' } }, true],
		['the same accent, composed', { regions: ['Île'] }, { facts: { region: 'I\u0302le' } }, true],
		['signs alone', { products: ['***'] }, { facts: { product: '---' } }, false],
		['the same signs', { products: ['***'] }, { facts: { product: '***' } }, true],
		['the language', { languages: ['de'] }, { facts: { language: 'DE' } }, true],
		['a regional form', { languages: ['de'] }, { facts: { language: 'de-AT' } }, true],
		['one region only', { languages: ['de-AT'] }, { facts: { language: 'de_at' } }, true],
		['another region', { languages: ['de-AT'] }, { facts: { language: 'de-CH' } }, false],
		['a word that begins so', { languages: ['de'] }, { facts: { language: 'demo' } }, false],
		['an unknown language', { languages: ['de'] }, {}, false],
		['the product', { products: ['Data Hub'] }, { facts: { product: 'datahub' } }, true],
		['an unknown product', { products: ['Data Hub'] }, {}, false],
		// P36: from and to include their figure
		['under the least ARR', { arr: { from: 10 } }, { facts: { arr: 9.99 } }, false],
		['the least ARR', { arr: { from: 10 } }, { facts: { arr: 10 } }, true],
		['the most ARR', { arr: { to: 10 } }, { facts: { arr: 10 } }, true],
		['over the most ARR', { arr: { to: 10 } }, { facts: { arr: 10.01 } }, false],
		['between both', { arr: { from: 0, to: 10 } }, { facts: { arr: 0 } }, true],
		['an unknown ARR', { arr: { to: 10 } }, {}, false],
		['an unknown ARR without limits', { arr: {} }, {}, false],
		[
			'all of several',
			{ tiers: ['a'], regions: ['b'] },
			{ facts: { tier: 'a', region: 'b' } },
			true,
		],
		['one of several', { tiers: ['a'], regions: ['b'] }, { facts: { tier: 'a' } }, false],
	];
	it.each(table)('%s', (_what, when, given, expected) => {
		expect(holds(when, given)).toBe(expected);
	});

	it('the first rule that holds decides, and nobody else is asked', () => {
		const people = [person('Ada', { pools: ['one'], mostCases: 1 }), person('Bea')];
		const policy = policyOf(people, {
			rules: [
				{ name: 'Never', when: { kinds: ['escalation'] }, pools: ['all'] },
				{ name: 'First', pools: ['one'] },
				{ name: 'Second', pools: ['all'] },
			],
		});
		const assignment = route(policy, { loads: { Ada: { cases: 1 } } });
		expect(assignment.owner).toEqual(FALLBACK);
		expect(assignment.reasons[0]).toMatchObject({ code: 'rule_held', rule: 'First' });
		expect(assignment.reasons[1]).toMatchObject({ pool: 'one', away: 0, full: 1 });
	});
});

describe('there is never nobody (R61, R77)', () => {
	it.each<[string, RouterPolicy, string[]]>([
		['no people', policyOf([]), ['no_rule_held', 'fallback_owner']],
		['no rule', policyOf([person('Ada')], { rules: [] }), ['no_rule_held', 'fallback_owner']],
		[
			'everybody full',
			policyOf([person('Ada', { mostCases: 1 })]),
			['rule_held', 'pool_has_nobody', 'fallback_owner'],
		],
		[
			'everybody away',
			policyOf([person('Ada', { away: [{ from: '2026-03-04', to: '2026-03-04' }] })]),
			['rule_held', 'pool_has_nobody', 'fallback_owner'],
		],
	])('with %s it is the fallback owner', (_what, policy, codes) => {
		const assignment = route(policy, { loads: { Ada: { cases: 1 } } });
		expect(assignment).toMatchObject({ owner: FALLBACK, pool: '' });
		expect(codesOf(assignment)).toEqual(codes);
	});

	it('a calendar that is closed for ten years has nobody at work', () => {
		const closed = { zone: 'UTC', hours: { mon: [{ from: '09:00', to: '10:00' }] } };
		const holidays = Array.from({ length: 600 }, (_none, week) =>
			new Date(Date.UTC(2026, 2, 2 + 7 * week)).toISOString().slice(0, 10),
		);
		const policy = policyOf([person('Ada', { calendar: 'closed' }), person('Bea')], {
			calendars: { ...CALENDARS, closed: { ...closed, holidays } },
		});
		expect(ownerOf(policy)).toBe('Bea');
	});
});

describe('who is away', () => {
	const away = (from: string, to: string) => ({ away: [{ from, to }] });

	it.each([
		['2026-03-04', '2026-03-04', 'Bea'],
		['2026-03-01', '2026-03-04', 'Bea'],
		['2026-03-04', '2026-03-31', 'Bea'],
		['2026-03-01', '2026-03-03', 'Ada'],
		['2026-03-05', '2026-03-31', 'Ada'],
	])('from %s to %s gets nothing on Wednesday the 4th: %s', (from, to, expected) => {
		const policy = policyOf([person('Ada', away(from, to)), person('Bea')]);
		expect(ownerOf(policy)).toBe(expected);
	});

	it('counts from midnight to midnight, off hours too', () => {
		const people = [person('Ada', away('2026-03-06', '2026-03-06')), person('Bea')];
		expect(ownerOf(policyOf(people), { now: FRIDAY_EVENING })).toBe('Bea');
		const midnight = Date.UTC(2026, 2, 6, 23);
		expect(ownerOf(policyOf(people), { now: midnight - 1 })).toBe('Bea');
		expect(ownerOf(policyOf(people), { now: midnight })).toBe('Ada');
	});

	it('by the date where they are', () => {
		// Wednesday 16:00 in Berlin is Thursday 00:00 in Tokyo
		const people = [
			person('Aki', { calendar: 'tokyo', ...away('2026-03-05', '2026-03-05') }),
			person('Bea', away('2026-03-05', '2026-03-05')),
		];
		const rules = [{ name: 'One', pools: ['all'], strategy: 'longestSinceLast' as const }];
		const policy = policyOf(people, { rules });
		expect(ownerOf(policy, { now: Date.UTC(2026, 2, 4, 15) })).toBe('Bea');
	});

	it('gets nothing on the evening before, which nobody would look at', () => {
		const people = [person('Ada', away('2026-03-09', '2026-03-20')), person('Bea')];
		const [ada, bea] = people;
		if (ada === undefined || bea === undefined) throw new Error('two people');
		expect(ownerOf(policyOf([ada, bea]), { now: FRIDAY_EVENING })).toBe('Bea');
		expect(route(policyOf([ada]), { now: FRIDAY_EVENING }).owner).toEqual(FALLBACK);
	});
});

describe('room', () => {
	it.each([
		['a case below the most', { mostCases: 3 }, { cases: 2 }, 10, 'Ada'],
		['the most cases', { mostCases: 3 }, { cases: 3 }, 10, 'Bea'],
		['more than the most', { mostCases: 3 }, { cases: 7 }, 10, 'Bea'],
		['up to the most ARR', { mostArr: 100 }, { arr: 90 }, 10, 'Ada'],
		['a cent above the most ARR', { mostArr: 100 }, { arr: 90 }, 10.01, 'Bea'],
		['a first account above the most ARR', { mostArr: 100 }, {}, 101, 'Bea'],
		['an ARR that nobody knows', { mostArr: 100 }, { arr: 100 }, undefined, 'Ada'],
		['no limits', {}, { cases: 900, arr: 1e9 }, 1e9, 'Ada'],
	])('%s', (_what, limits, load, arr, expected) => {
		const rules = [{ name: 'One', pools: ['first', 'all'] }];
		const policy = policyOf([person('Ada', { pools: ['first'], ...limits }), person('Bea')], {
			rules,
		});
		expect(ownerOf(policy, { facts: { arr }, loads: { Ada: load } })).toBe(expected);
	});
});

describe('working hours', () => {
	const people = [
		person('Ada'),
		person('Nan', { calendar: 'newYork' }),
		person('Aki', { calendar: 'tokyo' }),
	];

	it('whoever is at work goes first, however much they have', () => {
		const loads = { Ada: { cases: 9 }, Nan: { cases: 9 } };
		expect(ownerOf(policyOf(people), { loads })).toBe('Ada');
		expect(ownerOf(policyOf(people), { loads, now: FRIDAY_EVENING })).toBe('Nan');
	});

	it('else whoever is there next, and says when', () => {
		// Saturday noon in Berlin: Monday 09:00 comes to Tokyo first
		const assignment = route(policyOf(people), { now: Date.UTC(2026, 2, 7, 11) });
		expect(assignment.owner.name).toBe('Aki');
		expect(assignment.reasons.at(-2)).toMatchObject({
			code: 'off_hours',
			opensAt: '2026-03-09T09:00:00+09:00',
		});
		expect(assignment.reasons.at(-1)).toMatchObject({ code: 'passed_over', offHours: 2 });
	});

	it('the strategy decides among those who are there next at the same time', () => {
		const loads = { Ada: { cases: 2 }, Bea: { cases: 1 } };
		const policy = policyOf([person('Ada'), person('Bea')]);
		expect(ownerOf(policy, { loads, now: FRIDAY_EVENING })).toBe('Bea');
	});

	it('a pool is asked in its turn, whatever the hour', () => {
		const two = [person('Ada', { pools: ['first'] }), person('Nan', { calendar: 'newYork' })];
		const policy = policyOf(two, { rules: [{ name: 'One', pools: ['first', 'all'] }] });
		expect(ownerOf(policy, { now: FRIDAY_EVENING })).toBe('Ada');
	});
});

describe('the strategies', () => {
	const people = ['Ada', 'Bea', 'Cid'].map((name) => person(name));
	const by = (strategy: RouterPolicy['strategy']) => policyOf(people, { strategy });

	it.each([
		['fewest cases', { Ada: { cases: 2 }, Bea: { cases: 1, arr: 9 }, Cid: { cases: 2 } }, 'Bea'],
		['then least ARR', { Ada: { arr: 3 }, Bea: { arr: 2 }, Cid: { arr: 1, lastNo: 9 } }, 'Cid'],
		['then longest since', { Ada: { lastNo: 3 }, Bea: { lastNo: 1 }, Cid: { lastNo: 2 } }, 'Bea'],
		['then in order', {}, 'Ada'],
	])('least loaded: %s', (_what, loads, expected) => {
		expect(ownerOf(by('leastLoaded'), { loads })).toBe(expected);
	});

	it.each([
		['whoever never had one', { Ada: { lastNo: 1 }, Bea: { cases: 9 }, Cid: { lastNo: 2 } }, 'Bea'],
		['whose last is oldest', { Ada: { lastNo: 5 }, Bea: { lastNo: 7 }, Cid: { lastNo: 4 } }, 'Cid'],
	])('longest since last: %s', (_what, loads, expected) => {
		expect(ownerOf(by('longestSinceLast'), { loads })).toBe(expected);
	});

	it.each([
		['nobody had one', {}, 'Ada'],
		['after the last', { Ada: { lastNo: 5 }, Bea: { lastNo: 4 } }, 'Bea'],
		['from the end to the start', { Cid: { lastNo: 9 } }, 'Ada'],
	])('round robin: %s', (_what, loads, expected) => {
		expect(ownerOf(by('roundRobin'), { loads })).toBe(expected);
	});

	it('round robin skips whoever cannot, and goes on after them', () => {
		const [ada, , cid] = people;
		if (ada === undefined || cid === undefined) throw new Error('three people');
		const full = policyOf([ada, person('Bea', { mostCases: 1 }), cid], {
			strategy: 'roundRobin',
		});
		expect(ownerOf(full, { loads: { Ada: { lastNo: 1 }, Bea: { cases: 1 } } })).toBe('Cid');
		// Bea had the last one, before there was no room
		expect(ownerOf(full, { loads: { Ada: { lastNo: 1 }, Bea: { cases: 1, lastNo: 2 } } })).toBe(
			'Cid',
		);
	});

	it("the rule's own strategy goes before the policy's", () => {
		const policy = policyOf(people, {
			strategy: 'leastLoaded',
			rules: [{ name: 'One', pools: ['all'], strategy: 'roundRobin' }],
		});
		expect(ownerOf(policy, { loads: { Ada: { lastNo: 1 }, Bea: { cases: 9 } } })).toBe('Bea');
	});

	describe("the account's own success manager first", () => {
		const own = (over = {}) =>
			policyOf([...people, person('Own', { pools: [], ...over })], { strategy: 'ownCsmFirst' });
		const facts = { csm: 'Own@vendor.example' };

		it('whatever they have, in no pool, and off hours too', () => {
			for (const now of [WEDNESDAY, FRIDAY_EVENING]) {
				const assignment = route(own(), { facts, loads: { Own: { cases: 99 } }, now });
				expect(assignment).toMatchObject({ owner: { name: 'Own' }, pool: '' });
				expect(codesOf(assignment)).toEqual(['rule_held', 'own_csm']);
			}
		});

		it.each([
			['away', { away: [{ from: '2026-03-04', to: '2026-03-04' }] }, facts],
			['full', { mostCases: 1 }, facts],
			['unknown', {}, { csm: 'somebody@vendor.example' }],
			['unknown', {}, {}],
		])('else, being %s, the least loaded of the pools', (why, over, about) => {
			const assignment = route(own(over), {
				facts: about,
				loads: { Ada: { cases: 1 }, Own: { cases: 1 } },
			});
			expect(assignment).toMatchObject({ owner: { name: 'Bea' }, pool: 'all' });
			expect(assignment.reasons[1]).toMatchObject({ code: 'own_csm_unavailable', why });
		});
	});
});

describe('the snapshot of the policy', () => {
	const slaIn = (policy: RouterPolicy): unknown => JSON.parse(route(policy).sla);

	it("holds the owner's calendar, targets, levels and terms", () => {
		const levels = [{ to: FALLBACK, after: { amount: 1, unit: 'hours' as const } }];
		const policy = policyOf([person('Nan', { calendar: 'newYork' })], { levels, nearing: 0.5 });
		expect(slaIn(policy)).toEqual({
			calendar: policy.calendars.newYork,
			targets: policy.targets,
			levels: policy.levels,
			nearing: 0.5,
			staleAfter: policy.staleAfter,
		});
	});

	it("is in the program's calendar for the fallback owner", () => {
		expect(slaIn(policyOf([]))).toMatchObject({ calendar: { zone: 'Europe/Berlin' } });
	});

	it('is the same text for the same policy and calendar, in whatever order it was written', () => {
		const policy = policyOf([person('Ada')]);
		const { zone, hours, holidays } = businessCalendarSchema.parse(CALENDARS.berlin);
		const turned = {
			...policyOf([]),
			calendars: { own: { holidays, hours, zone } },
			calendar: 'own',
		};
		expect(route(turned).sla).toBe(route(policy).sla);
		expect(route(policyOf([], { nearing: 0.9 })).sla).not.toBe(route(policy).sla);
	});
});

describe('a bulk', () => {
	const share = (policy: RouterPolicy, count: number, arr = 1): Map<string, Load> => {
		const router = compileRouter(policy);
		const wanted = { kind: 'alert' as const, priority: 'normal' as const, codes: ['x'] };
		let loads = new Map<string, Load>();
		for (let no = 1; no <= count; no++)
			loads = withCase(loads, router.assign({ arr }, wanted, loads, WEDNESDAY), { arr }, no);
		return loads;
	};
	const names = Array.from({ length: 7 }, (_none, index) => `P${String(index)}`);

	it.each(['leastLoaded', 'roundRobin', 'longestSinceLast'] as const)(
		'is shared out evenly (%s)',
		(strategy) => {
			const people = names.map((name) => person(name));
			const cases = [...share(policyOf(people, { strategy }), 705).values()].map(
				(load) => load.cases,
			);
			expect(cases.sort()).toEqual([100, 100, 101, 101, 101, 101, 101]);
		},
	);

	it('fills everybody to the brim and gives the rest to the fallback owner', () => {
		const people = names.map((name, index) => person(name, { mostCases: index + 1, mostArr: 40 }));
		const loads = share(policyOf(people), 50, 10);
		const cases = people.map(({ email }) => loads.get(email)?.cases ?? 0);
		expect(cases).toEqual([1, 2, 3, 4, 4, 4, 4]);
		expect(loads.get(FALLBACK.email)?.cases).toBe(50 - 22);
	});
});

describe('what else a policy says', () => {
	it('a day is the local one of the person, and of the program for strangers', () => {
		const router = compileRouter(policyOf([person('Aki', { calendar: 'tokyo' })]));
		const now = Date.UTC(2026, 2, 4, 15);
		const day = Date.UTC(2026, 2, 4) / 86_400_000;
		expect(router.dayOf('AKI@vendor.example', now)).toBe(day + 1);
		expect(router.dayOf(FALLBACK.email, now)).toBe(day);
	});

	it('how long a case may be opened again, and how many notices a day has', () => {
		const router = compileRouter(policyOf([], { reopenDays: 3, digestCap: 0 }));
		expect([router.reopenDays, router.digestCap]).toEqual([3, 0]);
	});

	it('people who are nobody: the fallback owner who is in a pool has room as such', () => {
		const policy = policyOf([person('Head', { ...FALLBACK, mostCases: 1, calendar: 'newYork' })]);
		const assignment = route(policy, { loads: { Head: { cases: 1 } } });
		expect(assignment).toMatchObject({ owner: FALLBACK, pool: '' });
		expect(JSON.parse(assignment.sla)).toMatchObject({ calendar: { zone: 'America/New_York' } });
	});
});
