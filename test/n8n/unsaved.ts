import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { NodeHelpers, type INodeParameters, type INodeTypeDescription } from 'n8n-workflow';
import { z } from 'zod/v4';
import { leavesOf } from '../../engine/install/canonical';
import type { Unsaved } from '../../engine/install/compose';
import type { Saving } from '../../engine/install/substance';
import type { WorkflowFile } from './client';
import { host, root } from './folders';
import { readWorkflows } from './workflows';

const versioned = z.looseObject({
	name: z.string(),
	version: z.union([z.number(), z.array(z.number())]),
});

/** n8n's own node types, as its editor knows them. */
function ownDescriptions(): INodeTypeDescription[] {
	const file = join(host, 'node_modules', 'n8n-nodes-base', 'dist', 'types', 'nodes.json');
	const all: unknown = JSON.parse(readFileSync(file, 'utf8'));
	return z.array(versioned).parse(all) as unknown as INodeTypeDescription[];
}

const nodeClass = z.custom<new () => { description: INodeTypeDescription }>(
	(value) => typeof value === 'function',
);

/** Those of the pack. */
function packDescriptions(): INodeTypeDescription[] {
	const load = createRequire(__filename);
	const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	const { n8n } = z
		.looseObject({ n8n: z.looseObject({ nodes: z.array(z.string()) }) })
		.parse(manifest);
	return n8n.nodes.map((file) => {
		const source: unknown = load(join(root, file.replace(/^dist\//, '').replace(/\.js$/, '.ts')));
		const exported = Object.values(z.record(z.string(), z.unknown()).parse(source));
		const found = exported.find((value) => nodeClass.safeParse(value).success);
		return new (nodeClass.parse(found))().description;
	});
}

function descriptions(): (type: string, version: unknown) => INodeTypeDescription {
	const own = ownDescriptions();
	const ours = packDescriptions();
	return (type, version) => {
		const name = type.split('.').slice(1).join('.');
		const found = (type.startsWith('n8n-nodes-base.') ? own : ours).find(
			(one) => one.name === name && [one.version].flat().includes(Number(version)),
		);
		if (found === undefined) throw new Error(`No description of ${type} ${String(version)}`);
		return found;
	};
}

/** What the editor makes of each shipped flow when it saves, by flow and node id. */
export function unsavedNow(): Unsaved {
	const describe = descriptions();
	return Object.fromEntries(
		readWorkflows().map(({ file, workflow }) => [
			file.replace(/\.json$/, ''),
			Object.fromEntries(
				workflow.nodes.flatMap((node): [string, Saving][] => {
					const saving = savingOf(node, describe(node.type, node.typeVersion));
					return Object.keys(saving).length === 0 ? [] : [[node.id, saving]];
				}),
			),
		]),
	);
}

function savingOf(node: WorkflowFile['nodes'][number], description: INodeTypeDescription): Saving {
	const read = (parameters: INodeParameters, withDefaults: boolean): INodeParameters | null =>
		NodeHelpers.getNodeParameters(
			description.properties,
			parameters,
			withDefaults,
			false,
			{ typeVersion: Number(node.typeVersion) },
			description,
		);
	// opened, with what is default filled in, then saved without it
	const opened = read(node.parameters as INodeParameters, true) ?? {};
	const saved = read(opened, false) ?? {};
	const kept = new Map(leavesOf(saved));
	const shipped = new Map(leavesOf(node.parameters));
	const leavesOut = [...shipped.keys()].filter((place) => !kept.has(place)).sort();
	const more = [...kept.keys()].filter((place) => !shipped.has(place));
	const put = [...new Set(more.map((place) => place.split('.')[0] ?? ''))].sort();
	return {
		...(leavesOut.length === 0 ? {} : { leavesOut }),
		...(put.length === 0
			? {}
			: { putsIn: Object.fromEntries(put.map((key) => [key, saved[key]])) }),
	};
}
