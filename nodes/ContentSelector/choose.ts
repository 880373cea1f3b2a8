import { CONTENT_KINDS, type ContentItem } from '../../engine/content/item';
import { sayCounts, type Seen, type Selection } from '../../engine/content/choice';
import type { Selector } from '../../engine/content/selector';
import { checkAnswer, type Checked } from '../../engine/content/checkAnswer';
import { byRules, settle, type PlainText, type Settled } from '../../engine/content/settle';
import type { Reason } from '../../engine/journeys/memory';
import type { ContentMemory, ContentPick, Ledger, SeenContent } from '../../ledger/ledger';
import { answersTo, type Answered } from './answers';
import type { Asker } from './asker';
import { contentFields, keptFields, whyNotClaude } from './present';
import type { Asking, Question } from '../../services/claude/questions';
import type { Settings } from './readSettings';
import type { Wanted } from './readWanted';

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

/** What becomes of one account; `content` is what its item carries. */
export type Chosen = {
	readonly index: number;
	readonly what: 'claude' | 'rules' | 'kept' | 'nothing';
	readonly content: object;
	/** Of the call that was made for it, micro-dollars. */
	readonly costMicros: number;
	readonly called: boolean;
	readonly why: readonly Reason[];
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
	const checked = new Map<string, Checked>();
	for (const [signature, { items, payload }] of questionsBy(asks)) {
		const answered = answers.get(signature);
		if (answered !== undefined && 'answer' in answered)
			checked.set(signature, checkAnswer(answered.answer, items, payload.profile));
	}
	const chosen = await ledger.pickContent(query, (memory) => {
		const picks: ContentPick[] = [];
		const added = new Map<string, SeenContent[]>();
		const billed = new Set<string>();
		const all = wanted.map((one): Chosen => {
			const kept = keptFor(one, memory, room) ?? picks.find(({ key }) => key === one.key);
			if (kept !== undefined)
				return { index: one.index, what: 'kept', content: keptFields(kept), ...NO_CALL };
			const extra = added.get(one.contact) ?? [];
			const question = asks.get(one);
			const selection = selectionFor(one, memory, { extra, question, room });
			const answered = question && answers.get(question.signature);
			const its = question && checked.get(question.signature);
			const first = question !== undefined && !billed.has(question.signature);
			if (question !== undefined) billed.add(question.signature);
			const decided = decide(one, { selection, question, answered, checked: its, first }, room);
			if (decided.pick !== undefined && !one.dry) {
				picks.push(decided.pick);
				const { key, contentId, kind, at } = decided.pick;
				added.set(one.contact, [...extra, { key, contentId, kind, at }]);
			}
			return decided.chosen;
		});
		return { picks, answer: all };
	});
	await letGo(wanted, chosen, room);
	return chosen;
}

const NO_CALL = { costMicros: 0, called: false, why: [] };

/** What was chosen for the touch before, as long as it may still be sent. */
function keptFor(
	{ key }: Wanted,
	{ picks }: ContentMemory,
	{ items }: Room,
): ContentPick | undefined {
	const kept = picks.get(key);
	return kept !== undefined && items.has(kept.contentId) ? kept : undefined;
}

function selectionFor(
	{ contact, profile, key }: Wanted,
	{ seen }: ContentMemory,
	{
		extra = [],
		question,
		room: { selector, now },
	}: { extra?: readonly SeenContent[]; question?: Question | undefined; room: Room },
): Selection {
	const all = [...(seen.get(contact) ?? []), ...extra]
		// what this very touch was to bring, and cannot any more, was not seen
		.filter((one) => one.key !== key)
		.flatMap(({ contentId, kind, at }): Seen[] => {
			const known = CONTENT_KINDS.find((one) => one === kind);
			return known === undefined ? [] : [{ contentId, kind: known, at }];
		});
	return selector.select(
		profile,
		all,
		now,
		question?.items.map(({ id }) => id),
	);
}

function asksClaude({ variant }: Wanted, { settings }: Room): boolean {
	return settings.chooseBy !== 'rules' && variant?.by !== 'rules';
}

function questionsBy(asks: ReadonlyMap<Wanted, Question>): Map<string, Question> {
	return new Map([...asks.values()].map((question) => [question.signature, question]));
}

type Known = {
	readonly selection: Selection;
	readonly question: Question | undefined;
	readonly answered: Answered | undefined;
	readonly checked: Checked | undefined;
	/** Whether it is the account that the call was made for. */
	readonly first: boolean;
};

function decide(
	one: Wanted,
	{ selection, question, answered, checked, first }: Known,
	room: Room,
): { chosen: Chosen; pick?: ContentPick } {
	const { index } = one;
	const { ranked } = selection;
	const call =
		first && answered !== undefined && !('fromMemory' in answered && answered.fromMemory);
	const costMicros = call && 'costMicros' in answered ? (answered.costMicros ?? 0) : 0;
	if (ranked.length === 0) {
		const reasons = [
			{ code: 'nothingToSend', text: 'Nothing of the catalogue may be sent to this contact now.' },
			...sayCounts(selection),
		];
		const content = { reasons };
		return { chosen: { index, what: 'nothing', content, costMicros, called: call, why: reasons } };
	}
	const { language } = one.profile;
	const settled: Settled =
		question === undefined
			? byRules(ranked, language, [], room.write)
			: checked === undefined
				? byRules(ranked, language, [whyNotClaude(answered)], room.write)
				: settle(checked, selection, language, room.write);
	const content = contentFields(one, {
		settled,
		selection,
		answered,
		model: question?.model,
		isBilled: call,
		settings: room.settings,
	});
	const why = settled.by === 'rules' && question !== undefined ? settled.reasons.slice(0, 1) : [];
	return {
		chosen: { index, what: settled.by, content, costMicros, called: call, why },
		pick: {
			key: one.key,
			accountId: one.accountId,
			contact: one.contact,
			contentId: settled.item.id,
			kind: settled.item.kind,
			at: room.now,
			experiment: one.variant === undefined ? '' : room.settings.experiment,
			variant: one.variant?.name ?? '',
			content: JSON.stringify(content),
		},
	};
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
