import { DateTime } from 'luxon';
import type { Journey } from '../../../engine/journeys/definition';
import { dice, pick } from './dice';
import { ALWAYS_OPEN, journey, mail } from './journeys';
import { LedgerModel } from './ledgerModel';
import { account, at, contact, DAY, HOUR, simulate, type Fate, type Sent } from './simulate';

/** 100,000 random timelines of one address that five journeys want to write to: no window ever holds more than its cap (P04). */
const TIMELINES = 100_000;
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
		// just before and after a day, or a week, is where a cap breaks
		const near = pick(roll, [HOUR, DAY, DAY, 2 * DAY, 7 * DAY]);
		now += Math.max(1, Math.floor(near + (roll() - 0.5) * 2 * HOUR));
		const fate = (): Fate => (roll() < 0.1 ? 'lost' : 'sent');
		sent.push(
			...simulate({ sweeps: [now], accounts, journey: pick(roll, JOURNEYS), ledger, fate }).sent,
		);
	}
	return { sent, zone };
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

it(`in ${String(TIMELINES)} timelines no address gets more than its cap, and mail does go out`, () => {
	const sentBy = new Map<string, number>();
	for (let seed = 1; seed <= TIMELINES; seed++) {
		const { sent, zone } = timeline(seed);
		for (const [index, mail] of sent.entries()) {
			sentBy.set(mail.touch.journey, 1 + (sentBy.get(mail.touch.journey) ?? 0));
			if (breaks(mail, sent.slice(0, index), zone))
				throw new Error(
					`timeline ${String(seed)}: ${JSON.stringify(sent.map((one) => [one.touch.journey, new Date(one.at).toISOString()]))}`,
				);
		}
	}
	// the caps were tried, not merely never reached
	expect([...sentBy.keys()].sort()).toEqual(JOURNEYS.map(({ id }) => id).sort());
	for (const count of sentBy.values()) expect(count).toBeGreaterThan(TIMELINES / 50);
}, 300_000);
