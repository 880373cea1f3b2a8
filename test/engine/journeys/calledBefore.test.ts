import type { Journey } from '../../../engine/journeys/definition';
import { byFlags, human, journey, mail } from './journeys';
import {
	account,
	at,
	created,
	diary,
	event,
	everyHours,
	onboarding,
	simulate,
	type Fate,
	type Story,
} from './simulate';

const HELP = human('asked-for-help', { type: 'helpWanted' });
const HELLO = mail('hello', { type: 'daysAfterStart', days: 0 });
const CALL = { id: 'call' };
/** On 10 March at 10:00 every account here comes into the journey; it went live on the second. */
const ENTERS = '2026-03-10 10:00';
const drops = (now: number) => [account({ hot: now >= at(ENTERS) })];

const run = (story: Partial<Story>) =>
	simulate({
		sweeps: [at('2026-03-02 10:00'), at(ENTERS), at('2026-03-10 12:00')],
		accounts: drops,
		conditions: byFlags,
		...story,
	});
const calls = (story: Partial<Story>): string[] =>
	diary(run(story)).filter((line) => line.includes('asked-for-help'));

type Entering = { journey: Journey; accounts: Story['accounts']; events: Story['events'] };
const byHealth = (type: 'intervention' | 'expansion', over = {}): Entering => ({
	journey: journey([HELLO, HELP], { type, ...over }),
	accounts: drops,
	events: [],
});
const JOURNEYS: Record<string, Entering & { anchor?: string }> = {
	intervention: byHealth('intervention'),
	expansion: byHealth('expansion', { reEntry: { type: 'afterDaysPerLimit', days: 90 } }),
	// T-90 of 8 June begins on 10 March
	renewal: {
		journey: journey([HELLO, HELP], {
			type: 'renewal',
			start: { type: 'beforeDate', field: 'renewalDate', days: 90 },
			endAfterDays: 120,
		}),
		accounts: [account({ hot: true, renewalDate: '2026-06-08' })],
		events: [],
		anchor: '2026-03-10 00:00',
	},
	// P14: the contract begins after the customer came into being
	onboarding: {
		journey: onboarding(),
		accounts: [account({ hot: true, startedAt: '2026-03-10' })],
		events: [created('2026-03-05 10:00')],
		anchor: '2026-03-10 00:00',
	},
};

describe.each(Object.entries(JOURNEYS))(
	'%s: who asked for a human just before they came in reaches one (P18, R64)',
	(_name, { anchor = ENTERS, events = [], ...story }) => {
		const asked = (msBefore: number, over: Partial<Story> = {}): string[] => {
			const occurredAt = at(anchor) - msBefore;
			const call = event('human_requested', anchor, { ...CALL, occurredAt });
			return calls({ ...story, events: [...events, call], ...over });
		};
		const DAY_MS = 24 * 3_600_000;
		const unswept = { sweeps: [at('2026-02-02 10:00'), at(ENTERS)] };

		it.each([
			['three seconds', 3_000, true],
			['24 hours', DAY_MS, true],
			['30 days', 30 * DAY_MS, true],
			['30 days and a millisecond', 30 * DAY_MS + 1, false],
		])('%s before, while no sweep ran: %p means %p', (_what, before, isHeard) => {
			expect(asked(before, unswept)).toEqual(
				isHeard ? ['Tue 03-10 10:00 asked-for-help → team'] : [],
			);
		});

		it('once: handed over at once while no journey had them, not again when one takes them in (P08)', () => {
			const sweeps = everyHours('2026-03-02 10:00', '2026-03-12 10:00');
			expect(asked(15 * 3_600_000, { sweeps })).toHaveLength(1);
			const resolved = event('case_resolved', '2026-03-10 09:30');
			const occurredAt = at(anchor) - 15 * 3_600_000;
			const call = event('human_requested', anchor, { ...CALL, occurredAt });
			expect(calls({ ...story, sweeps, events: [...events, call, resolved] })).toHaveLength(1);
		});
	},
);

const reply = event('reply_received', '2026-03-10 08:30', CALL);
const hourly = everyHours('2026-03-02 10:00', '2026-03-12 10:00');

it('an open P1 ticket and a drop at once: a human, no mail (P06, P18)', () => {
	const ticket = event('ticket_opened', ENTERS, { ...CALL, data: { severity: 'P1' } });
	const told = run({
		journey: journey([HELLO, HELP]),
		events: [ticket],
		sweeps: [at('2026-03-02 10:00'), at(ENTERS) + 3_000, at('2026-03-10 12:00')],
	});
	expect(diary(told)).toEqual(['Tue 03-10 10:00 asked-for-help → team']);
});

it('what a human was told of in one episode is not told of again in the next', () => {
	const again = journey([HELLO, HELP], { reEntry: { type: 'onReMatch' } });
	const hot = (now: number): boolean =>
		now < at('2026-03-10 11:00') || now >= at('2026-03-10 12:00');
	const told = run({
		journey: again,
		accounts: (now) => [account({ hot: hot(now), gone: !hot(now) })],
		events: [reply],
		sweeps: hourly,
	});
	expect(diary(told).filter((line) => line.includes('help'))).toEqual([
		'Tue 03-10 09:00 asked-for-help → team',
	]);
	expect([...told.ledger.touches.values()].filter(({ topic }) => topic === 'call')).toHaveLength(1);
});

it.each<[Fate, string]>([
	['lost', 'its execution died'],
	['putOff', 'the channel is to be asked again'],
	['refused', 'the address takes none'],
])('a hand-over that was %s (%s) is made in the episode that begins meanwhile', (fate) => {
	// nobody was told when she came in, an hour after
	let isFirst = true;
	const told = run({
		journey: journey([HELLO, HELP]),
		accounts: (now) => [account({ hot: now >= at(ENTERS), csm: 'sam@vendor.example' })],
		events: [reply],
		sweeps: hourly,
		fate: () => {
			const became = isFirst ? fate : 'sent';
			isFirst = false;
			return became;
		},
	});
	const handed = told.sent.filter(({ step }) => step === 'asked-for-help');
	expect(handed.map(({ fate: became }) => became)).toEqual([fate, 'sent']);
});

it('who asks and then comes back as a customer reaches a human (P17)', () => {
	const events = [
		created('2026-03-02 10:00'),
		event('churned', '2026-03-05 10:00'),
		event('reply_received', '2026-03-09 22:00', CALL),
		event('customer_returned', '2026-03-10 09:30'),
	];
	const old = event('reply_received', '2026-03-07 22:00', { id: 'old' });
	expect(calls({ journey: onboarding(), accounts: [account()], events, sweeps: hourly })).toEqual([
		'Tue 03-10 10:00 asked-for-help → team',
	]);
	expect(
		calls({
			journey: onboarding(),
			accounts: [account()],
			events: [...events.filter(({ id }) => id !== 'call'), old],
			sweeps: hourly,
		}),
	).toEqual([]);
});
