import type { Account } from '../../../engine/accounts/account';
import { advanceJourney, type Decision } from '../../../engine/journeys/advance';
import type { Journey } from '../../../engine/journeys/definition';
import { heldAfterRefusal } from '../../../engine/journeys/refused';
import type { Claim, Ledger } from '../../../ledger/ledger';
import type { PlannedTouch } from '../../../engine/journeys/decideTouches';
import type { Fate, Sent } from './simulate';

/** What the engine plans for these accounts, from what a real ledger recalls. */
export async function plan(
	ledger: Ledger,
	journey: Journey,
	accounts: readonly Account[],
	now: number,
) {
	await ledger.begin(
		{ journey: journey.id, dry: false, owner: { id: 'f', name: 'f' }, takeOver: false },
		now,
	);
	const memory = await ledger.recall({
		journey: journey.id,
		dry: false,
		accountIds: accounts.map(({ accountId }) => accountId),
		addresses: accounts.flatMap(({ contacts = [] }) => contacts.map(({ email }) => email)),
		now,
	});
	return advanceJourney(journey, accounts, memory, { now, dry: false });
}

export function claimOf({ touch, caps, yieldsUntil, cases, maxAttempts }: PlannedTouch): Claim {
	return {
		touch,
		caps,
		maxAttempts,
		leaseMs: 1_800_000,
		...(yieldsUntil === undefined ? {} : { yieldsUntil }),
		...(cases === undefined ? {} : { cases }),
	};
}

/**
 * One sweep on a real ledger, as `simulate` does it on its model, of journeys that race: each has decided before the first
 * of them claims. What left, and what became of it.
 */
export async function realSweep(
	ledger: Ledger,
	racing: readonly (readonly [Journey, readonly Account[]])[],
	now: number,
	fate: () => Extract<Fate, 'sent' | 'lost'>,
): Promise<Sent[]> {
	const all = [];
	for (const [journey, accounts] of racing)
		all.push({ journey, decisions: await plan(ledger, journey, accounts, now) });
	const sent: Sent[] = [];
	for (const { journey, decisions } of all)
		sent.push(...(await handOut(ledger, journey, decisions, now, fate)));
	return sent;
}

async function handOut(
	ledger: Ledger,
	journey: Journey,
	decisions: readonly Decision[],
	now: number,
	fate: () => Extract<Fate, 'sent' | 'lost'>,
): Promise<Sent[]> {
	await ledger.enroll(decisions.flatMap(({ enroll }) => enroll));
	const planned = decisions.flatMap(({ touches }) => touches);
	const results = await ledger.claim(planned.map(claimOf), now);
	const sent: Sent[] = [];
	const notes = decisions.flatMap((decision) => decision.notes);
	for (const [index, one] of planned.entries()) {
		const result = results[index];
		if (result?.claimed === true) {
			const { touch, step, to } = one;
			const { key, accountId } = touch;
			const { attempt } = result;
			sent.push({ at: now, key, accountId, step: step.id, touch, to, attempt, fate: fate() });
		} else if (result !== undefined && result.why !== 'taken' && result.why !== 'suppressed')
			notes.push(heldAfterRefusal(one, result.why, journey, now));
	}
	await ledger.note(notes);
	await ledger.end(decisions.flatMap(({ end }) => end));
	const heard = sent.filter((one) => one.fate === 'sent').map(({ key }) => key);
	await ledger.confirm(heard, now + 20_000);
	return sent;
}
