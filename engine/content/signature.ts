import type { Payload } from './payload';

/** To be raised where an answer of before would not be one to the same question any more. */
const VERSION = 2;

/**
 * The text that says what a question is: two accounts with the same one can share an answer. Whoever keeps it hashes it;
 * it is the same whichever layout the question is asked in.
 * @param system `systemText` of the settings
 */
export function signatureOf(
	model: string,
	system: string,
	{ profile, answerIn, howMany, candidates }: Payload,
): string {
	return JSON.stringify([
		VERSION,
		model,
		system,
		sorted(profile),
		answerIn,
		howMany,
		candidates.map(sorted),
	]);
}

/** Names in order, so that the order in which somebody wrote them down makes no other question. */
function sorted(value: object): unknown {
	return Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
