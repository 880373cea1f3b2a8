import { z } from 'zod/v4';
import { CONTACT_ROLES } from '../../accounts/account';
import { DAY_MS } from '../../calendar/zone';
import type { Seen } from '../choice';
import { contentItemSchema, STAGES, type ContentItem } from '../item';
import { BANDS, type Profile } from '../profile';
import sampleItems from './catalogue.json';
import sampleProfiles from './profiles.json';

/** The day on which the samples are looked at, so that their dates stay what they are. */
export const EVALUATED_AT = Date.UTC(2026, 2, 2, 9);

const ids = z.array(z.string());

/** One profile with what a customer success manager would send, written before any rule or model was asked. */
export const labelledSchema = z.strictObject({
	id: z.string(),
	stage: z.enum(STAGES),
	plan: z.string(),
	role: z.enum(CONTACT_ROLES),
	language: z.string(),
	featuresUsed: z.array(z.string()),
	featuresStruggling: z.array(z.string()),
	band: z.enum(BANDS),
	goals: z.array(z.string()),
	seen: z.array(z.strictObject({ id: z.string(), daysAgo: z.number().positive() })),
	/** Any of them is right; none: nothing should be sent. */
	best: ids,
	/** Not the best, and nobody would object. */
	acceptable: ids,
	/** What a customer would take amiss. */
	never: ids,
	rationale: z.string().min(1),
});
export type Labelled = z.infer<typeof labelledSchema>;

/** The sample catalogue, of a product for managing projects. */
export function sampleCatalogue(): ContentItem[] {
	return z.array(contentItemSchema).parse(sampleItems);
}

/** The sixty labelled profiles. */
export function labelledProfiles(): Labelled[] {
	return z.array(labelledSchema).parse(sampleProfiles);
}

/** A labelled profile as whoever chooses gets it, without the labels. */
export function questionOf(
	{ seen, stage, plan, role, language, band, goals, ...labelled }: Labelled,
	catalogue: readonly ContentItem[],
): { profile: Profile; seen: Seen[] } {
	const kinds = new Map(catalogue.map(({ id, kind }) => [id, kind]));
	const { featuresUsed, featuresStruggling } = labelled;
	return {
		profile: {
			stage,
			plan,
			role,
			language,
			usageKnown: true,
			featuresUsed,
			featuresStruggling,
			band,
			goals,
			notes: [],
			zone: 'UTC',
		},
		seen: seen.flatMap(({ id, daysAgo }): Seen[] => {
			const kind = kinds.get(id);
			if (kind === undefined) return [];
			return [{ contentId: id, kind, at: EVALUATED_AT - daysAgo * DAY_MS }];
		}),
	};
}
