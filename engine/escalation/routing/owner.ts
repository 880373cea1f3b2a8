import type { Reason } from '../../journeys/memory';
import { assigned } from './assigned';
import type { CaseFacts, Load, PersonRef } from '../case';
import { hasRoom, NO_LOAD, type Colleague, type People } from './people';
import type { RouterPolicy, RouteRule, Strategy } from '../policy';
import { choose, type Candidate, type PoolStrategy } from './strategies';

type Loads = ReadonlyMap<string, Load>;
type Choice = { readonly owner: PersonRef; readonly pool: string; readonly reasons: Reason[] };

/** What somebody, or nobody, of a pool could do with one more case. */
type Look = {
	readonly atWork: readonly Candidate[];
	/** Of those who have room and are off hours, whoever is there first, all of them where several are. */
	readonly next: readonly Candidate[];
	readonly opensAt: number;
	readonly away: number;
	readonly full: number;
	/** Have room, and are off hours. */
	readonly offHours: number;
};

/**
 * Compiles who gets a case that a rule is for; undefined for none. Pools are tried in the rule's order: a later one is
 * asked only where an earlier one has nobody with room who is not away, whatever the hour. (For "follow the sun" put
 * everybody into one pool.) The account's own success manager, where that is asked for, need not be in any of them, and
 * has their own customer's case off hours too.
 */
export function compileOwner(
	{ strategy: usual, fallback }: RouterPolicy,
	people: People,
): (rule: RouteRule | undefined, facts: CaseFacts, loads: Loads, now: number) => Choice {
	return (rule, facts, loads, now) => {
		const reasons: Reason[] = [];
		const arr = facts.arr ?? 0;
		const toFallback = (): Choice => {
			reasons.push(assigned.fallback(fallback.name));
			return { owner: { email: fallback.email, name: fallback.name }, pool: '', reasons };
		};
		if (rule === undefined) {
			reasons.push(assigned.noRule());
			return toFallback();
		}
		reasons.push(assigned.rule(rule.name));
		const strategy = rule.strategy ?? usual;
		if (strategy === 'ownCsmFirst') {
			const own = people.find(facts.csm);
			const why = own === undefined ? 'unknown' : obstacleOf(own, people, loads, arr, now);
			if (own !== undefined && why === undefined) {
				const { name } = own.ref;
				return { owner: own.ref, pool: '', reasons: [...reasons, assigned.ownCsm(name)] };
			}
			reasons.push(assigned.noOwnCsm(why ?? 'unknown'));
		}
		const within = inPools(strategy);
		for (const pool of rule.pools) {
			const look = lookAt(pool, people, loads, arr, now);
			const [first, ...others] = look.atWork.length > 0 ? look.atWork : look.next;
			if (first === undefined) {
				reasons.push(assigned.poolHasNobody(pool, look));
				continue;
			}
			const turns = () => turnsOf(people.inPool(pool), loads);
			const { person, load } = choose(within, [first, ...others], turns);
			reasons.push(assigned.chosen(within, person.ref.name, pool, load));
			if (look.atWork.length === 0)
				reasons.push(assigned.offHours(person.ref.name, person.calendar.say(look.opensAt)));
			const { away, full } = look;
			// of the others with room, those at work were weighed; the rest was not asked
			const offHours = look.atWork.length > 0 ? look.offHours : look.offHours - look.next.length;
			if (away + full + offHours > 0) reasons.push(assigned.passedOver({ away, full, offHours }));
			return { owner: person.ref, pool, reasons };
		}
		return toFallback();
	};
}

function inPools(strategy: Strategy): PoolStrategy {
	return strategy === 'ownCsmFirst' ? 'leastLoaded' : strategy;
}

function obstacleOf(
	person: Colleague,
	people: People,
	loads: Loads,
	arr: number,
	now: number,
): 'away' | 'full' | undefined {
	if (people.availability(person, now).state === 'away') return 'away';
	return hasRoom(person, loadOf(person, loads), arr) ? undefined : 'full';
}

function lookAt(pool: string, people: People, loads: Loads, arr: number, now: number): Look {
	const atWork: Candidate[] = [];
	let next: Candidate[] = [];
	let opensAt = Infinity;
	let [away, full, offHours] = [0, 0, 0];
	for (const person of people.inPool(pool)) {
		const availability = people.availability(person, now);
		if (availability.state === 'away') {
			away++;
			continue;
		}
		const load = loadOf(person, loads);
		if (!hasRoom(person, load, arr)) full++;
		else if (availability.state === 'atWork') atWork.push({ person, load });
		else {
			offHours++;
			if (availability.opensAt < opensAt) next = [];
			if (availability.opensAt > opensAt) continue;
			({ opensAt } = availability);
			next.push({ person, load });
		}
	}
	return { atWork, next, opensAt, away, full, offHours };
}

function* turnsOf(
	pool: readonly Colleague[],
	loads: Loads,
): Generator<{ order: number; lastNo: number }> {
	for (const person of pool) yield { order: person.order, lastNo: loadOf(person, loads).lastNo };
}

function loadOf({ ref }: Colleague, loads: Loads): Load {
	return loads.get(ref.email) ?? NO_LOAD;
}
