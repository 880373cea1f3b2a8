/** A request as it came in, before anybody believes it. */
export type Call = {
	method: string;
	/** By lower-case name. */
	headers: Readonly<Record<string, string | undefined>>;
	/** The bytes that were sent, unpacked and otherwise untouched. */
	body: Buffer;
	/** The public addresses under which the sender may have called, most likely first (HubSpot signs its own). */
	urls: readonly string[];
	/** What the query says, by name. */
	query: Readonly<Record<string, string | undefined>>;
	/** ms since 1970. */
	now: number;
};

/** Why a call is not believed; `noSecret` is a fault of ours, every other the caller's. */
export type Refusal =
	'noSecret' | 'noSignature' | 'badSignature' | 'badTimestamp' | 'tooOld' | 'wrongOrganization';

export type Verdict = { ok: true } | { ok: false; why: Refusal };

export const ACCEPTED: Verdict = { ok: true };

export function refused(why: Refusal): Verdict {
	return { ok: false, why };
}
