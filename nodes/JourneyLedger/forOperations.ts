import { dateOf, localDay } from '../../engine/health/history/localDay';
import { asksForHuman } from '../../engine/journeys/asksForHuman';
import type { Ledger } from '../../ledger/ledger';
import type { RunMode } from '../platform/runMode';
import { isKnown, SILENCES, TOLD } from './eventTypes';
import type { Understood } from './readEvent';

/** A sender reports them of all its messages, ours or not. */
const REPORTS: ReadonlySet<string> = new Set([
	'delivered',
	'opened',
	'clicked',
	'delivery_delayed',
	'usage_reported',
]);

/**
 * Of which of them operations are to be told, by position: of each where a customer waits for a human, or to be left
 * alone; else of the first that day for the same reason, because a sender whose accounts are not ours is one mistake.
 */
export async function forOperations(
	ledger: Ledger,
	news: readonly (Understood | undefined)[],
	{ mode, receivedAt, zone }: { mode: RunMode; receivedAt: number; zone: string },
): Promise<ReadonlySet<number>> {
	const day = dateOf(localDay(receivedAt, zone));
	const open = [...news.entries()].flatMap(([index, one]) => {
		const why = one === undefined ? undefined : whyTold(one);
		return why === undefined ? [] : [{ index, id: `${day}/${why}`, each: why === EACH }];
	});
	const ids = [...new Set(open.filter(({ each }) => !each).map(({ id }) => id))];
	const isFirst = await ledger.recordEvents(
		ids.map((id) => ({ id, accountId: '', type: TOLD, occurredAt: receivedAt })),
		receivedAt,
	);
	const first = new Set(ids.filter((_id, place) => mode === 'test' || isFirst[place] === true));
	return new Set(open.filter(({ each, id }) => each || first.has(id)).map(({ index }) => index));
}

const EACH = 'each';

function whyTold({ type, event, problem }: Understood): string | undefined {
	if (problem === undefined) return undefined;
	const { code } = problem;
	const isToBeLeftAlone = code === 'unknownType' || (SILENCES.has(type) && !event.contact);
	if (isToBeLeftAlone || asksForHuman({ type, data: event.data })) return EACH;
	if (code !== 'noAccount') return `${code}/${isKnown(type) ? type : ''}`;
	return REPORTS.has(type) || !isKnown(type) ? undefined : `${code}/${type}`;
}
