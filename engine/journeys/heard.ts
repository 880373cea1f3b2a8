import { byHumans, said } from './engagement';
import type { JourneyEvent, Touch } from './memory';
import { KEPT_EVENTS } from './observations';

const OUR_OWN: ReadonlySet<string> = new Set(KEPT_EVENTS);

/**
 * The types of what happened since an episode began, each once and in order: `webinar_registered`. An event that names a
 * message of another episode, or in `campaign` another journey, is not of this one; nor are clicks of scanners (P13).
 */
export function heardIn(
	events: readonly JourneyEvent[],
	touches: readonly Touch[],
	{ journey, anchorAt, now }: { journey: string; anchorAt: number; now: number },
): string[] {
	if (events.length === 0) return [];
	const keys = new Set(touches.map(({ key }) => key));
	const isOfThis = ({ type, occurredAt, touch = '', data }: JourneyEvent): boolean => {
		if (OUR_OWN.has(type) || occurredAt < anchorAt || occurredAt > now) return false;
		const campaign = said(data, 'campaign');
		return (touch === '' || keys.has(touch)) && (campaign === undefined || campaign === journey);
	};
	return [...new Set(byHumans(events.filter(isOfThis)).map(({ type }) => type))].sort();
}
