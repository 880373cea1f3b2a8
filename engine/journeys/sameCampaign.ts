import type { Alarm, Decision } from './advance';
import type { Journey } from './definition';
import { sayReused } from './reasons';

/**
 * What operations are told, once for each date, when the date of a campaign moved on for accounts that had it already: it
 * was put off, or somebody meant the next campaign and left the Journey ID as it was, so that nobody is invited (R60).
 * With the position of the first of those accounts; undefined where there is none.
 */
export function campaignReused(
	{ id: journey, type }: Journey,
	decisions: readonly Decision[],
): { place: number; alarm: Alarm } | undefined {
	if (type !== 'campaign') return undefined;
	const dates = decisions.map(
		({ reasons }) => reasons.find(({ code }) => code === 'sameCampaign')?.date,
	);
	const place = dates.findIndex((date) => date !== undefined);
	if (place < 0) return undefined;
	const count = dates.filter((date) => date !== undefined).length;
	const date = String(dates[place]);
	return {
		place,
		alarm: {
			reason: sayReused(journey, date, count),
			once: { type: 'campaign_reused', id: `${journey}/${date}` },
		},
	};
}
