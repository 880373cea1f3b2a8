import { N8nTrouble } from '../n8nApi/trouble';
import type { Surroundings } from './surroundings';

/** Exit codes: all well, something failed, nothing done because nobody said yes. */
export const EXIT = { ok: 0, failed: 1, notAsked: 2 } as const;

/** Names of flows, as given with commas. @throws N8nTrouble where there is no such flow */
export function flowNames(
	given: string | undefined,
	option: string,
	known: readonly string[],
): Set<string> {
	const names = (given ?? '').split(',').map((name) => name.trim().replace(/\.json$/, ''));
	const named = names.filter((name) => name !== '');
	const strange = named.filter((name) => !known.includes(name));
	if (strange.length > 0)
		throw new N8nTrouble(
			'address',
			`${option}: there is no flow ${strange.join(', ')}. There are: ${known.join(', ')}`,
		);
	return new Set(named);
}

/** Whether it is to be done: said beforehand, or asked at the terminal; with JSON nobody is asked. */
export async function isWanted(
	question: string,
	{ yes, dryRun, json }: { yes?: boolean; dryRun?: boolean; json?: boolean },
	{ ask }: Surroundings,
): Promise<boolean> {
	if (dryRun === true) return false;
	if (yes === true) return true;
	if (json === true || ask === undefined) return false;
	return /^\s*y(es)?\s*$/i.test(await ask(`${question} (y/N) `));
}
