import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod/v4';
import { compileSelector } from '../../engine/content/selector';
import { Words } from '../../engine/escalation/routing/words';
import type { Ledger } from '../../ledger/ledger';
import { mostCost } from '../../services/claude/ask';
import { failureText } from '../../services/claude/asked';
import { BATCH_LIMITS, type BatchRequest } from '../../services/claude/batches';
import { priceOf } from '../../services/claude/prices';
import {
	compileQuestions,
	HIT_RATES,
	requestsOf,
	type Question,
} from '../../services/claude/questions';
import type { ClaudeRequest } from '../../services/claude/request';
import { readNow } from '../platform/now';
import { openLedger } from '../platform/openLedger';
import { runModeOf } from '../platform/runMode';
import { leftOfMonth, openClaude } from './asker';
import { readSettings, type Settings } from './readSettings';
import { readUsable } from './readCatalogue';
import { compileWanted, type Wanted } from './readWanted';
import { seenOf } from './seen';

/** Accounts whose history is read at once. */
const CHUNK = 2_000;
/** A run from the editor asks for this many at most. */
const TEST_ITEMS = 10;
/** Well under what the service takes, so that a part that fails costs little. */
const MOST_REQUESTS = 10_000;

type Signed = [signature: string, request: BatchRequest['request']];

/**
 * Asks for all accounts beforehand, at half the price: one question for all that share it, and none that is answered
 * already. What comes back is kept by Collect Batch; Select finds it there. One item per batch.
 */
export async function submitBatch(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const node = context.getNode();
	const settings = readSettings(context);
	if (settings.chooseBy !== 'claude')
		throw new NodeOperationError(node, 'Batches are of Claude only', {
			description: "Set 'Choose By' to Claude: n8n's chat models and the rules know no batches.",
		});
	const catalogue = readUsable(context);
	const now = readNow(context);
	const mode = runModeOf(context);
	const ledger = await openLedger(context, mode);
	const selector = compileSelector(catalogue.items, settings.selector);
	const questionOf = compileQuestions(catalogue.items, settings);
	const readWanted = compileWanted(context, settings, new Words(), now);
	const items = context.getInputData().slice(0, mode === 'test' ? TEST_ITEMS : undefined);
	const wanted = items.flatMap(({ json }, index): Wanted[] => {
		const read = readWanted(json, index);
		return 'problem' in read || read.variant?.by === 'rules' ? [] : [read];
	});

	const questions = new Map<string, Question & { about: string }>();
	for (let start = 0; start < wanted.length; start += CHUNK) {
		const chunk = wanted.slice(start, start + CHUNK);
		const { seen } = await ledger.contentMemory({
			keys: [],
			contacts: [...new Set(chunk.map(({ contact }) => contact))],
			since: 0,
		});
		for (const one of chunk) {
			const { ranked } = selector.select(one.profile, seenOf(seen.get(one.contact) ?? []), now);
			if (ranked.length === 0) continue;
			const question = questionOf(one.profile, ranked, one.variant);
			questions.set(question.signature, {
				...question,
				about: question.isPersonal ? one.accountId : '',
			});
		}
		await new Promise(setImmediate);
	}
	const signatures = [...questions.keys()].toSorted();
	const kept = await ledger.recallAnswers(signatures, now);
	const open = signatures.flatMap((signature, place) =>
		kept[place] === undefined ? (questions.get(signature) ?? []) : [],
	);
	const { requests, unpriced } = withinBudget(
		[...requestsOf(open, settings.prices, HIT_RATES.batch)],
		settings,
		(await leftOfMonth(settings, ledger, now)) - (await underWay(ledger)),
	);
	const { batches } = await openClaude(context, { prices: settings.prices });
	const submitted: INodeExecutionData[] = [];
	for (const part of partsOf(requests)) {
		const taken = await batches.submit(part);
		if (taken.failed !== undefined)
			throw new NodeOperationError(node, `The batch was not taken: ${failureText(taken)}`, {
				description: `${String(submitted.length)} batches before it were, and are collected as usual. Select works without this one: it asks one by one, or lets the rules choose.`,
			});
		const about = Object.fromEntries(
			part.flatMap(({ customId }) => {
				const one = questions.get(customId)?.about ?? '';
				return one === '' ? [] : [[customId, one]];
			}),
		);
		const kept = {
			about,
			expiresAfterMs: settings.memoMs,
			questions: part.length,
			mostMicros: part.reduce((sum, { request }) => sum + (mostOf(request, settings) ?? 0), 0),
		};
		await ledger.rememberBatch({
			id: taken.batch.id,
			submittedAt: now,
			settings: JSON.stringify(kept),
		});
		const content = { batch: taken.batch.id, questions: part.length, accounts: wanted.length };
		submitted.push({ json: { content }, pairedItem: { item: 0 } });
	}
	const answered = signatures.length - open.length;
	context.addExecutionHints({
		message: `${String(wanted.length)} accounts ask ${String(signatures.length)} different questions; ${String(answered)} are answered already, ${String(requests.length)} were submitted.`,
		type: 'info',
		location: 'outputPane',
	});
	const left = open.length - requests.length - unpriced;
	if (unpriced > 0)
		context.addExecutionHints({
			message: `${String(unpriced)} questions were not submitted: their model has no known price, so that they could cost anything. Enter it under Options → Prices, or set both budgets to 0.`,
			type: 'warning',
			location: 'outputPane',
		});
	if (left > 0)
		context.addExecutionHints({
			message: `${String(left)} questions could cost more than what is left of the budget, and were not submitted. Select asks them one by one, or lets the rules choose.`,
			type: 'warning',
			location: 'outputPane',
		});
	return [submitted];
}

/** The most a question of a batch may cost, micro-dollars; undefined where its model has no known price. */
function mostOf(request: ClaudeRequest, { prices }: Settings): number | undefined {
	const price = priceOf(request.model, prices);
	return price === undefined ? undefined : mostCost(request, price) * price.batchShare;
}

/** As many as cannot cost more than the budget, at their most: what a batch costs is known only when it is collected. */
function withinBudget(
	all: readonly Signed[],
	settings: Settings,
	leftOfMonth: number,
): { requests: Signed[]; unpriced: number } {
	const budget = Math.min(settings.runBudget, leftOfMonth);
	if (budget === Infinity) return { requests: [...all], unpriced: 0 };
	const priced = all.filter(([, request]) => mostOf(request, settings) !== undefined);
	let most = 0;
	const requests = priced.filter(([, request]) => {
		most += mostOf(request, settings) ?? 0;
		return most <= budget;
	});
	return { requests, unpriced: all.length - priced.length };
}

const underWaySchema = z.looseObject({ mostMicros: z.number().default(0) });

/** What batches that nobody collected yet may cost, micro-dollars. */
async function underWay(ledger: Ledger): Promise<number> {
	const open = await ledger.openBatches();
	return open.reduce(
		(sum, { settings }) => sum + underWaySchema.parse(JSON.parse(settings)).mostMicros,
		0,
	);
}

/** Parts that the service takes, in their order. */
function* partsOf(requests: readonly Signed[]): Generator<BatchRequest[]> {
	let part: BatchRequest[] = [];
	let bytes = 0;
	for (const [customId, request] of requests) {
		const size = Buffer.byteLength(JSON.stringify(request));
		if (part.length === MOST_REQUESTS || bytes + size > BATCH_LIMITS.bytes / 2) {
			yield part;
			[part, bytes] = [[], 0];
		}
		part.push({ customId, request });
		bytes += size;
	}
	if (part.length > 0) yield part;
}
