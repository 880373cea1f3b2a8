import { sayCounts, type Selection } from '../../engine/content/choice';
import { byRules, settle, type PlainText, type Settled } from '../../engine/content/settle';
import type { Reason } from '../../engine/journeys/memory';
import type { ContentPick } from '../../ledger/ledger';
import type { Question } from '../../services/claude/questions';
import type { Answered } from './answers';
import { contentFields, whyNotClaude } from './present';
import type { Settings } from './readSettings';
import type { Wanted } from './readWanted';

/** What becomes of one account; `content` is what its item carries. */
export type Chosen = {
	readonly index: number;
	readonly what: 'claude' | 'rules' | 'kept' | 'nothing';
	readonly content: object;
	/** Of the call that was made for it, micro-dollars. */
	readonly costMicros: number;
	readonly called: boolean;
	readonly why: readonly Reason[];
};

export const NO_CALL = { costMicros: 0, called: false, why: [] };

type Known = {
	readonly selection: Selection;
	readonly question: Question | undefined;
	readonly answered: Answered | undefined;
	/** Whether it is the account that the call was made for. */
	readonly first: boolean;
};

/** What one account gets: of what was answered if anything of it may be sent, else by the rules. */
export function decide(
	one: Wanted,
	{ selection, question, answered, first }: Known,
	room: { readonly settings: Settings; readonly now: number; readonly write: PlainText },
): { chosen: Chosen; pick?: ContentPick } {
	const { index } = one;
	const { ranked } = selection;
	const called = first && answered?.called === true;
	const costMicros = called ? (answered.costMicros ?? 0) : 0;
	if (ranked.length === 0) {
		const reasons = [
			{ code: 'nothingToSend', text: 'Nothing of the catalogue may be sent to this contact now.' },
			...sayCounts(selection),
		];
		const content = { reasons };
		return { chosen: { index, what: 'nothing', content, costMicros, called, why: reasons } };
	}
	const { language } = one.profile;
	const settled: Settled =
		question === undefined
			? byRules(ranked, language, [], room.write)
			: answered !== undefined && 'checked' in answered
				? settle(answered.checked, selection, language, room.write)
				: byRules(ranked, language, [whyNotClaude(answered)], room.write);
	const content = contentFields(one, {
		settled,
		selection,
		answered,
		model: question?.model,
		isBilled: called,
		settings: room.settings,
	});
	const why = settled.by === 'rules' && question !== undefined ? settled.reasons.slice(0, 1) : [];
	return {
		chosen: { index, what: settled.by, content, costMicros, called, why },
		pick: {
			key: one.key,
			accountId: one.accountId,
			contact: one.contact,
			contentId: settled.item.id,
			kind: settled.item.kind,
			at: room.now,
			experiment: one.variant === undefined ? '' : room.settings.experiment,
			variant: one.variant?.name ?? '',
			content: JSON.stringify(content),
		},
	};
}
