import { LedgerModel } from './ledgerModel';
import {
	account,
	at,
	contact,
	created,
	diary,
	event,
	everyHours,
	HOUR,
	onboarding,
	simulate,
	standings,
	stepsOf,
	type Fate,
	type Story,
	type Told,
} from './simulate';

describe('merged records (P32)', () => {
	const twoRecords = [
		created('2026-03-02 10:00', { accountId: 'old' }),
		created('2026-03-03 10:00', { accountId: 'new' }),
	];
	const people = { contacts: [contact('ada', 'admin')] };
	const merged = at('2026-03-03 12:00');
	const merge = (survivor: string, alias: string, until = '2026-03-20 10:00') =>
		simulate({
			sweeps: everyHours('2026-03-02 10:00', until),
			accounts: (now) =>
				now < merged
					? [account({ accountId: 'old', ...people }), account({ accountId: 'new', ...people })]
					: [
							account({ accountId: alias, ...people }),
							account({ accountId: survivor, aliases: [alias], ...people }),
						],
			events: twoRecords,
		});

	it.each([
		['the newer survives', 'new', 'old'],
		['the older survives', 'old', 'new'],
	])('%s: day 0 does not move, nothing comes twice', (_what, survivor, alias) => {
		const told = merge(survivor, alias);
		expect(diary(told)).toEqual([
			'Mon 03-02 10:00 welcome → ada',
			'Tue 03-03 10:00 welcome → ada',
			// 24 hours after the second record's welcome
			'Wed 03-04 11:00 set-up-guide → ada',
			'Thu 03-05 12:00 nudge connect-data → ada',
			'Mon 03-09 09:00 first-results → ada',
			'Mon 03-16 10:00 call → team',
		]);
		expect(standings(told)).toEqual(['old 1 active', 'new 1 ended merged']);
	});

	it('a duplicate that comes with its merge is not welcomed at all', () => {
		const told = simulate({
			sweeps: everyHours('2026-03-02 10:00', '2026-03-03 20:00'),
			accounts: (now) => [
				account(now < merged ? {} : { aliases: ['dup'] }),
				...(now < merged ? [] : [account({ accountId: 'dup' })]),
			],
			events: [created('2026-03-02 10:00'), created('2026-03-03 11:00', { accountId: 'dup' })],
		});
		expect(stepsOf(told)).toEqual(['welcome']);
		expect(standings(told)).toEqual(['acme 1 active']);
	});

	it('what the alias was sent is not sent again, though day 0 is the survivor’s', () => {
		// the survivor had nobody to write to until the merge
		const told = simulate({
			sweeps: everyHours('2026-03-02 10:00', '2026-03-13 10:00'),
			accounts: (now) =>
				now < at('2026-03-05 12:00')
					? [
							account({
								accountId: 'old',
								excluded: undefined,
								contacts: [contact('bo', 'user', { status: 'left' })],
							}),
							account({ accountId: 'new', ...people }),
						]
					: [account({ accountId: 'old', aliases: ['new'], ...people })],
			events: [
				created('2026-03-03 09:00', { accountId: 'old' }),
				created('2026-03-03 09:30', { accountId: 'new' }),
				event('case_resolved', '2026-03-05 13:00', { accountId: 'old' }),
			],
		});
		const steps = stepsOf(told);
		for (const step of ['welcome', 'set-up-guide', 'reach-by-hand'])
			expect(steps.filter((id) => id === step)).toHaveLength(1);
	});

	it('an account that has had its onboarding gets none through a duplicate (P17)', () => {
		const told = simulate({
			sweeps: everyHours('2026-03-02 10:00', '2026-03-10 10:00'),
			accounts: (now) => [
				account(now < at('2026-03-06 10:00') ? {} : { aliases: ['dup'] }),
				...(now < at('2026-03-06 10:00')
					? [account({ accountId: 'dup', ...people, contacts: [contact('cy', 'admin')] })]
					: []),
			],
			events: [
				created('2026-03-02 10:00'),
				event('first_value_reached', '2026-03-04 10:00'),
				created('2026-03-05 10:00', { accountId: 'dup' }),
			],
		});
		expect(
			stepsOf(told).filter((step) => step === 'celebrate' || step === 'hand-over'),
		).toHaveLength(2);
		expect(standings(told)).toEqual(['acme 1 ended firstValue', 'dup 1 ended merged']);
	});

	it('a returned customer’s second cycle is not undone by an old record still in its first', () => {
		const told = simulate({
			sweeps: everyHours('2026-03-02 10:00', '2026-03-12 10:00'),
			accounts: (now) =>
				now < at('2026-03-10 10:00')
					? [account(), account({ accountId: 'dup', contacts: [contact('cy', 'admin')] })]
					: [account({ aliases: ['dup'] })],
			events: [
				created('2026-03-02 10:00', { accountId: 'dup' }),
				created('2026-03-03 10:00'),
				event('onboarding_restarted', '2026-03-06 10:00'),
			],
		});
		expect(standings(told).sort()).toEqual([
			'acme 1 ended restarted',
			'acme 2 active',
			'dup 1 ended merged',
		]);
	});

	it('churn ends every record’s journey in the same sweep', () => {
		const told = simulate({
			sweeps: [at('2026-03-03 10:00'), at('2026-03-04 10:00')],
			accounts: (now) =>
				now === at('2026-03-03 10:00')
					? [account({ accountId: 'old' }), account({ accountId: 'new' })]
					: [account({ accountId: 'new', aliases: ['old'], lifecycleStage: 'churned' })],
			events: twoRecords,
		});
		expect(standings(told)).toEqual(['old 1 ended churned', 'new 1 ended churned']);
	});

	it('a merge turned round leaves one record alive, a circle hangs nothing', () => {
		const ledger = new LedgerModel();
		ledger.aliases.set('acme', 'dup');
		const told = simulate({
			ledger,
			sweeps: [at('2026-03-02 10:00')],
			accounts: [account({ aliases: ['dup', 'acme'] }), account({ accountId: 'dup' })],
			events: [created('2026-03-02 10:00')],
		});
		expect(told.sent.map(({ accountId }) => accountId)).toEqual(['acme']);
	});

	it('an unsubscribed, excluded or churned alias does not silence the survivor', () => {
		const told = simulate({
			sweeps: everyHours('2026-03-02 10:00', '2026-03-04 10:00'),
			accounts: (now) =>
				now < at('2026-03-03 10:00')
					? [account(), account({ accountId: 'dup', excluded: true })]
					: [account({ aliases: ['dup'] }), account({ accountId: 'dup', excluded: true })],
			events: [created('2026-03-02 10:00'), created('2026-03-01 10:00', { accountId: 'dup' })],
		});
		expect(stepsOf(told)).toEqual(['welcome', 'set-up-guide']);
	});
});

describe('a merge while something is under way (P32)', () => {
	const start = at('2026-03-02 10:00');
	const ada = [contact('ada', 'admin')];
	/** The older record has nobody yet who can be written to; the other one's people come with the merge, an hour later. */
	const merge = (fate: Fate, over: Partial<Story> = {}) =>
		simulate({
			sweeps: everyHours('2026-03-02 10:00', '2026-03-02 16:00'),
			accounts: (now) =>
				now === start
					? [
							account({ accountId: 'old', contacts: [] }),
							account({ accountId: 'new', contacts: ada }),
						]
					: [account({ accountId: 'old', aliases: ['new'], contacts: ada })],
			events: [
				created('2026-03-02 09:00', { accountId: 'old' }),
				created('2026-03-02 10:00', { accountId: 'new' }),
			],
			fate: (_touch, now) => (now === start ? fate : 'sent'),
			...over,
		});
	const welcomes = (told: Pick<Told, 'sent'>) =>
		told.sent.map(({ key, attempt }) => `${key} ${String(attempt)}`);
	const waiting = ({ ledger }: Told): string[] =>
		[...ledger.touches.values()]
			.filter(({ state }) => state === 'held' || state === 'failed')
			.map(({ key }) => key);

	it.each<[string, Fate]>([
		['was handed out and nobody confirmed it', 'lost'],
		['may have arrived and is to be sent again', 'unanswered'],
		['was put off', 'putOff'],
	])(
		'what %s goes on under the key it began with, and nothing else is left waiting',
		(_what, fate) => {
			const told = merge(fate);
			expect(welcomes(told)).toEqual([
				'onboarding/1/new/welcome/ 1',
				'onboarding/1/new/welcome/ 2',
			]);
			expect(waiting(told)).toEqual([]);
			const welcome = told.ledger.touches.get('onboarding/1/new/welcome/');
			expect(welcome).toMatchObject({ state: 'sent', accountId: 'new', cycle: 1 });
		},
	);

	it('what was handed out and is confirmed late does not go again', () => {
		const told = merge('lost', {
			after: (now, ledger) => {
				if (now === start) return;
				ledger.settle('onboarding/1/new/welcome/', 'sent', now);
			},
			sweeps: [start, start + HOUR / 4, start + HOUR, start + 2 * HOUR],
		});
		expect(welcomes(told)).toEqual(['onboarding/1/new/welcome/ 1']);
		expect(waiting(told)).toEqual([]);
	});

	it('its attempts are counted on: after three it is given up', () => {
		const told = merge('lost', { fate: ({ channel }) => (channel === 'email' ? 'lost' : 'sent') });
		expect(told.sent.map(({ step }) => step)).toEqual([
			'welcome',
			'welcome',
			'welcome',
			'reach-by-hand',
		]);
	});

	it('two records that both wait for their hour become one message', () => {
		const told = simulate({
			journey: onboarding({ endsAtFirstValue: false }),
			sweeps: everyHours('2026-03-07 10:00', '2026-03-09 12:00', 2),
			accounts: (now) =>
				now < at('2026-03-08 10:00')
					? ['old', 'new'].map((accountId) =>
							account({ accountId, contacts: [contact(accountId, 'admin')] }),
						)
					: [account({ accountId: 'old', aliases: ['new'], contacts: [contact('old', 'admin')] })],
			events: ['old', 'new'].map((accountId) => created('2026-03-05 09:00', { accountId })),
		});
		expect(diary(told).filter((line) => line.includes('set-up-guide'))).toHaveLength(1);
		expect(waiting(told).filter((key) => key.includes('set-up-guide'))).toEqual([]);
	});
});

describe('a merge of records in different cycles', () => {
	const isMail = ({ touch }: Told['sent'][number]): boolean => touch.channel === 'email';

	it('does not send again what the other record got, though that was its first cycle (P32)', () => {
		const told = simulate({
			sweeps: everyHours('2026-03-02 10:00', '2026-03-20 10:00'),
			accounts: (now) =>
				now < at('2026-03-04 12:00')
					? [
							account({ accountId: 'a', contacts: [contact('ada', 'admin')] }),
							// begun afresh, with nobody to write to
							account({ accountId: 'b', contacts: [] }),
						]
					: [account({ accountId: 'a', aliases: ['b'] })],
			events: [
				created('2026-03-02 10:00', { accountId: 'a' }),
				created('2026-03-01 10:00', { accountId: 'b' }),
				event('onboarding_restarted', '2026-03-04 11:00', { accountId: 'b' }),
			],
		});
		const steps = told.sent.filter(isMail).map(({ step }) => step);
		expect(steps).toEqual([...new Set(steps)]);
		expect(steps).toContain('set-up-guide');
	});

	it('a customer who returns after the merge gets every message again (P17)', () => {
		const told = simulate({
			sweeps: everyHours('2026-03-02 10:00', '2026-03-24 10:00'),
			accounts: (now) =>
				now < at('2026-03-03 09:00')
					? [account({ accountId: 'a', contacts: [] }), account({ accountId: 'b' })]
					: [account({ accountId: 'a', aliases: ['b'] })],
			events: [
				created('2026-03-02 10:00', { accountId: 'a' }),
				created('2026-03-02 10:00', { accountId: 'b' }),
				event('onboarding_restarted', '2026-03-12 10:00', { accountId: 'a' }),
			],
		});
		const welcomed = told.sent.filter(({ step }) => step === 'welcome');
		expect(welcomed.map(({ at: when }) => when)).toEqual([
			at('2026-03-02 10:00'),
			at('2026-03-12 10:00'),
		]);
		expect(told.sent.filter(({ step }) => step === 'set-up-guide')).toHaveLength(2);
	});
});
