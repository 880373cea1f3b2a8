import { ALWAYS_OPEN, byFlags, human, journey, mail } from './journeys';
import { LedgerModel } from './ledgerModel';
import {
	account,
	at,
	contact,
	diary,
	event,
	everyHours,
	simulate,
	touchStates,
	type Story,
} from './simulate';

const now = (type: 'daysAfterStart', days = 0) => ({ type, days });
const one = (over: Parameters<typeof journey>[1], step: Parameters<typeof mail>[2] = {}) =>
	journey([mail('hello', now('daysAfterStart'), step)], over);
const run = (story: Partial<Story>) =>
	simulate({
		sweeps: everyHours('2026-03-02 10:00', '2026-03-20 10:00', 24),
		accounts: [account({ hot: true })],
		conditions: byFlags,
		...story,
	});
const service = one({ id: 'service', type: 'intervention' });
const marketing = one({ id: 'marketing', type: 'education' });
const digest = one({ id: 'digest', type: 'digest' });

describe('caps count per address across journeys (P04)', () => {
	it.each([
		[
			'service after service: 24 hours, and the sweep 20 seconds early misses it',
			service,
			'Wed 03-04',
		],
		['marketing after service: seven local dates, however early the sweep', marketing, 'Mon 03-09'],
		['a digest after service: the 24 hours only', digest, 'Wed 03-04'],
	])('%s', (_what, second, day) => {
		const ledger = new LedgerModel();
		run({ ledger, journey: one({ id: 'before' }), sweeps: [at('2026-03-02 10:00')] });
		const told = run({
			ledger,
			journey: second,
			sweeps: everyHours('2026-03-03 10:00', '2026-03-20 10:00', 24),
		});
		expect(diary(told)[0]?.slice(0, 9)).toBe(day);
		expect([...ledger.touches.values()].find(({ journey: of }) => of === second.id)?.address).toBe(
			'ada@acme.example',
		);
	});

	it('marketing does not see a digest in its seven days, but in its 24 hours', () => {
		const ledger = new LedgerModel();
		run({ ledger, journey: digest, sweeps: [at('2026-03-02 10:00')] });
		const told = run({
			ledger,
			journey: marketing,
			sweeps: everyHours('2026-03-03 10:00', '2026-03-20 10:00', 24),
		});
		expect(diary(told)[0]?.slice(0, 9)).toBe('Wed 03-04');
	});

	it('what answers the customer at once is exempt, and counts', () => {
		const ledger = new LedgerModel();
		run({ ledger, journey: service, sweeps: [at('2026-03-02 10:00')] });
		const welcome = one({ id: 'welcome' }, { atOnce: true });
		const told = run({ ledger, journey: welcome, sweeps: [at('2026-03-02 11:00')] });
		expect(diary(told)).toEqual(['Mon 03-02 11:00 hello → ada']);
		const next = run({
			ledger,
			journey: one({ id: 'next' }),
			sweeps: [at('2026-03-03 10:30'), at('2026-03-03 12:00')],
		});
		expect(diary(next)).toEqual(['Tue 03-03 12:00 hello → ada']);
	});

	it('what is due a week after a mail goes before the tip of that morning (P01, P05)', () => {
		const ledger = new LedgerModel();
		const help = journey(
			[
				mail('hello', now('daysAfterStart')),
				mail('again', { type: 'daysAfterFirstMessage', days: 7 }),
			],
			{ id: 'service', type: 'intervention' },
		);
		// the first one is confirmed 20 seconds after its sweep began
		run({ ledger, journey: help, sweeps: [at('2026-03-02 10:00')] });
		const again = run({ ledger, journey: help, sweeps: [at('2026-03-09 10:00')] });
		const tip = run({ ledger, journey: marketing, sweeps: [at('2026-03-09 10:08')] });
		expect([diary(again), diary(tip)]).toEqual([['Mon 03-09 10:00 again → ada'], []]);
	});

	it('a message that nobody confirmed does not wait for itself', () => {
		const told = run({
			journey: marketing,
			sweeps: everyHours('2026-03-02 10:00', '2026-03-02 12:00'),
			fate: (_touch, time) => (time === at('2026-03-02 10:00') ? 'lost' : 'sent'),
		});
		expect(diary(told)).toEqual(['Mon 03-02 10:00 hello → ada', 'Mon 03-02 11:00 hello → ada']);
	});

	it('a claim that lost a race is held, with its reason and next time', () => {
		const ledger = new LedgerModel();
		const inBetween = run({
			ledger,
			journey: service,
			sweeps: [at('2026-03-02 10:00')],
			// between asking and claiming another journey writes to the address
			conditions: (accounts) => ({
				...byFlags(accounts),
				step: () => {
					run({ ledger, journey: one({ id: 'racer' }), sweeps: [at('2026-03-02 10:00')] });
					return true;
				},
			}),
		});
		expect(diary(inBetween)).toEqual([]);
		const held = ledger.touches.get('service/1/acme/hello/');
		expect([held?.state, held?.reasons[0]?.code, held?.nextAt]).toEqual([
			'held',
			'capped',
			at('2026-03-03 10:00'),
		]);
	});
});

describe('who goes first at an address (P05)', () => {
	/** A message of this type is held over the weekend; then one of the other comes on Sunday, by its own sending hours. */
	const clash = (waits: 'intervention' | 'education', comes: 'renewal' | 'campaign' | 'digest') => {
		const ledger = new LedgerModel();
		run({ ledger, journey: one({ id: 'waits', type: waits }), sweeps: [at('2026-03-08 12:00')] });
		const other = one({ id: 'comes', type: comes, sendingHours: ALWAYS_OPEN });
		const told = run({
			ledger,
			journey: other,
			sweeps: [at('2026-03-08 13:00'), at('2026-03-08 14:00')],
		});
		return [
			...diary(told),
			...[...ledger.touches.values()]
				.filter(({ state }) => state === 'held')
				.map(({ journey: of, reasons: [reason] }) => `${of} held: ${reason?.code ?? ''}`),
		];
	};
	it.each([
		['intervention', 'renewal'],
		['intervention', 'campaign'],
		['education', 'campaign'],
		['education', 'digest'],
	] as const)('%s waits for its slot: %s is deferred', (waits, comes) => {
		expect(clash(waits, comes)).toEqual(['waits held: sendingHours', 'comes held: yields']);
	});
	it('education waits: renewal goes', () => {
		expect(clash('education', 'renewal')).toEqual([
			'Sun 03-08 13:00 hello → ada',
			'waits held: sendingHours',
		]);
	});
	it('the deferred one is decided afresh after the other', () => {
		const ledger = new LedgerModel();
		const [high, low] = [
			one({ id: 'high' }),
			one({ id: 'low', type: 'campaign', marketingDays: 0 }),
		];
		const sent: string[] = [];
		for (const sweep of everyHours('2026-03-07 10:00', '2026-03-12 10:00', 1))
			for (const each of [low, high])
				for (const { key } of run({ ledger, journey: each, sweeps: [sweep] }).sent) sent.push(key);
		expect(sent).toEqual(['high/1/acme/hello/', 'low/1/acme/hello/']);
	});
	it('a journey that was switched off keeps nobody waiting for more than a day', () => {
		const ledger = new LedgerModel();
		run({ ledger, journey: one({ id: 'off' }), sweeps: [at('2026-03-07 12:00')] });
		const told = run({
			ledger,
			journey: one({ id: 'on', type: 'campaign' }),
			sweeps: everyHours('2026-03-09 10:00', '2026-03-12 10:00'),
		});
		expect(diary(told)).toEqual(['Tue 03-10 09:00 hello → ada']);
	});
});

describe('a human has the account (P06, P08)', () => {
	const handOver = (
		silences: 'everything' | 'thisJourney',
		type: 'expansion' | 'onboarding' = 'expansion',
	) => {
		const ledger = new LedgerModel();
		const sales = journey([human('to-sales', now('daysAfterStart'), { silences })], {
			id: 'sales',
			type,
		});
		run({ ledger, journey: sales, sweeps: [at('2026-03-02 10:00')] });
		return ledger;
	};
	it('a case of another journey silences this one; welcome and celebration still go', () => {
		const ledger = handOver('everything');
		const told = run({
			ledger,
			journey: journey([
				mail('news', now('daysAfterStart')),
				mail('party', now('daysAfterStart', 1), { atOnce: true }),
				human('call', now('daysAfterStart')),
				human('look', now('daysAfterStart'), { channel: 'alert' }),
			]),
		});
		expect(diary(told)).toEqual(['Mon 03-02 10:00 look → team', 'Tue 03-03 10:00 party → ada']);
		expect(touchStates(told)).toMatchObject({ news: 'lapsed caseOpen', call: 'lapsed joinedCase' });
	});
	it('who decided before that hand-over was made speaks no more, and opens no second case', () => {
		const ledger = new LedgerModel();
		const other = journey([human('to-sales', now('daysAfterStart'))], { id: 'other' });
		const sweeps = [at('2026-03-02 10:00')];
		let decided = false;
		const told = run({
			ledger,
			sweeps: [...sweeps, at('2026-03-02 10:30')],
			journey: journey([
				mail('news', now('daysAfterStart')),
				mail('party', { type: 'conditionsMet' }, { atOnce: true }),
				human('look', now('daysAfterStart'), { channel: 'alert' }),
			]),
			conditions: (accounts) => ({
				...byFlags(accounts),
				step: () => {
					if (!decided) run({ ledger, journey: other, sweeps });
					decided = true;
					return true;
				},
			}),
			after: (time, { touches }) => {
				if (time !== sweeps[0]) return;
				const held = touches.get('own/1/acme/news/');
				expect([held?.state, held?.reasons[0]?.code]).toEqual(['held', 'caseOpen']);
			},
		});
		expect(diary(told)).toEqual(['Mon 03-02 10:00 party → ada', 'Mon 03-02 10:00 look → team']);
		expect(touchStates(told).news).toBe('lapsed caseOpen');
	});
	it('nor does a second hand-over', () => {
		const ledger = new LedgerModel();
		const other = journey([human('to-sales', now('daysAfterStart'))], { id: 'other' });
		const told = run({
			ledger,
			sweeps: [at('2026-03-02 10:00'), at('2026-03-02 10:30')],
			journey: journey([human('call', now('daysAfterStart'))]),
			conditions: (accounts) => ({
				...byFlags(accounts),
				step: () => {
					run({ ledger, journey: other, sweeps: [at('2026-03-02 10:00')] });
					return true;
				},
			}),
		});
		expect(diary(told)).toEqual([]);
		expect(touchStates(told)).toEqual({ 'to-sales': 'sent', call: 'lapsed joinedCase' });
	});
	it('once it is resolved automation goes on', () => {
		const told = run({
			ledger: handOver('everything'),
			journey: journey([mail('news', now('daysAfterStart', 3))]),
			events: [event('case_resolved', '2026-03-04 10:00')],
		});
		expect(diary(told)).toEqual(['Thu 03-05 10:00 news → ada']);
	});
	it.each([
		['expansion', []],
		['renewal', ['Mon 03-02 10:00 hello → ada']],
	] as const)('a hand-over to sales: %s sends %j', (type, expected) => {
		const ledger = handOver('thisJourney');
		expect(diary(run({ ledger, journey: one({ id: 'other', type, marketingDays: 0 }) }))).toEqual(
			expected,
		);
	});
});

describe('pauses (P33)', () => {
	const both = journey([
		mail('news', now('daysAfterStart')),
		human('look', now('daysAfterStart'), { channel: 'alert' }),
		human('written', now('daysAfterStart'), { channel: 'record' }),
	]);
	const paused = (scope: 'all' | 'account' | 'address', id: string, until?: string) => {
		const ledger = new LedgerModel();
		ledger.pause({
			scope,
			id,
			reason: 'asked',
			...(until === undefined ? {} : { until: at(until) }),
		});
		return run({ ledger, journey: both });
	};
	it.each([
		['all', ''],
		['account', 'acme'],
		['address', 'ada@acme.example'],
	] as const)('of %s: messages wait, alerts and records go', (scope, id) => {
		const told = paused(scope, id, '2026-03-05 09:30');
		expect(diary(told)).toEqual([
			'Mon 03-02 10:00 look → team',
			'Mon 03-02 10:00 written',
			'Thu 03-05 10:00 news → ada',
		]);
	});
	it('without an end: held, with a time at which it is decided afresh', () => {
		const told = paused('all', '');
		expect(touchStates(told).news).toBe('held paused');
		const held = [...told.ledger.touches.values()].find(({ state }) => state === 'held');
		expect(held?.nextAt).toBe(at('2026-03-21 00:00'));
		expect(held?.address).toBe('ada@acme.example');
	});
	it('of somebody else changes nothing', () => {
		expect(diary(paused('account', 'other'))).toHaveLength(3);
		expect(diary(paused('address', 'bob@acme.example'))).toHaveLength(3);
	});
	it('of a merged record holds its survivor', () => {
		const ledger = new LedgerModel();
		ledger.aliases.set('old', 'acme');
		ledger.pause({ scope: 'account', id: 'old', reason: 'asked' });
		expect(touchStates(run({ ledger, journey: both })).news).toBe('held paused');
	});
});

describe('nobody to write to (P12)', () => {
	const mute = [
		account({ hot: true, contacts: [contact('ada', 'admin', { unsubscribed: true })] }),
	];
	const steps = [mail('news', now('daysAfterStart')), human('by-hand', { type: 'unreachable' })];
	it.each([
		['intervention', ['Mon 03-02 10:00 by-hand → team'], 'lapsed noReachableContact'],
		['education', [], 'held noReachableContact'],
	] as const)('in %s', (type, expected, state) => {
		const told = run({ accounts: mute, journey: journey(steps, { type }) });
		expect(diary(told)).toEqual(expected);
		expect(touchStates(told).news).toBe(state);
	});
});

it('renewal writes to the decision maker first, all others to the admin (P11)', () => {
	const people = [
		account({ hot: true, contacts: [contact('ada', 'admin'), contact('dee', 'decisionMaker')] }),
	];
	const to = (type: 'renewal' | 'intervention') =>
		run({ accounts: people, journey: one({ type }) }).sent[0]?.to;
	expect([to('renewal'), to('intervention')]).toEqual(['dee@acme.example', 'ada@acme.example']);
});

describe('a ramp (P09)', () => {
	const many = Array.from({ length: 30 }, (_nothing, index) =>
		account({
			hot: true,
			accountId: `a${String(index)}`,
			contacts: [contact(`p${String(index)}`, 'admin')],
		}),
	);
	it('lets so many messages out a day for the first days; human hand-overs are no part of it', () => {
		const told = run({
			accounts: many,
			journey: journey(
				[
					mail('news', now('daysAfterStart')),
					human('look', now('daysAfterStart'), { channel: 'alert' }),
				],
				{
					rampPerDay: 5,
					rampDays: 3,
				},
			),
			sweeps: everyHours('2026-03-02 10:00', '2026-03-06 16:00', 2),
		});
		const perDay = new Map<string, number>();
		for (const line of diary(told).filter((text) => text.includes('news')))
			perDay.set(line.slice(0, 3), 1 + (perDay.get(line.slice(0, 3)) ?? 0));
		expect([...perDay]).toEqual([
			['Mon', 5],
			['Tue', 5],
			['Wed', 5],
			['Thu', 15],
		]);
		expect(diary(told).filter((text) => text.includes('look'))).toHaveLength(30);
	});
	it('holds the others, with the reason, until the next day', () => {
		const told = run({
			accounts: many,
			journey: journey([mail('news', now('daysAfterStart'))], { rampPerDay: 5, rampDays: 3 }),
			sweeps: [at('2026-03-02 10:00')],
		});
		const held = [...told.ledger.touches.values()].filter(({ state }) => state === 'held');
		expect(held).toHaveLength(25);
		for (const { reasons, nextAt } of held)
			expect([reasons[0]?.code, nextAt]).toEqual(['ramp', at('2026-03-03 09:00')]);
	});
});
