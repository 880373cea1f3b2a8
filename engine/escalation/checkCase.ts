import type { JourneyEvent, Reason } from '../journeys/memory';
import { MEASURES, type Case, type PersonRef } from './case';
import { caseEvent, caseKey } from './caseEvents';
import { sayAgain, sayTelling } from './caseReasons';
import type { Notice, NoticeEvent, NoticeFate } from './memory';
import type { Outbox } from './outbox';
import { addressOf, isDigest, pendingOf, type Lost } from './pending';
import { compileSla, type CompiledSla } from './sla';
import { afterTelling, idOf, nextTelling, type Telling } from './tellings';

export type CheckedCase = {
	/** Before it is known when to look at it again. */
	readonly case: Case;
	readonly notices: readonly Notice[];
	readonly events: readonly JourneyEvent[];
	/** Digests it was in that are to be handed out again. */
	readonly digests: readonly Lost[];
};

type Said = { readonly id: string; readonly telling: Telling; readonly reason: Reason };
/** What one person is told in one notice; its key is that of the weightiest. */
type Letter = { readonly to: PersonRef; readonly said: Said[] };

/** The weightiest last. */
const WEIGHT: readonly NoticeEvent[] = ['nearing', 'breached', 'stale', 'level'];

/** Looks at one case at `now`, ms since 1970. Of one that is over nothing is told. */
export function checkCase(
	one: Case,
	fates: ReadonlyMap<string, NoticeFate>,
	outbox: Outbox,
	now: number,
): CheckedCase {
	if (!one.open) return { case: one, notices: [], events: [], digests: [] };
	const sla = compileSla(one.sla);
	const { case: reached, said } = sayAll(one, sla, now);
	const { underWay, lost } = pendingOf(one, fates);
	let after: Case = { ...reached, pending: underWay };
	const notices: Notice[] = [];
	for (const { to, said: its } of lettersOf(one, said, sla)) {
		const main = its.toSorted((a, b) => weightOf(a) - weightOf(b)).at(-1);
		if (main === undefined) continue;
		const { event } = main.telling;
		const message = { event, what: main.id, reasons: its.map(({ reason }) => reason) };
		const isPlain = event === 'nearing' || event === 'breached';
		const told = isPlain ? outbox.toOwner(after, message) : outbox.toPerson(after, to, message);
		after = told.case;
		if (told.notice !== undefined) notices.push(told.notice);
	}
	const again = repeat(after, lost, notices, sla);
	const keys = [...again.notices, ...again.digests].map(({ key }) => key);
	return {
		case: { ...after, pending: [...after.pending, ...keys] },
		notices: [...notices, ...again.notices],
		events: said.filter(({ telling }) => telling.event !== 'nearing').map(eventOf(after, now)),
		digests: again.digests,
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

/** The owner first, then levels from below. */
function lettersOf({ owner }: Case, said: readonly Said[], { policy }: CompiledSla): Letter[] {
	const letters = new Map<string, Letter>();
	for (const one of said) {
		const { telling } = one;
		const level = telling.event === 'level' ? policy.levels[telling.level - 1] : undefined;
		const to = level === undefined || level.to.email === owner.email ? owner : level.to;
		const letter = letters.get(to.email);
		if (letter === undefined) letters.set(to.email, { to, said: [one] });
		else letter.said.push(one);
	}
	return [...letters.values()];
}

/** Lost notices once more, unless whoever they are for is told of the case anyway. */
function repeat(
	one: Case,
	lost: readonly Lost[],
	told: readonly Notice[],
	sla: CompiledSla,
): { notices: Notice[]; digests: Lost[] } {
	const reached = new Set(told.map(({ to }) => to.email));
	const notices: Notice[] = [];
	const digests: Lost[] = [];
	for (const { key, attempt } of lost) {
		const address = addressOf(one, key, sla);
		if (isDigest(key) && !reached.has(one.owner.email)) digests.push({ key, attempt });
		if (address === undefined || reached.has(address.to.email)) continue;
		notices.push({ key, ...address, cases: [one], attempt, reasons: [sayAgain(attempt)] });
	}
	return { notices, digests };
}

function eventOf(one: Case, now: number): (said: Said) => JourneyEvent {
	return ({ id, reason: { code } }) => {
		const about = { id: caseKey(one, `told/${id}`), data: { telling: id, code } };
		return caseEvent('case_told', one, about, now);
	};
}

/** Of equal events that nobody took note weighs more than that nobody spoke to the customer: it has others told. */
function weightOf({ telling }: Said): number {
	const measure = 'measure' in telling ? MEASURES.indexOf(telling.measure) : 0;
	return WEIGHT.indexOf(telling.event) * MEASURES.length - measure;
}
