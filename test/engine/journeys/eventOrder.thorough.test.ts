import type { JourneyEvent } from '../../../engine/journeys/memory';
import { dice } from '../../harness/dice';
import { LedgerModel } from './ledgerModel';
import {
	account,
	at,
	completed,
	created,
	event,
	everyHours,
	simulate,
	standings,
	touchStates,
} from './simulate';

/**
 * The same events, each one to three times, in 10,000 orders: one final state. They were all recorded before the first
 * sweep that saw them, as after an outage of the receiver.
 */
const PERMUTATIONS = 10_000;
const STREAM: JourneyEvent[] = [
	created('2026-03-02 10:00'),
	created('2026-03-03 08:00'),
	completed('connect-data', '2026-03-03 11:00', { contact: 'ada@acme.example' }),
	completed('connect-data', '2026-03-04 11:00'),
	event('reply_received', '2026-03-04 12:00'),
	event('human_requested', '2026-03-04 12:00'),
	event('case_resolved', '2026-03-05 12:00'),
	event('onboarding_restarted', '2026-03-06 09:00'),
	completed('invite-team', '2026-03-07 11:00'),
	event('ticket_opened', '2026-03-08 11:00', { data: { severity: 'P1' } }),
	event('case_resolved', '2026-03-09 08:00'),
	event('clicked', '2026-03-09 09:00', { data: { human: true } }),
	completed('first-report', '2026-03-12 11:00'),
	event('first_value_reached', '2026-03-14 11:00'),
	event('first_value_reached', '2026-03-13 11:00'),
];

function finalState(order: readonly JourneyEvent[]): string {
	const ledger = new LedgerModel();
	ledger.begin('onboarding', false, at('2026-03-02 10:00'));
	ledger.recordEvents(order);
	const told = simulate({
		ledger,
		sweeps: everyHours('2026-03-06 10:00', '2026-03-18 10:00', 48),
		accounts: [account()],
	});
	return JSON.stringify([
		standings(told),
		touchStates(told),
		told.sent.map(({ key, at: when }) => [key, when]),
		told.decisions.map(({ standing, reasons }) => [standing, reasons]),
	]);
}

it(`${String(PERMUTATIONS)} orders of a stream with duplicates lead to one state`, () => {
	const expected = finalState(STREAM);
	expect(expected).toContain('celebrate');
	for (let seed = 1; seed <= PERMUTATIONS; seed++) {
		const roll = dice(seed);
		const order = STREAM.flatMap((one) => Array<JourneyEvent>(1 + Math.floor(roll() * 3)).fill(one))
			.map((one) => ({ one, rank: roll() }))
			.sort((a, b) => a.rank - b.rank)
			.map(({ one }) => one);
		const state = finalState(order);
		if (state !== expected)
			throw new Error(
				`permutation ${String(seed)}: ${order.map(({ id }) => id).join(' ')}\n${state}\ninstead of\n${expected}`,
			);
	}
}, 300_000);
