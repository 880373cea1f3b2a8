import { DateTime } from 'luxon';
import type { Account } from '../../../engine/accounts/account';
import { advanceJourney } from '../../../engine/journeys/advance';
import type { PlannedTouch } from '../../../engine/journeys/decideTouches';
import type { PauseScope } from '../../../ledger/ledger';
import { openMemoryLedger } from '../../../ledger/sqlite';
import { dice, pick } from '../../harness/dice';
import { journey, mail } from './journeys';
import { LedgerModel } from './ledgerModel';
import { claimOf, plan } from './realSweep';
import { account, at, contact, DAY, HOUR } from './simulate';

/**
 * 100,000 cases of a message that is due at some moment, somewhere, for people some of whom may not be written to, while
 * unsubscribes, pauses and stops come in before or after it was decided: none leaves that may not (P02, P12, P33).
 */
const CASES = 100_000;
const ZONES = Intl.supportedValuesOf('timeZone') as [string, ...string[]];
const one = journey([mail('hello', { type: 'daysAfterStart', days: 0 })]);
const NAMES = ['ada', 'dee', 'cha'] as const;
type Change = 'unsubscribe' | 'stop' | 'pauseAccount' | 'pauseAddress' | 'bounce' | 'nothing';
const CHANGES: [Change, ...Change[]] = [
	'unsubscribe',
	'stop',
	'pauseAccount',
	'pauseAddress',
	'bounce',
	'nothing',
	'nothing',
];
/** Of these, so many run on the ledger itself. */
const REAL = { batches: 100, accounts: 50 };

function play(seed: number): { left: boolean; wrong: string | undefined } {
	const roll = dice(seed);
	const now = at('2026-01-05 00:00') + Math.floor(roll() * 350 * DAY);
	const zone = pick(roll, ZONES);
	const ledger = new LedgerModel();
	const forbidden = new Set<string>();
	const sends = { stopped: false };
	const happens = (change: Change): void => {
		const address = `${pick(roll, NAMES)}@acme.example`;
		const until = roll() < 0.5 ? now + HOUR : roll() < 0.5 ? now - 1 : undefined;
		const holds = until === undefined || until > now;
		const end = until === undefined ? {} : { until };
		if (change === 'unsubscribe' || change === 'bounce') {
			ledger.suppressed.add(address);
			forbidden.add(address);
		} else if (change === 'stop' || change === 'pauseAccount') {
			const scope = change === 'stop' ? 'all' : 'account';
			ledger.pause({ scope, id: change === 'stop' ? '' : 'acme', reason: 'asked', ...end });
			sends.stopped ||= holds;
		} else if (change === 'pauseAddress') {
			ledger.pause({ scope: 'address', id: address, reason: 'asked', ...end });
			if (holds) forbidden.add(address);
		}
	};
	const people = NAMES.map((name) => person(roll, name, forbidden));
	const accounts = [account({ timezone: zone, contacts: people })];
	happens(pick(roll, CHANGES));
	const [decision] = advanceJourney(one, accounts, ledger.recall(one.id, false, now), {
		now,
		dry: false,
	});
	// the race: it comes after the decision and before the claim
	happens(pick(roll, CHANGES));
	const [planned] = decision?.touches ?? [];
	if (planned === undefined) return { left: false, wrong: undefined };
	const { touch, caps, yieldsUntil, maxAttempts } = planned;
	const claim = ledger.claim({ touch, caps, yieldsUntil, maxAttempts, leaseMs: HOUR }, now);
	if (!claim.claimed) return { left: false, wrong: undefined };
	return { left: true, wrong: whyWrong(planned, accounts[0], now, sends.stopped, forbidden) };
}

function person(
	roll: () => number,
	name: string,
	forbidden: Set<string>,
): ReturnType<typeof contact> {
	const silent = roll() < 0.15;
	const state = silent
		? pick<object>(roll, [{ unsubscribed: true }, { status: 'left' }, { status: 'bounced' }])
		: {};
	if (silent) forbidden.add(`${name}@acme.example`);
	const own = roll() < 0.3 ? { timezone: pick(roll, ZONES) } : {};
	return contact(name, pick(roll, ['admin', 'user', 'decisionMaker']), { ...state, ...own });
}

/** Why a message must not leave now; undefined where it may. */
function whyWrong(
	{ to }: PlannedTouch,
	of: Account | undefined,
	now: number,
	stopped: boolean,
	forbidden: ReadonlySet<string>,
): string | undefined {
	const recipient = of?.contacts?.find(({ email }) => email === to);
	const local = DateTime.fromMillis(now, { zone: recipient?.timezone ?? of?.timezone });
	const open = local.weekday <= 5 && local.hour >= 9 && local.hour < 17;
	if (stopped) return 'it was stopped';
	if (forbidden.has(to)) return `${to} may not be written to`;
	return open ? undefined : `it is ${local.toFormat('ccc HH:mm')}`;
}

type Case = { account: Account; forbidden: Set<string>; paused: boolean; planned?: PlannedTouch };

/**
 * The same on the ledger itself, many accounts at one moment: what is changed before the decision, between it and the
 * claim, and between the claim and the moment the mail leaves. How many left.
 */
async function playReal(seed: number): Promise<number> {
	const roll = dice(seed);
	const now = at('2026-01-05 00:00') + Math.floor(roll() * 350 * DAY);
	const ledger = openMemoryLedger();
	let stopped = false;
	const cases = Array.from({ length: REAL.accounts }, (_nothing, index): Case => {
		const forbidden = new Set<string>();
		const contacts = NAMES.map((name) => person(roll, `${name}${String(index)}`, forbidden));
		const one = account({ accountId: `a${String(index)}`, timezone: pick(roll, ZONES), contacts });
		return { account: one, forbidden, paused: false };
	});
	const happens = async (): Promise<void> => {
		// one switch for everybody: thrown in some batches only
		if (roll() < 0.05) await stop({ scope: 'all', id: '' }, () => (stopped = true));
		for (const [index, one] of cases.entries()) {
			const own = pick(roll, CHANGES);
			const address = `${pick(roll, NAMES)}${String(index)}@acme.example`;
			if (own === 'unsubscribe' || own === 'bounce') {
				await ledger.suppress([{ address, reason: own }], now);
				one.forbidden.add(address);
			} else if (own === 'pauseAccount')
				await stop({ scope: 'account', id: one.account.accountId }, () => (one.paused = true));
			else if (own === 'pauseAddress')
				await stop({ scope: 'address', id: address }, () => one.forbidden.add(address));
		}
	};
	const stop = async (
		whom: { scope: PauseScope; id: string },
		forbid: () => unknown,
	): Promise<void> => {
		const until = roll() < 0.5 ? now + HOUR : roll() < 0.5 ? now - 1 : undefined;
		await ledger.pause(
			[{ ...whom, reason: 'asked', ...(until === undefined ? {} : { until }) }],
			0,
		);
		if (until === undefined || until > now) forbid();
	};
	const check = (one: Case, when: string): void => {
		if (one.planned === undefined) return;
		const halted = stopped || one.paused;
		const wrong = whyWrong(one.planned, one.account, now, halted, one.forbidden);
		if (wrong !== undefined) throw new Error(`batch ${String(seed)}: ${when} although ${wrong}`);
	};

	await happens();
	const accounts = cases.map((of) => of.account);
	for (const decision of await plan(ledger, one, accounts, now)) {
		const of = cases[decision.index];
		if (of !== undefined) [of.planned] = decision.touches;
	}
	await happens();
	const planned = cases.filter((of) => of.planned !== undefined);
	const claims = planned.flatMap((of) => (of.planned === undefined ? [] : [claimOf(of.planned)]));
	const results = await ledger.claim(claims, now);
	const claimed = planned.filter((_case, index) => results[index]?.claimed === true);
	for (const of of claimed) check(of, 'claimed');
	await happens();
	const keys = claimed.flatMap((of) => (of.planned === undefined ? [] : [of.planned.touch.key]));
	const grants = await ledger.beginSending(keys, now);
	const left = claimed.filter((_case, index) => grants[index] === 'granted');
	for (const of of left) check(of, 'sent');
	await ledger.close();
	return left.length;
}

it(`in ${String(CASES)} cases nothing leaves that may not, and much does`, () => {
	let left = 0;
	for (let seed = 1; seed <= CASES; seed++) {
		const result = play(seed);
		if (result.wrong !== undefined)
			throw new Error(`case ${String(seed)}: sent although ${result.wrong}`);
		if (result.left) left++;
	}
	expect(left).toBeGreaterThan(CASES / 20);
}, 300_000);

it('nor on the ledger itself, in some thousands of them', async () => {
	let left = 0;
	for (let seed = 1; seed <= REAL.batches; seed++) left += await playReal(seed);
	expect(left).toBeGreaterThan((REAL.batches * REAL.accounts) / 50);
}, 300_000);
