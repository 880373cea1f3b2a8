import { businessCalendarSchema } from '../../../../engine/calendar/businessCalendar';
import { compileCalendar } from '../../../../engine/calendar/businessTime';
import type { CaseFacts, Load } from '../../../../engine/escalation/case';
import type { Assignment } from '../../../../engine/escalation/memory';
import type { Person, RouterPolicy, Strategy } from '../../../../engine/escalation/policy';
import { compileRouter } from '../../../../engine/escalation/routing/router';
import { dice, pick } from '../../../harness/dice';
import { freeze } from '../../../harness/freeze';
import { CALENDARS, FALLBACK, person, policyOf } from './routerPolicies';

const ASSIGNS = 100_000;
const PER_POLICY = 100;
const HOUR = 3_600_000;

/** What the router may do, said a second time and slowly; dates come from Intl. */
const CLOCKS = new Map(
	Object.entries(CALENDARS).map(([name, calendar]) => [
		name,
		{
			time: compileCalendar(businessCalendarSchema.parse(calendar)),
			date: new Intl.DateTimeFormat('sv', { timeZone: calendar.zone, dateStyle: 'short' }),
		},
	]),
);

type Look = { free: boolean; away: boolean; opensAt: number };

function lookAt(one: Person, policy: RouterPolicy, load: Load, arr: number, now: number): Look {
	const clock = CLOCKS.get(one.calendar ?? policy.calendar);
	if (clock === undefined) throw new Error('a calendar of the table');
	const opensAt = clock.time.nextOpen(now);
	const dates = [now, opensAt].map((at) => clock.date.format(at));
	const away = one.away.some(({ from, to }) => dates.some((date) => from <= date && date <= to));
	const { mostCases = Infinity, mostArr = Infinity } = one;
	return { away, opensAt, free: !away && load.cases < mostCases && load.arr + arr <= mostArr };
}

const NOTHING: Load = { cases: 0, arr: 0, lastNo: 0 };
const STRATEGIES: [Strategy, ...Strategy[]] = [
	'leastLoaded',
	'roundRobin',
	'ownCsmFirst',
	'longestSinceLast',
];

function anyPolicy(roll: () => number): RouterPolicy {
	const date = (day: number): string => new Date(day * 24 * HOUR).toISOString().slice(0, 10);
	const people = Array.from({ length: 1 + Math.floor(roll() * 9) }, (_none, index) => {
		const from = 20_516 + Math.floor(roll() * 10);
		return person(`P${String(index)}`, {
			pools: ['all', 'a', 'b', 'c'].filter((pool) => pool === 'all' || roll() < 0.4),
			...(roll() < 0.7 ? { calendar: pick(roll, ['berlin', 'newYork', 'tokyo']) } : {}),
			...(roll() < 0.6 ? { mostCases: 1 + Math.floor(roll() * 11) } : {}),
			...(roll() < 0.6 ? { mostArr: 1 + Math.floor(roll() * 900) } : {}),
			away: roll() < 0.4 ? [{ from: date(from), to: date(from + Math.floor(roll() * 4)) }] : [],
		});
	});
	const filled = new Set(people.flatMap(({ pools = [] }) => pools));
	const some = (): string[] => {
		const found = ['b', 'a', 'c'].filter((pool) => filled.has(pool) && roll() < 0.6);
		return found.length === 0 ? ['all'] : found;
	};
	return policyOf(people, {
		strategy: pick(roll, STRATEGIES),
		rules: [
			{ name: 'Big', when: { arr: { from: 60 } }, pools: some(), strategy: pick(roll, STRATEGIES) },
			{ name: 'EMEA', when: { regions: ['EMEA'] }, pools: some() },
			...(roll() < 0.7 ? [{ name: 'Rest', pools: some() }] : []),
		],
	});
}

/** What is wrong with an assignment; nothing where all is well. */
function flawOf(
	{ owner, pool, reasons }: Assignment,
	policy: RouterPolicy,
	facts: CaseFacts,
	loads: ReadonlyMap<string, Load>,
	now: number,
): string | undefined {
	const { arr = 0 } = facts;
	const look = (one: Person): Look =>
		lookAt(one, policy, loads.get(one.email) ?? NOTHING, arr, now);
	const rule = policy.rules.find(
		({ name }) =>
			(name === 'Big' && facts.arr !== undefined && arr >= 60) ||
			(name === 'EMEA' && facts.region === 'emea') ||
			name === 'Rest',
	);
	const ofPool = (name: string): Person[] =>
		policy.people.filter(({ pools }) => pools.includes(name));
	const pools = rule?.pools ?? [];
	const first = pools.find((name) => ofPool(name).some((one) => look(one).free));
	if (reasons.length === 0 || reasons.some(({ text }) => text === '')) return 'no reason';
	const strategy = rule === undefined ? undefined : (rule.strategy ?? policy.strategy);
	const own = policy.people.find(({ email }) => email === facts.csm);
	if (strategy === 'ownCsmFirst' && own !== undefined && look(own).free)
		return owner.email === own.email && pool === '' ? undefined : 'own success manager left out';
	if (first === undefined)
		return owner.email === FALLBACK.email && pool === '' ? undefined : 'not the fallback owner';
	const chosen = policy.people.find(({ email }) => email === owner.email);
	if (chosen === undefined) return 'the fallback owner, though somebody is free';
	if (pool !== first || !chosen.pools.includes(first)) return 'another pool';
	const { free, opensAt } = look(chosen);
	if (!free) return 'away or full';
	const sooner = ofPool(first).some((one) => look(one).free && look(one).opensAt < opensAt);
	return sooner ? 'somebody is at work sooner' : undefined;
}

it(`${String(ASSIGNS)} assignments: never nobody, never away, never above capacity, at work first`, () => {
	const flaws: string[] = [];
	const counts = { fallback: 0, own: 0, pool: 0, offHours: 0 };
	for (let seed = 0; seed < ASSIGNS / PER_POLICY; seed++) {
		const roll = dice(seed);
		const policy = freeze(anyPolicy(roll));
		const router = compileRouter(policy);
		const loads = new Map<string, Load>();
		let now = Date.UTC(2026, 2, 4) + Math.floor(roll() * 9 * 24 * 60) * 60_000;
		for (let no = 1; no <= PER_POLICY; no++) {
			if (roll() < 0.1) now += Math.floor(roll() * 20 * HOUR);
			const facts = Object.freeze<CaseFacts>({
				...(roll() < 0.9 ? { arr: Math.floor(roll() * 100) } : {}),
				...(roll() < 0.5 ? { region: 'emea' } : {}),
				...(roll() < 0.5 ? { csm: `p${String(Math.floor(roll() * 10))}@vendor.example` } : {}),
			});
			const wanted = { kind: 'alert' as const, priority: 'normal' as const, codes: ['x'] };
			const assignment = router.assign(facts, wanted, loads, now);
			const flaw = flawOf(assignment, policy, facts, loads, now);
			if (flaw !== undefined) flaws.push(`${flaw} (seed ${String(seed)}, ${String(no)})`);
			// a policy compiled afresh, as another process does, decides the same
			if (no % 10 === 0) {
				const again = compileRouter(structuredClone(policy)).assign(facts, wanted, loads, now);
				if (JSON.stringify(again) !== JSON.stringify(assignment)) flaws.push('not the same again');
			}
			const { owner, pool, reasons } = assignment;
			const { cases, arr } = loads.get(owner.email) ?? NOTHING;
			loads.set(owner.email, { cases: cases + 1, arr: arr + (facts.arr ?? 0), lastNo: no });
			if (owner.email === FALLBACK.email) counts.fallback++;
			else counts[pool === '' ? 'own' : 'pool']++;
			if (reasons.some(({ code }) => code === 'off_hours')) counts.offHours++;
			// somebody resolves a case now and then
			if (roll() < 0.3) {
				const whose = pick(roll, [owner.email, 'p0@vendor.example', 'p1@vendor.example']);
				const { lastNo } = loads.get(whose) ?? NOTHING;
				loads.set(whose, { ...NOTHING, lastNo });
			}
		}
	}
	console.log(`${String(ASSIGNS)} assignments: ${JSON.stringify(counts)}`);
	expect(flaws).toEqual([]);
	for (const count of Object.values(counts)) expect(count).toBeGreaterThan(ASSIGNS / 50);
});

it('within a bulk nobody is ever given more than fits, and round robin stays fair among who can', () => {
	for (let seed = 0; seed < 300; seed++) {
		const roll = dice(seed);
		const count = 2 + Math.floor(roll() * 8);
		const people = Array.from({ length: count }, (_none, index) => person(`P${String(index)}`));
		const router = compileRouter(policyOf(people, { strategy: 'roundRobin' }));
		const loads = new Map<string, Load>();
		const cases = count * (1 + Math.floor(roll() * 20)) + Math.floor(roll() * count);
		for (let no = 1; no <= cases; no++) {
			const wanted = { kind: 'alert' as const, priority: 'low' as const, codes: [] };
			const { owner } = router.assign({}, wanted, loads, Date.UTC(2026, 2, 4, 10));
			const before = loads.get(owner.email)?.cases ?? 0;
			loads.set(owner.email, { cases: before + 1, arr: 0, lastNo: no });
		}
		const given = people.map(({ email }) => loads.get(email)?.cases ?? 0);
		expect(Math.max(...given) - Math.min(...given)).toBe(cases % count === 0 ? 0 : 1);
	}
});
