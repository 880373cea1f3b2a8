import type { Priority } from '../../engine/escalation/case';
import type { Call } from '../../engine/escalation/memory';
import { joinOpen } from '../../engine/escalation/joinOpen';
import type { Touch } from '../../engine/journeys/memory';
import type { Ledger } from '../../ledger/ledger';

const CHUNK = 2_000;
/** What the customer says is as pressing as where it is routed; what else joins raises nothing. */
const PRIORITIES = new Map<string, Priority>([
	['cancellation_requested', 'urgent'],
	['human_requested', 'high'],
	['reply_received', 'normal'],
	['ticket_opened', 'urgent'],
]);

/** Hand-overs that lapse because a human has the account already tell their reason to the open case (P08). */
export async function joinCases(
	ledger: Ledger,
	notes: readonly Touch[],
	{ now, receivedAt }: { now: number; receivedAt: number },
): Promise<void> {
	const calls = notes.flatMap(callOf);
	for (let start = 0; start < calls.length; start += CHUNK) {
		const chunk = calls.slice(start, start + CHUNK);
		const accountIds = chunk.map(({ accountId }) => accountId);
		await ledger.changeCases({ accountIds, now, receivedAt }, (memory) => ({
			changes: joinOpen(memory, chunk, now),
			claims: [],
			confirm: [],
			answer: undefined,
		}));
	}
}

function callOf({ channel, key, accountId, priority, reasons, changedAt }: Touch): Call[] {
	const [why, reason] = reasons;
	if (channel !== 'human' || why?.code !== 'joinedCase' || reason === undefined) return [];
	const { code, event, text } = reason;
	const asked = typeof event === 'string' ? event : code;
	return [
		{
			accountId,
			facts: {},
			reasons: [
				{
					key,
					code: asked,
					kind: 'escalation',
					priority: PRIORITIES.get(asked) ?? 'low',
					at: changedAt,
					text,
					silences: priority,
				},
			],
		},
	];
}
