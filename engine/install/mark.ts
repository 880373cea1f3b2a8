import { z } from 'zod/v4';
import { isNote, type Flow, type FlowNode } from './flow';

/**
 * How an installed flow is known again, and what it was when it was installed. It stands in the *notes* of the sticky
 * note Overview: the editor shows them nowhere for a sticky note and keeps them when it saves, exports and duplicates,
 * and the public API takes them, whereas it takes no `meta`; and executions overwrite static data.
 */
const markSchema = z.object({
	/** The name of the shipped file. */
	flow: z.string(),
	/** The version of the pack that it came from. */
	version: z.string(),
	/** Installed beside a changed one, at the user's wish. */
	beside: z.boolean().optional(),
	/** Which flows the ids meant that it was pointed at. */
	links: z.record(z.string(), z.string()),
	/** The fingerprint of each node as installed; where the editor would save it otherwise, that one's too. */
	nodes: z.record(z.string(), z.string()),
});
export type Mark = z.infer<typeof markSchema>;

const WORDS = 'n8n-nodes-digital-cs install knows this workflow by these lines; leave them.\n';

/** Under what a mark notes a node: enough of its id to tell those of one flow apart. */
export function noteKey(term: string): string {
	return term.slice(0, 8);
}

/** The mark as the text of a node's notes. */
export function writeMark(mark: Mark): string {
	return WORDS + JSON.stringify(mark);
}

export function isMark(notes: string | null | undefined): boolean {
	return notes?.startsWith(WORDS.trimEnd()) === true;
}

/** The mark of a workflow, where it has one that can be read. */
export function readMark({ nodes }: Pick<Flow, 'nodes'>): Mark | undefined {
	for (const { notes } of nodes) {
		if (!isMark(notes)) continue;
		try {
			const found = markSchema.safeParse(JSON.parse((notes ?? '').slice(WORDS.length)));
			if (found.success) return found.data;
		} catch {
			// somebody has written into it: as if it were not there
		}
	}
	return undefined;
}

/** The node that carries the mark: the note Overview, else the first note. */
export function carrierOf(nodes: readonly FlowNode[]): FlowNode | undefined {
	const notes = nodes.filter(isNote);
	return notes.find(({ name }) => name === 'Overview') ?? notes[0];
}

/** The nodes with this mark, and with no other. */
export function withMark(nodes: readonly FlowNode[], mark: Mark): FlowNode[] {
	const carrier = carrierOf(nodes);
	return nodes.map((node) => {
		const { notes, ...rest } = node;
		if (node === carrier) return { ...rest, notes: writeMark(mark) };
		return isMark(notes) ? rest : node;
	});
}
