import type { IExecuteFunctions } from 'n8n-workflow';
import type { GateDecision } from '../../engine/tiers/gate';
import type { Gated } from '../../ledger/ledger';
import { openLedger } from '../platform/openLedger';
import { readId } from '../platform/readId';
import { readText } from '../platform/readText';
import { wordsOf } from '../platform/rows';
import { runModeOf } from '../platform/runMode';
import { sayNotRemembered } from './hints';

/**
 * Writes down whom the gate keeps from the journeys behind it, so that *Look Up* can say why they got nothing; live runs
 * only. A gate decides without a memory: where the ledger cannot be reached it says so and goes on, because the journey
 * behind it stops for the same ledger, and nothing is sent twice for want of an explanation.
 *
 * @param decisions in the order of the items
 */
export async function rememberHolds(
	context: IExecuteFunctions,
	decisions: readonly GateDecision[],
	now: number,
): Promise<void> {
	const journeys = wordsOf(readText(context, 'rememberForJourneys')) ?? [];
	if (journeys.length === 0 || runModeOf(context) !== 'live') return;
	const gated = new Map<string, Gated>();
	context.getInputData().forEach(({ json }, index) => {
		const accountId = readId(json.accountId);
		const decided = decisions[index];
		if (accountId === undefined || decided === undefined) return;
		// of an account that comes twice, the journey gets the item that passed
		if (decided.decision === 'pass') gated.set(accountId, { accountId, reasons: [] });
		else if (!gated.has(accountId)) gated.set(accountId, { accountId, reasons: decided.reasons });
	});
	try {
		const ledger = await openLedger(context, 'live');
		await ledger.rememberHolds(journeys, [...gated.values()], now);
	} catch (error) {
		context.addExecutionHints(sayNotRemembered(error));
	}
}
