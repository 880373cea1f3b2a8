import { z } from 'zod/v4';

/**
 * `address`, `key`, `scope` and `notN8n` are the user's to mend; `missing`, `refused` and `busy` concern the one workflow;
 * `unreachable` and `broken` may pass.
 */
export type TroubleKind =
	| 'address'
	| 'key'
	| 'scope'
	| 'notN8n'
	| 'missing'
	| 'refused'
	| 'busy'
	| 'unreachable'
	| 'broken';

/** What went wrong with an n8n, in a sentence that says what to do. */
export class N8nTrouble extends Error {
	/** Whether n8n may have done it all the same. */
	readonly mayBeDone: boolean;
	/** Where it surely was not done, or only reads: after which pause it is worth another try. */
	readonly againAfterMs: number | undefined;

	constructor(
		readonly kind: TroubleKind,
		message: string,
		{ mayBeDone = false, againAfterMs }: { mayBeDone?: boolean; againAfterMs?: number } = {},
	) {
		super(message);
		this.mayBeDone = mayBeDone;
		this.againAfterMs = againAfterMs;
	}

	static unreachable(url: string, error: unknown, isRead: boolean): N8nTrouble {
		const isLate = failureSchema.safeParse(error).data?.name === 'TimeoutError';
		const what = isLate ? 'did not answer in time' : `cannot be reached (${reasonOf(error)})`;
		return new N8nTrouble(
			'unreachable',
			`The n8n at ${url} ${what}. Look whether it runs, and whether this machine may connect to it`,
			// a connection that n8n has closed is noticed only when it is used
			{ mayBeDone: !isRead, againAfterMs: isRead && !isLate ? AGAIN_MS : undefined },
		);
	}

	static notN8n(url: string, what: string): N8nTrouble {
		return new N8nTrouble(
			'notN8n',
			`No n8n API at ${url}: ${what}. Give the address under which you open n8n`,
			{ mayBeDone: true },
		);
	}
}

const AGAIN_MS = 500;
const LONGEST_PAUSE_S = 60;

const failureSchema = z.object({
	name: z.string().optional(),
	message: z.string().optional(),
	cause: z.object({ code: z.string().optional(), message: z.string().optional() }).optional(),
});
const saidSchema = z.looseObject({ message: z.string() });

/** The trouble that an answer other than 2xx means. */
export function troubleOf(
	response: Pick<Response, 'status' | 'headers'>,
	text: string,
	{ url, scope, isRead }: { url: string; scope: string; isRead: boolean },
): N8nTrouble {
	const { status } = response;
	const said = saidOf(text);
	const says = said === undefined ? '' : `: ${said}`;
	if (status >= 300 && status < 400)
		return new N8nTrouble(
			'address',
			`${url} leads on to ${response.headers.get('location') ?? 'another address'}. Give that n8n's own address with --url; the key is sent to no other`,
		);
	if (status === 401)
		return new N8nTrouble(
			'key',
			`n8n at ${url} does not know the API key. Make one under Settings, n8n API, and give it as N8N_API_KEY`,
		);
	if (status === 403)
		return new N8nTrouble(
			'scope',
			`The API key may not do this${says}. It needs the scope ${scope}; or who made it lacks the right in n8n`,
		);
	if (status === 404 && said === undefined)
		return N8nTrouble.notN8n(
			url,
			'it answers 404 (its public API may be off: N8N_PUBLIC_API_DISABLED)',
		);
	if (status === 404) return new N8nTrouble('missing', `n8n does not find it${says}`);
	if (status === 429)
		return new N8nTrouble(
			'broken',
			`${url} has had too many calls (429)${says}. Wait a few minutes`,
			{ againAfterMs: pauseIn(response.headers) },
		);
	if (status >= 500)
		return new N8nTrouble('broken', `n8n at ${url} answered ${status}${says}. Its log says why`, {
			mayBeDone: !isRead,
			againAfterMs: isRead ? AGAIN_MS : undefined,
		});
	const kind = status === 409 ? 'busy' : 'refused';
	return new N8nTrouble(kind, `n8n refused it with ${status}${says}`);
}

/** The pause that is asked for; none where it is longer than anybody waits at a terminal. */
function pauseIn(headers: Headers): number | undefined {
	const seconds = Number(headers.get('retry-after') ?? AGAIN_MS / 1000);
	return seconds <= LONGEST_PAUSE_S ? seconds * 1000 : undefined;
}

function saidOf(text: string): string | undefined {
	try {
		const said = saidSchema.safeParse(JSON.parse(text));
		return said.success ? said.data.message.replace(/\.$/, '').slice(0, 300) : undefined;
	} catch {
		return undefined;
	}
}

/** The network's own word for it, as ECONNREFUSED. */
function reasonOf(error: unknown): string {
	const read = failureSchema.safeParse(error);
	if (!read.success) return 'no connection';
	return read.data.cause?.code ?? read.data.cause?.message ?? read.data.message ?? 'no connection';
}
