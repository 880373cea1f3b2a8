import { usesThePack, type Given } from '../../engine/doctor/examine';
import { editorAddress } from '../n8nApi/address';
import type { FoundWorkflow, N8nApi } from '../n8nApi/n8nApi';
import { CouldNotLook } from './couldNotLook';

const PATIENCE_MS = 2_000;

export type Asking = {
	/** Also workflows without a node of the pack. */
	readonly all: boolean;
	readonly complain: (text: string) => void;
};

/**
 * Reads the workflows of a running n8n, page by page; archived ones are left out.
 * @throws CouldNotLook where there is nothing to look at, N8nTrouble where n8n cannot be asked
 */
export async function fetchWorkflows(api: N8nApi, { all, complain }: Asking): Promise<Given[]> {
	const given: Given[] = [];
	let read = 0;
	let told = Date.now();
	for await (const page of api.workflowPages()) {
		read += page.length;
		for (const found of page)
			if (found.isArchived !== true)
				given.push(...versionsOf(found, api.url).filter(({ json }) => all || usesThePack(json)));
		if (Date.now() - told > PATIENCE_MS) {
			told = Date.now();
			complain(`… ${String(read)} workflows read\n`);
		}
	}
	if (given.length === 0)
		throw new CouldNotLook(
			`None of the ${String(read)} workflows of ${api.url} that this key may see uses a node of this pack. --all looks at the others too.`,
		);
	return given;
}

/** What runs, and the draft where it was changed since. */
function versionsOf({ activeVersion, ...draft }: FoundWorkflow, url: string): Given[] {
	const source = editorAddress(url, draft.id);
	if (activeVersion === undefined || activeVersion === null) return [{ source, json: draft }];
	const { versionId, nodes, connections } = activeVersion;
	if (versionId === draft.versionId) return [{ source, json: draft }];
	return [
		{ source, json: { ...draft, nodes, connections } },
		{ source: `${source}, not published yet`, json: { ...draft, active: false } },
	];
}
