import type { IDataObject } from 'n8n-workflow';
import type { Case } from '../../engine/escalation/case';
import { contextPack, type ContextPack } from '../../engine/escalation/contextPack';
import { toHtml } from '../../engine/escalation/html';
import { toMarkdown } from '../../engine/escalation/markdown';
import type { Notice } from '../../engine/escalation/memory';
import { compileSla } from '../../engine/escalation/sla';
import { slaOf } from '../../engine/escalation/slaOf';
import { toSlackBlocks, type SlackBlock } from '../../engine/escalation/slackBlocks';
import type { Timeline } from '../../ledger/ledger';
import type { Links } from './links';
import type { Session } from './session';

/** What the reader of a notice gets: as data, and ready for a mail, Markdown and Slack (R51). */
export type Packed = {
	subject: string;
	markdown: string;
	html: string;
	slack: { text: string; blocks: SlackBlock[] };
	links: object;
	context: ContextPack;
};

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
		const links = make?.(one, notice.to) ?? {};
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
		const subject = subjectOf(notice, context);
		return {
			subject,
			markdown: toMarkdown(context),
			html: toHtml(context),
			slack: { text: subject, blocks: toSlackBlocks(context) },
			links,
			context,
		};
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

const EVENTS: Record<Exclude<Notice['event'], 'digest'>, string> = {
	opened: '',
	raised: 'More pressing: ',
	reopened: 'Open again: ',
	nearing: 'Reminder: ',
	breached: 'Overdue: ',
	level: 'Nobody has taken it: ',
	stale: 'Still waiting: ',
};

/** What a person sees in a list of mails. */
export function subjectOf({ event, cases }: Notice, { title }: Pick<ContextPack, 'title'>): string {
	if (event !== 'digest') return `${EVENTS[event]}${title}`;
	return cases.length === 1 ? 'And 1 more alert' : `And ${String(cases.length)} more alerts`;
}
