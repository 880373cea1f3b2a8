import type { Case, PersonRef } from './case';
import { caseKey } from './caseEvents';
import { NOTICE_EVENTS, type NoticeEvent, type NoticeFate } from './memory';
import type { CompiledSla } from './sla';

/** An alarm is told twice at the most: once more when nobody confirmed that it arrived. */
const MOST_ATTEMPTS = 2;
const DIGEST = 'digest/';

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
		if (fate?.state === 'letGo' && fate.attempts < MOST_ATTEMPTS)
			lost.push({ key, attempt: fate.attempts + 1 });
	}
	return { underWay, lost };
}

export function digestKey(owner: string, date: string): string {
	return `${DIGEST}${owner}/${date}`;
}

export function isDigest(key: string): boolean {
	return key.startsWith(DIGEST);
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
	return event === undefined || to === undefined ? undefined : { event, to };
}
