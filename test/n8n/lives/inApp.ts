import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod/v4';
import type { WorkflowFile } from '../client';

const CHANNEL = 'Or in-app: webhook';
const LOOP = 'Twenty in the app';

export type InApp = {
	url: string;
	/** Whom messages were shown to since it was asked last. */
	shown: () => string[];
	/** The same, with what was shown. */
	messages: () => { to: string; show: string }[];
	close: () => Promise<void>;
};

/** What a company's in-app tool takes: whom to show what. */
export async function startInApp(): Promise<InApp> {
	let shown: { to: string; show: string }[] = [];
	const take = (): { to: string; show: string }[] => {
		const some = shown;
		shown = [];
		return some;
	};
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
			shown.push(z.object({ to: z.string(), show: z.string().default('') }).parse(body));
			response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${String(port)}/in-app`,
		shown: () => take().map(({ to }) => to),
		messages: take,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** The journey with its webhook for messages in the app wired and enabled, as its note says. */
export function withInApp(workflow: WorkflowFile, url: string): WorkflowFile {
	const nodes = workflow.nodes.map((node) =>
		node.name === CHANNEL
			? { ...node, disabled: false, parameters: { ...node.parameters, url } }
			: node,
	);
	const channel = [{ node: CHANNEL, type: 'main', index: 0 }];
	return {
		...workflow,
		nodes,
		connections: { ...workflow.connections, [LOOP]: { main: [[], channel] } },
	};
}
