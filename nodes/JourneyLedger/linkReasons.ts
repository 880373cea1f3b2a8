import type { Reason } from '../../engine/journeys/memory';

export const badLink: Reason = {
	code: 'badLink',
	text: 'The link was not signed by this ledger, is not complete, or was changed: nothing was done.',
};
export const unknownTouch: Reason = {
	code: 'unknownTouch',
	text: 'The link is genuine, but the ledger no longer knows its mail, or the mail went to a colleague: nothing was recorded.',
};
export const notCounted: Reason = {
	code: 'testLink',
	text: 'A link of a test mail, or a run from the editor: it works, and nothing was recorded.',
};
export const lookedOnly: Reason = {
	code: 'lookedOnly',
	text: 'The unsubscribe page was opened; link scanners do that too, so nothing was changed.',
};
export const unsubscribed: Reason = {
	code: 'unsubscribed',
	text: 'The address gets no automated e-mail of any journey any more.',
};
export const notRecorded: Reason = {
	code: 'notRecorded',
	text: 'The ledger did not answer; the person was led on and the click was not recorded.',
};
export const notUnsubscribed: Reason = {
	code: 'notUnsubscribed',
	text: 'The ledger did not answer: the address still gets e-mail. It was answered with 503 and a page that says so, so that the mail program or the person tries again.',
};
export const notChecked: Reason = {
	code: 'notChecked',
	text: 'The ledger did not answer, so nobody can tell whether the link is genuine: answered with 503, to be tried again.',
};

const VERDICTS = {
	person: 'A person clicked.',
	manyLinksAtOnce:
		'Several links of the mail were opened at once, as scanners do; none of these clicks counts.',
	notSentYet: 'The mail is not known to have left, so this was a scanner on its way.',
	tooSoon: 'Opened within seconds of sending, as scanners at the gate do.',
	noUserAgent: 'The request does not say which program it comes from.',
	scannerUserAgent: 'The request comes from a program that is no browser.',
	prefetch: 'A program fetched the page in advance.',
	notANavigation: 'A program fetched the page; nobody went there.',
	noLanguage: 'The request names no language, as browsers of people do.',
};

/** Why a click counts, or does not (P13). */
export function verdict(code: keyof typeof VERDICTS): Reason {
	return { code, text: VERDICTS[code] };
}
