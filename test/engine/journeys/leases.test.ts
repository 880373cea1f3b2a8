import { LedgerModel } from './ledgerModel';
import {
	account,
	at,
	completed,
	created,
	event,
	everyHours,
	HOUR,
	onboarding,
	simulate,
	standings,
	stepsOf,
	touchStates,
} from './simulate';

const events = [created('2026-03-02 10:00')];
const accounts = [account()];

describe('a touch that nobody confirms', () => {
	it('is handed out again under the same key once its lease of 30 minutes has ended, not before', () => {
		const minutes = [0, 10, 29, 30, 31, 60].map(
			(minute) => at('2026-03-02 10:00') + minute * 60_000,
		);
		const told = simulate({ sweeps: minutes, accounts, events, fate: () => 'lost' });
		expect(
			told.sent.map(({ at: when, key, attempt }) => [
				(when - at('2026-03-02 10:00')) / 60_000,
				key,
				attempt,
			]),
		).toEqual(
			[0, 30, 60].map((minute, index) => [minute, 'onboarding/1/acme/welcome/', index + 1]),
		);
	});

	it('after three attempts lapses, and a human is asked once', () => {
		const told = simulate({
			sweeps: everyHours('2026-03-02 10:00', '2026-03-03 10:00'),
			accounts,
			events,
			fate: ({ channel }) => (channel === 'email' ? 'lost' : 'sent'),
		});
		expect(stepsOf(told)).toEqual(['welcome', 'welcome', 'welcome', 'reach-by-hand']);
		expect(touchStates(told).welcome).toBe('lapsed attemptsUsedUp');
	});

	it('is not handed out again when it has become needless', () => {
		const steps = ['connect-data', 'invite-team', 'first-report'];
		const told = simulate({
			sweeps: everyHours('2026-03-02 10:00', '2026-03-02 13:00'),
			accounts,
			events: [...events, ...steps.map((step) => completed(step, '2026-03-02 10:30'))],
			fate: () => 'lost',
		});
		expect(stepsOf(told)).toEqual(['welcome']);
		expect(touchStates(told)).toEqual({ welcome: 'lapsed setUpFinished' });
	});

	it('keeps its next person’s sending hours: what was claimed at 16:50 and lost is held until morning', () => {
		const told = simulate({
			sweeps: [at('2026-03-04 16:50'), at('2026-03-04 17:30'), at('2026-03-05 09:00')],
			accounts,
			events,
			fate: (_touch, now) => (now < at('2026-03-05 00:00') ? 'lost' : 'sent'),
		});
		expect(told.sent.map(({ at: when, step, attempt }) => [when, step, attempt])).toEqual([
			[at('2026-03-04 16:50'), 'set-up-guide', 1],
			[at('2026-03-05 09:00'), 'set-up-guide', 2],
		]);
	});
});

describe('a touch that was being sent when the process died', () => {
	it('is never sent again; once its lease has ended a human is asked to look, once', () => {
		const told = simulate({
			sweeps: everyHours('2026-03-02 10:00', '2026-03-03 10:00'),
			accounts,
			events,
			fate: ({ channel }) => (channel === 'email' ? 'crashed' : 'sent'),
		});
		expect(stepsOf(told)).toEqual(['welcome', 'reach-by-hand']);
		expect(told.sent[1]?.touch.reasons).toMatchObject([
			{ code: 'unreachable', cause: 'fateUnknown' },
		]);
	});

	it('does not count as a human who has the account, when it was the hand-over', () => {
		const told = simulate({
			sweeps: everyHours('2026-03-02 10:00', '2026-03-03 10:00'),
			accounts,
			events: [...events, event('human_requested', '2026-03-02 12:00')],
			fate: ({ stepId }) => (stepId === 'asked-for-help' ? 'crashed' : 'sent'),
		});
		expect(stepsOf(told)).toEqual(['welcome', 'asked-for-help', 'reach-by-hand']);
	});
});

it('two executions that race on the same sweep send each touch once', () => {
	const ledger = new LedgerModel();
	const first = simulate({
		ledger,
		sweeps: [at('2026-03-02 10:00')],
		accounts,
		events,
		fate: () => 'lost',
	});
	const second = simulate({ ledger, sweeps: [at('2026-03-02 10:00')], accounts, events });
	expect([...stepsOf(first), ...stepsOf(second)]).toEqual(['welcome']);
});

describe('a journey that is changed while accounts are inside it', () => {
	const changed = (change: (steps: ReturnType<typeof onboarding>['steps']) => unknown[]) => {
		const before = onboarding();
		const after = onboarding({ steps: change(before.steps) as typeof before.steps });
		return simulate({
			// the guide falls due on Saturday and is held; the change comes on Sunday
			sweeps: everyHours('2026-03-05 10:00', '2026-03-10 09:00'),
			accounts,
			events: [created('2026-03-05 10:00')],
			journey: (now) => (now < at('2026-03-08 12:00') ? before : after),
		});
	};

	it('a removed step is withdrawn and says so', () => {
		const told = changed((steps) => steps.filter(({ id }) => id !== 'set-up-guide'));
		expect(stepsOf(told)).toEqual(['welcome', 'nudge']);
		expect(touchStates(told)['set-up-guide']).toBe('withdrawn stepRemoved');
	});

	it.each<[string, Parameters<typeof changed>[0]]>([
		['renamed', (steps) => steps.map((step) => ({ ...step, name: `${step.name} 2` }))],
		[
			'given other outputs',
			(steps) => steps.map((step) => ({ ...step, output: step.output + 10 })),
		],
		['turned round', (steps) => [...steps].reverse()],
	])('steps %s go on by their id: nothing comes twice', (_what, change) => {
		const told = changed(change);
		expect(new Set(told.sent.map(({ key }) => key)).size).toBe(told.sent.length);
		expect(
			stepsOf(told)
				.slice(0, 2)
				.filter((step) => step === 'welcome'),
		).toHaveLength(1);
		expect(touchStates(told)['set-up-guide']).toMatch(/^sent|^held capped/);
	});

	it('a removed set-up step may finish set-up, an added one opens it again', () => {
		const { checklist } = onboarding();
		const told = simulate({
			sweeps: everyHours('2026-03-02 10:00', '2026-03-09 10:00'),
			accounts,
			events: [
				...events,
				completed('connect-data', '2026-03-03 10:00'),
				completed('invite-team', '2026-03-03 10:00'),
			],
			journey: (now) =>
				onboarding({ checklist: now < at('2026-03-04 09:00') ? checklist : checklist.slice(0, 2) }),
		});
		expect(stepsOf(told)).toEqual(['welcome', 'power-tips']);
	});

	it('a removed step that was handed out and lost does not keep the journey open', () => {
		const told = simulate({
			sweeps: everyHours('2026-03-02 10:00', '2026-03-02 20:00'),
			accounts,
			events: [
				...events,
				{
					id: 'v',
					accountId: 'acme',
					type: 'first_value_reached',
					occurredAt: at('2026-03-02 10:00') + HOUR,
				},
			],
			journey: (now) => {
				const all = onboarding();
				return now > at('2026-03-02 10:00') ? onboarding({ steps: all.steps.slice(1) }) : all;
			},
			fate: ({ stepId }) => (stepId === 'welcome' ? 'lost' : 'sent'),
		});
		expect(touchStates(told).welcome).toMatch(/^lapsed/);
		expect(standings(told)).toEqual(['acme 1 ended firstValue']);
	});
});

it('a dry run decides the same, sends nothing, and a live run then starts afresh (P34)', () => {
	const ledger = new LedgerModel();
	const dry = simulate({
		ledger,
		dry: true,
		sweeps: everyHours('2026-03-02 10:00', '2026-03-20 10:00'),
		accounts,
		events,
	});
	expect(dry.sent).toEqual([]);
	expect(
		[...ledger.touches.values()]
			.filter(({ state }) => state === 'dry')
			.map(({ stepId }) => stepId)
			.sort(),
	).toEqual(['call', 'first-results', 'nudge', 'set-up-guide', 'welcome']);
	expect([...ledger.touches.values()].every(({ attempts }) => attempts === 0)).toBe(true);
	// created 18 days before the first live run: switching on is a go-live
	expect(simulate({ ledger, sweeps: [at('2026-03-20 10:00')], accounts, events }).sent).toEqual([]);
	const fresh = [account({ accountId: 'new' })];
	const live = simulate({
		ledger,
		sweeps: [at('2026-03-20 11:00')],
		accounts: fresh,
		events: [created('2026-03-18 10:00', { accountId: 'new' })],
	});
	expect(stepsOf(live)).toEqual(['set-up-guide']);
});
