import { z } from 'zod/v4';
import { accountSchema, CONTACT_ROLES, idText, isoTime } from '../accounts/account';

/** What kind of thing is offered; several of one kind soon tire. */
export const CONTENT_KINDS = [
	'article',
	'video',
	'tutorial',
	'webinar',
	'community',
	'releaseNote',
] as const;
export type ContentKind = (typeof CONTENT_KINDS)[number];

/** The account's own stages, so that the two cannot drift apart. */
export const STAGES = accountSchema.shape.lifecycleStage.unwrap().options;
export type Stage = (typeof STAGES)[number];

export const LONGEST_TITLE = 200;
export const LONGEST_SUMMARY = 500;
export const LONGEST_OUTCOME = 200;
/** Of a feature, a plan, a version. */
export const LONGEST_WORD = 100;
/** Of one list of an item; all of them stand in what is sent to Claude. */
export const LONGEST_LIST = 50;

const words = z.array(z.string().min(1).max(LONGEST_WORD)).max(LONGEST_LIST).default([]);

/** One piece of approved content (R36). An empty list of stages, plans, roles or languages means all of them. */
export const contentItemSchema = z.strictObject({
	id: idText,
	title: z.string().min(1).max(LONGEST_TITLE),
	/** https; http on this machine only, for trying things out. */
	url: z.string(),
	kind: z.enum(CONTENT_KINDS),
	summary: z.string().max(LONGEST_SUMMARY).optional(),
	/** What it teaches: it is for those who do not use one of them, or use it badly. What it builds on is a prerequisite. */
	features: words,
	stages: z.array(z.enum(STAGES)).default([]),
	plans: words,
	roles: z.array(z.enum(CONTACT_ROLES)).default([]),
	/** BCP 47, as `readLanguage` writes them. */
	languages: words,
	/** What the customer has from it in the end (R6, R78). */
	outcome: z.string().max(LONGEST_OUTCOME).optional(),
	/** Each the id of an item that this contact was sent before, or a feature in use. */
	prerequisites: z.array(idText).max(LONGEST_LIST).default([]),
	reviewedAt: isoTime.optional(),
	/** Of the product it was last checked against. */
	productVersion: z.string().max(LONGEST_WORD).optional(),
	/** A date alone is the last day. */
	expiresAt: isoTime.optional(),
	/** E-mail address of whoever keeps it up to date. */
	owner: z.string().optional(),
});
export type ContentItem = z.infer<typeof contentItemSchema>;
