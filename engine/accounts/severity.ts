/** The words that people have for the worst that a ticket can be, P1. */
const WORST = /^(?:p ?-?1|1|urgent|critical|highest|blocker|sev(?:erity)?[ -]?1)$/i;

export function isWorst(severity: string): boolean {
	return WORST.test(severity.trim());
}
