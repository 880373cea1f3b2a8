import { shareOf } from '../journeys/hash';

/**
 * The value without what says nothing: undefined, null, and empty lists and objects, which n8n's editor writes or
 * leaves out as it pleases.
 */
export function meaningOf(value: unknown): unknown {
	if (Array.isArray(value)) {
		const items: unknown[] = value;
		return items.length === 0 ? undefined : items.map((item) => meaningOf(item) ?? null);
	}
	if (!isRecord(value)) return value ?? undefined;
	const kept = Object.keys(value)
		.sort()
		.flatMap((key): [string, unknown][] => {
			const meaning = meaningOf(value[key]);
			return meaning === undefined ? [] : [[key, meaning]];
		});
	return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/** Eight hex digits that are the same for values of the same meaning. It tells changes, it withstands no forger. */
export function fingerprintOf(value: unknown): string {
	const number = shareOf(JSON.stringify([meaningOf(value)])) * 2 ** 32;
	return number.toString(16).padStart(8, '0');
}

/** Every value that is no list and no object, by where it stands: `steps.step.0.days`. */
export function leavesOf(value: unknown, place = ''): [string, unknown][] {
	const below = (key: string): string => (place === '' ? key : `${place}.${key}`);
	if (Array.isArray(value))
		return value.flatMap((item: unknown, index) => leavesOf(item, below(String(index))));
	if (isRecord(value)) return Object.keys(value).flatMap((key) => leavesOf(value[key], below(key)));
	return value === undefined || value === null ? [] : [[place, value]];
}

/** The value with each text in it, at whatever depth, replaced by what `change` makes of it. */
export function mapTexts(value: unknown, change: (text: string) => unknown): unknown {
	if (typeof value === 'string') return change(value);
	if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
	if (!isRecord(value)) return value;
	return Object.fromEntries(Object.keys(value).map((key) => [key, mapTexts(value[key], change)]));
}

export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
