import type { z } from 'zod/v4';
import type { CaseFacts, Load } from '../../../../engine/escalation/case';
import type { Assignment } from '../../../../engine/escalation/memory';
import {
	DEFAULT_TARGETS,
	routerPolicySchema,
	type personSchema,
	type RouterPolicy,
} from '../../../../engine/escalation/policy';

type PolicyInput = z.input<typeof routerPolicySchema>;
export type PersonInput = z.input<typeof personSchema>;

const DAY = [{ from: '09:00', to: '17:00' }];
const WEEKDAYS = { mon: DAY, tue: DAY, wed: DAY, thu: DAY, fri: DAY };

export const CALENDARS = {
	berlin: { zone: 'Europe/Berlin', hours: WEEKDAYS },
	newYork: { zone: 'America/New_York', hours: WEEKDAYS },
	tokyo: { zone: 'Asia/Tokyo', hours: WEEKDAYS, holidays: ['2026-03-05'] },
};

/** Wed 2026-03-04 11:00 in Berlin, 05:00 in New York, 19:00 in Tokyo. */
export const WEDNESDAY = Date.UTC(2026, 2, 4, 10);
/** Fri 2026-03-06 20:00 in Berlin, 14:00 in New York, Sat 04:00 in Tokyo. */
export const FRIDAY_EVENING = Date.UTC(2026, 2, 6, 19);

export const FALLBACK = { email: 'head@vendor.example', name: 'Head of Success' };

/** What P07 asks for; that a case has to end as well would tell more than most tests are about. */
const RESPONSES = DEFAULT_TARGETS.filter(({ measure }) => measure !== 'resolve');

/** A policy in Berlin's hours, whose only rule holds for everybody and names the pool 'all'. */
export function policyOf(people: PersonInput[], over: Partial<PolicyInput> = {}): RouterPolicy {
	return routerPolicySchema.parse({
		calendars: CALENDARS,
		calendar: 'berlin',
		people,
		rules: people.length === 0 ? [] : [{ name: 'Everybody', pools: ['all'] }],
		fallback: FALLBACK,
		targets: [...RESPONSES],
		...over,
	});
}

export function person(name: string, over: Partial<PersonInput> = {}): PersonInput {
	return { email: `${name.toLowerCase()}@vendor.example`, name, pools: ['all'], ...over };
}

/** What each has after the assignment too. `no` counts through all cases. */
export function withCase(
	loads: ReadonlyMap<string, Load>,
	{ owner }: Assignment,
	{ arr = 0 }: CaseFacts,
	no: number,
): Map<string, Load> {
	const before = loads.get(owner.email) ?? { cases: 0, arr: 0, lastNo: 0 };
	return new Map(loads).set(owner.email, {
		cases: before.cases + 1,
		arr: before.arr + arr,
		lastNo: no,
	});
}
