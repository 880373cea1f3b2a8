import { openN8n, readAddress, type N8nApi } from './n8nApi';
import type { Surroundings } from './surroundings';
import { N8nTrouble } from './trouble';

/** Exit codes: all well, something failed, nothing done because nobody said yes. */
export const EXIT = { ok: 0, failed: 1, notAsked: 2 } as const;

/** The n8n that the options name. @throws N8nTrouble where the address or the key is missing or wrong */
export function accessOf(
	given: { url: string; apiKey?: string },
	{ env, complain }: Surroundings,
): N8nApi {
	const url = readAddress(given.url);
	const key = given.apiKey ?? env.N8N_API_KEY ?? '';
	if (key.trim() === '')
		throw new N8nTrouble(
			'key',
			'An API key is needed: make one in n8n under Settings, n8n API, and give it as the environment variable N8N_API_KEY (or with --api-key, which the shell remembers)',
		);
	if (url.startsWith('http:') && !/^http:\/\/(localhost|127\.|\[::1\])/.test(url))
		complain(`${url} is not encrypted: whoever is on the way can read the API key.\n`);
	return openN8n(url, key.trim());
}

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
