import type { CaseWork } from '../../ledger/ledger';

/** Work on cases that only looks: what was found out, and nothing to write. */
export function unwritten<T>(answer: T): CaseWork<T> {
	const changes = { cases: [], days: [], notices: [], events: [] };
	return { changes, claims: [], confirm: [], answer };
}
