import { offsetAt } from './zone';

const MINUTE_MS = 60_000;
/** Zones that are said as `Z`, because they never are anything else. */
const UTC = /^(utc|gmt)$/i;

/**
 * ISO 8601 with the zone's offset, `2026-03-02T10:00:00+01:00`; milliseconds only where there are any. A list of thousands
 * of cases says tens of thousands of times: luxon takes fifty times as long.
 * @param at ms since 1970
 */
export function isoIn(at: number, zone: string): string {
	const offset = offsetAt(at, zone);
	const wall = new Date(at + offset).toISOString().slice(0, -1);
	return `${wall.endsWith('.000') ? wall.slice(0, -4) : wall}${UTC.test(zone) ? 'Z' : written(offset)}`;
}

function written(offset: number): string {
	const minutes = Math.trunc(Math.abs(offset) / MINUTE_MS);
	const two = (figure: number): string => String(figure).padStart(2, '0');
	return `${offset < 0 ? '-' : '+'}${two(Math.trunc(minutes / 60))}:${two(minutes % 60)}`;
}
