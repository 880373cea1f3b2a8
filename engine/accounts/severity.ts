/** The words that people have for the worst that a ticket can be, P1. */
const WORST = /^(?:p ?-?1|1|urgent|critical|highest|blocker|sev(?:erity)?[ -]?1)$/i;

/** @param severity as its sender writes it: a word, or a number */
export function isWorst(severity: unknown): boolean {
	return (
		(typeof severity === 'string' || typeof severity === 'number') &&
		WORST.test(String(severity).trim())
	);
}
