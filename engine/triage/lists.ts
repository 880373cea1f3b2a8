import type { CrmFacts } from '../crm/facts';
import type { PersonRef } from '../escalation/case';
import { groupBy } from '../escalation/families';
import { toHtml } from '../escalation/pack/html';
import { sectionOf, type Letter, type Line } from '../escalation/pack/letter';
import { safeUrl } from '../escalation/pack/safeLink';
import { escapeSlack } from '../escalation/pack/slackBlocks';
import type { Reason } from '../journeys/memory';
import { PRESSING, type Pressing, type Queued } from './queue';
import { sayNextStep, sayTouch, sayWhy, type Here } from './say';

/** One place in the queue, with everything said. */
export type Entry = Queued & {
	readonly rank: number;
	readonly owner: PersonRef;
	readonly reasons: readonly Reason[];
	readonly nextStep: Reason;
	readonly facts: CrmFacts | undefined;
};

/** What one person reads in the morning. */
export type OwnerList = {
	readonly owner: PersonRef;
	readonly entries: readonly Entry[];
	readonly count: number;
	/** Overdue or urgent ones among them. */
	readonly urgent: number;
	readonly subject: string;
	readonly html: string;
	/** Escaped for Slack's text; no formatting. */
	readonly slack: string;
};

export type Wording = Here & {
	/** Who has the accounts of nobody. */
	readonly team: string;
	/** Of amounts. */
	readonly currency: string;
	/** Where an account is looked at, with `{accountId}`; '' for nowhere. */
	readonly link: string;
};

/** More than these nobody works through in a morning; the rest is counted. */
const MOST_LINES = 40;

const HEADINGS: Record<Pressing, string> = {
	overdue: 'Overdue',
	urgent: 'Urgent, or due today',
	normal: 'To look at',
	waiting: 'Wait for the customer',
	baseline: 'Held already when health was first scored: look through them once',
};

/** Says of each place in the queue why, whose it is and what to do. @param factsOf what the ledger knows of an account */
export function sayEntries(
	queue: readonly Queued[],
	factsOf: (accountId: string) => CrmFacts | undefined,
	wording: Wording,
): Entry[] {
	return queue.map((queued, place) => {
		const facts = factsOf(queued.account.accountId);
		return {
			...queued,
			rank: place + 1,
			owner: ownerOf(queued, wording.team),
			reasons: sayWhy(queued, wording),
			nextStep: sayNextStep(queued, facts, wording),
			facts,
		};
	});
}

/** Whoever has the case, else the account's own success manager, else the team; a name without an address is the team's. */
function ownerOf({ case: one, account }: Queued, team: string): PersonRef {
	if (one !== undefined) return one.case.owner;
	const csm = account.csm?.trim() ?? '';
	if (csm.includes('@')) return { email: csm.toLowerCase(), name: csm };
	return { email: team, name: csm === '' ? team : csm };
}

/**
 * A list for each owner, those with the most pressing account first; where nothing needs a look, one for the team that says
 * so.
 */
export function listsOf(entries: readonly Entry[], wording: Wording): OwnerList[] {
	if (entries.length === 0) {
		const owner = { email: wording.team, name: wording.team };
		return [listOf(owner, [], wording)];
	}
	return [...groupBy(entries, ({ owner }) => owner.email)].map(([email, its]) => {
		const [first] = its;
		const owner = email === wording.team ? { email, name: email } : first?.owner;
		return listOf(owner ?? { email, name: email }, its, wording);
	});
}

function listOf(owner: PersonRef, entries: readonly Entry[], wording: Wording): OwnerList {
	const urgent = entries.filter(({ pressing }) => isPressing(pressing)).length;
	const letter: Letter = {
		title: titleOf(entries.length, urgent),
		actions: [],
		sections: entries.length === 0 ? [] : sectionsOf(entries, owner, wording),
		links: [],
	};
	return {
		owner,
		entries,
		count: entries.length,
		urgent,
		subject: `Triage: ${letter.title}`,
		html: toHtml(letter),
		slack: slackOf(letter),
	};
}

export function isPressing(pressing: Pressing): boolean {
	return pressing === 'overdue' || pressing === 'urgent';
}

function titleOf(count: number, urgent: number): string {
	if (count === 0) return 'nothing needs a look today';
	const what = count === 1 ? '1 customer needs a look' : `${String(count)} customers need a look`;
	return urgent === 0 ? what : `${what}, ${urgent === count ? 'all' : String(urgent)} urgent`;
}

function sectionsOf(
	entries: readonly Entry[],
	owner: PersonRef,
	wording: Wording,
): Letter['sections'] {
	const shown = entries.slice(0, MOST_LINES);
	const more = entries.length - shown.length;
	const sections = PRESSING.flatMap((pressing) => {
		const lines = shown
			.filter((entry) => entry.pressing === pressing)
			.map((entry) => lineOf(entry, owner, wording));
		return lines.length === 0 ? [] : [sectionOf(HEADINGS[pressing], lines)];
	});
	if (more === 0) return sections;
	return [...sections, sectionOf('And more', [{ text: `${String(more)} more in the queue` }])];
}

function lineOf(entry: Entry, owner: PersonRef, wording: Wording): Line {
	const { account, rank, reasons, nextStep, facts } = entry;
	const { accountId, name, arr, score, band } = account;
	const parts = [
		`${String(rank)}. ${name ?? accountId}`,
		...(arr === undefined ? [] : [`ARR ${arr.toLocaleString('en-US')} ${wording.currency}`]),
		...(score === undefined ? [] : [`health ${String(score)} (${band ?? ''})`]),
		...(entry.owner.name === owner.name ? [] : [`with ${entry.owner.name}`]),
	];
	const why = reasons.map(({ text }) => `${text}.`).join(' ');
	const touch = facts?.lastTouch;
	const last = touch === undefined ? '' : ` Last message: ${sayTouch(touch, wording)}.`;
	const text = `${parts.join(', ')}. Next: ${nextStep.text}. Why: ${why}${last}`;
	const url = wording.link === '' ? undefined : linkOf(wording.link, accountId);
	return url === undefined ? { text } : { text, action: { id: 'open', label: 'Open', url } };
}

function linkOf(pattern: string, accountId: string): string | undefined {
	return safeUrl(pattern.replaceAll('{accountId}', encodeURIComponent(accountId)));
}

/** Plain lines: Slack makes nothing of them but what is written. */
function slackOf({ title, sections }: Letter): string {
	const blocks = sections.map(({ heading, lines }) =>
		[
			heading,
			...lines.map(({ text, action }) =>
				escapeSlack(action === undefined ? `• ${text}` : `• ${text} ${action.url}`),
			),
		].join('\n'),
	);
	return [`Triage: ${title}`, ...blocks].join('\n\n');
}
