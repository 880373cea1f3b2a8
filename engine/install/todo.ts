import { leavesOf } from './canonical';
import { chooseCredential, credentialsOf, type Choice, type Keyring } from './credentials';
import { isNote, type Flow, type FlowNode } from './flow';
import { flowsMeantBy, type Links } from './links';

/** Something that only the user can do in an installed flow, with the names of the nodes. */
export type Todo =
	/** What stands for something of the user's own: an address, a mailbox. */
	| { todo: 'replace'; values: string[]; nodes: string[] }
	/** Made-up data; their own source goes in its place. */
	| { todo: 'sample'; nodes: string[] }
	| { todo: 'credential'; type: string; name: string; why: NotChosen; nodes: string[] }
	/** Calls a flow that is not installed. */
	| { todo: 'link'; flow: string; nodes: string[] }
	/** Switched off, and on a way that begins at a trigger. */
	| { todo: 'enable'; nodes: string[] }
	/** On no way: ready for whoever wires it in. */
	| { todo: 'spare'; nodes: string[] }
	/** Listens at an address that has to be told to somebody. */
	| { todo: 'address'; path: string; nodes: string[] };
type NotChosen = Extract<Choice, { chosen: undefined }>['why'];

const TRIGGER = /trigger$|\.webhook$|\.emailReadImap$/i;
const SAMPLE = /\bsample\b/i;
/** Addresses under the names that are kept for examples, and where a name has to be put in. */
const PLACEHOLDER =
	/(?:https?:\/\/)?[\w.+-]*@?(?:[\w-]+\.)*(?:example\.(?:com|org|net)|your-domain\.[\w.]+)(?:\/[\w./-]*)?/g;

/** What is left to do in a flow that is in an n8n, read off its nodes. */
export function todosOf(
	flow: Flow,
	{ keyring, links, ids }: { keyring: Keyring; links: Links; ids: ReadonlyMap<string, string> },
): Todo[] {
	const nodes = flow.nodes.filter((node) => !isNote(node));
	const reached = reachedIn(flow);
	const onTheWay = nodes.filter(({ name }) => reached.has(name));
	const samples = onTheWay.filter(
		({ name, parameters }) => SAMPLE.test(name) || parameters.source === 'sample',
	);
	const own = onTheWay.filter((node) => !samples.includes(node));
	const off = nodes.filter(({ disabled }) => disabled === true);
	const missing = off.flatMap((node) =>
		flowsMeantBy(node, links)
			.filter((key) => !ids.has(key))
			.map((key) => ({ by: key, node: node.name })),
	);
	return [
		...some('sample', namesOf(samples)),
		...placeholdersOf(own),
		...openCredentials(own, keyring),
		...grouped(missing).map(([key, names]): Todo => ({ todo: 'link', flow: key, nodes: names })),
		...some('enable', namesOf(off.filter(({ name }) => reached.has(name)))),
		...some('spare', namesOf(off.filter(({ name }) => !reached.has(name)))),
		...grouped(own.flatMap(addressesOf)).map(([path, names]): Todo => ({
			todo: 'address',
			path,
			nodes: names,
		})),
	];
}

function some(todo: 'sample' | 'enable' | 'spare', nodes: string[]): Todo[] {
	return nodes.length === 0 ? [] : [{ todo, nodes }];
}

function openCredentials(nodes: readonly FlowNode[], keyring: Keyring): Todo[] {
	const open = nodes.flatMap((node) =>
		credentialsOf(node)
			.filter(({ id }) => id === undefined)
			.map(({ type, name }) => ({ by: JSON.stringify([type, name]), type, name, node: node.name })),
	);
	return grouped(open).flatMap(([by, names]): Todo[] => {
		const one = open.find((place) => place.by === by);
		if (one === undefined) return [];
		const { type, name } = one;
		const choice = chooseCredential(type, name, keyring);
		// one that fits is there by now, and goes in with the next install
		if (choice.chosen !== undefined) return [];
		return [{ todo: 'credential', type, name, why: choice.why, nodes: names }];
	});
}

/** Those that stand in the same nodes together. */
function placeholdersOf(nodes: readonly FlowNode[]): Todo[] {
	const byNodes = new Map<string, { values: string[]; nodes: string[] }>();
	for (const [value, names] of grouped(nodes.flatMap(placeholdersIn))) {
		const same = byNodes.get(names.join('\n')) ?? { values: [], nodes: names };
		byNodes.set(names.join('\n'), { ...same, values: [...same.values, value] });
	}
	return [...byNodes.values()].map((one) => ({ todo: 'replace', ...one }));
}

function placeholdersIn({ name, parameters }: FlowNode): { by: string; node: string }[] {
	const found = leavesOf(parameters).flatMap(([, value]) =>
		typeof value === 'string' ? [...value.matchAll(PLACEHOLDER)].map(([text]) => text) : [],
	);
	return [...new Set(found)].map((by) => ({ by, node: name }));
}

function addressesOf({
	type,
	name,
	parameters,
	disabled,
}: FlowNode): { by: string; node: string }[] {
	if (!/\.(webhook|formTrigger)$/.test(type) || disabled === true) return [];
	const options = parameters.options;
	const inOptions = typeof options === 'object' && options !== null && 'path' in options;
	const path = inOptions ? options.path : parameters.path;
	if (typeof path !== 'string') return [];
	return [{ by: `${type.endsWith('.formTrigger') ? 'form' : 'webhook'}/${path}`, node: name }];
}

/** The names by what they were found under, each once, in the order of their coming. */
function grouped(found: readonly { by: string; node: string }[]): [string, string[]][] {
	const groups = new Map<string, Set<string>>();
	for (const { by, node } of found) groups.set(by, (groups.get(by) ?? new Set()).add(node));
	return [...groups].map(([by, names]) => [by, [...names]]);
}

function namesOf(nodes: readonly FlowNode[]): string[] {
	return nodes.map(({ name }) => name);
}

/** The names of the nodes that items may come to from a trigger, through switched-off nodes too, which let them pass. */
function reachedIn({ nodes, connections }: Flow): Set<string> {
	const reached = new Set(nodes.filter(({ type }) => TRIGGER.test(type)).map(({ name }) => name));
	for (const name of reached) {
		for (const outputs of Object.values(connections[name] ?? {}))
			for (const wires of outputs ?? []) for (const { node } of wires ?? []) reached.add(node);
	}
	return reached;
}
