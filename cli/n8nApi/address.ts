import { N8nTrouble } from './trouble';

const OF_API_OR_EDITOR = /\/(api|home|workflow|workflows|projects|settings)(\/.*)?$/;

/**
 * The address of an n8n without what belongs to its API or editor, and without a password that may stand in it.
 * @throws N8nTrouble where it is none
 */
export function readAddress(given: string): string {
	const url = URL.canParse(given) ? new URL(given) : undefined;
	if (url === undefined || !/^https?:$/.test(url.protocol))
		throw new N8nTrouble(
			'address',
			`--url ${given} is no address. Give the one under which you open n8n, such as https://n8n.example.com`,
		);
	const path = url.pathname.replace(OF_API_OR_EDITOR, '');
	return `${url.origin}${path.replace(/\/+$/, '')}`;
}

/** Where a workflow is looked at in the editor. */
export function editorAddress(url: string, id: string): string {
	return `${url}/workflow/${id}`;
}
