import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type FakeCrm = {
	url: string;
	/** What `GET /accounts` answers from now on. */
	setAccounts: (accounts: readonly object[]) => void;
	/** Requests are taken and not answered until `answer` is called: the moment to pull the plug. */
	holdAnswers: () => { whenAsked: Promise<void>; answer: () => void };
	close: () => Promise<void>;
};

/** A CRM as a journey sees it: one list of accounts over HTTP. */
export async function startFakeCrm(): Promise<FakeCrm> {
	let accounts: readonly object[] = [];
	let onAsked: ((response: ServerResponse) => void) | undefined;
	const answer = (response: ServerResponse): void => {
		response.writeHead(200, { 'content-type': 'application/json' });
		response.end(JSON.stringify(accounts));
	};
	const server = createServer((_request, response) => {
		if (onAsked === undefined) answer(response);
		else onAsked(response);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${String(port)}/accounts`,
		setAccounts: (next) => {
			accounts = next;
		},
		holdAnswers: () => {
			const waiting: ServerResponse[] = [];
			const whenAsked = new Promise<void>((resolve) => {
				onAsked = (response) => {
					waiting.push(response);
					resolve();
				};
			});
			return {
				whenAsked,
				answer: () => {
					onAsked = undefined;
					for (const response of waiting) if (!response.destroyed) answer(response);
				},
			};
		},
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
