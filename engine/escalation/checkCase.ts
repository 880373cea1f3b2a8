import type { JourneyEvent, Reason } from '../journeys/memory';
import { MEASURES, type Case, type PersonRef } from './case';
import { caseEvent, caseKey } from './caseEvents';
import { routed, sayTelling } from './caseReasons';
import { raisedMessage } from './foldFamily';
import type { NoticeEvent, NoticeFate } from './memory';
import type { Message } from './outbox';
import { pendingOf, type Lost } from './pending';
import { compileSla, type CompiledSla } from './sla';
import { afterTelling, idOf, nextTelling, type Telling } from './tellings';

/** What one person is to be told of a case. */
export type Letter = { readonly to: PersonRef; readonly message: Message };

export type CheckedCase = {
	/** Before anybody is told, and before it is known when to look at it again. */
	readonly case: Case;
	/** What time brought about, and what came about where nobody could be told; its owner first, then levels from below. */
	readonly letters: readonly Letter[];
	readonly events: readonly JourneyEvent[];
	/** Notices that got lost. */
	readonly lost: readonly Lost[];
};

type Said = { readonly id: string; readonly telling: Telling; readonly reason: Reason };

/** The weightiest last. */
const WEIGHT: readonly NoticeEvent[] = ['nearing', 'breached', 'stale', 'level'];

/** Looks at one case at `now`, ms since 1970. Of one that is over nothing is told. */
export function checkCase(
	one: Case,
	fates: ReadonlyMap<string, NoticeFate>,
	now: number,
): CheckedCase {
	if (!one.open) return { case: one, letters: [], events: [], lost: [] };
	const sla = compileSla(one.sla);
	const { case: reached, said } = sayAll(one, sla, now);
	const { underWay, lost } = pendingOf(one, fates);
	return {
		case: { ...reached, pending: underWay, untold: undefined },
		letters: [...newsOf(one), ...lettersOf(one, said, sla)],
		events: said
			.filter(({ telling }) => telling.event !== 'nearing')
			.map(({ id, reason: { code } }) => {
				const about = { id: caseKey(one, `told/${id}`), data: { telling: id, code } };
				return caseEvent('case_told', reached, about, now);
			}),
		lost,
	};
}

/** One after the other, as if each had been told in time: what one of them begins may have come as well. */
function sayAll(one: Case, sla: CompiledSla, now: number): { case: Case; said: Said[] } {
	const said: Said[] = [];
	let reached = one;
	for (;;) {
		const telling = nextTelling(reached, sla);
		if (telling === undefined || telling.at > now)
			return { case: reached, said: withoutOldNews(said) };
		const id = idOf(telling);
		said.push({ id, telling, reason: sayTelling(reached, id, telling) });
		reached = afterTelling(reached, telling, sla);
	}
}

/** That an end is near is no news where it has come. */
function withoutOldNews(said: readonly Said[]): Said[] {
	const breached = new Set(
		said.flatMap(({ telling }) => (telling.event === 'breached' ? [telling.measure] : [])),
	);
	return said.filter(
		({ telling }) => telling.event !== 'nearing' || !breached.has(telling.measure),
	);
}

function newsOf(one: Case): Letter[] {
	return (one.untold ?? []).map((news) => {
		if (news.event === 'raised') return { to: one.owner, message: raisedMessage(one) };
		const { event, no, to } = news;
		const what = to.email === one.owner.email ? `merged/${no}/mine` : `merged/${no}`;
		return { to, message: { event, what, reasons: [routed.folded(no, one)] } };
	});
}

/** One for each person, by what weighs most in it. */
function lettersOf(one: Case, said: readonly Said[], { policy }: CompiledSla): Letter[] {
	const letters = new Map<string, { to: PersonRef; said: Said[] }>();
	for (const each of said) {
		const { telling } = each;
		const level = telling.event === 'level' ? policy.levels[telling.level - 1] : undefined;
		const to = level === undefined || level.to.email === one.owner.email ? one.owner : level.to;
		const letter = letters.get(to.email);
		if (letter === undefined) letters.set(to.email, { to, said: [each] });
		else letter.said.push(each);
	}
	return [...letters.values()].flatMap(({ to, said: its }) => {
		const main = its.toSorted((a, b) => weightOf(a) - weightOf(b)).at(-1);
		if (main === undefined) return [];
		const reasons = its.map(({ reason }) => reason);
		return [{ to, message: { event: main.telling.event, what: main.id, reasons } }];
	});
}

/** Of equal events that nobody took note weighs more than that nobody spoke to the customer: it has others told. */
function weightOf({ telling }: Said): number {
	const measure = 'measure' in telling ? MEASURES.indexOf(telling.measure) : 0;
	return WEIGHT.indexOf(telling.event) * MEASURES.length - measure;
}
