import { isRecord } from './canonical';
import type { FlowNode } from './flow';

/** A credential of the n8n: no secret in it. */
export type Credential = { id: string; name: string; type: string };

/** What is known of the credentials of an n8n. */
export type Keyring = {
	credentials: readonly Credential[];
	/** What the user said, by type. */
	named: ReadonlyMap<string, Credential>;
};

/**
 * Types that say how a request is signed, not for whom: the only Basic Auth of an n8n may be for anything, and putting it
 * in would send one service's password to another.
 */
const GENERIC =
	/^http(Basic|Bearer|Digest|Header|Query|Custom|Ssl)Auth$|^oAuth[12]Api$|^jwtAuth$|^digitalCsWebhookSecretApi$/;

/** One to put in, or why there is none. */
export type Choice =
	{ chosen: Credential } | { chosen: undefined; why: 'none' | 'several' | 'generic' };

/** The credential for a place in a flow that asks for one of this type, under this name. */
export function chooseCredential(type: string, name: string, keyring: Keyring): Choice {
	const named = keyring.named.get(type);
	if (named !== undefined) return { chosen: named };
	const ofType = keyring.credentials.filter((one) => one.type === type);
	const sameName = ofType.filter((one) => one.name === name);
	const [only] = sameName.length === 1 ? sameName : ofType;
	if (only === undefined) return { chosen: undefined, why: 'none' };
	if (sameName.length === 1) return { chosen: only };
	if (GENERIC.test(type)) return { chosen: undefined, why: 'generic' };
	return ofType.length === 1 ? { chosen: only } : { chosen: undefined, why: 'several' };
}

/** The places for credentials in a node, by type, with the id where one is chosen. */
export function credentialsOf({
	credentials,
}: FlowNode): { type: string; id?: string; name: string }[] {
	return Object.entries(credentials ?? {}).flatMap(([type, value]) => {
		if (!isRecord(value)) return typeof value === 'string' ? [{ type, name: value }] : [];
		const name = typeof value.name === 'string' ? value.name : '';
		return typeof value.id === 'string' ? [{ type, id: value.id, name }] : [{ type, name }];
	});
}

/** The shipped node with the credentials that the user chose for it, else with those that fit. */
export function withCredentials(
	shipped: FlowNode,
	theirs: FlowNode | undefined,
	keyring: Keyring,
): FlowNode {
	const chosen = theirs === undefined ? [] : credentialsOf(theirs).filter(({ id }) => id);
	const kept = chosen.map(({ type }): [string, unknown] => [type, theirs?.credentials?.[type]]);
	const fitting = credentialsOf(shipped).map(({ type, name }): [string, object] => {
		const { chosen: fits } = chooseCredential(type, name, keyring);
		return [type, fits === undefined ? { id: null, name } : { id: fits.id, name: fits.name }];
	});
	const credentials = { ...Object.fromEntries(fitting), ...Object.fromEntries(kept) };
	return Object.keys(credentials).length === 0 ? shipped : { ...shipped, credentials };
}
