import type { Seen } from '../../engine/content/choice';
import { CONTENT_KINDS } from '../../engine/content/item';
import type { SeenContent } from '../../ledger/ledger';

/** What the ledger says of a contact as the rules read it; a kind that is none any more tells them nothing. */
export function seenOf(all: readonly SeenContent[]): Seen[] {
	return all.flatMap(({ contentId, kind, at }) => {
		const known = CONTENT_KINDS.find((one) => one === kind);
		return known === undefined ? [] : [{ contentId, kind: known, at }];
	});
}
