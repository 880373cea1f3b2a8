import { credentialsOf, type Credential, type Keyring } from '../../engine/install/credentials';
import type { LiveFlow } from '../../engine/install/flow';
import type { N8nApi } from '../n8nApi/n8nApi';
import { N8nTrouble } from '../n8nApi/trouble';

/** The credentials that n8n lists; where the key may not list them, those that its workflows use. */
export async function keyringOf(
	api: N8nApi,
	workflows: readonly LiveFlow[],
	named: readonly string[],
	say: (text: string) => void,
): Promise<Keyring> {
	const listed = await api.credentials();
	if (listed === undefined)
		say(
			'The API key may not list credentials (scope credential:list; owners and admins only): those that workflows use already are known, no others.\n',
		);
	const credentials = listed ?? usedIn(workflows);
	const chosen = named.map((text): [string, Credential] => {
		const [, type, id] = /^([^=]+)=(.+)$/.exec(text) ?? [];
		if (type === undefined || id === undefined)
			throw new N8nTrouble('address', `--credential ${text}: give it as smtp=<id>`);
		const known = credentials.find((one) => one.id === id);
		if (known === undefined && listed !== undefined)
			throw new N8nTrouble('address', `--credential ${text}: n8n has no credential ${id}`);
		if (known !== undefined && known.type !== type)
			throw new N8nTrouble('address', `--credential ${text}: ${id} is of the type ${known.type}`);
		return [type, known ?? { id, type, name: type }];
	});
	return { credentials, named: new Map(chosen) };
}

function usedIn(workflows: readonly LiveFlow[]): Credential[] {
	const used = workflows.flatMap(({ nodes }) => nodes).flatMap(credentialsOf);
	const known = used.flatMap(({ id, ...rest }) => (id === undefined ? [] : [{ id, ...rest }]));
	return [...new Map(known.map((one) => [one.id, one])).values()];
}
