import type { IncomingHttpHeaders, IncomingMessage, RequestListener } from 'node:http';
import { z } from 'zod/v4';

/** A request as it came in. */
export type Asked = {
	method: string;
	host: string;
	path: string;
	query: Record<string, string | string[]>;
	headers: IncomingHttpHeaders;
	/** Of JSON what it holds, of a form its fields; undefined where nothing was sent. */
	body: unknown;
};

/** A text or bytes are sent as they are, all else as JSON. `hangUp`: it was done, and the line goes dead before the answer. */
export type Answer = {
	status: number;
	body?: unknown;
	headers?: Record<string, string>;
	hangUp?: boolean;
};

export type Operation = {
	method: string;
	path: RegExp;
	/** What does not fit the vendor's description, in one sentence; undefined where all fits. */
	misfit: (asked: Asked) => string | undefined;
	/** Only asked where all fits. */
	answer: (asked: Asked, inPath: readonly string[]) => Answer;
};

/** A vendor's API, as far as the pack's templates and documentation use it. */
export type Vendor = {
	hosts: readonly string[];
	/** Which public description it was written from, and of which day. */
	description: string;
	/** Whether somebody may come in. */
	admits: (asked: Asked) => boolean;
	operations: readonly Operation[];
	/** A refusal in the vendor's own form. */
	refuse: (status: number, why: string) => Answer;
};

type Shapes<Body, Query> = {
	method: string;
	path: RegExp;
	body: z.ZodType<Body>;
	query: z.ZodType<Query>;
	headers?: z.ZodType;
	answer: (
		asked: Omit<Asked, 'body' | 'query'> & { body: Body; query: Query },
		inPath: readonly string[],
	) => Answer;
};

/** Where a request has none. */
export const NO_BODY = z.undefined();
export const NO_QUERY = z.strictObject({});

/** An operation whose request is checked by schemas written from the vendor's description. */
export function operation<Body, Query>({
	method,
	path,
	body,
	query,
	headers = z.unknown(),
	answer,
}: Shapes<Body, Query>): Operation {
	return {
		method,
		path,
		misfit: (asked) => {
			const parts = [
				['body', body.safeParse(asked.body)],
				['query', query.safeParse(asked.query)],
				['headers', headers.safeParse(asked.headers)],
			] as const;
			const [wrong] = parts.flatMap(([part, { error }]) =>
				error === undefined ? [] : [`${part}: ${z.prettifyError(error)}`],
			);
			return wrong;
		},
		answer: (asked, inPath) =>
			answer({ ...asked, body: body.parse(asked.body), query: query.parse(asked.query) }, inPath),
	};
}

export type Call = Asked & { status: number };

/** What is to go wrong, as with any vendor: for requests in whose path or body the pattern is found. */
export type Fault = {
	host: string;
	/** Which requests of the host; every one by default. */
	path: RegExp;
	pattern: RegExp;
	status: number | 'hangUp';
	times: number;
};

export type Vendors = {
	hosts: string[];
	listener: RequestListener;
	/** Every request, in order of arrival, with the status it was answered with. */
	calls: Call[];
	/** What did not fit a vendor's description. A test that ends with any has failed. */
	complaints: string[];
	/** From now on until it happened so often. */
	fail: (fault: Omit<Fault, 'times' | 'path'> & Partial<Fault>) => void;
	/** How many of a host's calls were answered well, in their order. */
	taken: (host: string, path?: RegExp) => Call[];
};

/** Answers for these vendors, strictly by their descriptions. */
export function gatherVendors(vendors: readonly Vendor[]): Vendors {
	const calls: Call[] = [];
	const complaints: string[] = [];
	const faults: Fault[] = [];
	const answerTo = (asked: Asked): Answer => {
		const vendor = vendors.find(({ hosts }) => hosts.includes(asked.host));
		if (vendor === undefined) return { status: 421, body: 'not a server of this name' };
		const complain = (status: number, why: string): Answer => {
			complaints.push(`${asked.method} ${asked.host}${asked.path}: ${why}`);
			return vendor.refuse(status, why);
		};
		if (!vendor.admits(asked)) return vendor.refuse(401, 'not authorized');
		const found = vendor.operations.find(
			({ method, path }) => method === asked.method && path.test(asked.path),
		);
		if (found === undefined) return complain(404, 'there is no such operation');
		const misfit = found.misfit(asked);
		if (misfit !== undefined) return complain(400, misfit);
		const what = `${decodeURIComponent(asked.path)} ${JSON.stringify(asked.body ?? '')}`;
		const fault = faults.find(
			({ host, path, pattern, times }) =>
				times > 0 && host === asked.host && path.test(asked.path) && pattern.test(what),
		);
		if (fault !== undefined) fault.times--;
		if (fault !== undefined && fault.status !== 'hangUp')
			return vendor.refuse(fault.status, 'refused');
		const answer = found.answer(asked, found.path.exec(asked.path)?.slice(1) ?? []);
		return fault === undefined ? answer : { ...answer, hangUp: true };
	};
	const listener: RequestListener = (request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const asked = read(request, Buffer.concat(chunks).toString('utf8'));
			const { status, body, headers = {}, hangUp } = answerTo(asked);
			calls.push({ ...asked, status });
			if (hangUp === true) {
				request.socket.destroy();
				return;
			}
			const raw = typeof body === 'string' || body instanceof Uint8Array;
			response.writeHead(status, {
				...(raw || body === undefined ? {} : { 'content-type': 'application/json' }),
				...headers,
			});
			response.end(raw || body === undefined ? body : JSON.stringify(body));
		});
	};
	return {
		hosts: vendors.flatMap(({ hosts }) => hosts),
		listener,
		calls,
		complaints,
		fail: (fault) => faults.push({ times: 1, path: /^/, ...fault }),
		taken: (host, path = /^/) =>
			calls.filter((call) => call.host === host && call.status < 300 && path.test(call.path)),
	};
}

/** A body that is not what its content type says is given as it is, and fits nothing. */
function read({ method = '', url = '', headers }: IncomingMessage, text: string): Asked {
	const { pathname, searchParams } = new URL(url, 'https://vendor.example');
	const query: Asked['query'] = {};
	for (const name of searchParams.keys()) {
		const values = searchParams.getAll(name);
		query[name] = values.length === 1 ? (values[0] ?? '') : values;
	}
	const type = headers['content-type'] ?? '';
	const host = (headers.host ?? '').replace(/:443$/, '');
	return { method, host, path: pathname, query, headers, body: bodyOf(text, type) };
}

function bodyOf(text: string, type: string): unknown {
	if (text === '') return undefined;
	if (type.startsWith('application/x-www-form-urlencoded'))
		return Object.fromEntries(new URLSearchParams(text));
	if (!type.startsWith('application/json')) return text;
	try {
		const value: unknown = JSON.parse(text);
		return value;
	} catch {
		return text;
	}
}

/** Basic authentication's header. */
export const basic = (user: string, password: string): string =>
	`Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
