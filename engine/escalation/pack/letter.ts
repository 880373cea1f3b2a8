import { UNKNOWN, type ContextPack, type Listed } from './contextPack';
import { plainLine } from './plainText';
import type { Link } from './safeLink';

/** Escaped it may be five times as long, and has to fit into one of Slack's texts with its heading. */
const LONGEST_LINE = 550;

/** Plain text, in which anything of anybody may stand: each format escapes it. Behind it a link of ours. */
export type Line = { readonly text: string; readonly action?: Action };

/** A heading of ours, and lines. */
export type Section = { readonly heading: string; readonly lines: readonly Line[] };

/** A link that acts on a case. */
export type Action = { readonly id: string; readonly label: string; readonly url: string };

/** What a person reads, whichever the format; plain text, and addresses that `safeUrl` let pass. */
export type Letter = {
	readonly title: string;
	/** The first is what is expected of the reader. */
	readonly actions: readonly Action[];
	readonly sections: readonly Section[];
	readonly links: readonly Link[];
};

/** A pack as it is read; @param why whoever reads it is told now, where it is not the first they hear of it */
export function letterOf(pack: ContextPack, why: readonly string[] = []): Letter {
	const { title, links } = pack;
	const { acknowledge, touch, resolve } = pack.actions;
	return {
		title,
		actions: [
			...action('acknowledge', 'Acknowledge', acknowledge),
			...action('touch', 'I have spoken with the customer', touch),
			...action('resolve', 'Resolve', resolve),
		],
		sections: sectionsOf(pack, why),
		links,
	};
}

function action(id: string, label: string, url: string | null): Action[] {
	return url === null ? [] : [{ id, label, url }];
}

/** Lines that fit every format. */
export function sectionOf(heading: string, lines: readonly Line[]): Section {
	return {
		heading,
		lines: lines.map((line) => ({ ...line, text: plainLine(line.text, LONGEST_LINE) })),
	};
}

/** In the order in which they are needed. */
function sectionsOf(pack: ContextPack, why: readonly string[]): Section[] {
	const sections: { heading: string; lines: readonly string[] }[] = [
		...(why.length === 0 ? [] : [{ heading: 'Why you get this', lines: why }]),
		{ heading: 'Next step', lines: [pack.nextStep.text] },
		{
			heading: 'Deadlines',
			lines: orElse(
				pack.sla.map(({ text }) => text),
				'None',
			),
		},
		{
			heading: 'What happened',
			lines: all(pack.happened, ({ at, text, priority, kind }) => {
				return `${shown(at)}: ${text} (${priority} ${kind})`;
			}),
		},
		{ heading: 'Account', lines: accountLines(pack) },
		{ heading: 'Health', lines: healthLines(pack) },
		{ heading: 'Renewal', lines: renewalLines(pack) },
		{ heading: 'Last touches', lines: touchLines(pack) },
		{ heading: 'Contacts', lines: orElse(all(pack.contacts, sayContact), UNKNOWN) },
		{
			heading: 'Notes',
			lines: orElse(
				all(pack.notes, (note) => note),
				UNKNOWN,
			),
		},
	];
	return sections.map(({ heading, lines }) =>
		sectionOf(
			heading,
			lines.map((text) => ({ text })),
		),
	);
}

function accountLines({ account, accountId, owner, openedAt, no }: ContextPack): string[] {
	return [
		`Name: ${account.name} (id ${accountId})`,
		`ARR: ${account.arrText}`,
		`Tier: ${account.tier}`,
		`Plan: ${account.plan}`,
		`Stage: ${account.stage}`,
		`Success manager: ${account.csm}`,
		`Executive sponsor: ${account.sponsor}`,
		`Case ${no} since ${shown(openedAt)}, with ${owner.name} (${owner.email})`,
	];
}

function healthLines({ health }: ContextPack): string[] {
	const score = health.score === null ? UNKNOWN : `${health.score} of 100`;
	return [`Score: ${score}`, `Band: ${health.band}`, ...health.alerts, ...health.reasons];
}

function renewalLines({ renewal }: ContextPack): string[] {
	const { date, days, autoRenew, noticeDays } = renewal;
	const itself = autoRenew === null ? UNKNOWN : autoRenew ? 'yes' : 'no';
	return [
		`Date: ${date}${days === null ? '' : ` (${sayDays(days)})`}`,
		`Renews by itself: ${itself}`,
		`Notice: ${noticeDays === null ? UNKNOWN : counted(noticeDays, 'day')}`,
	];
}

function sayDays(days: number): string {
	if (days === 0) return 'today';
	return days > 0 ? `in ${counted(days, 'day')}` : `${counted(-days, 'day')} ago`;
}

const CHANNELS = new Map([
	['email', 'E-mail'],
	['inApp', 'In-app message'],
	['human', 'By a person'],
]);
const STATES = {
	sent: '',
	sending: ', nobody knows whether it arrived',
	failed: ', could not be delivered',
};
const ENGAGEMENT = {
	engaged: ', the customer engaged',
	none: ', no engagement',
	unknown: ', engagement unknown',
};

function touchLines({ touches }: ContextPack): string[] {
	if (!touches.known) return [UNKNOWN];
	const lines = touches.last.map(({ at, channel, journey, step, state, engagement }) => {
		const what = [journey, step].filter((part) => part !== '').join(', ');
		const how = channel === 'human' ? '' : ENGAGEMENT[engagement];
		const by = CHANNELS.get(channel) ?? channel;
		return `${shown(at)}: ${by}${what === '' ? '' : ` (${what})`}${STATES[state]}${how}`;
	});
	const { state, lastAt } = touches.engagement;
	const last = {
		engaged: lastAt === null ? UNKNOWN : `last on ${shown(lastAt)}`,
		none: 'none',
		unknown: `${UNKNOWN}, because no channel reports it`,
	};
	return [...orElse(lines, 'None'), `Engagement: ${last[state]}`];
}

function sayContact(contact: ContextPack['contacts']['first'][number]): string {
	const { name, email, role, status, unsubscribed } = contact;
	const marks = [
		role === 'decisionMaker' ? 'decision maker' : role,
		...(status === 'active' ? [] : [status]),
		...(unsubscribed ? ['unsubscribed'] : []),
	];
	return `${name}, ${email} (${marks.join(', ')})`;
}

function all<T>({ first, more }: Listed<T>, say: (one: T) => string): string[] {
	return [...first.map(say), ...(more > 0 ? [`and ${more} more`] : [])];
}

function orElse(lines: readonly string[], otherwise: string): readonly string[] {
	return lines.length === 0 ? [otherwise] : lines;
}

/** `2026-03-04 11:00 +01:00`, which nobody has to ask about. */
function shown(iso: string): string {
	return iso.replace('T', ' ').replace(/:\d\d(Z|[+-]\d\d:\d\d)$/, ' $1');
}

function counted(count: number, one: string): string {
	return `${count} ${one}${count === 1 ? '' : 's'}`;
}
