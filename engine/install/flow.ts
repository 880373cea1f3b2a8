import { z } from 'zod/v4';

const wireSchema = z.looseObject({ node: z.string(), type: z.string(), index: z.number() });
export type Wire = z.infer<typeof wireSchema>;

/** From a node's name, by kind of connection, the wires of each output. */
export const connectionsSchema = z.record(
	z.string(),
	z.record(z.string(), z.array(z.array(wireSchema).nullish()).nullish()),
);
export type Connections = z.infer<typeof connectionsSchema>;

export const flowNodeSchema = z.looseObject({
	id: z.string(),
	name: z.string(),
	type: z.string(),
	typeVersion: z.number(),
	position: z.array(z.number()),
	parameters: z.record(z.string(), z.unknown()).default({}),
	credentials: z.record(z.string(), z.unknown()).nullish(),
	disabled: z.boolean().nullish(),
	webhookId: z.string().nullish(),
	notes: z.string().nullish(),
});
export type FlowNode = z.infer<typeof flowNodeSchema>;

export const flowSchema = z.looseObject({
	id: z.string(),
	name: z.string(),
	nodes: z.array(flowNodeSchema),
	connections: connectionsSchema,
	settings: z.record(z.string(), z.unknown()).nullish(),
});
/** What is on a canvas, whether in a shipped file or in an n8n. */
export type Flow = z.infer<typeof flowSchema>;

/** A shipped flow under the name of its file, as `journey-onboarding`. */
export type ShippedFlow = { key: string; flow: Flow };

const nodeGroupSchema = z.looseObject({ nodeIds: z.array(z.string()) });

/** A workflow as n8n's public API tells it. */
export const liveFlowSchema = flowSchema.extend({
	active: z.boolean(),
	isArchived: z.boolean().nullish(),
	createdAt: z.string(),
	versionId: z.string().nullish(),
	activeVersionId: z.string().nullish(),
	nodeGroups: z.array(nodeGroupSchema).nullish(),
});
export type LiveFlow = z.infer<typeof liveFlowSchema>;

/** What the public API takes for a new workflow and for a changed one: it refuses any other field. */
export type FlowBody = {
	name: string;
	nodes: FlowNode[];
	connections: Connections;
	settings: Record<string, unknown>;
	nodeGroups?: z.infer<typeof nodeGroupSchema>[];
};

/** Whether a node only explains: it does nothing and is wired to nothing. */
export function isNote({ type }: { type: string }): boolean {
	return type === 'n8n-nodes-base.stickyNote';
}
