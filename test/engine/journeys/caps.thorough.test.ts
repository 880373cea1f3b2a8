import { DateTime } from 'luxon';
import type { Journey } from '../../../engine/journeys/definition';
import { dice, pick } from '../../harness/dice';
import { ALWAYS_OPEN, journey, mail } from './journeys';
import { openMemoryLedger } from '../../../ledger/sqlite';
import { LedgerModel } from './ledgerModel';
import { realSweep } from './realSweep';
import { account, at, contact, DAY, HOUR, simulate, type Fate, type Sent } from './simulate';

/** 100,000 random timelines of one address that five journeys want to write to: no window ever holds more than its cap (P04). */
const TIMELINES = 100_000;
/** Of these, so many run on the ledger itself, a batch of accounts at a time. */
const REAL = { batches: 200, accounts: 25 };
const SWEEPS = 6;
const ZONES = ['Europe/Berlin', 'America/New_York', 'Pacific/Honolulu', 'Asia/Kolkata'] as const;

const steps = (atOnce = false) => [mail('daily', { type: 'everyDays', days: 1 }, { atOnce })];
const always = { sendingHours: ALWAYS_OPEN };
const JOURNEYS: [Journey, ...Journey[]] = [
	journey(steps(), { ...always, id: 'service', type: 'renewal' }),
	journey(steps(true), {
		...always,
		id: 'welcome',
		type: 'onboarding',
		start: { type: 'conditions' },
	}),
	journey(steps(), { ...always, id: 'marketing', type: 'education' }),
	journey(steps(), { ...always, id: 'campaign', type: 'campaign' }),
	journey(steps(), { ...always, id: 'digest', type: 'digest' }),
];

function timeline(seed: number): { sent: Sent[]; zone: string } {
	const roll = dice(seed);
	const zone = pick(roll, ZONES);
	const ledger = new LedgerModel();
	const accounts = [account({ timezone: zone, contacts: [contact('ada', 'admin')] })];
	const sent: Sent[] = [];
	// changes of clocks in March and in autumn
	let now = at('2026-03-20 00:00') + Math.floor(roll() * 240 * DAY);
	for (let sweep = 0; sweep < SWEEPS; sweep++) {
		now += wait(roll);
		const fate = (): Fate => (roll() < 0.1 ? 'lost' : 'sent');
		sent.push(
			...simulate({ sweeps: [now], accounts, journey: pick(roll, JOURNEYS), ledger, fate }).sent,
		);
	}
	return { sent, zone };
}

/** Just before and after a day, or a week, is where a cap breaks. */
function wait(roll: () => number): number {
	const near = pick(roll, [HOUR, DAY, DAY, 2 * DAY, 7 * DAY]);
	return Math.max(1, Math.floor(near + (roll() - 0.5) * 2 * HOUR));
}

/** Timelines of many addresses that are swept together; they share their zone and the hours of the sweeps. */
async function realTimelines(seed: number): Promise<{ sent: Sent[]; zone: string }[]> {
	const roll = dice(seed);
	const ledger = openMemoryLedger();
	const zone = pick(roll, ZONES);
	const accounts = Array.from({ length: REAL.accounts }, (_nothing, index) =>
		account({
			accountId: `a${String(index)}`,
			timezone: zone,
			contacts: [contact(`p${String(index)}`, 'admin')],
		}),
	);
	const sent: Sent[] = [];
	let now = at('2026-03-20 00:00') + Math.floor(roll() * 240 * DAY);
	for (let sweep = 0; sweep < SWEEPS; sweep++) {
		now += wait(roll);
		// some are wanted by two journeys in the same instant
		const wanted = accounts.map(() => [
			pick(roll, JOURNEYS),
			...(roll() < 0.3 ? [pick(roll, JOURNEYS)] : []),
		]);
		const racing = JOURNEYS.map(
			(one) => [one, accounts.filter((_account, index) => wanted[index]?.includes(one))] as const,
		);
		const fate = () => (roll() < 0.1 ? 'lost' : 'sent');
		sent.push(...(await realSweep(ledger, racing, now, fate)));
	}
	await ledger.close();
	return accounts.map(({ accountId }) => ({
		sent: sent.filter((one) => one.accountId === accountId),
		zone,
	}));
}

/** What the caps forbid before this one; the clock's own day, by another calendar than the engine's. */
function breaks(mail: Sent, before: readonly Sent[], zone: string): boolean {
	if (mail.step === 'welcome' || mail.touch.journey === 'welcome') return false;
	const date = (time: number) => DateTime.fromMillis(time, { zone }).startOf('day');
	// what died before it was handed to a channel never reached the address
	return before.some((other) => {
		if (other.key === mail.key || other.fate !== 'sent') return false;
		if (other.at > mail.at - DAY) return true;
		const counts = other.touch.journey !== 'digest';
		const isMarketing = mail.touch.journey === 'marketing' || mail.touch.journey === 'campaign';
		if (!isMarketing || !counts || other.at < mail.at - 9 * DAY) return false;
		return date(mail.at).diff(date(other.at), 'days').days < 6.5;
	});
}

/** Throws where a timeline breaks a cap, and counts what each journey sent. */
function check(name: string, { sent, zone }: { sent: Sent[]; zone: string }, sentBy: Counts): void {
	for (const [index, mail] of sent.entries()) {
		const { journey: id } = mail.touch;
		sentBy.set(id, 1 + (sentBy.get(id) ?? 0));
		if (breaks(mail, sent.slice(0, index), zone))
			throw new Error(
				`${name}: ${JSON.stringify(sent.map((one) => [one.touch.journey, new Date(one.at).toISOString()]))}`,
			);
	}
}

type Counts = Map<string, number>;

/** The caps were tried, not merely never reached. */
function expectMuch(sentBy: Counts, timelines: number): void {
	expect([...sentBy.keys()].sort()).toEqual(JOURNEYS.map(({ id }) => id).sort());
	for (const count of sentBy.values()) expect(count).toBeGreaterThan(timelines / 50);
}

it(`in ${String(TIMELINES)} timelines no address gets more than its cap, and mail does go out`, () => {
	const sentBy: Counts = new Map();
	for (let seed = 1; seed <= TIMELINES; seed++)
		check(`timeline ${String(seed)}`, timeline(seed), sentBy);
	expectMuch(sentBy, TIMELINES);
}, 300_000);

it('nor on the ledger itself, in some thousands of them', async () => {
	const sentBy: Counts = new Map();
	for (let seed = 1; seed <= REAL.batches; seed++) {
		for (const [index, one] of (await realTimelines(seed)).entries())
			check(`batch ${String(seed)}, account ${String(index)}`, one, sentBy);
	}
	expectMuch(sentBy, REAL.batches * REAL.accounts);
}, 300_000);
