import type { Account } from '../../../engine/accounts/account';
import type { Conditions } from '../../../engine/journeys/conditions';
import { human, journey, mail } from './journeys';
import {
	account,
	at,
	contact,
	event,
	everyHours,
	HOUR,
	simulate,
	type Story,
	type Told,
} from './simulate';

/** P09 and P10 for steps that health triggers in a journey that accounts are in for another reason (R46). */
const FIELD = 'renewalDate';
const renewal = journey(
	[
		mail('summary', { type: 'daysBeforeDate', field: FIELD, days: 90 }),
		human('conversation', { type: 'conditionsMet' }, { onHealth: true }),
		human('no-sponsor', { type: 'conditionsMet' }, { channel: 'alert' }),
		human('passed', { type: 'daysAfterDate', field: FIELD, days: 1 }, { channel: 'alert' }),
		human('help', { type: 'helpWanted' }),
	],
	{
		id: 'renewal',
		type: 'renewal',
		start: { type: 'beforeDate', field: FIELD, days: 90 },
		endAfterDays: 120,
		atGoLive: 'baseline',
	},
);

const GREEN = { score: 80, band: 'green' };
const RED = { score: 30, band: 'red' };
const bandOf = ({ health }: Account): unknown =>
	typeof health === 'object' && health !== null && 'band' in health ? health.band : undefined;

const byHealth = (accounts: readonly Account[]): Conditions => ({
	step: ({ id }, index) => {
		const one = accounts[index];
		if (one === undefined) return false;
		if (id === 'conversation') return bandOf(one) === 'red';
		if (id === 'no-sponsor') return one.sponsor === 'gone';
		return id !== 'summary' || bandOf(one) === 'green';
	},
});

/** Renews in June; in the window from 3 March on. */
function customer(index: number, over: object = {}): Account {
	const id = String(index);
	return account({
		accountId: `a${id}`,
		contacts: [contact(`p${id}`, 'admin')],
		renewalDate: '2026-06-01',
		health: GREEN,
		...over,
	});
}
const many = (count: number, of: (index: number) => object): Account[] =>
	Array.from({ length: count }, (_none, index) => customer(index, of(index)));

const GO_LIVE = at('2026-04-13 10:00');
const NEXT_DAY = at('2026-04-14 10:00');
const LATER = at('2026-04-15 10:00');
const run = (accounts: Story['accounts'], over: Partial<Story> = {}): Told =>
	simulate({
		sweeps: [...everyHours('2026-04-13 10:00', '2026-04-17 10:00', 6)],
		accounts,
		journey: renewal,
		conditions: byHealth,
		...over,
	});
const told = ({ sent }: Told, step: string): string[] =>
	sent.filter((one) => one.step === step).map(({ accountId }) => accountId);

describe('what holds already when the journey first runs (P09)', () => {
	const bad = run(many(40, () => ({ health: RED, sponsor: 'gone' })));

	it('is listed once and not triggered, however long it goes on', () => {
		expect(bad.sent).toEqual([]);
		const listed = new Map<string, number>();
		run(
			many(40, () => ({ health: RED, sponsor: 'gone' })),
			{
				after: (_now, _ledger, decisions) => {
					for (const { accountId, notes } of decisions)
						for (const { stepId, reasons } of notes)
							if (reasons[0]?.code === 'listed')
								listed.set(
									`${accountId} ${stepId}`,
									1 + (listed.get(`${accountId} ${stepId}`) ?? 0),
								);
				},
			},
		);
		expect(listed.size).toBe(80);
		expect([...listed.values()].every((times) => times === 1)).toBe(true);
	});

	it('triggers when it holds no longer and later again', () => {
		const up = run((now) => [
			customer(1, { health: now < LATER || now > LATER + 12 * HOUR ? RED : GREEN }),
		]);
		expect(told(up, 'conversation')).toEqual(['a1']);
		expect(up.sent.find(({ step }) => step === 'conversation')?.at).toBe(LATER + 18 * HOUR);
	});

	it('leaves what begins the next day to trigger as ever', () => {
		const turned = run((now) => [customer(1, { health: now < NEXT_DAY ? GREEN : RED })]);
		expect(told(turned, 'conversation')).toEqual(['a1']);
	});

	it('leaves whoever comes into the window later', () => {
		const late = run([customer(1, { renewalDate: '2026-07-15', health: RED, sponsor: 'gone' })]);
		// T-90 is 16 April
		expect(late.sent.map(({ step }) => step)).toEqual(['conversation', 'no-sponsor']);
	});

	it('lists dates that passed before, and tells of one that passes the day before', () => {
		const passed = (renewalDate: string): string[] =>
			told(run([customer(1, { renewalDate })]), 'passed');
		expect(passed('2026-03-20')).toEqual([]);
		expect(passed('2026-04-11')).toEqual([]);
		expect(passed('2026-04-12')).toEqual(['a1']);
		expect(passed('2026-04-14')).toEqual(['a1']);
	});

	it('is triggered where one chose to enroll whoever fits', () => {
		const chosen = run([customer(1, { health: RED })], {
			journey: { ...renewal, atGoLive: 'enroll' },
		});
		expect(told(chosen, 'conversation')).toEqual(['a1']);
	});
});

describe('what cannot be true (P10)', () => {
	/** So many of so many turn red two days after the go-live. */
	const turn =
		(hot: number, of: number, over: object = {}, until = Infinity): Story['accounts'] =>
		(now) =>
			many(of, (index) => ({
				health: index < hot && now >= LATER && now < until ? RED : GREEN,
				...over,
			}));

	it.each([
		['19 of 50: too few to be suspicious', 19, 50, 19],
		['20 of 100 are not more than 20 %', 20, 100, 20],
		['21 of 100', 21, 100, 0],
		['all of 100', 100, 100, 0],
	])('%s', (_what, hot, of, conversations) => {
		const mass = run(turn(hot, of));
		expect(told(mass, 'conversation')).toHaveLength(conversations);
		// on Wednesday, Thursday and Friday
		expect(mass.alarms).toHaveLength(conversations === 0 ? 3 : 0);
	});

	it('compares with the accounts in the journey: those that renew another time are no sign that all is well', () => {
		const others = Array.from({ length: 400 }, (_none, index) =>
			customer(1000 + index, { renewalDate: '2027-03-01' }),
		);
		const mass = run((now) => [
			...many(60, () => ({ health: now >= LATER ? RED : GREEN })),
			...others,
		]);
		expect(told(mass, 'conversation')).toEqual([]);
	});

	it('is forgotten once the data are mended', () => {
		const mended = run(turn(100, 100, {}, LATER + 12 * HOUR));
		expect(told(mended, 'conversation')).toEqual([]);
		expect(mended.alarms).toEqual([LATER]);
		expect([...mended.ledger.touches.values()].filter(({ state }) => state === 'held')).toEqual([]);
	});

	it('goes on where somebody looked and lets it through', () => {
		const letThrough = run(turn(100, 100), { journey: { ...renewal, holdMassTriggers: false } });
		expect(told(letThrough, 'conversation')).toHaveLength(100);
		expect(letThrough.alarms).toEqual([]);
	});

	it('is held on usage data older than 48 hours, however few they are', () => {
		const old = run(turn(3, 50, { usage: { asOf: '2026-04-12' } }));
		expect(told(old, 'conversation')).toEqual([]);
		expect(
			told(
				run(turn(3, 50, { usage: { asOf: '2026-04-14T12:00:00Z' } }), { sweeps: [GO_LIVE, LATER] }),
				'conversation',
			),
		).toHaveLength(3);
	});

	it('holds neither those who ask for a human nor what has nothing to do with health', () => {
		const mass = run(
			(now) =>
				many(100, (index) => ({
					health: now >= LATER ? RED : GREEN,
					sponsor: index === 5 && now >= LATER ? 'gone' : '',
				})),
			{ events: [event('reply_received', '2026-04-15 09:00', { accountId: 'a7' })] },
		);
		expect(told(mass, 'conversation')).toEqual([]);
		expect(told(mass, 'help')).toEqual(['a7']);
		expect(told(mass, 'no-sponsor')).toEqual(['a5']);
	});

	it('counts in pages as in one sweep, and tells once a day', () => {
		const pages = 10;
		const sweeps = [
			GO_LIVE,
			...Array.from({ length: pages }, (_none, page) => LATER + page * 60_000),
		];
		const all = many(100, () => ({}));
		const mass = run(
			(now) =>
				now === GO_LIVE
					? all
					: many(100, () => ({ health: RED })).slice(
							((now - LATER) / 60_000) * 10,
							((now - LATER) / 60_000) * 10 + 10,
						),
			{ sweeps },
		);
		// the first ten are too few to be suspicious
		expect(told(mass, 'conversation')).toHaveLength(10);
		expect(mass.alarms).toHaveLength(1);
	});
});
