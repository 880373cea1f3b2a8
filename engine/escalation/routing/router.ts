import type { Assignment, Router } from '../memory';
import { compileOwner } from './owner';
import { hasRoom, NO_LOAD, People } from './people';
import type { RouterPolicy } from '../policy';
import { compileRules } from './rules';
import { compileSnapshot } from './snapshot';
import { compileUrgency } from './urgency';
import { Words } from './words';

/**
 * Compiles a policy, once per execution. Who gets a case: the first rule that holds names pools; the first of them with
 * somebody who has room and is not away decides; among these, whoever is at work goes first, else whoever is next; ties
 * are the strategy's. The fallback owner has what no rule is for and nobody can take: there is never nobody (R61, R77).
 *
 * A rule's priority stands in place of what was stated and of what the facts say, whether it is higher or lower; what is
 * urgent, for whatever reason, stays urgent.
 * @throws RangeError where a calendar is named that the policy has not
 */
export function compileRouter(policy: RouterPolicy): Router {
	const words = new Words();
	const people = new People(policy);
	const ruleFor = compileRules(policy.rules, words);
	const slaOf = compileSnapshot(policy);
	const ownerOf = compileOwner(policy, people);
	const { zone } = people.program.calendar;
	const urgencyOf = compileUrgency(policy.urgency, words, zone);
	return {
		priorityOf(facts, stated, kind, code, now) {
			const raised = urgencyOf(facts, stated, code, now);
			if (raised.priority === 'urgent') return raised;
			const rule = ruleFor({ facts, kind, codes: [code] });
			const priority = rule?.priority;
			if (rule === undefined || priority === undefined) return raised;
			const text = `The rule '${rule.name}' makes it ${priority}`;
			return { priority, reasons: [{ code: 'rule_priority', rule: rule.name, priority, text }] };
		},
		assign(facts, { kind, codes }, loads, now): Assignment {
			const rule = ruleFor({ facts, kind, codes });
			const { owner, pool, reasons } = ownerOf(rule, facts, loads, now);
			return { owner, pool, sla: slaOf(people.calendarOf(owner.email).calendar), reasons };
		},
		has: (email) => email === policy.fallback.email || people.find(email) !== undefined,
		keeps(email, facts, loads, now) {
			if (email === policy.fallback.email) return true;
			const person = people.find(email);
			if (person === undefined || people.availability(person, now).state === 'away') return false;
			return hasRoom(person, loads.get(email) ?? NO_LOAD, facts.arr ?? 0);
		},
		dayOf: (email, now) => people.calendarOf(email).dayOf(now),
		reopenDays: policy.reopenDays,
		digestCap: policy.digestCap,
	};
}
