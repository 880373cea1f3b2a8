import { DateTime } from 'luxon';
import type { Account } from '../../../engine/accounts/account';
import type { JourneyEvent } from '../../../engine/journeys/memory';
import {
	account,
	at,
	contact,
	DAY,
	HOUR,
	onboarding,
	simulate,
	type Fate,
	type Sent,
	type Told,
} from './simulate';
import { dice } from '../../harness/dice';

const ZONES = [
	'Europe/Berlin',
	'America/New_York',
	'Asia/Kolkata',
	'Pacific/Apia',
	'Pacific/Honolulu',
];
const STEPS = onboarding().checklist.map(({ step }) => step);
const ROLES = ['admin', 'decisionMaker', 'champion', 'user'];
const TYPES = [
	'customer_created',
	'set_up_step_completed',
	'set_up_step_completed',
	'set_up_step_completed',
	'first_value_reached',
	'reply_received',
	'case_resolved',
	'case_resolved',
	'churned',
	'customer_returned',
	'onboarding_restarted',
];
const ACCOUNTS = 25;
const SEEDS = Array.from({ length: 60 }, (_nothing, seed) => seed + 1);

type World = { told: Told; accounts: Account[]; events: JourneyEvent[] };

function world(seed: number): World {
	const roll = dice(seed);
	const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(roll() * list.length)];
	const start = at('2026-03-10 00:00') + Math.floor(roll() * 300) * DAY;
	const accounts = Array.from({ length: ACCOUNTS }, (_nothing, index) =>
		account({
			accountId: `a${String(index)}`,
			timezone: roll() < 0.7 ? pick(ZONES) : undefined,
			// few people for many accounts: addresses are shared
			contacts: Array.from({ length: Math.floor(roll() * 4) }, () =>
				contact(`p${String(Math.floor(roll() * 40))}`, pick(ROLES) ?? 'user', {
					timezone: roll() < 0.3 ? pick(ZONES) : undefined,
					unsubscribed: roll() < 0.1,
					status: roll() < 0.1 ? 'left' : 'active',
				}),
			),
			aliases: roll() < 0.1 ? [`a${String(Math.floor(roll() * ACCOUNTS))}`] : undefined,
			pausedUntil:
				roll() < 0.1 ? new Date(start + roll() * 20 * DAY).toISOString().slice(0, 10) : undefined,
			excluded: roll() < 0.03 ? 'test' : undefined,
			support: { openP1: roll() < 0.05 ? 1 : 0 },
		}),
	);
	const events: JourneyEvent[] = [];
	const add = (accountId: string, type: string, occurredAt: number): void => {
		const step = type === 'set_up_step_completed' ? pick(STEPS) : undefined;
		events.push({ id: String(events.length), accountId, type, occurredAt, step });
	};
	for (const { accountId } of accounts) {
		const began = start + (roll() * 30 - 10) * DAY;
		add(accountId, 'customer_created', began);
		for (let more = Math.floor(roll() * 8); more > 0; more--)
			add(accountId, pick(TYPES) ?? 'reply_received', began + roll() * 35 * DAY);
	}
	const sweeps: number[] = [];
	// now and then, sometimes not for days
	for (
		let now = start;
		now < start + 40 * DAY;
		now += roll() < 0.04 ? roll() * 6 * DAY : roll() * 9 * HOUR
	)
		sweeps.push(Math.floor(now));
	const fate = (): Fate => (roll() < 0.1 ? 'lost' : roll() < 0.03 ? 'refused' : 'sent');
	return { told: simulate({ sweeps, accounts, events, fate }), accounts, events };
}

const exempt = (step: string): boolean => step === 'welcome' || step === 'celebrate';
const isMail = ({ touch }: Told['sent'][number]): boolean => touch.channel === 'email';

describe.each(SEEDS)('world %d of random accounts, events, sweeps and mishaps', (seed) => {
	const { told, accounts, events } = world(seed);
	const mails = told.sent.filter(isMail);
	const capped = mails.filter(({ step }) => !exempt(step));

	it('is not empty', () => {
		expect(mails.length).toBeGreaterThan(5);
	});

	it('no mail but welcome and celebration goes to an address that had any within 24 hours (P04)', () => {
		for (const mail of capped) {
			// an exempt one may follow, even in the same sweep
			const before = mails.slice(0, mails.indexOf(mail));
			const near = before.filter(
				(other) =>
					other.touch.address === mail.touch.address &&
					other.key !== mail.key &&
					other.at > mail.at - DAY &&
					other.fate === 'sent',
			);
			expect(near).toEqual([]);
		}
	});

	it('and none outside Monday to Friday, 09:00 to 17:00 in the recipient’s zone (P02)', () => {
		for (const { at: when, accountId, to } of capped) {
			const owners = accounts.filter(
				(one) => one.accountId === accountId || one.aliases?.includes(accountId) === true,
			);
			const zones = owners.flatMap((one) =>
				(one.contacts ?? [])
					.filter(({ email }) => email === to)
					.map((person) => person.timezone ?? one.timezone ?? 'Europe/Berlin'),
			);
			const open = zones.some((zone) => {
				const local = DateTime.fromMillis(when, { zone });
				return local.weekday <= 5 && local.hour >= 9 && local.hour < 17;
			});
			expect(open).toBe(true);
		}
	});

	it('no key is handed out twice but after it was lost, and to a customer at most three times', () => {
		const times = new Map<string, Sent[]>();
		for (const one of told.sent) times.set(one.key, [...(times.get(one.key) ?? []), one]);
		for (const sent of times.values()) {
			expect(sent.map(({ attempt }) => attempt)).toEqual(sent.map((_one, index) => index + 1));
			const [{ touch } = { touch: undefined }] = sent;
			const forCustomer = touch?.channel !== 'human' && touch?.channel !== 'alert';
			if (forCustomer) expect(sent.length).toBeLessThanOrEqual(3);
			sent.slice(3).forEach((one, index) => {
				expect(one.at - (sent[index + 2]?.at ?? 0)).toBeGreaterThanOrEqual(DAY);
			});
		}
	});

	it('no mail goes to somebody who unsubscribed or left (P11, P12)', () => {
		const silent = (accountId: string, email: string): boolean =>
			accounts
				.filter((one) => one.accountId === accountId || one.aliases?.includes(accountId) === true)
				.every((one) =>
					(one.contacts ?? [])
						.filter((person) => person.email === email)
						.every((person) => person.unsubscribed || person.status === 'left'),
				);
		for (const { accountId, to } of mails) expect(silent(accountId, to)).toBe(false);
	});

	it('nothing about getting started after set-up was finished or first value reached (R32, P16)', () => {
		const about = new Set(
			onboarding()
				.steps.filter((step) => step.gettingStarted)
				.map(({ id }) => id),
		);
		for (const { accountId, at: when, step } of mails) {
			if (!about.has(step)) continue;
			const own = events.filter((one) => one.accountId === accountId && one.occurredAt <= when);
			const restart = Math.max(
				0,
				...own.filter(({ type }) => /returned|restarted/.test(type)).map((one) => one.occurredAt),
			);
			const since = own.filter(({ occurredAt }) => occurredAt >= restart);
			const done = new Set(since.map((one) => one.step).filter((one) => one !== undefined));
			// a merged record's restart may have wiped what this one's events say
			if (accounts.some((one) => one.aliases?.includes(accountId) === true)) continue;
			if (accounts.find((one) => one.accountId === accountId)?.aliases !== undefined) continue;
			expect(done.size).toBeLessThan(STEPS.length);
			expect(since.some(({ type }) => type === 'first_value_reached')).toBe(false);
		}
	});

	it('every decision not to send says when it is decided afresh, or why never', () => {
		for (const touch of told.ledger.touches.values()) {
			expect(touch.reasons.length).toBeGreaterThan(0);
			if (touch.state === 'held') expect(touch.nextAt).toBeGreaterThan(touch.changedAt);
		}
	});
});
