import { byFlags, human, journey, mail } from './journeys';
import { LedgerModel } from './ledgerModel';
import {
	account,
	at,
	diary,
	event,
	everyHours,
	simulate,
	touchStates,
	type Fate,
	type Story,
} from './simulate';

/** A hand-over that reached nobody is made again, whatever happens meanwhile (P08, P18, P33, R64). */

const HELP = human('asked-for-help', { type: 'helpWanted' });
const HELLO = mail('hello', { type: 'daysAfterStart', days: 0 });
const UNTIL = '2026-03-06 10:00';
const FATES: Fate[] = ['lost', 'putOff', 'unanswered'];

/** The first hand-over of a step has this fate, all else is sent. */
function firstOf(step: string, fate: Fate): Story['fate'] {
	let isFirst = true;
	return ({ stepId }) => {
		if (stepId !== step || !isFirst) return 'sent';
		isFirst = false;
		return fate;
	};
}
const helped = (told: ReturnType<typeof simulate>): (Fate | undefined)[] =>
	told.sent.filter(({ step }) => step === 'asked-for-help').map(({ fate }) => fate);

describe.each(FATES)('a call whose hand-over was %s', (fate) => {
	it.each(['done', 'gone'])('is handed over again after the episode ended (%s)', (flag) => {
		const told = simulate({
			journey: journey([HELLO, HELP]),
			conditions: byFlags,
			accounts: (now) => {
				const isOver = now >= at('2026-03-03 10:45');
				return [account({ hot: !isOver, ...(isOver ? { [flag]: true } : {}) })];
			},
			events: [event('cancellation_requested', '2026-03-03 09:30', { id: 'call' })],
			sweeps: everyHours('2026-03-02 10:00', UNTIL),
			fate: firstOf('asked-for-help', fate),
		});
		expect(helped(told)).toEqual([fate, 'sent']);
	});

	it('is handed over again after the renewal', () => {
		const told = simulate({
			journey: journey([HELP], {
				type: 'renewal',
				start: { type: 'beforeDate', field: 'renewalDate', days: 90 },
				endAfterDays: 120,
			}),
			conditions: byFlags,
			accounts: [account({ hot: true, renewalDate: '2026-05-01' })],
			events: [
				event('reply_received', '2026-03-03 09:30', { id: 'call' }),
				event('renewed', '2026-03-03 10:30'),
			],
			sweeps: everyHours('2026-03-02 10:00', UNTIL),
			fate: firstOf('asked-for-help', fate),
		});
		expect(helped(told)).toEqual([fate, 'sent']);
	});
});

const NOBODY = human('nobody-engaged', { type: 'noEngagement', days: 14 });
const REPLY = event('reply_received', '2026-03-16 10:05', {
	id: 'call',
	touch: 'own/1/acme/hello/',
});
const DAYS = [
	...everyHours('2026-03-02 10:00', '2026-03-16 10:00', 24),
	at('2026-03-16 10:06'),
	...everyHours('2026-03-16 11:00', '2026-03-18 10:00'),
];

it('a call joins no hand-over that may have reached nobody: it waits until that is known', () => {
	const story: Story = {
		journey: journey([HELLO, NOBODY, HELP], { engagementReported: true, endAfterDays: 45 }),
		conditions: byFlags,
		accounts: [account({ hot: true })],
		events: [REPLY],
		sweeps: DAYS,
	};
	const lost = simulate({ ...story, fate: firstOf('nobody-engaged', 'lost') });
	expect(helped(lost)).toEqual(['sent']);
	// a human took the account, and the reply is theirs
	const sent = simulate(story);
	expect(helped(sent)).toEqual([]);
	expect(touchStates(sent)['asked-for-help']).toBe('lapsed joinedCase');
});

it('two journeys at the same moment make it again once', () => {
	const ledger = new LedgerModel();
	const call = event('reply_received', '2026-03-04 09:30', { id: 'call' });
	const story = (id: string, sweep: string, over: Partial<Story> = {}): Story => ({
		ledger,
		journey: journey([HELP], { id }),
		conditions: byFlags,
		accounts: [account({ hot: true })],
		events: [call],
		sweeps: [at(sweep)],
		...over,
	});
	for (const id of ['a', 'b']) simulate(story(id, '2026-03-04 09:00', { events: [] }));
	simulate(story('a', '2026-03-04 10:00', { fate: () => 'lost' }));
	let other: string[] | undefined;
	const one = simulate(
		story('b', '2026-03-04 11:00', {
			conditions: (accounts) => ({
				...byFlags(accounts),
				// the other one decides and claims between this one's decision and its claim
				step: () => {
					other ??= diary(simulate(story('a', '2026-03-04 11:00')));
					return true;
				},
			}),
		}),
	);
	expect([...(other ?? []), ...diary(one)]).toEqual(['Wed 03-04 11:00 asked-for-help → team']);
});

describe('a P1 ticket that stands open at go-live (P09, P18)', () => {
	const many = (more: object) =>
		Array.from({ length: 50 }, (_none, place) =>
			account({ accountId: `a${String(place)}`, support: { openP1: 1 }, ...more }),
		);
	const baseline = { atGoLive: 'baseline', reEntry: { type: 'onReMatch' } } as const;

	it('is listed with whoever is listed: the help desk has it', () => {
		const told = simulate({
			journey: journey([HELLO, HELP], baseline),
			conditions: byFlags,
			accounts: many({ hot: true }),
			sweeps: [...everyHours('2026-03-02 10:00', '2026-03-02 14:00'), at('2026-03-05 10:00')],
		});
		expect(diary(told)).toEqual([]);
	});

	it('reaches a human where the journey takes somebody in, whom it would write to beside it', () => {
		const told = simulate({
			journey: journey([HELLO, HELP], {
				...baseline,
				start: { type: 'beforeDate', field: 'renewalDate', days: 90 },
				endAfterDays: 120,
			}),
			conditions: byFlags,
			accounts: [account({ hot: true, renewalDate: '2026-04-20', support: { openP1: 1 } })],
			sweeps: everyHours('2026-03-02 10:00', '2026-03-02 14:00'),
		});
		expect(diary(told)).toEqual(['Mon 03-02 10:00 asked-for-help → team']);
	});
});
