import type { JourneyEvent } from '../../../engine/journeys/memory';
import {
	account,
	at,
	completed,
	contact,
	created,
	diary,
	event,
	everyHours,
	HOUR,
	simulate,
	stepsOf,
	touchStates,
	type Fate,
	type Told,
} from './simulate';
import { LedgerModel } from './ledgerModel';

const EVERYBODY = [
	contact('una', 'user'),
	contact('cha', 'champion'),
	contact('dee', 'decisionMaker'),
	contact('ada', 'admin'),
];
const welcomed = (contacts: unknown[], suppressed: string[] = []): string[] => {
	const ledger = new LedgerModel();
	for (const name of suppressed) ledger.suppressed.add(`${name}@acme.example`);
	return diary(
		simulate({
			ledger,
			sweeps: [at('2026-03-02 10:00')],
			accounts: [account({ contacts })],
			events: [created('2026-03-02 10:00')],
		}),
	).map((line) => line.slice(16));
};
const without =
	(...names: string[]) =>
	(over: Record<string, unknown>) =>
		EVERYBODY.map((one) =>
			names.some((name) => String(one.email).startsWith(name)) ? { ...one, ...over } : one,
		);

describe('an address that has unsubscribed gets nothing, whichever record says so (P12)', () => {
	it('twice in one account, in two spellings', () => {
		const contacts = [
			contact('ADA', 'admin'),
			{ ...contact('ada', 'user'), unsubscribed: true },
			contact('una', 'user'),
		];
		expect(welcomed(contacts)).toEqual(['welcome → una']);
	});

	it('in another account of the same sweep', () => {
		const shared = (accountId: string, unsubscribed: boolean) =>
			account({ accountId, contacts: [contact('ada', 'admin', { unsubscribed })] });
		const told = simulate({
			sweeps: [at('2026-03-02 10:00')],
			accounts: [shared('a', false), shared('b', true)],
			events: [
				created('2026-03-02 10:00', { accountId: 'a' }),
				created('2026-03-02 10:00', { accountId: 'b' }),
			],
		});
		expect(stepsOf(told)).toEqual(['reach-by-hand', 'reach-by-hand']);
	});
});

describe('a hand-over', () => {
	it.each([
		['carla@vendor.example', 'carla@vendor.example'],
		['Carla Jones', 'team@vendor.example'],
		['', 'team@vendor.example'],
	])('of an account whose success manager is "%s" goes to %s', (csm, to) => {
		const told = simulate({
			sweeps: [at('2026-03-16 10:00')],
			accounts: [account({ csm })],
			events: [created('2026-03-02 10:00')],
			ledger: begunAt('2026-03-02 10:00'),
		});
		expect(told.sent.filter(({ step }) => step === 'call').map((sent) => sent.to)).toEqual([to]);
	});
});

/** A ledger in which the journey has run before. */
function begunAt(local: string): LedgerModel {
	const ledger = new LedgerModel();
	ledger.begin('onboarding', false, at(local));
	return ledger;
}

describe('one contact: admin, then decision maker, champion, user (P11)', () => {
	it.each([
		['everybody', EVERYBODY, 'welcome → ada'],
		['the admin unsubscribed', without('ada')({ unsubscribed: true }), 'welcome → dee'],
		['the admin bounced', without('ada')({ status: 'bounced' }), 'welcome → dee'],
		['two left', without('ada', 'dee')({ status: 'left' }), 'welcome → cha'],
		['three gone', without('ada', 'dee', 'cha')({ status: 'left' }), 'welcome → una'],
		['all gone', without('ada', 'dee', 'cha', 'una')({ status: 'left' }), 'reach-by-hand → team'],
	])('%s', (_what, contacts, expected) => {
		expect(welcomed(contacts)).toEqual([expected]);
	});

	it('who is on the suppression list counts as unsubscribed, whatever the case of the letters (P12)', () => {
		expect(welcomed(EVERYBODY, ['ada'])).toEqual(['welcome → dee']);
		expect(welcomed([contact('ADA', 'admin'), contact('dee', 'user')], ['ada'])).toEqual([
			'welcome → dee',
		]);
	});

	it('two admins: the first as given', () => {
		expect(welcomed([contact('zoe', 'admin'), contact('ada', 'admin')])).toEqual(['welcome → zoe']);
	});
});

describe('an account whose contacts nobody knows yet: unknown is not unreachable', () => {
	const until = (local: string, contacts: (now: number) => unknown) =>
		simulate({
			sweeps: everyHours('2026-03-02 10:00', local),
			accounts: (now) => [account({ contacts: contacts(now) })],
			events: [created('2026-03-02 10:00')],
		});

	it.each([
		['no field at all', undefined],
		['an empty list', []],
	])('%s: its welcome waits for the CRM', (_what, none) => {
		const told = until('2026-03-03 09:00', (now) =>
			now >= at('2026-03-03 09:00') ? EVERYBODY : none,
		);
		expect(diary(told)).toEqual(['Tue 03-03 09:00 welcome → ada']);
		expect(touchStates(until('2026-03-02 12:00', () => none))).toEqual({
			welcome: 'held contactsUnknown',
		});
	});

	it('after a day a human is asked, once (P12)', () => {
		expect(diary(until('2026-03-05 10:00', () => []))).toEqual([
			'Tue 03-03 10:00 reach-by-hand → team',
		]);
	});

	it('a feed that loses the contacts for an hour calls nobody', () => {
		const told = until('2026-03-04 12:00', (now) =>
			now === at('2026-03-04 10:00') ? [] : EVERYBODY,
		);
		expect(diary(told)).toEqual([
			'Mon 03-02 10:00 welcome → ada',
			'Wed 03-04 11:00 set-up-guide → ada',
		]);
	});
});

describe('a mail that an address refuses for good (P11, P12)', () => {
	const refusing = (names: string[], contacts: unknown[]) =>
		simulate({
			sweeps: everyHours('2026-03-02 10:00', '2026-03-05 09:00'),
			accounts: [account({ contacts })],
			events: [created('2026-03-02 10:00')],
			fate: ({ address }) => (names.some((name) => address.startsWith(name)) ? 'refused' : 'sent'),
		});

	it('goes to the next contact, and so does the rest', () => {
		expect(diary(refusing(['ada'], EVERYBODY))).toEqual([
			'Mon 03-02 10:00 welcome → ada',
			'Mon 03-02 11:00 welcome → dee',
			'Wed 03-04 10:00 set-up-guide → dee',
		]);
	});

	it('with nobody left a human is asked, once', () => {
		expect(diary(refusing(['ada', 'dee'], EVERYBODY.slice(2)))).toEqual([
			'Mon 03-02 10:00 welcome → ada',
			'Mon 03-02 11:00 welcome → dee',
			'Mon 03-02 12:00 reach-by-hand → team',
		]);
	});
});

describe('whoever finished set-up herself never gets "getting started" (R32)', () => {
	const steps = ['connect-data', 'invite-team', 'first-report'];
	const two = [contact('ada', 'admin'), contact('dee', 'decisionMaker')];
	it.each([
		['the admin is marked as done', [{ ...two[0], setupCompletedAt: '2026-02-01' }, two[1]], []],
		// by somebody else's account: only who did every step is done; here another account's product says so per person
		['two steps of three are not all', two, steps.slice(0, 2)],
	])('%s', (_what, contacts, done) => {
		const told = simulate({
			sweeps: everyHours('2026-03-02 10:00', '2026-03-04 10:00'),
			accounts: [account({ contacts })],
			events: [
				created('2026-03-02 10:00'),
				...done.map((step) => completed(step, '2026-03-03 10:00', { contact: 'ADA@acme.example' })),
			],
		});
		expect(diary(told).map((line) => line.slice(16))).toEqual(
			done.length === 0
				? ['welcome → dee', 'set-up-guide → dee']
				: ['welcome → ada', 'set-up-guide → ada'],
		);
	});

	it('everybody is done though the account is not: nothing is sent, and no human is bothered', () => {
		const told = simulate({
			sweeps: everyHours('2026-03-02 10:00', '2026-03-04 10:00'),
			accounts: [
				account({ contacts: two.map((one) => ({ ...one, setupCompletedAt: '2026-02-01' })) }),
			],
			events: [created('2026-03-02 10:00')],
		});
		expect(stepsOf(told)).toEqual([]);
		expect(touchStates(told)).toMatchObject({ welcome: 'lapsed recipientsFinished' });
	});

	it('a person done gets the celebration all the same', () => {
		const told = simulate({
			sweeps: [at('2026-03-03 10:00')],
			accounts: [
				account({
					contacts: [{ ...two[0], setupCompletedAt: '2026-02-01' }],
					setup: { firstValueAt: '2026-03-03T09:00:00' },
				}),
			],
			events: [created('2026-03-02 10:00')],
		});
		expect(diary(told)).toContain('Tue 03-03 10:00 celebrate → ada');
	});
});

describe('a mail that may have reached somebody who then leaves (P11)', () => {
	const ann = contact('ann', 'admin');
	const bob = contact('bob', 'user');
	const left = { ...ann, status: 'left' };
	const hours = (contacts: (hour: number) => unknown[], fates: Fate[], count: number) => {
		const start = at('2026-03-04 10:00');
		return simulate({
			sweeps: Array.from({ length: count }, (_nothing, hour) => start + hour * HOUR),
			accounts: (now) => [account({ contacts: contacts((now - start) / HOUR) })],
			events: [created('2026-03-04 10:00')],
			fate: (_touch, now) => fates[(now - start) / HOUR] ?? 'sent',
		});
	};
	const sentTo = ({ sent }: Told): string[] => sent.map(({ to, key }) => `${to} ${key}`);

	it('goes to the next under another key; the first stays as it is, and is the first one’s', () => {
		const told = hours((hour) => (hour === 0 ? [ann, bob] : [left, bob]), ['unanswered'], 4);
		expect(sentTo(told)).toEqual([
			'ann@acme.example onboarding/1/acme/welcome/',
			'bob@acme.example onboarding/1/acme/welcome//to-2',
		]);
		expect(told.ledger.touches.get('onboarding/1/acme/welcome/')).toMatchObject({
			state: 'failed',
			address: 'ann@acme.example',
		});
	});

	it('goes on under its own key when that person is the one to write to again', () => {
		const told = hours(
			(hour) => (hour === 1 ? [left, bob] : [ann, bob]),
			['unanswered', 'putOff', 'sent'],
			4,
		);
		expect(sentTo(told)).toEqual([
			'ann@acme.example onboarding/1/acme/welcome/',
			'bob@acme.example onboarding/1/acme/welcome//to-2',
			'ann@acme.example onboarding/1/acme/welcome/',
		]);
	});

	it('is sent again to the same person at once: its own cap does not hold it', () => {
		const told = hours(() => [ann, bob], ['unanswered', 'unanswered', 'sent'], 5);
		expect(told.sent.map(({ to, attempt }) => `${to} ${String(attempt)}`)).toEqual([
			'ann@acme.example 1',
			'ann@acme.example 2',
			'ann@acme.example 3',
		]);
	});

	it('what certainly did not arrive keeps its key', () => {
		const told = hours((hour) => (hour === 0 ? [ann, bob] : [left, bob]), ['putOff'], 3);
		expect(sentTo(told)).toEqual([
			'ann@acme.example onboarding/1/acme/welcome/',
			'bob@acme.example onboarding/1/acme/welcome/',
		]);
	});
});

describe('somebody who left, as an event says (P11)', () => {
	const told = (...events: JourneyEvent[]): string[] =>
		diary(
			simulate({
				sweeps: everyHours('2026-03-02 10:00', '2026-03-05 09:00'),
				accounts: [account({ contacts: EVERYBODY })],
				events: [created('2026-03-02 10:00'), ...events],
			}),
		);
	const left = (time: string, over: Partial<JourneyEvent> = {}): JourneyEvent =>
		event('contact_left', time, { contact: 'Ada@acme.example', ...over });

	it('gets nothing from then on: the next contact does', () => {
		expect(told(left('2026-03-03 12:00'))).toEqual([
			'Mon 03-02 10:00 welcome → ada',
			'Wed 03-04 10:00 set-up-guide → dee',
		]);
	});

	it('is reached again once they do something there themselves', () => {
		const back = event('booked', '2026-03-03 13:00', { contact: 'ada@acme.example' });
		expect(told(left('2026-03-03 12:00'), back).at(-1)).toBe('Wed 03-04 10:00 set-up-guide → ada');
		expect(told(back, left('2026-03-03 14:00')).at(-1)).toBe('Wed 03-04 10:00 set-up-guide → dee');
	});

	it('what a machine reports of them brings nobody back', () => {
		const report = event('delivered', '2026-03-03 13:00', { contact: 'ada@acme.example' });
		expect(told(left('2026-03-03 12:00'), report).at(-1)).toBe(
			'Wed 03-04 10:00 set-up-guide → dee',
		);
	});

	it('of one account is still written to for another, and so is everybody where the event names nobody', () => {
		expect(told(left('2026-03-03 12:00', { accountId: 'other' })).at(-1)).toContain('ada');
		expect(told(left('2026-03-03 12:00', { contact: undefined })).at(-1)).toContain('ada');
	});
});
