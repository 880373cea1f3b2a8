import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { evaluate, type Picked } from '../../engine/content/evaluation/evaluate';
import {
	EVALUATED_AT,
	labelledProfiles,
	questionOf as labelledQuestion,
	sampleCatalogue,
} from '../../engine/content/evaluation/labels';
import { compileSelector } from '../../engine/content/selector';
import type { Checked } from '../../engine/content/checkAnswer';
import { settle } from '../../engine/content/settle';
import { compileQuestions } from '../../services/claude/questions';
import type { Ledger } from '../../ledger/ledger';
import { readNow } from '../platform/now';
import { openLedger } from '../platform/openLedger';
import { runModeOf } from '../platform/runMode';
import { answersTo } from './answers';
import { openAsker } from './asker';
import { readSettings, type Settings } from './readSettings';

/** One item: how often the rules, or a model, choose what a customer success manager would (R82). */
export async function evaluateChoices(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const settings = readSettings(context);
	const ledger = await openLedger(context, runModeOf(context));
	const evaluation = evaluate(labelledProfiles(), await picksBy(settings, context, ledger));
	const { best, acceptable } = evaluation.agreement;
	const percent = (share: number): string => `${String(Math.round(share * 100))} %`;
	context.addExecutionHints({
		message: `${percent(best)} as labelled, ${percent(acceptable)} acceptable, ${String(evaluation.never)} that a customer would take amiss, ${String(evaluation.invalid)} invalid answers, $${(evaluation.cost / 1_000_000).toFixed(4)}.`,
		type: 'info',
		location: 'outputPane',
	});
	const by = settings.chooseBy === 'claude' ? settings.model : settings.chooseBy;
	const content = { by, ...evaluation, cost: evaluation.cost / 1_000_000 };
	return [[{ json: { content }, pairedItem: { item: 0 } }]];
}

const NOTHING: Checked = { picks: [], reasons: [] };

async function picksBy(
	settings: Settings,
	context: IExecuteFunctions,
	ledger: Ledger,
): Promise<Picked[]> {
	const catalogue = sampleCatalogue();
	const selector = compileSelector(catalogue, settings.selector);
	const questionOf = compileQuestions(catalogue, settings);
	const all = labelledProfiles().map((labelled) => {
		const { profile, seen } = labelledQuestion(labelled, catalogue);
		const { ranked } = selector.select(profile, seen, EVALUATED_AT);
		const question = questionOf(profile, ranked);
		const about = question.items.map(({ id }) => id);
		const selection = selector.select(profile, seen, EVALUATED_AT, about);
		return { profileId: labelled.id, profile, ranked, selection, question };
	});
	if (settings.chooseBy === 'rules')
		return all.map(({ profileId, ranked: [best] }) => ({ profileId, contentId: best?.item.id }));
	const now = readNow(context);
	const asker = await openAsker(context, settings, ledger, now);
	const asked = all.filter(({ ranked }) => ranked.length > 0);
	const answers = await answersTo(
		asked.map(({ question }) => ({ ...question, about: '' })),
		{ ledger, asker, settings, now },
	);
	await asker.settle();
	const billed = new Set<string>();
	return all.map(({ profileId, profile, ranked, selection, question }): Picked => {
		if (ranked.length === 0) return { profileId };
		const answered = answers.get(question.signature);
		const isFirst = !billed.has(question.signature);
		billed.add(question.signature);
		const checked = answered !== undefined && 'checked' in answered ? answered.checked : NOTHING;
		const settled = settle(checked, selection, profile.language);
		return {
			profileId,
			contentId: settled.item.id,
			invalid: settled.by === 'rules',
			cost: isFirst ? (answered?.costMicros ?? 0) : 0,
		};
	});
}
