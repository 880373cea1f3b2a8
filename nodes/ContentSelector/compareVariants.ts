import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import {
	compareVariants,
	experimentSchema,
	type Exposure,
} from '../../engine/content/compareVariants';
import { byHumans } from '../../engine/journeys/engagement';
import type { ContentPick, Ledger } from '../../ledger/ledger';
import { readNow } from '../platform/now';
import { openLedger } from '../platform/openLedger';
import { parseConfiguration } from '../platform/problems';
import { readText } from '../platform/readText';
import { readRows, textOf, wordsOf } from '../platform/rows';
import { runModeOf } from '../platform/runMode';

/** Accounts whose events are read at once. */
const CHUNK = 2_000;

/** One item: the verdict, or how much is missing until it can be told (R82). */
export async function compare(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const node = context.getNode();
	const now = readNow(context);
	const name = readText(context, 'experiment');
	const variants = readRows(context, 'variants', 'variant').map((row) => textOf(row.name));
	const number = (parameter: string): number => Number(context.getNodeParameter(parameter, 0));
	const experiment = parseConfiguration(node, 'Experiment', experimentSchema, {
		variants,
		baselineRate: number('baselinePercent') / 100,
		smallestLift: number('smallestLiftPoints') / 100,
		windowDays: number('outcomeDays'),
	});
	const outcomes = new Set(wordsOf(readText(context, 'outcomes')) ?? []);
	const ledger = await openLedger(context, runModeOf(context));
	const picks = await ledger.contentPicks(name, 0);
	const exposures = await exposuresOf(picks, outcomes, ledger);
	const comparison = compareVariants(exposures, experiment, now);
	context.addExecutionHints({
		message:
			comparison.verdict === 'tooEarly'
				? `Too early to tell: each variant needs ${String(comparison.planned)} accounts and ${String(experiment.windowDays)} days after the last. Looking now and stopping when it looks good would find differences where there are none, so none is shown.`
				: 'Decided by the first accounts of each variant; later ones change nothing.',
		type: 'info',
		location: 'outputPane',
	});
	const content = { experiment: name, ...comparison };
	return [[{ json: { content }, pairedItem: { item: 0 } }]];
}

/** Each mail with the first success of its account after it. */
async function exposuresOf(
	picks: readonly (ContentPick & { sentAt: number })[],
	outcomes: ReadonlySet<string>,
	ledger: Ledger,
): Promise<Exposure[]> {
	const accountIds = [...new Set(picks.map(({ accountId }) => accountId))];
	const successes = new Map<string, number[]>();
	for (let start = 0; start < accountIds.length; start += CHUNK) {
		const { events } = await ledger.timeline(accountIds.slice(start, start + CHUNK));
		for (const event of byHumans(events)) {
			if (!outcomes.has(event.type)) continue;
			const known = successes.get(event.accountId);
			if (known === undefined) successes.set(event.accountId, [event.occurredAt]);
			else known.push(event.occurredAt);
		}
		await new Promise(setImmediate);
	}
	return picks.map(({ variant, accountId: unit, sentAt }) => {
		const after = (successes.get(unit) ?? []).filter((at) => at >= sentAt);
		return {
			variant,
			unit,
			sentAt,
			...(after.length === 0 ? {} : { convertedAt: Math.min(...after) }),
		};
	});
}
