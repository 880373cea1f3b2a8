import { DateTime } from 'luxon';
import { ALWAYS_OPEN, byFlags, journey, mail } from './journeys';
import { LedgerModel } from './ledgerModel';
import {
	account,
	at,
	contact,
	diary,
	event,
	everyHours,
	simulate,
	ZONE,
	type Fate,
} from './simulate';

/** P24: at least 14 local dates between two education e-mails to one address, of whichever account it is the admin. */
const tips = (over: object = {}) =>
	journey([mail('tip', { type: 'everyDays', days: 14 })], {
		id: 'tips',
		type: 'education',
		sendingHours: ALWAYS_OPEN,
		...over,
	});
const HONOLULU = 'Pacific/Honolulu';
const of = (accountId: string, over: Record<string, unknown> = {}) =>
	account({ accountId, hot: true, contacts: [contact('ada', 'admin', over)] });
const BOTH = [of('first'), of('second')];
const run = (story: Partial<Parameters<typeof simulate>[0]>) =>
	simulate({
		accounts: BOTH,
		journey: tips(),
		conditions: byFlags,
		sweeps: [at('2026-03-02 10:00')],
		...story,
	});

it('who is the admin of two accounts gets a tip every two weeks, as everybody else', () => {
	const told = run({ sweeps: everyHours('2026-03-02 10:00', '2026-04-14 10:00') });
	expect(diary(told).map((line) => line.slice(0, 9))).toEqual([
		'Mon 03-02',
		'Mon 03-16',
		'Mon 03-30',
		'Mon 04-13',
	]);
});

it('the other account waits, with its reason, until the fourteenth date', () => {
	const { ledger } = run({});
	const waiting = [...ledger.touches.values()].find(({ accountId }) => accountId === 'second');
	expect(waiting).toMatchObject({
		state: 'held',
		nextAt: at('2026-03-16 00:00'),
		reasons: [{ code: 'capped', days: 14 }],
	});
});

it.each([
	['the last minute of the thirteenth date', '2026-03-15 23:59', 0],
	['the first of the fourteenth', '2026-03-16 00:00', 1],
])('of two journeys: on %s where the reader is', (_what, local, count) => {
	const ledger = new LedgerModel();
	const there = [of('first', { timezone: HONOLULU })];
	run({ ledger, accounts: there, sweeps: [at('2026-03-02 20:00', HONOLULU)] });
	const again = { ledger, accounts: there, journey: tips({ id: 'more' }) };
	expect(run({ ...again, sweeps: [at(local, HONOLULU)] }).sent).toHaveLength(count);
});

it('two sweeps at the same moment: one mail', () => {
	const ledger = new LedgerModel();
	const racing = { ledger, sweeps: [at('2026-03-02 10:00')] };
	const told = run({
		...racing,
		accounts: [of('first')],
		// without the caps of P04 it is this rule alone that refuses
		journey: tips({ capHours: 0, marketingDays: 0 }),
		conditions: (accounts) => ({
			...byFlags(accounts),
			step: () => {
				run({ ...racing, accounts: [of('second')], journey: tips({ id: 'more' }) });
				return true;
			},
		}),
	});
	expect(told.sent).toEqual([]);
	expect(ledger.touches.get('tips/1/first/tip/1')).toMatchObject({
		state: 'held',
		reasons: [{ code: 'capped' }],
	});
});

it.each([
	['a campaign a week before a tip', tips({ id: 'invites', type: 'campaign' }), tips()],
	['a tip a week before a campaign', tips(), tips({ id: 'invites', type: 'campaign' })],
	// each digest is about its own account
	['a digest of one account, a tip of the other', tips({ id: 'd', type: 'digest' }), tips()],
])('is about tips only: %s', (_what, before, then) => {
	const ledger = new LedgerModel();
	run({ ledger, accounts: [of('first')], journey: before });
	const told = run({
		ledger,
		accounts: [of('second')],
		journey: then,
		sweeps: [at('2026-03-09 10:00')],
	});
	expect(told.sent).toHaveLength(1);
});

it('a tip that bounced does not count, one that was put off for now does', () => {
	const sent = (hard: boolean): string[] => {
		const ledger = new LedgerModel();
		run({ ledger, accounts: [of('first')] });
		const contactOf = { accountId: 'first', contact: 'Ada@acme.example', data: { hard } };
		const told = run({
			ledger,
			accounts: [of('second')],
			events: [event('bounced', '2026-03-02 11:00', contactOf)],
			sweeps: everyHours('2026-03-03 10:00', '2026-03-20 10:00', 24),
		});
		return told.sent.map(({ at: when }) =>
			DateTime.fromMillis(when, { zone: ZONE }).toFormat('MM-dd'),
		);
	};
	// P04: a week without any mail, all the same
	expect(sent(true)).toEqual(['03-09']);
	expect(sent(false)).toEqual(['03-16']);
});

it.each<Fate>(['lost', 'unanswered'])(
	'a tip that nobody confirmed (%s) does not wait for itself, though another mail came since',
	(fate) => {
		const ledger = new LedgerModel();
		run({ ledger, accounts: [of('first')], fate: () => fate });
		const welcome = journey(
			[mail('hello', { type: 'daysAfterStart', days: 0 }, { atOnce: true })],
			{
				id: 'welcome',
			},
		);
		run({ ledger, accounts: [of('second')], journey: welcome, sweeps: [at('2026-03-02 10:05')] });
		const told = run({
			ledger,
			accounts: [of('first')],
			sweeps: everyHours('2026-03-02 11:00', '2026-03-12 11:00', 24),
		});
		expect(diary(told)).toEqual(['Mon 03-09 11:00 tip 1 → ada']);
	},
);
