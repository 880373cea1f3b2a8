import { LONGEST_OPENING, LONGEST_REASON, LONGEST_SUBJECT } from './prompt';

type TextSchema = { readonly type: 'string'; readonly description: string };

/** A JSON schema, as structured output takes it: lengths stand in words, because it knows no limits of lengths. */
export type AnswerSchema = {
	readonly type: 'object';
	readonly properties: {
		readonly picks: { readonly type: 'array'; readonly items: PickSchema };
	};
	readonly required: readonly ['picks'];
	readonly additionalProperties: false;
};

type PickSchema = {
	readonly type: 'object';
	readonly properties: {
		readonly reason: TextSchema;
		readonly id: { readonly type: 'string'; readonly enum: readonly string[] };
		readonly subject: TextSchema;
		readonly opening: TextSchema;
	};
	readonly required: readonly ['reason', 'id', 'subject', 'opening'];
	readonly additionalProperties: false;
};

/**
 * The shape of an answer within a closed set. The reason comes first: it is thought before it is chosen. In the order of
 * the ids, so that the same set is the same schema.
 */
export function schemaFor(ids: readonly string[]): AnswerSchema {
	const text = (what: string, most: number): TextSchema => ({
		type: 'string',
		description: `${what}, at most ${String(most)} characters`,
	});
	const pick: PickSchema = {
		type: 'object',
		properties: {
			reason: text('Why this one, in one English sentence', LONGEST_REASON),
			id: { type: 'string', enum: [...new Set(ids)].toSorted() },
			subject: text('Subject of the e-mail, one line', LONGEST_SUBJECT),
			opening: text('First sentences of the e-mail', LONGEST_OPENING),
		},
		required: ['reason', 'id', 'subject', 'opening'],
		additionalProperties: false,
	};
	return {
		type: 'object',
		properties: { picks: { type: 'array', items: pick } },
		required: ['picks'],
		additionalProperties: false,
	};
}
