import type { Ledger, RecallQuery } from '../../../ledger/ledger';
import type { JourneyMemory, Touch } from '../../../engine/journeys/memory';
import { JOURNEY, T0 } from '../rows';

export async function recallOf(
	ledger: Ledger,
	over: Partial<RecallQuery> = {},
): Promise<JourneyMemory> {
	return await ledger.recall({
		journey: JOURNEY,
		dry: false,
		accountIds: ['acme'],
		addresses: [],
		now: T0,
		...over,
	});
}

/** The touch as the ledger has it, found through its account. */
export async function storedTouch(
	ledger: Ledger,
	key: string,
	over: Partial<RecallQuery> = {},
): Promise<Touch | undefined> {
	const { touches } = await recallOf(ledger, over);
	return touches.find((touch) => touch.key === key);
}
