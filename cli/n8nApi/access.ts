import { Option } from 'commander';
import { readAddress } from './address';
import { openN8n, type N8nApi } from './n8nApi';
import { N8nTrouble } from './trouble';

/** The option for the key, or the environment variable: that one no shell remembers, and `--help` does not show it. */
export function apiKeyOption(scope: string): Option {
	return new Option(
		'--api-key <key>',
		`its API key, with ${scope}; better as a variable, which no shell remembers`,
	).env('N8N_API_KEY');
}

/** The n8n that the options name. @throws N8nTrouble where the address or the key is none */
export function accessOf(
	{ url: given, apiKey = '' }: { url: string; apiKey?: string },
	complain: (text: string) => void,
): N8nApi {
	const url = readAddress(given);
	const key = apiKey.trim();
	if (key === '')
		throw new N8nTrouble(
			'key',
			'An API key is needed: make one in n8n under Settings, n8n API, and give it as the environment variable N8N_API_KEY (or with --api-key, which the shell remembers)',
		);
	// a header takes no others, and Node would show the key in its complaint
	if (!/^[\x21-\x7e]+$/.test(key))
		throw new N8nTrouble(
			'key',
			'The API key has characters in it that no key of n8n has: copy it once more, without line breaks',
		);
	if (url.startsWith('http:') && !/^http:\/\/(localhost|127[.\d]+|\[::1\])(:\d+)?(\/|$)/.test(url))
		complain(`${url} is not encrypted: whoever is on the way can read the API key.\n`);
	return openN8n(url, key);
}
