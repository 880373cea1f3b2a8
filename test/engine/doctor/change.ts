import { z } from 'zod/v4';

const endSchema = z.looseObject({ node: z.string(), type: z.string(), index: z.number() });
const nodeSchema = z.looseObject({
	name: z.string(),
	type: z.string(),
	disabled: z.boolean().optional(),
	parameters: z.record(z.string(), z.unknown()),
});
const fileSchema = z.looseObject({
	name: z.string(),
	active: z.boolean().optional(),
	nodes: z.array(nodeSchema),
	connections: z.record(
		z.string(),
		z.looseObject({ main: z.array(z.array(endSchema)).optional() }),
	),
	settings: z.record(z.string(), z.unknown()),
});
export type File = z.infer<typeof fileSchema>;
export type FileNode = z.infer<typeof nodeSchema>;

/** A workflow's own copy, to be broken. */
export const copyOf = (workflow: unknown): File => fileSchema.parse(structuredClone(workflow));

export function node(file: File, name: string): FileNode {
	const found = file.nodes.find((one) => one.name === name);
	if (found === undefined) throw new Error(`No node '${name}' in '${file.name}'`);
	return found;
}

/** The ends of the wires at an output, to be changed. */
function endsAt(file: File, from: string, output: number): z.infer<typeof endSchema>[] {
	const of = (file.connections[from] ??= {});
	const main = (of.main ??= []);
	while (main.length <= output) main.push([]);
	const ends = main[output];
	if (ends === undefined) throw new Error('There is an output by now');
	return ends;
}

export function wire(file: File, from: string, output: number, to: string, index = 0): void {
	endsAt(file, from, output).push({ node: to, type: 'main', index });
}

/** @throws Error where there is no such wire, so that no fault fails to be one */
export function unwire(file: File, from: string, output: number, to: string): void {
	const ends = endsAt(file, from, output);
	const place = ends.findIndex((end) => end.node === to);
	if (place < 0) throw new Error(`No wire from '${from}' to '${to}'`);
	ends.splice(place, 1);
}

export function rewire(
	file: File,
	from: string,
	output: number,
	to: string,
	instead: string,
): void {
	unwire(file, from, output, to);
	wire(file, from, output, instead);
}

type New = Partial<FileNode> & { name: string; type: string };

export function add(file: File, { parameters = {}, ...rest }: New): void {
	file.nodes.push({ typeVersion: 1, position: [0, 0], ...rest, parameters });
}

/** Puts a node into a wire. */
export function insert(file: File, from: string, output: number, to: string, added: New): void {
	add(file, added);
	rewire(file, from, output, to, added.name);
	wire(file, added.name, 0, to);
}

/** Sets a parameter, or one of its inner fields. */
export function set(file: File, name: string, path: readonly string[], value: unknown): void {
	let place: Record<string, unknown> = node(file, name).parameters;
	for (const step of path.slice(0, -1)) {
		const inner = place[step];
		place =
			typeof inner === 'object' && inner !== null
				? (inner as Record<string, unknown>)
				: (place[step] = {});
	}
	place[path.at(-1) ?? ''] = value;
}

/** Changes a text parameter. @throws Error where nothing changes */
export function rewrite(
	file: File,
	name: string,
	parameter: string,
	change: (text: string) => string,
): void {
	const before = z.string().parse(node(file, name).parameters[parameter]);
	const after = change(before);
	if (after === before) throw new Error(`'${parameter}' of '${name}' is as it was`);
	node(file, name).parameters[parameter] = after;
}
