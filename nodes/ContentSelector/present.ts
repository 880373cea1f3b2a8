import type { ContentItem } from '../../engine/content/item';
import type { Selection } from '../../engine/content/choice';
import type { Settled } from '../../engine/content/settle';
import type { Reason } from '../../engine/journeys/memory';
import type { ContentPick } from '../../ledger/ledger';
import { failureText, NO_USAGE } from '../../services/claude/asked';
import type { Answered } from './answers';
import type { Settings } from './readSettings';
import type { Wanted } from './readWanted';

const MICROS = 1_000_000;

/** What the item of a chosen content carries: for the mail behind, for conditions, and to be explained. */
export function contentFields(
	{ profile, variant }: Wanted,
	{
		settled,
		selection,
		answered,
		model,
		isBilled,
		settings,
	}: {
		settled: Settled;
		selection: Selection;
		answered: Answered | undefined;
		model: string | undefined;
		isBilled: boolean;
		settings: Settings;
	},
): object {
	const { item, points, subject, opening, reason, by, reasons } = settled;
	return {
		id: item.id,
		title: item.title,
		url: item.url,
		kind: item.kind,
		...(item.summary === undefined ? {} : { summary: item.summary }),
		...(item.outcome === undefined ? {} : { outcome: item.outcome }),
		subject,
		opening,
		reason,
		by,
		points,
		eligible: selection.eligible,
		...(profile.language === undefined ? {} : { language: profile.language }),
		...(variant === undefined ? {} : { experiment: settings.experiment, variant: variant.name }),
		...(model === undefined ? {} : { model, ...billOf(answered, isBilled) }),
		reasons,
	};
}

/** Tokens and dollars of the call that was made for this item; others with the same question cost nothing. */
function billOf(answered: Answered | undefined, isBilled: boolean): object {
	const fromMemory = answered !== undefined && 'checked' in answered && !isBilled;
	if (!isBilled || answered === undefined) return { fromMemory, tokens: NO_USAGE, cost: 0 };
	const { usage, costMicros } = answered;
	return {
		fromMemory,
		tokens: { ...usage },
		// null: nobody knows what this model costs
		cost: costMicros === undefined ? null : costMicros / MICROS,
	};
}

/** What was chosen before, as it was then. */
export function keptFields({ content }: ContentPick): object {
	const kept: unknown = JSON.parse(content);
	return typeof kept === 'object' && kept !== null ? kept : {};
}

/** Whether the row still says what was chosen then. */
export function saysTheSame(kept: ContentPick, { title, url }: ContentItem): boolean {
	const then = keptFields(kept);
	return 'title' in then && then.title === title && 'url' in then && then.url === url;
}

/** Why the rules chose where Claude was to. */
export function whyNotClaude(answered: Answered | undefined): Reason {
	if (answered === undefined || !('failed' in answered))
		return {
			code: 'claude.notAsked',
			text: 'Claude was not asked any more: the budget of the month is used up. The rules chose.',
		};
	return {
		code: `claude.${answered.failed}`,
		text: `${failureText(answered)}. The rules chose.`,
	};
}
