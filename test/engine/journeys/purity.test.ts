import { freeze } from '../../harness/freeze';
import { advanceJourney } from '../../../engine/journeys/advance';
import type { JourneyMemory } from '../../../engine/journeys/memory';
import {
	account,
	at,
	completed,
	contact,
	created,
	diary,
	event,
	everyHours,
	onboarding,
	simulate,
} from './simulate';

const people = (name: string) => [contact(name, 'admin')];
const accounts = [
	account({ accountId: 'quiet', contacts: people('a') }),
	account({
		accountId: 'busy',
		contacts: people('b'),
		setup: { completed: [{ step: 'invite-team' }] },
	}),
	account({ accountId: 'done', contacts: people('c'), setup: { firstValueAt: '2026-03-04' } }),
	account({ accountId: 'angry', contacts: people('d'), support: { openP1: 2 } }),
	account({ accountId: 'merged', contacts: people('e'), aliases: ['dup'] }),
	account({ accountId: 'dup', contacts: people('f') }),
	account({ accountId: 'gone', contacts: people('g'), lifecycleStage: 'churned' }),
];
const events = [
	...accounts.map(({ accountId }) => created('2026-03-02 10:00', { accountId })),
	created('2026-03-03 10:00', { accountId: 'quiet' }),
	completed('connect-data', '2026-03-03 11:00', { accountId: 'busy', contact: 'b@acme.example' }),
	completed('connect-data', '2026-03-04 11:00', { accountId: 'busy' }),
	event('reply_received', '2026-03-03 12:00', { accountId: 'merged' }),
	event('human_requested', '2026-03-03 12:00', { accountId: 'dup' }),
	event('onboarding_restarted', '2026-03-05 12:00', { accountId: 'quiet' }),
];

/** A memory in the middle of things. */
function memoryAt(now: number): JourneyMemory {
	const { ledger } = simulate({
		sweeps: everyHours('2026-03-02 10:00', '2026-03-06 10:00', 5),
		accounts,
		events,
	});
	return ledger.recall('onboarding', false, now);
}

const now = at('2026-03-09 09:00');

it('never changes what it is given, and gives the same answer byte for byte', () => {
	const [journey, memory] = [onboarding(), memoryAt(now)];
	const before = [[...memory.lastEmails], [...memory.suppressed], [...memory.survivorOf]];
	for (const given of [journey, accounts, memory.enrollments, memory.touches, memory.events])
		freeze(given);
	const decide = () =>
		JSON.stringify(advanceJourney(journey, accounts, memory, { now, dry: false }));
	const first = decide();
	expect(decide()).toBe(first);
	expect([[...memory.lastEmails], [...memory.suppressed], [...memory.survivorOf]]).toEqual(before);
	expect(
		JSON.stringify(advanceJourney(onboarding(), accounts, memoryAt(now), { now, dry: false })),
	).toBe(first);
});

/** `list` in another order, the same for the same `seed`. */
function shuffled<T>(list: readonly T[], seed: number): T[] {
	return list
		.map((item, index) => ({
			item,
			rank: Math.imul(index + 1, 2_654_435_761 + seed * 40_503) >>> 0,
		}))
		.sort((a, b) => a.rank - b.rank)
		.map(({ item }) => item);
}

describe('the order in which things arrive', () => {
	const byAccount = (list: ReturnType<typeof advanceJourney>) =>
		JSON.stringify(
			[...list]
				.sort((a, b) => (a.accountId < b.accountId ? -1 : 1))
				.map((decision) => ({ ...decision, index: 0 })),
		);
	const memory = memoryAt(now);
	const expected = byAccount(advanceJourney(onboarding(), accounts, memory, { now, dry: false }));

	it.each([1, 2, 3, 4, 5])('of events, rows and accounts changes nothing (%d)', (seed) => {
		const mixed: JourneyMemory = {
			...memory,
			events: shuffled(memory.events, seed),
			touches: shuffled(memory.touches, seed),
			enrollments: shuffled(memory.enrollments, seed),
		};
		expect(
			byAccount(advanceJourney(onboarding(), shuffled(accounts, seed), mixed, { now, dry: false })),
		).toBe(expected);
	});

	it('duplicates of events change nothing, whatever their ids', () => {
		const again = memory.events
			.filter(({ type }) => type !== 'reply_received' && type !== 'human_requested')
			.map((one) => ({ ...one, id: `${one.id}-again` }));
		const twice = { ...memory, events: [...again, ...memory.events] };
		expect(byAccount(advanceJourney(onboarding(), accounts, twice, { now, dry: false }))).toBe(
			expected,
		);
	});

	it('a plan counts when its time has come', () => {
		const guides = (churns: string): number =>
			diary(
				simulate({
					sweeps: everyHours('2026-03-02 10:00', '2026-03-06 10:00'),
					accounts: [account()],
					events: [created('2026-03-02 10:00')],
					after: (_now, ledger) => ledger.recordEvents([event('churned', churns, { id: 'c' })]),
				}),
			).filter((line) => line.includes('set-up-guide')).length;
		// two days after the start (R28), unless the customer is gone by then (P32)
		expect(guides('2026-03-04 10:30')).toBe(1);
		expect(guides('2026-03-04 10:00')).toBe(0);
	});
});
