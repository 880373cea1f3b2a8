import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificates, type Certificates } from './certificates';

/** Vendors' servers as n8n meets them: at their own names, over TLS. */
export type Internet = {
	/** What n8n has to be started with. Nothing else about it or its nodes is changed. */
	env: Record<string, string>;
	/** For further servers of the test, such as one for mail: n8n trusts these. */
	certificates: Certificates;
	/** Whom n8n wanted to reach, `host:port`, and whether there was such a server. */
	reached: { host: string; known: boolean }[];
	close: () => Promise<void>;
};

/**
 * An HTTPS proxy (CONNECT) on loopback, of which n8n is told as in any company that has one, by HTTPS_PROXY. Where it
 * would lead into the internet, it leads to a TLS server of the test with a certificate for the vendor's name. The
 * certificate is signed by an authority that n8n trusts through NODE_EXTRA_CA_CERTS; n8n checks it like any other.
 * @param hosts names of the vendors that there are; all others cannot be reached
 */
export async function startInternet(
	hosts: readonly string[],
	listener: RequestListener,
): Promise<Internet> {
	const certificates = makeCertificates([...hosts, 'localhost', '127.0.0.1']);
	const { key, cert, ca } = certificates;
	const vendors = createTlsServer({ key, cert, minVersion: 'TLSv1.2' }, listener);
	const vendorPort = await listen(vendors);
	const reached: Internet['reached'] = [];
	const sockets = new Set<Socket>();
	const proxy = createServer((_request, response) => {
		response.writeHead(501).end('this proxy leads on by CONNECT only');
	});
	proxy.on('connect', (request, client: Socket) => {
		const host = request.url ?? '';
		const known = hosts.some((name) => host === `${name}:443`);
		reached.push({ host, known });
		if (!known) {
			client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
			return;
		}
		const server = connect(vendorPort, '127.0.0.1', () => {
			client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
			server.pipe(client);
			client.pipe(server);
		});
		for (const [one, other] of [
			[client, server],
			[server, client],
		] as const) {
			sockets.add(one);
			one.on('error', () => other.destroy());
			one.on('close', () => {
				sockets.delete(one);
				other.destroy();
			});
		}
	});
	const proxyUrl = `http://127.0.0.1:${String(await listen(proxy))}`;
	const folder = mkdtempSync(join(tmpdir(), 'digital-cs-ca-'));
	const caFile = join(folder, 'ca.pem');
	writeFileSync(caFile, ca);
	const around = '127.0.0.1,localhost';
	return {
		env: {
			HTTPS_PROXY: proxyUrl,
			https_proxy: proxyUrl,
			NO_PROXY: around,
			no_proxy: around,
			NODE_EXTRA_CA_CERTS: caFile,
		},
		certificates,
		reached,
		close: async () => {
			for (const socket of sockets) socket.destroy();
			vendors.closeAllConnections();
			await Promise.all([stop(proxy), stop(vendors)]);
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

async function listen(server: Server): Promise<number> {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return (server.address() as AddressInfo).port;
}

async function stop(server: Server): Promise<void> {
	await new Promise((resolve) => server.close(resolve));
}
