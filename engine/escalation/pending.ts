import type { Case, PersonRef } from './case';
import { caseKey } from './caseEvents';
import { NOTICE_EVENTS, type NoticeEvent, type NoticeFate } from './memory';
import type { CompiledSla } from './sla';

/** An alarm is told twice at the most: once more when nobody confirmed that it arrived. */
const MOST_ATTEMPTS = 2;
const DIGEST = 'digest/';
const BUNDLE = 'bundle/';
const AGAIN = '/again/';

/** A notice that is to be handed out again; `attempt` counts this time. */
export type Lost = { readonly key: string; readonly attempt: number };

/**
 * What became of the notices of a case: those that somebody still has, and those to hand out again. The others arrived,
 * were tried often enough, or nobody remembers them.
 */
export function pendingOf(
	{ pending }: Pick<Case, 'pending'>,
	fates: ReadonlyMap<string, NoticeFate>,
): { underWay: string[]; lost: Lost[] } {
	const underWay: string[] = [];
	const lost: Lost[] = [];
	for (const key of pending) {
		const fate = fates.get(key);
		if (fate?.state === 'underWay') underWay.push(key);
		if (fate?.state === 'letGo' && fate.attempts < MOST_ATTEMPTS && !key.includes(AGAIN))
			lost.push({ key, attempt: fate.attempts + 1 });
	}
	return { underWay, lost };
}

/** @param date local date; `time` how many there were on it, this one included */
export function digestKey(owner: string, date: string, time: number): string {
	return `${DIGEST}${owner}/${date}/${time}`;
}

/** @param first key of what is told of the first case in it: each is told once */
export function bundleKey(to: string, first: string): string {
	return `${BUNDLE}${to}/${first}`;
}

/**
 * What is left of a notice of several cases, under a key of its own: of those it was about some may be looked at now and
 * others later, and each of them is told once more.
 * @param first number of its first case
 */
export function againKey(key: string, first: number): string {
	return `${key}${AGAIN}${first}`;
}

/** Whom a notice of several cases is for, as one of them knows them; undefined for a single one, and for who is no more told of it. */
export function sharedBy(
	{ owner }: Case,
	key: string,
	{ policy }: CompiledSla,
): { event: 'digest' | 'bundle'; to: PersonRef } | undefined {
	const event = key.startsWith(DIGEST) ? 'digest' : key.startsWith(BUNDLE) ? 'bundle' : undefined;
	if (event === undefined) return undefined;
	const people = [owner, ...policy.levels.map(({ to }) => to)];
	const to = people.find(({ email }) => key.startsWith(`${event}/${email}/`));
	return to === undefined ? undefined : { event, to };
}

/** Whom a single notice is for, and why; undefined for one of an earlier opening, or of a level that is no more. */
export function addressOf(
	one: Case,
	key: string,
	{ policy }: CompiledSla,
): { event: NoticeEvent; to: PersonRef } | undefined {
	if (key === caseKey(one, 'reopened')) return { event: 'reopened', to: one.owner };
	const prefix = caseKey(one, '');
	if (!key.startsWith(prefix)) return undefined;
	const [word, , level] = key.slice(prefix.length).split('/');
	const event = NOTICE_EVENTS.find((known) => known === word);
	const to = event === 'level' ? policy.levels[Number(level) - 1]?.to : one.owner;
	// whoever had a case that became part of this one is told once: it is nobody's alarm
	if (event === undefined || event === 'merged' || to === undefined) return undefined;
	return { event, to };
}
