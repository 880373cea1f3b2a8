import { DateTime } from 'luxon';
import { advanceJourney } from '../../../engine/journeys/advance';
import type { JourneyMemory } from '../../../engine/journeys/memory';
import { journey, mail } from './journeys';
import { LedgerModel } from './ledgerModel';
import { account, DAY, HOUR } from './simulate';

/** Every change of clocks 2025–2030 in every zone that Node knows: no timer is a minute off (P01). */
const ZONES = Intl.supportedValuesOf('timeZone');
const FROM = Date.UTC(2025, 0, 1);
const TO = Date.UTC(2031, 0, 1);
const AFTER = 3;

const dated = journey(
	[
		mail('after', { type: 'daysAfterStart', days: AFTER }, { channel: 'record' }),
		mail(
			'before',
			{ type: 'daysBeforeDate', field: 'renewalDate', days: AFTER },
			{ channel: 'record' },
		),
	],
	{ start: { type: 'customerCreated' }, endsAtFirstValue: false },
);

/** Moments just before which and at which the clock of a zone is changed. */
function changesOf(zone: string): number[] {
	const offset = (at: number): number => DateTime.fromMillis(at, { zone }).offset;
	const changes: number[] = [];
	for (let day = FROM; day < TO; day += 7 * DAY) {
		if (offset(day) === offset(day + 7 * DAY)) continue;
		let [low, high] = [day, day + 7 * DAY];
		while (high - low > 60_000) {
			const middle = Math.floor((low + high) / 120_000) * 60_000;
			if (offset(middle) === offset(low)) low = middle;
			else high = middle;
		}
		changes.push(high);
	}
	return changes;
}

/** What is due at `now` for a customer who came at `anchor`. */
function dueAt(now: number, anchor: number, zone: string, renewalDate?: string): string[] {
	const memory: JourneyMemory = new LedgerModel().recall(dated.id, false, anchor);
	const started = { ...memory, startedAt: anchor };
	const one = account({ timezone: zone, createdAt: new Date(anchor).toISOString(), renewalDate });
	const [decision] = advanceJourney(dated, [one], started, { now, dry: false });
	return (decision?.touches ?? []).map(({ touch }) => touch.stepId);
}

it('over every change of clocks a step falls due at the same time of day, neither a minute early nor late', () => {
	let checked = 0;
	for (const zone of ZONES) {
		for (const change of changesOf(zone)) {
			// before the change at all times of day, so that some fall due in the hour that is skipped or comes twice
			for (const hours of [-2.5, -26.5, -50, -71.5]) {
				const anchor = change + hours * HOUR;
				const due = DateTime.fromMillis(anchor, { zone }).plus({ days: AFTER }).toMillis();
				const [early, late] = [dueAt(due - 60_000, anchor, zone), dueAt(due, anchor, zone)];
				checked++;
				if (early.includes('after') || !late.includes('after'))
					throw new Error(
						`${zone}: ${new Date(anchor).toISOString()} plus ${String(AFTER)} days is ${new Date(due).toISOString()}`,
					);
			}
			const date = DateTime.fromMillis(change, { zone }).plus({ days: 1 });
			const starts = date.minus({ days: AFTER }).startOf('day').toMillis();
			const text = date.toISODate() ?? '';
			const anchor = starts - 10 * DAY;
			const [early, late] = [
				dueAt(starts - 60_000, anchor, zone, text),
				dueAt(starts, anchor, zone, text),
			];
			checked++;
			if (early.includes('before') || !late.includes('before'))
				throw new Error(
					`${zone}: ${String(AFTER)} days before ${text} starts at ${new Date(starts).toISOString()}`,
				);
		}
	}
	expect(ZONES.length).toBeGreaterThan(400);
	expect(checked).toBeGreaterThan(5_000);
}, 300_000);
