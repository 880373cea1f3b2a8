/**
 * fetch over a connection of its own: n8n is killed and started again at the same address, and a connection that was kept
 * may lead to the one that is gone.
 */
export async function ask(
	url: string,
	{ headers, ...init }: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> } = {},
): Promise<Response> {
	return await fetch(url, { ...init, headers: { ...headers, connection: 'close' } });
}
