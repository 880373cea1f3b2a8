import { liveFlowSchema, type LiveFlow } from '../../engine/install/flow';
import type { N8nApi } from '../n8nApi/n8nApi';
import { N8nTrouble } from '../n8nApi/trouble';

const OURS = 'n8n-nodes-digital-cs';

/**
 * The workflows of an n8n, each once, though pages shift when somebody deletes one meanwhile. What somebody else's tool
 * has made may be of any shape: it is not ours, and no reason to stop.
 * @param unread is told the name of a workflow with nodes of ours that cannot be compared
 */
export async function liveFlows(
	api: N8nApi,
	unread: (name: string) => void = () => undefined,
): Promise<LiveFlow[]> {
	const flows = new Map<string, LiveFlow>();
	for await (const page of api.workflowPages()) {
		for (const found of page) {
			// as it runs, twice the size, and not compared
			const { activeVersion: _running, ...draft } = found;
			const read = liveFlowSchema.safeParse(draft);
			if (read.success) flows.set(found.id, read.data);
			else if (JSON.stringify(draft).includes(OURS)) unread(found.name);
		}
	}
	return [...flows.values()];
}

/** The same once more after all that was done; undefined where n8n does not answer any more. */
export async function liveFlowsAfterwards(api: N8nApi): Promise<LiveFlow[] | undefined> {
	try {
		return await liveFlows(api);
	} catch (error) {
		if (error instanceof N8nTrouble) return undefined;
		throw error;
	}
}
