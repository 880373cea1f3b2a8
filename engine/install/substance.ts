import { fingerprintOf, isRecord, meaningOf } from './canonical';
import { isNote, type Flow, type FlowNode } from './flow';
import { withFlowNames, type Links } from './links';
import { isMark } from './mark';

/**
 * What a node does and where it leads: the unit in which flows are compared. Not in it, and so no change: its place and
 * size on the canvas, its credentials, whether it is switched on, its webhook's id.
 */
export type Substance = {
	/** The same for a node in the shipped file and in n8n. */
	term: string;
	name: string;
	type: string;
	/** Settings and parameters, by name. */
	does: Record<string, unknown>;
	/** Where each output leads: kind, output, the other node's term, its input. */
	wires: string[];
	/** As installed. */
	fingerprint: string;
	/** As n8n's editor saves it; the same where it changes nothing. */
	savedFingerprint: string;
};

const NOT_SUBSTANCE = new Set([
	'id',
	'name',
	'type',
	'position',
	'credentials',
	'disabled',
	'webhookId',
	'parameters',
	'notes',
]);
const SIZE = new Set(['width', 'height', 'color']);

/** How a flow is looked at: what its nodes are called in the comparison, and which ids mean flows. */
export type View = {
	termOf: (node: FlowNode) => string;
	links: Links;
	unsaved?: Savings;
};

/** What n8n's editor makes of a flow's parameters when it saves them, by the node's id. */
export type Savings = Readonly<Record<string, Saving | undefined>>;
export type Saving = {
	/** Where values stand that it leaves out, because they are the default: `steps.step.0.days`. */
	leavesOut?: readonly string[];
	/** Parameters that it puts in, because their default is a list with something in it. */
	putsIn?: Readonly<Record<string, unknown>>;
};

/** The substance of each node of a flow, by term. */
export function substancesOf(flow: Flow, { termOf, links, unsaved }: View): Map<string, Substance> {
	const terms = new Map(flow.nodes.map((node) => [node.name, termOf(node)]));
	return new Map(
		flow.nodes.map((node) => {
			const term = termOf(node);
			const does = doingOf(node, links);
			const wires = wiresOf(flow, node.name, terms);
			const { name, type } = node;
			const print = (parameters: unknown): string =>
				fingerprintOf({ name, type, does: { ...does, parameters }, wires });
			const saved = asSaved(does.parameters, unsaved?.[node.id]);
			const fingerprint = print(does.parameters);
			return [term, { term, name, type, does, wires, fingerprint, savedFingerprint: print(saved) }];
		}),
	);
}

/** The parameters as the editor saves them. */
export function asSaved(parameters: unknown, { leavesOut = [], putsIn }: Saving = {}): unknown {
	const rest = without(parameters, leavesOut);
	return putsIn === undefined ? rest : { ...(isRecord(rest) ? rest : {}), ...putsIn };
}

/** Whether the two are the same, one of them perhaps as the editor saved it. */
export function isSame(theirs: Substance, { fingerprint, savedFingerprint }: Substance): boolean {
	return theirs.fingerprint === fingerprint || theirs.fingerprint === savedFingerprint;
}

/** Whether it still is what the mark says that was installed. */
export function isAsInstalled({ fingerprint }: Substance, noted: string | undefined): boolean {
	return noted?.split('/').includes(fingerprint) === true;
}

/** What the mark notes of a node. */
export function noteOf({ fingerprint, savedFingerprint }: Substance): string {
	return fingerprint === savedFingerprint ? fingerprint : `${fingerprint}/${savedFingerprint}`;
}

function doingOf(node: FlowNode, links: Links): Record<string, unknown> {
	const settings = Object.keys(node)
		.filter((key) => !NOT_SUBSTANCE.has(key))
		// switched off is the same as never switched on
		.flatMap((key): [string, unknown][] => (node[key] === false ? [] : [[key, node[key]]]));
	const parameters = Object.entries(node.parameters).filter(
		([key]) => !(isNote(node) && SIZE.has(key)),
	);
	return {
		...Object.fromEntries(settings),
		...(isMark(node.notes) ? {} : { notes: node.notes }),
		parameters: withFlowNames(Object.fromEntries(parameters), links),
	};
}

function wiresOf(
	{ connections }: Flow,
	name: string,
	terms: ReadonlyMap<string, string>,
): string[] {
	return Object.entries(connections[name] ?? {}).flatMap(([kind, outputs]) =>
		(outputs ?? []).flatMap((wires, output) =>
			(wires ?? [])
				.map((wire) => `${kind} ${output} → ${terms.get(wire.node) ?? wire.node} ${wire.index}`)
				.sort(),
		),
	);
}

/** The value without what stands at these places, given as `steps.step.0.days`. */
function without(value: unknown, places: readonly string[], here = ''): unknown {
	if (places.length === 0) return value;
	const below = (key: string): string => (here === '' ? key : `${here}.${key}`);
	if (Array.isArray(value))
		return value.map((item, index) => without(item, places, below(String(index))));
	if (!isRecord(value)) return value;
	const kept = Object.keys(value).filter((key) => !places.includes(below(key)));
	return meaningOf(
		Object.fromEntries(kept.map((key) => [key, without(value[key], places, below(key))])),
	);
}
