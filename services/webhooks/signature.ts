import { createHmac, timingSafeEqual } from 'node:crypto';
import { ACCEPTED, refused, type Verdict } from './call';

export const ALGORITHMS = ['sha1', 'sha256', 'sha512'] as const;
export type Algorithm = (typeof ALGORITHMS)[number];
export type Encoding = 'hex' | 'base64';

/** What a sender signed, and how. */
export type Signed = {
	algorithm: Algorithm;
	encoding: Encoding;
	/** Each text that may have been signed, in parts. */
	contents: readonly (readonly (string | Buffer)[])[];
	/** Each signature that came along: senders that rotate a secret send one per secret. */
	signatures: readonly string[];
	/** Keys that may have signed. */
	secrets: readonly (string | Buffer)[];
};

/** Nobody sends more; each is compared with each secret. */
const MOST_SIGNATURES = 10;

/**
 * Whether any of the signatures was made with any of the secrets. All are compared, in constant time, so that how long it
 * takes tells nothing. Only the one spelling counts in which the signature would have been written.
 */
export function checkSignature(signed: Signed): Verdict {
	const { algorithm, encoding, contents, signatures, secrets } = signed;
	const usable = secrets.filter(({ length }) => length > 0);
	if (usable.length === 0) return refused('noSecret');
	const given = signatures.filter((text) => text !== '').slice(0, MOST_SIGNATURES);
	if (given.length === 0) return refused('noSignature');
	let found = false;
	for (const secret of usable) {
		for (const parts of contents) {
			const hmac = createHmac(algorithm, secret);
			for (const part of parts) hmac.update(part);
			const expected = Buffer.from(hmac.digest(encoding));
			for (const text of given) found = isSame(Buffer.from(text), expected) || found;
		}
	}
	return found ? ACCEPTED : refused('badSignature');
}

/** Whether the text is one of the secrets, for senders that can only show one. */
export function checkSecret(text: string | undefined, secrets: readonly string[]): Verdict {
	const usable = secrets.filter((secret) => secret !== '');
	if (usable.length === 0) return refused('noSecret');
	if (text === undefined || text === '') return refused('noSignature');
	let found = false;
	// digests, so that not even the length of a secret can be measured
	for (const secret of usable) found = isSame(digestOf(text), digestOf(secret)) || found;
	return found ? ACCEPTED : refused('badSignature');
}

function digestOf(text: string): Buffer {
	return createHmac('sha256', 'digital-cs').update(text).digest();
}

function isSame(given: Buffer, expected: Buffer): boolean {
	return given.length === expected.length && timingSafeEqual(given, expected);
}
