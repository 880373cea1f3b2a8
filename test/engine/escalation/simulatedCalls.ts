import { KINDS, PRIORITIES, type Case, type CaseReason } from '../../../engine/escalation/case';
import type { Call } from '../../../engine/escalation/memory';
import { pick } from '../../harness/dice';
import { reason } from './deskBook';

const DAY = 86_400_000;
const ACCOUNTS = 60;

/** A bulk of one or a few calls, some for the same account, some with reasons that were told before. */
export function anyCalls(roll: () => number, now: number): Call[] {
	return Array.from({ length: 1 + Math.floor(roll() ** 2 * 5) }, () => {
		const accountId = `a${Math.floor(roll() * ACCOUNTS)}`;
		const reasons = Array.from({ length: 1 + Math.floor(roll() * 1.5) }, () =>
			reason({
				code: 'asked',
				kind: pick(roll, KINDS),
				priority: pick(roll, [...PRIORITIES, 'normal', 'normal']),
				// too early and too late: neither moves a clock
				at: now + Math.floor((roll() - 0.5) * 4 * DAY),
				...(roll() < 0.3 ? { key: `${accountId}/${Math.floor(roll() * 3)}` } : {}),
			}),
		);
		const facts = {
			...(roll() < 0.5 ? { arr: Math.floor(roll() * 20_000) } : {}),
			...(roll() < 0.3 ? { csm: `p${Math.floor(roll() * 3)}@vendor.example` } : {}),
		};
		return { accountId, facts, reasons };
	});
}

/** What the calls of one account tell that none of its cases holds. */
export type Wanted = {
	calls: readonly Call[];
	fresh: CaseReason[];
	open: Case | undefined;
	last: Case | undefined;
};

export function wantedOf(calls: readonly Call[], cases: Iterable<Case>): Wanted {
	const its = [...cases].filter(({ accountId }) => accountId === calls[0]?.accountId);
	const open = its.find((one) => one.open);
	const last = its
		.filter((one) => !one.open)
		.toSorted((a, b) => (a.resolvedAt ?? 0) - (b.resolvedAt ?? 0))
		.at(-1);
	const known = new Set(its.flatMap(({ reasons }) => reasons.map(({ key }) => key)));
	const fresh: CaseReason[] = [];
	for (const one of calls.flatMap(({ reasons }) => reasons)) {
		if (!known.has(one.key)) fresh.push(one);
		known.add(one.key);
	}
	return { calls, fresh, open, last };
}
