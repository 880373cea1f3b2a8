import type { ContentItem } from '../../engine/content/item';
import type { Selection } from '../../engine/content/choice';
import type { Selector } from '../../engine/content/selector';
import type { PlainText } from '../../engine/content/settle';
import type { ContentMemory, ContentPick, Ledger, SeenContent } from '../../ledger/ledger';
import { answersTo } from './answers';
import type { Asker } from './asker';
import { decide, NO_CALL, type Chosen } from './decide';
import { keptFields, saysTheSame } from './present';
import type { Asking, Question } from '../../services/claude/questions';
import type { Settings } from './readSettings';
import type { Wanted } from './readWanted';
import { seenOf } from './seen';

/** What one execution chooses with. */
export type Room = {
	readonly ledger: Ledger;
	readonly settings: Settings;
	readonly now: number;
	readonly selector: Selector;
	readonly questionOf: Asking;
	readonly write: PlainText;
	/** The catalogue by id. */
	readonly items: ReadonlyMap<string, ContentItem>;
	/** Whoever is asked; undefined where the rules choose, or nobody is to be asked any more. */
	asker: Asker | undefined;
};

/**
 * Chooses for a chunk: reads what each contact has seen, asks once for each different question, and writes down what was
 * chosen where nobody has seen it meanwhile. A touch that was chosen for before gets the same again.
 */
export async function chooseFor(wanted: readonly Wanted[], room: Room): Promise<Chosen[]> {
	const { ledger } = room;
	const query = {
		keys: wanted.map(({ key }) => key),
		contacts: [...new Set(wanted.map(({ contact }) => contact))],
		// an item may build on one of years ago
		since: 0,
	};
	const asks = new Map<Wanted, Question>();
	const asking = wanted.filter((one) => asksClaude(one, room));
	if (asking.length > 0) {
		const before = await ledger.contentMemory(query);
		for (const one of asking) {
			if (keptFor(one, before, room) !== undefined) continue;
			const { ranked } = selectionFor(one, before, { room });
			if (ranked.length === 0) continue;
			asks.set(one, room.questionOf(one.profile, ranked, one.variant));
		}
	}
	const answers = await answersTo(
		[...asks].map(([{ accountId }, question]) => ({
			...question,
			about: question.isPersonal ? accountId : '',
		})),
		room,
	);
	const chosen = await ledger.pickContent(query, (memory) => {
		const written = new Map<string, ContentPick>();
		const added = new Map<string, SeenContent[]>();
		const billed = new Set<string>();
		const all = wanted.map((one): Chosen => {
			const kept = keptFor(one, memory, room) ?? written.get(one.key);
			if (kept !== undefined)
				return { index: one.index, what: 'kept', content: keptFields(kept), ...NO_CALL };
			const extra = added.get(one.contact) ?? [];
			const question = asks.get(one);
			const about = question?.items.map(({ id }) => id) ?? [];
			const selection = selectionFor(one, memory, { extra, about, room });
			const answered = question && answers.get(question.signature);
			const first = question !== undefined && !billed.has(question.signature);
			if (question !== undefined) billed.add(question.signature);
			const decided = decide(one, { selection, question, answered, first }, room);
			if (decided.pick !== undefined && !one.dry) {
				written.set(one.key, decided.pick);
				const { key, contentId, kind, at } = decided.pick;
				added.set(one.contact, [...extra, { key, contentId, kind, at }]);
			}
			return decided.chosen;
		});
		return { picks: [...written.values()], answer: all };
	});
	await letGo(wanted, chosen, room);
	return chosen;
}

/** What was chosen for the touch before, as long as it is what it was, and the same contact may still get it. */
function keptFor(one: Wanted, memory: ContentMemory, room: Room): ContentPick | undefined {
	const kept = memory.picks.get(one.key);
	const item = kept && room.items.get(kept.contentId);
	if (kept?.contact !== one.contact || item === undefined || !saysTheSame(kept, item))
		return undefined;
	const { among } = selectionFor(one, memory, { about: [item.id], room });
	return among.length > 0 ? kept : undefined;
}

function selectionFor(
	{ contact, profile, key }: Wanted,
	{ seen }: ContentMemory,
	{
		extra = [],
		about = [],
		room: { selector, now },
	}: { extra?: readonly SeenContent[]; about?: readonly string[]; room: Room },
): Selection {
	const all = [...(seen.get(contact) ?? []), ...extra]
		// what this very touch was to bring, and cannot any more, was not seen
		.filter((one) => one.key !== key);
	return selector.select(profile, seenOf(all), now, about);
}

/** A dry run asks nobody: nothing of it is sent (P34). */
function asksClaude({ variant, dry }: Wanted, { settings }: Room): boolean {
	return settings.chooseBy !== 'rules' && variant?.by !== 'rules' && !dry;
}

/** A touch that brings nothing goes back to its journey, which asks again later; that costs it no attempt (P24). */
async function letGo(
	wanted: readonly Wanted[],
	chosen: readonly Chosen[],
	{ ledger, settings, now }: Room,
): Promise<void> {
	const failures = wanted.flatMap(({ key, isTouch, dry }, place) => {
		const its = chosen[place];
		if (its?.what !== 'nothing' || !isTouch || dry) return [];
		const reasons = [...its.why];
		return [{ key, reasons, retryAt: now + settings.retryMs, keepsAttempt: true }];
	});
	if (failures.length > 0) await ledger.fail(failures, now);
}
