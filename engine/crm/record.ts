import { lastBefore } from '../health/history/scores';
import { readMemory } from '../health/history/memory';
import type { CrmFacts, CrmTouch } from './facts';
import { CRM_FIELDS, type CrmFieldName } from './fields';

/** What a record shows; null: the field is empty. */
export type CrmRecord = Record<CrmFieldName, string | number | null>;

/** An older score tells of another customer; the health presets' usage figures are stale by then too. */
const OLDEST_DAYS = 14;

export type RecordOptions = {
	/** Whose scores are shown; undefined: those of the model that scored last. */
	model?: string;
	/** Local date of the program, in days since 1970. */
	today: number;
	/** Rows of the health memory that are no model's. */
	notModels: readonly string[];
};

/** What a CRM is to show of an account. Nothing in it changes by itself with time but a score that grows too old. */
export function recordOf(facts: CrmFacts, options: RecordOptions): CrmRecord {
	const { lastTouch, nextTouch, journeys, tier } = facts;
	return {
		...healthOf(facts, options),
		tier: tier ?? null,
		journeys: journeys.length === 0 ? null : journeys.join(', '),
		lastTouch: sayTouch(lastTouch),
		lastTouchAt: isoOf(lastTouch?.at),
		nextTouch: sayTouch(nextTouch),
		nextTouchAt: isoOf(nextTouch?.at),
		...caseOf(facts),
	};
}

/** The case, which a hand-over belongs to where one was opened of it; else the hand-over itself. */
function caseOf({
	openCase,
	handOver,
}: CrmFacts): Pick<CrmRecord, 'openCase' | 'caseOwner' | 'caseSince'> {
	if (openCase !== undefined) {
		const { no, kind, priority, owner, openedAt } = openCase;
		return {
			openCase: `Case ${String(no)}, ${priority}, ${kind}`,
			caseOwner: owner,
			caseSince: isoOf(openedAt),
		};
	}
	if (handOver === undefined) return { openCase: null, caseOwner: null, caseSince: null };
	const { journey, stepId, to, at } = handOver;
	return { openCase: `${journey}: ${stepId}`, caseOwner: to, caseSince: isoOf(at) };
}

function healthOf(
	{ health }: CrmFacts,
	{ model, today, notModels }: RecordOptions,
): Pick<CrmRecord, 'healthScore' | 'healthBand'> {
	const [latest] = health
		.filter((row) => !notModels.includes(row.model) && (model === undefined || row.model === model))
		.filter(({ day }) => today - day <= OLDEST_DAYS)
		.toSorted((a, b) => b.day - a.day);
	if (latest === undefined) return { healthScore: null, healthBand: null };
	try {
		const { scores, band } = readMemory(latest.state);
		const score = lastBefore(scores, -1);
		return { healthScore: score === score ? score : null, healthBand: band ?? null };
	} catch {
		// a damaged memory is told where the account is scored
		return { healthScore: null, healthBand: null };
	}
}

const CHANNELS: Readonly<Record<string, string>> = { email: 'e-mail', inApp: 'in-app' };

function sayTouch(touch: CrmTouch | undefined): string | null {
	if (touch === undefined) return null;
	return `${touch.journey}: ${touch.stepId} (${CHANNELS[touch.channel] ?? touch.channel})`;
}

function isoOf(at: number | undefined): string | null {
	return at === undefined ? null : new Date(at).toISOString();
}

/** The same for the same record. */
export function textOfRecord(record: CrmRecord): string {
	return JSON.stringify(CRM_FIELDS.map(({ name }) => record[name]));
}

const NOTHING = JSON.stringify(CRM_FIELDS.map(() => null));

/** Whether a CRM has to be told: not what it knows, and not of an account of which there is nothing to show. */
export function isNews(record: CrmRecord, told: string | undefined): boolean {
	return textOfRecord(record) !== (told ?? NOTHING);
}
