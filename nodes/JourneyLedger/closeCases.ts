import { resolve } from '../../engine/escalation/answers';
import type { Case } from '../../engine/escalation/case';
import type { JourneyEvent } from '../../engine/journeys/memory';
import type { CaseWork, Ledger } from '../../ledger/ledger';

const CHUNK = 2_000;
/** Whose word it is where another system says that a case is over. */
const BY = 'event';

/** A `case_resolved` that a CRM or help desk sends ends the open case of its account, unless that was opened later. */
export async function closeCases(
	ledger: Ledger,
	events: readonly JourneyEvent[],
	{ now, receivedAt }: { now: number; receivedAt: number },
): Promise<void> {
	const last = new Map<string, number>();
	for (const { type, accountId, occurredAt } of events)
		if (type === 'case_resolved')
			last.set(accountId, Math.max(occurredAt, last.get(accountId) ?? -Infinity));
	const accountIds = [...last.keys()];
	for (let start = 0; start < accountIds.length; start += CHUNK) {
		const chunk = accountIds.slice(start, start + CHUNK);
		await ledger.changeCases({ accountIds: chunk, now, receivedAt }, ({ cases, survivorOf }) => {
			const survivor = (id: string): string => survivorOf.get(id) ?? id;
			const resolvedAt = new Map(chunk.map((id) => [survivor(id), last.get(id) ?? -Infinity]));
			const isOver = ({ accountId, openedAt }: Case): boolean =>
				openedAt <= (resolvedAt.get(survivor(accountId)) ?? -Infinity);
			return closing(
				cases.filter((one) => one.open && isOver(one)),
				now,
			);
		});
	}
}

function closing(cases: readonly Case[], now: number): CaseWork<undefined> {
	const answers = cases.map((one) => resolve(one, { by: BY, outcome: 'resolved' }, now));
	const done = answers.flatMap((answer) => ('refused' in answer ? [] : [answer]));
	const changes = {
		cases: done.map((answer) => answer.case),
		days: [],
		notices: [],
		events: done.flatMap(({ events }) => [...events]),
	};
	return { changes, claims: [], confirm: [], answer: undefined };
}
