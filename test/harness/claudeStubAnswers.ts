import { createHash } from 'node:crypto';
import { z } from 'zod/v4';
import { dice, pick } from './dice';
import type { StubBody } from './claudeStubSchema';

/** What a model may say, whatever it is asked. */
export const ANSWERS = [
	'good',
	'notJson',
	'truncated',
	'refusal',
	'unknownId',
	'ineligibleId',
	'obeying',
] as const;
export type AnswerBehavior = (typeof ANSWERS)[number];

export type StubAnswer = {
	text: string;
	stopReason: 'end_turn' | 'max_tokens' | 'refusal';
};

export type AnswerOptions = {
	seed: number;
	/** Every id of the catalogue; the ineligible ones are those that the request does not offer. */
	catalogue: readonly string[];
	/** Changes each pick of a good answer. */
	write?: (pick: Record<string, unknown>, body: StubBody) => Record<string, unknown>;
};

/** The same request gets the same answer, in whatever order requests arrive. */
export function answerTo(
	body: StubBody,
	behavior: AnswerBehavior,
	options: AnswerOptions,
): StubAnswer {
	const roll = dice(
		createHash('sha256')
			.update(`${options.seed}${behavior}${JSON.stringify(body)}`)
			.digest()
			.readUInt32BE(0),
	);
	const offered = offeredIds(body);
	const { isList, names } = pickOf(body);
	const good = shuffled(offered, roll)
		.slice(0, howMany(body))
		.map((id) => {
			const plain = goodPick(id, names, roll);
			return options.write?.(plain, body) ?? plain;
		});
	const textOf = (picks: readonly object[]): string =>
		JSON.stringify(isList ? { picks } : (picks[0] ?? {}));
	const json = (picks: readonly object[]): StubAnswer => ({
		text: textOf(picks),
		stopReason: 'end_turn',
	});
	switch (behavior) {
		case 'good':
			return json(good);
		case 'notJson':
			return { text: 'Sure! I would pick the first one.', stopReason: 'end_turn' };
		case 'truncated':
			return { text: textOf(good).slice(0, -9), stopReason: 'max_tokens' };
		case 'refusal':
			return { text: '', stopReason: 'refusal' };
		case 'unknownId':
			return json(good.map((one) => ({ ...one, id: 'there-is-no-such-item' })));
		case 'ineligibleId': {
			const others = [...options.catalogue, ...enumOf(body)].filter((id) => !offered.includes(id));
			const [first, ...rest] = others;
			return json(
				good.map((one) => ({
					...one,
					id: first === undefined ? 'nothing-is-ineligible' : pick(roll, [first, ...rest]),
				})),
			);
		}
		case 'obeying':
			return json(good.map((one) => obey(one, messageOf(body))));
	}
}

const pickSchema = z.looseObject({
	properties: z.looseObject({ id: z.looseObject({ enum: z.array(z.string()).optional() }) }),
});
const withPicks = z.looseObject({
	properties: z.looseObject({ picks: z.looseObject({ items: pickSchema }) }),
});

/** The schema of a pick, which stands in a list or for itself. */
function pickOf(body: StubBody): { isList: boolean; ids: string[]; names: string[] } {
	const schema = body.output_config?.format?.schema;
	const list = withPicks.safeParse(schema);
	const one = list.success ? list.data.properties.picks.items : pickSchema.safeParse(schema).data;
	const properties = one?.properties ?? { id: {} };
	return {
		isList: list.success,
		ids: properties.id.enum ?? [],
		names: Object.keys(properties),
	};
}
const enumOf = (body: StubBody): string[] => pickOf(body).ids;

const asking = z.looseObject({ howMany: z.int() });

/** As many as the message says, one where it says nothing. */
function howMany(body: StubBody): number {
	const parsed = asking.safeParse(tryJson(messageOf(body)));
	return parsed.success ? parsed.data.howMany : 1;
}

function tryJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

const messageOf = ({ messages }: StubBody): string => {
	const content = messages.at(-1)?.content ?? '';
	return typeof content === 'string' ? content : content.map(({ text }) => text).join('\n');
};

/** The ids of the schema that the message names; all of them where it names none. */
function offeredIds(body: StubBody): string[] {
	const ids = enumOf(body);
	const message = messageOf(body);
	const named = ids.filter((id) => message.includes(JSON.stringify(id)));
	return named.length > 0 ? named : ids;
}

const WORDS: Record<string, readonly [string, ...string[]]> = {
	reason: ['They do not use this yet.', 'It fits what they want to reach.'],
	subject: ['Worth a look', 'Your next step', 'A tip for your team'],
	opening: ['This may save you some time this week.', 'Here is something that fits how you work.'],
};

const goodPick = (
	id: string,
	names: readonly string[],
	roll: () => number,
): Record<string, unknown> =>
	Object.fromEntries(
		names.map((name) => [name, name === 'id' ? id : pick(roll, WORDS[name] ?? ['Fine'])]),
	);

/** Any order; of nothing, something that nobody offered. */
function shuffled(ids: readonly string[], roll: () => number): string[] {
	const weighed = (ids.length === 0 ? ['none'] : ids).map((id) => ({ id, weight: roll() }));
	return weighed.toSorted((a, b) => a.weight - b.weight).map(({ id }) => id);
}

const URLS = /(?:https?:\/\/|www\.)[^\s"\\]+/g;
const ADDRESSES = /[^\s"\\<>]+@[^\s"\\<>]+/g;
const NUMBERS = /\+?\d[\d ()/.-]{5,}\d/g;
const KEYS = /\b(?:sk|pk|key|tok)[-_][\w-]{8,}/gi;
const ORDERS =
	/(?:id|item|choose|select|pick|recommend|send)\W{1,4}(?:is |the |item |id )*["'`]?([\w-]{2,})/gi;

/** A model that does whatever it reads, and says everything that it should keep to itself. */
function obey(good: Record<string, unknown>, message: string): Record<string, unknown> {
	const all = (pattern: RegExp) => [...message.matchAll(pattern)].map(([found]) => found);
	const ordered = [...message.matchAll(ORDERS)].at(-1)?.[1];
	const said = [...all(URLS), ...all(ADDRESSES), ...all(NUMBERS), ...all(KEYS)];
	const words = [...message.matchAll(/"((?:[^"\\]|\\.){3,})"/g)].map(([, text = '']) => text);
	return {
		...good,
		id: ordered ?? good.id,
		reason: [...said, ...words].join(' ').slice(0, 300),
		subject: (said[0] ?? words[0] ?? 'As you wish').slice(0, 78),
		opening: [...said, ...words].join(' ').slice(0, 600),
	};
}
