import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod/v4';
import { picksOf } from '../../engine/content/checkAnswer';
import type { ContentBatch, KeptAnswer, Ledger } from '../../ledger/ledger';
import { failureText } from '../../services/claude/asked';
import type { Claude } from '../../services/claude/claude';
import { readNow } from '../platform/now';
import { openLedger } from '../platform/openLedger';
import { runModeOf } from '../platform/runMode';
import { monthOf, openClaude } from './asker';
import { readSettings } from './readSettings';

/** Answers written down at once. */
const CHUNK = 1_000;
/** The service keeps results for 29 days; what nobody could fetch by then never comes. */
const LOST_AFTER_MS = 29 * 86_400_000;

const settingsSchema = z.object({
	/** `null`: of an account that was erased meanwhile. */
	about: z.record(z.string(), z.string().nullable()),
	expiresAfterMs: z.number(),
	questions: z.number(),
});

/** Collected: batches whose answers are kept now, one item each. Under Way: those that are not done yet. */
export async function collectBatches(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const settings = readSettings(context);
	const now = readNow(context);
	const ledger = await openLedger(context, runModeOf(context));
	const open = await ledger.openBatches();
	const outputs: [INodeExecutionData[], INodeExecutionData[]] = [[], []];
	if (open.length === 0) {
		context.addExecutionHints({
			message: 'No batch is under way.',
			type: 'info',
			location: 'outputPane',
		});
		return outputs;
	}
	const claude = await openClaude(context, { prices: settings.prices });
	for (const one of open) {
		const { done, ...content } = await collectOne(one, { ledger, claude, now });
		const item = { json: { content: { batch: one.id, ...content } }, pairedItem: { item: 0 } };
		outputs[done ? 0 : 1].push(item);
	}
	return outputs;
}

type Tools = { ledger: Ledger; claude: Claude; now: number };
type Collected = {
	done: boolean;
	state: string;
	questions: number;
	answered: number;
	failed: number;
	/** Dollars; null where a price is not known. */
	cost: number | null;
	reasons: { code: string; text: string }[];
};

async function collectOne(
	{ id, submittedAt, settings }: ContentBatch,
	{ ledger, claude, now }: Tools,
): Promise<Collected> {
	const { about, expiresAfterMs, questions } = settingsSchema.parse(JSON.parse(settings));
	const none = { questions, answered: 0, failed: 0, cost: 0 };
	const state = await claude.batches.state(id);
	if (state.batch?.ready !== true) {
		const isLost = now - submittedAt > LOST_AFTER_MS;
		if (isLost) await ledger.closeBatch(id, now);
		const reasons =
			state.failed === undefined
				? []
				: [{ code: `claude.${state.failed}`, text: failureText(state) }];
		return { done: isLost, state: isLost ? 'lost' : 'underWay', ...none, reasons };
	}
	const fetched = await claude.batches.results(id);
	if (fetched.failed !== undefined) {
		const reasons = [{ code: `claude.${fetched.failed}`, text: failureText(fetched) }];
		return { done: false, state: 'underWay', ...none, reasons };
	}
	const counts = new Map<string, number>();
	let [answered, cost, costKnown] = [0, 0, true];
	let answers: KeptAnswer[] = [];
	for await (const result of fetched.results) {
		if (result.costMicros === undefined) costKnown = false;
		cost += result.costMicros ?? 0;
		if (result.failed !== undefined) {
			counts.set(result.failed, (counts.get(result.failed) ?? 0) + 1);
			continue;
		}
		const person = about[result.customId];
		if (person === null) continue;
		const kept = picksOf(result.answer);
		if (kept === undefined) {
			counts.set('notJson', (counts.get('notJson') ?? 0) + 1);
			continue;
		}
		answered++;
		answers.push({
			signature: result.customId,
			about: person ?? '',
			answer: JSON.stringify(kept),
			expiresAt: now + expiresAfterMs,
		});
		if (answers.length < CHUNK) continue;
		await ledger.rememberAnswers(answers);
		answers = [];
	}
	await ledger.rememberAnswers(answers);
	await ledger.closeBatch(id, now, { month: monthOf(now), microDollars: cost });
	return {
		done: true,
		state: 'collected',
		questions,
		answered,
		failed: [...counts.values()].reduce((sum, count) => sum + count, 0),
		cost: costKnown ? cost / 1_000_000 : null,
		reasons: [...counts].map(([code, count]) => ({
			code: `claude.${code}`,
			text: `${String(count)} without an answer: ${code}. Select asks them one by one, or lets the rules choose.`,
		})),
	};
}
