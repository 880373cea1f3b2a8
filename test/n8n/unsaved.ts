import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { NodeHelpers, type INode, type INodeTypeDescription } from 'n8n-workflow';
import { z } from 'zod/v4';
import { leavesOf } from '../../engine/install/canonical';
import type { Unsaved } from '../../engine/install/compose';
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

/** Where in each shipped flow a value stands that the editor leaves out when it saves, by flow and node id. */
export function unsavedNow(): Unsaved {
	const own = ownDescriptions();
	const ours = packDescriptions();
	const descriptionOf = (type: string, version: unknown): INodeTypeDescription => {
		const name = type.split('.').slice(1).join('.');
		const found = (type.startsWith('n8n-nodes-base.') ? own : ours).find(
			(one) => one.name === name && [one.version].flat().includes(Number(version)),
		);
		if (found === undefined) throw new Error(`No description of ${type} ${String(version)}`);
		return found;
	};
	return Object.fromEntries(
		readWorkflows().map(({ file, workflow }) => [
			file.replace(/\.json$/, ''),
			Object.fromEntries(
				workflow.nodes.flatMap((node): [string, string[]][] => {
					const description = descriptionOf(node.type, node.typeVersion);
					const asNode = node as unknown as INode;
					const saved = NodeHelpers.getNodeParameters(
						description.properties,
						asNode.parameters,
						false,
						false,
						asNode,
						description,
					);
					const kept = new Map(leavesOf(saved));
					const lost = leavesOf(node.parameters).filter(([place]) => !kept.has(place));
					return lost.length === 0 ? [] : [[node.id, lost.map(([place]) => place).sort()]];
				}),
			),
		]),
	);
}
