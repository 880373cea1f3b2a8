import type { Call } from '../../engine/escalation/memory';
import { joinOpen } from '../../engine/escalation/joinOpen';
import type { Touch } from '../../engine/journeys/memory';
import type { Ledger } from '../../ledger/ledger';

const CHUNK = 2_000;

/** Hand-overs that lapse because a human has the account already tell their reason to the open case (P08). */
export async function joinCases(
	ledger: Ledger,
	notes: readonly Touch[],
	now: number,
): Promise<void> {
	const calls = notes.flatMap(callOf);
	for (let start = 0; start < calls.length; start += CHUNK) {
		const chunk = calls.slice(start, start + CHUNK);
		const accountIds = chunk.map(({ accountId }) => accountId);
		await ledger.changeCases({ accountIds, now }, (memory) => ({
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
	return [
		{
			accountId,
			facts: {},
			reasons: [
				{
					key,
					code: typeof event === 'string' ? event : code,
					kind: 'escalation',
					priority: 'low',
					at: changedAt,
					text,
					silences: priority,
				},
			],
		},
	];
}
