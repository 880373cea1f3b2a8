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
	/** Changes a good answer. */
	write?: (answer: Record<string, unknown>, body: StubBody) => Record<string, unknown>;
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
	const good =
		options.write?.(goodAnswer(body, offered, roll), body) ?? goodAnswer(body, offered, roll);
	const json = (answer: unknown): StubAnswer => ({
		text: JSON.stringify(answer),
		stopReason: 'end_turn',
	});
	switch (behavior) {
		case 'good':
			return json(good);
		case 'notJson':
			return { text: 'Sure! I would pick the first one.', stopReason: 'end_turn' };
		case 'truncated':
			return { text: JSON.stringify(good).slice(0, -9), stopReason: 'max_tokens' };
		case 'refusal':
			return { text: '', stopReason: 'refusal' };
		case 'unknownId':
			return json({ ...good, id: 'there-is-no-such-item' });
		case 'ineligibleId': {
			const others = [...options.catalogue, ...enumOf(body)].filter((id) => !offered.includes(id));
			const [first, ...rest] = others;
			return json({
				...good,
				id: first === undefined ? 'nothing-is-ineligible' : pick(roll, [first, ...rest]),
			});
		}
		case 'obeying':
			return json(obey(good, messageOf(body)));
	}
}

const withEnum = z.looseObject({
	properties: z.looseObject({ id: z.looseObject({ enum: z.array(z.string()) }) }),
});
const enumOf = (body: StubBody): string[] => {
	const parsed = withEnum.safeParse(body.output_config?.format?.schema);
	return parsed.success ? parsed.data.properties.id.enum : [];
};

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

const asObject = z.looseObject({ properties: z.record(z.string(), z.unknown()) });

function goodAnswer(
	body: StubBody,
	offered: readonly string[],
	roll: () => number,
): Record<string, unknown> {
	const schema = asObject.safeParse(body.output_config?.format?.schema);
	const names = schema.success ? Object.keys(schema.data.properties) : ['id'];
	const [first = 'none', ...rest] = offered;
	return Object.fromEntries(
		names.map((name) => [
			name,
			name === 'id' ? pick(roll, [first, ...rest]) : pick(roll, WORDS[name] ?? ['Fine']),
		]),
	);
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
