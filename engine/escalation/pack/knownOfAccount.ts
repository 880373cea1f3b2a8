import { z } from 'zod/v4';
import { CONTACT_ROLES } from '../../accounts/account';
import { BANDS } from '../../tiers/policy';
import type { CaseFacts } from '../case';

/** What is not as expected counts as not known, and costs nothing else: a pack is made of whatever there is. */
const known = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);
const text = z.string().trim().min(1);
const anything = known(z.array(z.unknown()));
const sentence = z.object({ text });

const contactSchema = z.object({
	email: known(text),
	name: known(text),
	role: z.enum(CONTACT_ROLES).catch('user'),
	status: z.enum(['active', 'bounced', 'left']).catch('active'),
	unsubscribed: z.boolean().catch(false),
});
export type KnownContact = z.infer<typeof contactSchema>;

const healthSchema = z.object({
	score: known(z.number()),
	band: known(z.enum(BANDS)),
	reasons: anything,
	alerts: anything,
});

const accountSchema = z.object({
	name: known(text),
	arr: known(z.number()),
	currency: known(text),
	plan: known(text),
	lifecycleStage: known(text),
	csm: known(text),
	executiveSponsor: known(text),
	renewalDate: known(text),
	autoRenew: known(z.boolean()),
	noticeDays: known(z.number()),
	contacts: anything,
	notes: anything,
	health: known(healthSchema),
	tier: known(z.union([text, z.object({ name: text })])),
});

/** What the account says of itself, else what the case noted when it was routed. Undefined is unknown. */
export type KnownOfAccount = {
	readonly name?: string;
	/** In `currency`; without one in the program's. */
	readonly arr?: number;
	readonly currency?: string;
	readonly plan?: string;
	readonly stage?: string;
	readonly tier?: string;
	readonly csm?: string;
	readonly sponsor?: string;
	readonly renewalDate?: string;
	readonly autoRenew?: boolean;
	readonly noticeDays?: number;
	readonly score?: number;
	readonly band?: string;
	/** Sentences: why the score is what it is, and what stands on the account. */
	readonly healthReasons: readonly string[];
	readonly alerts: readonly string[];
	/** Whoever is still there first, then by role. */
	readonly contacts: readonly KnownContact[];
	readonly notes: readonly string[];
};

/** @param account as Account Profile, Health Score and Tier Gate give it; anything else is read as far as it goes */
export function readKnown(account: unknown, facts: CaseFacts): KnownOfAccount {
	const found = accountSchema.safeParse(account).data;
	const { health, tier } = found ?? {};
	return {
		name: found?.name ?? facts.name,
		arr: found?.arr ?? facts.arr,
		// the case's figure is in the program's currency, whatever the account's is
		currency: found?.arr === undefined ? undefined : found.currency,
		plan: found?.plan,
		stage: found?.lifecycleStage,
		tier: (typeof tier === 'object' ? tier.name : tier) ?? facts.tier,
		csm: found?.csm ?? facts.csm,
		sponsor: found?.executiveSponsor,
		renewalDate: found?.renewalDate ?? facts.renewalDate,
		autoRenew: found?.autoRenew,
		noticeDays: found?.noticeDays,
		// of one source: yesterday's score beside today's band would be no health at all
		...(health === undefined
			? { score: facts.score, band: facts.band }
			: { score: health.score, band: health.band }),
		healthReasons: textsOf(health?.reasons),
		alerts: textsOf(health?.alerts),
		contacts: each(found?.contacts, contactSchema)
			.filter(({ email, name }) => email !== undefined || name !== undefined)
			.toSorted((a, b) => rankOf(a) - rankOf(b)),
		notes: each(found?.notes, text),
	};
}

function textsOf(list: readonly unknown[] | undefined): string[] {
	return each(list, sentence).map((one) => one.text);
}

/** Those that are as expected. */
function each<T>(list: readonly unknown[] | undefined, schema: z.ZodType<T>): T[] {
	return (list ?? []).flatMap((one) => {
		const read = schema.safeParse(one);
		return read.success ? [read.data] : [];
	});
}

function rankOf({ status, role }: KnownContact): number {
	return (status === 'active' ? 0 : CONTACT_ROLES.length) + CONTACT_ROLES.indexOf(role);
}
