import { isoIn as inZone } from '../../calendar/isoIn';
import { localDaysBetween, parseLocal, sayTime } from '../../calendar/localTime';
import type { Reason } from '../../journeys/memory';
import { currentReasons, type Case, type Kind, type Measure, type Priority } from '../case';
import { readKnown, type KnownContact, type KnownOfAccount } from './knownOfAccount';
import {
	lastTouches,
	type EngagementState,
	type LastTouch,
	type TimelineInput,
} from './lastTouches';
import { gravestFirst, suggestStep } from '../nextStep';
import { plainLine } from './plainText';
import { safeLink, safeUrl, type Link } from './safeLink';
import type { SlaStanding } from '../standing';

export const UNKNOWN = 'unknown';

const MOST_REASONS = 10;
const MOST_CONTACTS = 5;
const MOST_NOTES = 5;
const MOST_LINKS = 10;
const LONGEST_NAME = 100;
const LONGEST_TEXT = 500;

export type ContextInput = {
	readonly case: Case;
	readonly standings: readonly SlaStanding[];
	/** As Account Profile, Health Score and Tier Gate give it; undefined where it was not at hand. */
	readonly account?: unknown;
	readonly timeline?: TimelineInput;
	/** Whether the channels report clicks and replies; if not, nobody knows who did not engage (P13). */
	readonly isReported?: boolean;
	/** To the CRM, the help desk, a board … */
	readonly links?: readonly Link[];
	/** Signed links that act on the case. */
	readonly actions?: {
		readonly acknowledge?: string;
		readonly touch?: string;
		readonly resolve?: string;
	};
	/** IANA: of the times in it. */
	readonly zone: string;
	readonly now: number;
};

/**
 * What a human who gets a case has to know (R51). Times are ISO 8601 with the zone's offset; every text is one plain
 * line, not escaped for any format; what is not known is null, and 'unknown' where it is a text.
 */
export type ContextPack = {
	readonly title: string;
	readonly no: number;
	readonly accountId: string;
	readonly kind: Kind;
	readonly priority: Priority;
	readonly owner: { readonly email: string; readonly name: string };
	readonly openedAt: string;
	/** What to do next: code and sentence. */
	readonly nextStep: Reason;
	readonly sla: readonly SlaLine[];
	/** Why it was opened, the gravest first, `more` than these. */
	readonly happened: Listed<{
		at: string;
		kind: Kind;
		priority: Priority;
		code: string;
		text: string;
	}>;
	readonly account: {
		readonly name: string;
		readonly arr: number | null;
		/** With thousands and, where it is known, the currency. */
		readonly arrText: string;
		readonly tier: string;
		readonly plan: string;
		readonly stage: string;
		readonly csm: string;
		readonly sponsor: string;
	};
	readonly health: {
		readonly score: number | null;
		readonly band: string;
		readonly reasons: readonly string[];
		readonly alerts: readonly string[];
	};
	readonly touches: {
		/** False where no timeline was at hand: then nobody knows of any. */
		readonly known: boolean;
		readonly last: readonly (Omit<LastTouch, 'at'> & { readonly at: string })[];
		readonly engagement: { readonly state: EngagementState; readonly lastAt: string | null };
	};
	readonly renewal: {
		/** Local date, or what stands in the field. */
		readonly date: string;
		/** Local days until then, negative after; null where the date is not known. */
		readonly days: number | null;
		readonly autoRenew: boolean | null;
		readonly noticeDays: number | null;
	};
	readonly contacts: Listed<{
		name: string;
		email: string;
		role: KnownContact['role'];
		status: KnownContact['status'];
		unsubscribed: boolean;
	}>;
	readonly notes: Listed<string>;
	/** To pages of the web only. */
	readonly links: readonly Link[];
	readonly actions: {
		readonly acknowledge: string | null;
		readonly touch: string | null;
		readonly resolve: string | null;
	};
};

/** The first of a list, and how many more there are. */
export type Listed<T> = { readonly first: readonly T[]; readonly more: number };

export type SlaLine = {
	readonly measure: Measure;
	readonly state: SlaStanding['state'];
	readonly dueAt: string | null;
	/** Whole minutes without pauses: by the clock on the wall, and in business time. */
	readonly elapsed: { readonly realMinutes: number; readonly businessMinutes: number };
	readonly text: string;
};

/** Gathers what is known of a case and its account. Nothing of the input is changed, nothing in it is trusted. */
export function contextPack(input: ContextInput): ContextPack {
	const { case: one, standings, timeline, zone, now, isReported = false } = input;
	const known = readKnown(input.account, one.facts);
	const iso = (at: number): string => isoIn(zone, at);
	const { touches, engagement } = lastTouches(timeline ?? { events: [], log: [] }, {
		isReported: isReported && timeline !== undefined,
		now,
	});
	const name = said(known.name ?? one.accountId, LONGEST_NAME);
	return {
		title: `Case ${one.no}: ${name} (${one.priority} ${one.kind})`,
		no: one.no,
		accountId: one.accountId,
		kind: one.kind,
		priority: one.priority,
		owner: { email: said(one.owner.email), name: said(one.owner.name, LONGEST_NAME) },
		openedAt: iso(one.openedAt),
		nextStep: plainStep(suggestStep(one, standings, now)),
		sla: standings.map((standing) => slaLine(standing, zone)),
		happened: listed(
			[
				...gravestFirst(currentReasons(one)),
				...gravestFirst(one.reasons.slice(0, one.settled ?? 0)),
			],
			MOST_REASONS,
			({ at, kind, priority, code, text }) => ({
				at: iso(at),
				kind,
				priority,
				code,
				text: said(text),
			}),
		),
		account: accountOf(known, name),
		health: {
			score: known.score ?? null,
			band: said(known.band),
			reasons: known.healthReasons.slice(0, MOST_REASONS).map((text) => said(text)),
			alerts: known.alerts.slice(0, MOST_REASONS).map((text) => said(text)),
		},
		touches: {
			known: timeline !== undefined,
			last: touches.map((touch) => ({
				...touch,
				at: iso(touch.at),
				journey: plainLine(touch.journey, LONGEST_NAME),
				step: plainLine(touch.step, LONGEST_NAME),
			})),
			engagement: {
				state: engagement.state,
				lastAt: engagement.lastAt === undefined ? null : iso(engagement.lastAt),
			},
		},
		renewal: renewalOf(known, zone, now),
		contacts: listed(known.contacts, MOST_CONTACTS, (contact) => ({
			...contact,
			name: said(contact.name, LONGEST_NAME),
			email: said(contact.email),
		})),
		notes: listed(known.notes, MOST_NOTES, (note) => said(note)),
		links: (input.links ?? []).flatMap((link) => safeLink(link) ?? []).slice(0, MOST_LINKS),
		actions: {
			acknowledge: safeUrl(input.actions?.acknowledge) ?? null,
			touch: safeUrl(input.actions?.touch) ?? null,
			resolve: safeUrl(input.actions?.resolve) ?? null,
		},
	};
}

/** Text of others as one line; nothing at all is unknown. */
function said(text: string | undefined, most = LONGEST_TEXT): string {
	const line = text === undefined ? '' : plainLine(text, most);
	return line === '' ? UNKNOWN : line;
}

function plainStep(step: Reason): Reason {
	return { ...step, text: plainLine(step.text, LONGEST_TEXT) };
}

function listed<T, U>(all: readonly T[], most: number, make: (one: T) => U): Listed<U> {
	return { first: all.slice(0, most).map(make), more: Math.max(0, all.length - most) };
}

function accountOf(known: KnownOfAccount, name: string): ContextPack['account'] {
	const { arr, currency } = known;
	const amount = arr === undefined ? undefined : arr.toLocaleString('en-US');
	return {
		name,
		arr: arr ?? null,
		arrText: said(
			amount === undefined || currency === undefined ? amount : `${amount} ${currency}`,
		),
		tier: said(known.tier, LONGEST_NAME),
		plan: said(known.plan, LONGEST_NAME),
		stage: said(known.stage, LONGEST_NAME),
		csm: said(known.csm, LONGEST_NAME),
		sponsor: said(known.sponsor, LONGEST_NAME),
	};
}

function renewalOf(
	{ renewalDate, autoRenew, noticeDays }: KnownOfAccount,
	zone: string,
	now: number,
): ContextPack['renewal'] {
	const at = parseLocal(renewalDate, zone);
	return {
		date: at === undefined ? UNKNOWN : isoIn(zone, at).slice(0, 10),
		days: at === undefined ? null : localDaysBetween(now, at, zone),
		autoRenew: autoRenew ?? null,
		noticeDays: noticeDays ?? null,
	};
}

const MEASURED: Record<Measure, string> = {
	acknowledge: 'Acknowledge',
	touch: 'First human contact',
	resolve: 'Resolve',
};

function slaLine({ measure, state, dueAt, elapsed }: SlaStanding, zone: string): SlaLine {
	const at = dueAt === undefined ? 'a time that is not known' : sayTime(dueAt, zone);
	const how: Record<SlaStanding['state'], string> = {
		running: `due ${at}`,
		nearing: `due ${at}, which is near`,
		met: 'done',
		breached: `was due ${at}`,
		paused: 'stands still while it waits for the customer',
	};
	return {
		measure,
		state,
		dueAt: dueAt === undefined ? null : isoIn(zone, dueAt),
		elapsed: { realMinutes: minutes(elapsed.real), businessMinutes: minutes(elapsed.business) },
		text: `${MEASURED[measure]}: ${how[state]}`,
	};
}

function minutes(ms: number): number {
	return Math.floor(ms / 60_000);
}

/** Times from items may be anything; a date ends a day before the last there is, so that every zone has it. */
const MOST_MS = 8.64e15 - 86_400_000;

function isoIn(zone: string, at: number): string {
	return Math.abs(at) <= MOST_MS ? inZone(at, zone) : UNKNOWN;
}
