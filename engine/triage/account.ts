import { z } from 'zod/v4';
import { PRIORITIES, type Priority } from '../escalation/case';

/** One of Health Score's alerts (R23–R25), or what a flow of one's own calls so. */
export type TriageAlert = {
	readonly code: string;
	/** The same for as long as it is the same occurrence. */
	readonly key: string;
	readonly priority: Priority;
	readonly text: string;
	/** It held already in the first sweep of all (P09). */
	readonly baseline: boolean;
	/** Local date. */
	readonly since?: string | undefined;
	readonly percent?: number | undefined;
	/** Local date. */
	readonly renewal?: string | undefined;
};

/** What the queue knows of an account by its own record. */
export type TriageAccount = {
	readonly accountId: string;
	readonly name?: string | undefined;
	/** In the program's currency. */
	readonly arr?: number | undefined;
	/** Its own success manager: an address, or a name only. */
	readonly csm?: string | undefined;
	readonly score?: number | undefined;
	readonly band?: string | undefined;
	readonly alerts: readonly TriageAlert[];
	/** What lowers its score, the most first. */
	readonly lowers: readonly string[];
	/** Points of health it lost over four weeks, or since the last daily score; negative where it gained. */
	readonly fall: number;
};

const alertSchema = z.looseObject({
	key: z.string().min(1),
	code: z.string().min(1),
	priority: z.enum(PRIORITIES).catch('normal'),
	text: z.string(),
	baseline: z.boolean().default(false),
	since: z.string().optional().catch(undefined),
	percent: z.number().optional().catch(undefined),
	renewal: z.string().optional().catch(undefined),
});
const figure = z.number().optional().catch(undefined);
const healthSchema = z.looseObject({
	score: figure,
	band: z.string().optional().catch(undefined),
	change: figure,
	trend4w: figure,
	alerts: z.array(z.unknown()).catch([]),
	reasons: z.array(z.unknown()).catch([]),
});
const reasonSchema = z.looseObject({ code: z.literal('signal_lowers'), text: z.string() });

export type TriageHealth = Pick<TriageAccount, 'score' | 'band' | 'alerts' | 'lowers' | 'fall'>;

/** Reads what Health Score added to an account; undefined where it added nothing. */
export function readHealth(health: unknown): TriageHealth | undefined {
	const read = healthSchema.safeParse(health).data;
	if (read === undefined) return undefined;
	const { score, band, change, trend4w, alerts, reasons } = read;
	const isKnown = band !== undefined && band !== 'unknown';
	return {
		...(isKnown && score !== undefined ? { score, band } : {}),
		alerts: alerts.flatMap((alert) => alertSchema.safeParse(alert).data ?? []),
		lowers: reasons.flatMap((reason) => reasonSchema.safeParse(reason).data?.text ?? []),
		fall: -(trend4w ?? change ?? 0),
	};
}
