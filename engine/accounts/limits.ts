import { isMissing } from './missing';

/** What of a plan's limit is used, and what it allows; a source may know only one of them. */
export type PlanLimit = { used?: number; allowed?: number };

/** `seats 42/50`, `api calls: 800 of 1000` */
const LIMIT = /^(.*?[^\s:=])[\s:=]+(\d+(?:\.\d+)?)(?:\s*(?:\/|of)\s*(\d+(?:\.\d+)?))?$/;

/**
 * Plan limits by name: as a text with semicolons, as a list of `{ limit, used, allowed }`, or as the canonical object.
 * @param figureOf undefined for what is no number
 * @returns undefined where any of it cannot be read
 */
export function readLimits(
	cell: unknown,
	figureOf: (cell: unknown) => number | undefined,
): Record<string, PlanLimit> | undefined {
	const parts = partsOf(cell);
	if (parts === undefined) return undefined;
	const limits: Record<string, PlanLimit> = {};
	for (const [name, given] of parts) {
		const limit: PlanLimit = {};
		for (const what of ['used', 'allowed'] as const) {
			if (isMissing(given[what])) continue;
			const figure = figureOf(given[what]);
			if (figure === undefined || figure < 0) return undefined;
			limit[what] = figure;
		}
		limits[name] = limit;
	}
	return limits;
}

type Given = { used?: unknown; allowed?: unknown };

/** Each limit's name with what is said of it. */
function partsOf(cell: unknown): [string, Given][] | undefined {
	const parts: [string, Given][] = [];
	const add = (name: unknown, given: unknown): boolean => {
		if (typeof name !== 'string' || name.trim() === '' || name === '__proto__') return false;
		if (typeof given !== 'object' || given === null) return false;
		parts.push([name.trim(), given]);
		return true;
	};
	const all =
		typeof cell === 'string'
			? cell.split(';').every((text) => text.trim() === '' || add(...limitIn(text)))
			: Array.isArray(cell)
				? cell.every((one: unknown) => add(nameIn(one), one))
				: typeof cell === 'object' &&
					cell !== null &&
					Object.entries(cell).every(([name, given]) => add(name, given));
	return all ? parts : undefined;
}

function limitIn(text: string): [unknown, Given | undefined] {
	const [, name, used, allowed] = LIMIT.exec(text.trim()) ?? [];
	return [name, { used, allowed }];
}

function nameIn(one: unknown): unknown {
	if (typeof one !== 'object' || one === null) return undefined;
	return 'limit' in one ? one.limit : 'name' in one ? one.name : undefined;
}
