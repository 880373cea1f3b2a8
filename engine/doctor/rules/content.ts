import { sendsOf } from '../channels';
import { readCatalogue } from '../../content/catalogue';
import { origins } from '../graph';
import { chooses, isJourneyEmail, isOurs, reviews } from '../kinds';
import type { Rule } from '../finding';
import { at, textsOf } from '../parameters';
import type { Patient } from '../patient';
import type { WorkflowNode } from '../workflow';

const CATALOGUE_INPUT = 1;
const USUAL_REVIEW_DAYS = 180;

const reviewsOff: Rule = {
	code: 'content-reviews-off',
	severity: 'error',
	holds: 'Content Selector sends nothing that nobody has looked at for a while.',
	todo: 'Set Review Days to what your product allows; 180 is usual.',
	*find({ workflow }) {
		for (const node of workflow.nodes)
			if ((chooses(node) || reviews(node)) && reviewDaysOf(node) <= 0)
				yield {
					node: node.name,
					text: `'${node.name}' asks for no review: content goes out for ever, whatever has become of the product.`,
				};
	},
};

function reviewDaysOf(node: WorkflowNode): number {
	const days = at(node.parameters, 'reviewDays');
	return typeof days === 'number' ? days : USUAL_REVIEW_DAYS;
}

const notReviewed: Rule = {
	code: 'content-not-reviewed',
	severity: 'error',
	holds:
		'Each row of a catalogue that stands in the workflow says when it was reviewed, and that is not too long ago.',
	todo: 'Look through the content, and enter today as reviewedAt.',
	*find(patient, { now }) {
		for (const selector of patient.workflow.nodes.filter(
			// one that asks for no review is named for that
			(node) => chooses(node) && reviewDaysOf(node) > 0,
		))
			for (const node of cataloguesOf(patient, selector))
				for (const row of rowsIn(node)) {
					const why = unreviewed(row, { now, reviewDays: reviewDaysOf(selector) });
					if (why !== undefined)
						yield {
							node: node.name,
							text: `'${nameOf(row)}' in '${node.name}' ${why}: '${selector.name}' must not send it.`,
						};
				}
	},
};

/** Nodes of fixed rows on the way to the catalogue's input. */
function cataloguesOf({ graph }: Patient, selector: WorkflowNode): WorkflowNode[] {
	return graph.into(selector.name).flatMap((wire) => {
		const last = wire.input === CATALOGUE_INPUT ? graph.find(wire.from) : undefined;
		if (last === undefined) return [];
		return [last, ...origins(graph, last.name, (node) => !isOurs(node)).values()].filter(
			(node) => !isOurs(node) && !node.disabled,
		);
	});
}

type ContentRow = Record<string, string>;

/** What `$now.minus({ days: 30 })` gives is as old as it says. */
const AGO = /['"]?\s*\+?\s*\$now\.minus\(\{\s*days:\s*(\d+)\s*\}\)(?:\.\w+\(\))*\s*\+?\s*['"]?/g;
const ROW = /\{[^{}]*\burl["']?\s*:[^{}]*\}/g;
const FIELD = /["']?(\w+)["']?\s*:\s*(?:"([^"]*)"|'([^']*)')/g;
const DAYS_AGO = /^ago:(\d+)$/;

/** Rows with a title and an address, wherever they are written down; expressions are not worked out. */
function rowsIn(node: WorkflowNode): ContentRow[] {
	return textsOf(node).flatMap(({ text }) => {
		const plain = text.replace(AGO, (_all, days: string) => `"ago:${days}"`).replace(/""/g, '"');
		return [...plain.matchAll(ROW)].flatMap(([row]): ContentRow[] => {
			const fields = Object.fromEntries(
				[...row.matchAll(FIELD)].map(([, name = '', one, other]) => [name, one ?? other ?? '']),
			);
			return 'title' in fields && 'url' in fields ? [fields] : [];
		});
	});
}

function nameOf({ id = '', title = '' }: ContentRow): string {
	return id === '' ? title : id;
}

function unreviewed(
	row: ContentRow,
	{ now, reviewDays }: { now: number; reviewDays: number },
): string | undefined {
	const { reviewedAt = '' } = row;
	if (reviewedAt === '') return 'says nowhere when it was reviewed';
	const [, ago] = DAYS_AGO.exec(reviewedAt) ?? [];
	if (ago !== undefined)
		return Number(ago) > reviewDays ? `was reviewed ${ago} days ago` : undefined;
	const { stale } = readCatalogue([{ ...row, url: 'https://example.com', kind: 'article' }], {
		now,
		zone: 'UTC',
		reviewDays,
	});
	return stale.length === 0 ? undefined : `was reviewed on ${reviewedAt}, too long ago`;
}

const REVIEWED = /\breviewed(?:\s+on)?:?\s*(\d{4}-\d\d-\d\d)/i;
const DAY_MS = 86_400_000;

/** A note is how a mail can say it: n8n keeps no date of its own. */
const mailNotReviewed: Rule = {
	code: 'mail-not-reviewed',
	severity: 'warning',
	holds: `A mail whose notes say 'Reviewed: 2026-11-01' was looked at within ${String(USUAL_REVIEW_DAYS)} days.`,
	todo: 'Read the mail, mend what has changed, and enter the date in its notes.',
	*find({ workflow }, { now }) {
		for (const node of workflow.nodes) {
			const [, date] = REVIEWED.exec(node.notes) ?? [];
			if (date === undefined || !(isJourneyEmail(node) || sendsOf(node) !== undefined)) continue;
			const days = Math.floor((now - Date.parse(date)) / DAY_MS);
			if (days > USUAL_REVIEW_DAYS)
				yield {
					node: node.name,
					text: `'${node.name}' was reviewed on ${date}, ${String(days)} days ago.`,
				};
		}
	},
};

export const contentRules: readonly Rule[] = [reviewsOff, notReviewed, mailNotReviewed];
