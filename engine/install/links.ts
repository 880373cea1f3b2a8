import { isRecord, mapTexts } from './canonical';
import type { Flow, FlowNode, ShippedFlow } from './flow';

/** Which flow an id stands for: that of a shipped file, or the one that n8n gave it. */
export type Links = ReadonlyMap<string, string>;

/** The ids in the shipped files. */
export function shippedLinks(shipped: readonly ShippedFlow[]): Links {
	return new Map(shipped.map(({ key, flow }) => [flow.id, key]));
}

const SYMBOL = 'flow:';

/**
 * A node's parameters with the flow's name in place of its id wherever another flow is meant, and without the name and
 * address that the editor notes beside a chosen workflow.
 */
export function withFlowNames(parameters: unknown, links: Links): unknown {
	if (Array.isArray(parameters)) return parameters.map((item) => withFlowNames(item, links));
	if (typeof parameters === 'string') {
		const key = links.get(parameters);
		return key === undefined ? parameters : SYMBOL + key;
	}
	if (!isRecord(parameters)) return parameters;
	if (parameters.__rl === true) {
		const value = withFlowNames(parameters.value, links);
		if (value !== parameters.value) return value;
		return { mode: parameters.mode, value };
	}
	return Object.fromEntries(
		Object.keys(parameters).map((key) => [key, withFlowNames(parameters[key], links)]),
	);
}

/** The node pointed at the workflows that are in this n8n; whatever is not there yet stays as it is. */
export function linked(node: FlowNode, links: Links, ids: ReadonlyMap<string, string>): FlowNode {
	const parameters = mapTexts(node.parameters, (text) => {
		const key = links.get(text);
		return (key === undefined ? undefined : ids.get(key)) ?? text;
	});
	return isRecord(parameters) ? { ...node, parameters } : node;
}

/** The flows that a node means. */
export function flowsMeantBy({ parameters }: FlowNode, links: Links): string[] {
	const found = new Set<string>();
	mapTexts(parameters, (text) => {
		const key = links.get(text);
		if (key !== undefined) found.add(key);
		return text;
	});
	return [...found];
}

/** Those that others mean come before them, else in the order given; one in a circle comes where it stands. */
export function inOrderOfNeed(shipped: readonly ShippedFlow[]): ShippedFlow[] {
	const links = shippedLinks(shipped);
	const byKey = new Map(shipped.map((one) => [one.key, one]));
	const placed = new Set<ShippedFlow>();
	const place = (one: ShippedFlow, above: readonly ShippedFlow[]): void => {
		if (placed.has(one) || above.includes(one)) return;
		for (const key of needsOf(one.flow, links)) {
			const needed = byKey.get(key);
			if (needed !== undefined) place(needed, [...above, one]);
		}
		placed.add(one);
	};
	for (const one of shipped) place(one, []);
	return [...placed];
}

/** The flows that any of its nodes means. */
export function needsOf({ nodes }: Pick<Flow, 'nodes'>, links: Links): string[] {
	return [...new Set(nodes.flatMap((node) => flowsMeantBy(node, links)))];
}
