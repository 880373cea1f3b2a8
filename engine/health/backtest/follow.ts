import type { Facts } from '../fields';
import { followFacts } from './asOf';
import type { DatedFacts } from './history';
import type { Judged } from './judged';

/** What was known of an account on a day, and what was made of it. */
export type Seen<Answer> = { readonly known: Facts; readonly found: Answer };

/**
 * Goes through one account's past: each call gives what was found at an instant (ms since 1970), by nothing that became
 * known later. Instants must not go back. undefined as long as nothing is known.
 */
export type Follow<Answer> = (
	facts: readonly DatedFacts[],
) => (asOf: number) => Seen<Answer> | undefined;

/** What a score under test says; `Health` fits. */
export type Verdict = Pick<Judged, 'score' | 'band' | 'risk'>;

/** A score that needs no memory: it looks at what is known at `asOf` and at nothing else. */
export function byFacts<Answer>(look: (facts: Facts, asOf: number) => Answer): Follow<Answer> {
	return (facts) => {
		const at = followFacts(facts);
		return (asOf) => {
			const known = at(asOf);
			return known === undefined ? undefined : { known, found: look(known, asOf) };
		};
	};
}
