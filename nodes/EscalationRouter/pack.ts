import type { IDataObject } from 'n8n-workflow';
import type { Case } from '../../engine/escalation/case';
import { contextPack, type ContextPack } from '../../engine/escalation/pack/contextPack';
import { toHtml } from '../../engine/escalation/pack/html';
import { toMarkdown } from '../../engine/escalation/pack/markdown';
import { letterOf, type Letter } from '../../engine/escalation/pack/letter';
import type { Notice } from '../../engine/escalation/memory';
import { compileSla } from '../../engine/escalation/sla';
import { slaOf } from '../../engine/escalation/slaOf';
import {
	escapeSlack,
	toSlackBlocks,
	type SlackBlock,
} from '../../engine/escalation/pack/slackBlocks';
import type { Timeline } from '../../ledger/ledger';
import type { Links } from './links';
import type { Session } from './session';

/** Notices packed before other work gets its turn. */
export const PACKED_AT_ONCE = 100;

/** What the reader of a notice gets, ready for a mail, Markdown and Slack. */
export type Written = {
	subject: string;
	markdown: string;
	html: string;
	slack: { text: string; blocks: SlackBlock[] };
};

/** With the links that act on the case, and all that is known of its account as data (R51). */
export type Packed = Written & { links: object; context: ContextPack };

/** @param account the item as it came; undefined where only the case is known */
export type Packer = (notice: Notice, account: IDataObject | undefined) => Packed;

/** Reads the stories of these cases' accounts at once. */
export async function packsFor(
	{ ledger, now }: Session,
	{ make, accountLink }: Links,
	cases: readonly Case[],
): Promise<Packer> {
	const accountIds = [...new Set(cases.map(({ accountId }) => accountId))];
	const stories = splitStories(
		accountIds.length === 0 ? undefined : await ledger.timeline(accountIds),
	);
	return (notice, account) => {
		const [one] = notice.cases;
		if (one === undefined) throw new RangeError('A notice is about at least one case');
		// whoever merely hears that a case is no more theirs has nothing to do with it
		const isFormer = notice.event === 'merged' && notice.to.email !== one.owner.email;
		const links = isFormer ? {} : (make?.(one, notice.to) ?? {});
		const context = contextPack({
			case: one,
			standings: slaOf(one, now),
			...(account === undefined ? {} : { account }),
			timeline: stories(one.accountId),
			links: accountLink === '' ? [] : [{ title: 'Account', url: filled(accountLink, one) }],
			actions: links,
			zone: compileSla(one.sla).policy.calendar.zone,
			now,
		});
		const why = notice.event === 'opened' ? [] : notice.reasons.map(({ text }) => text);
		const nextStep = { code: 'done', text: `Nothing: ${one.owner.name} has it` };
		const shown = isFormer ? { ...context, nextStep } : context;
		return { ...written(letterOf(shown, why), notice.event), links, context: shown };
	};
}

function splitStories(
	timeline: Timeline | undefined,
): (accountId: string) => Pick<Timeline, 'events' | 'log'> {
	const stories = new Map<string, Pick<Timeline, 'events' | 'log'>>();
	if (timeline === undefined) return () => ({ events: [], log: [] });
	const { survivorOf, events, log } = timeline;
	const storyOf = (accountId: string): Pick<Timeline, 'events' | 'log'> => {
		const id = survivorOf.get(accountId) ?? accountId;
		let story = stories.get(id);
		if (story === undefined) {
			story = { events: [], log: [] };
			stories.set(id, story);
		}
		return story;
	};
	for (const event of events) storyOf(event.accountId).events.push(event);
	for (const entry of log) storyOf(entry.accountId).log.push(entry);
	return storyOf;
}

function filled(address: string, { accountId }: Case): string {
	return address.replaceAll('{accountId}', encodeURIComponent(accountId));
}

const EVENTS: Record<Notice['event'], string> = {
	opened: '',
	raised: 'More pressing: ',
	reopened: 'Open again: ',
	reassigned: 'Handed to you: ',
	merged: 'Two cases became one: ',
	nearing: 'Reminder: ',
	breached: 'Overdue: ',
	level: 'Nobody has taken it: ',
	stale: 'Still waiting: ',
	digest: '',
	bundle: '',
};

/** A letter in every format that notices leave in; `subject` is what a person sees in a list of mails. */
export function written(letter: Letter, event: Notice['event']): Written {
	const subject = `${EVENTS[event]}${letter.title}`;
	return {
		subject,
		markdown: toMarkdown(letter),
		html: toHtml(letter),
		slack: { text: escapeSlack(subject), blocks: toSlackBlocks(letter) },
	};
}
