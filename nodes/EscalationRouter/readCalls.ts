import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod/v4';
import { KINDS, PRIORITIES, type CaseReason } from '../../engine/escalation/case';
import type { Call } from '../../engine/escalation/memory';
import type { FieldReader } from '../platform/fieldPath';
import { show } from '../../engine/accounts/show';
import { readId } from '../platform/readId';
import type { FactsReader, Unread } from './readFacts';

/** What an item asks for. `handOver`: the key of a journey's hand-over that the case takes over. */
export type Read =
	| {
			index: number;
			call: Call;
			handOver: string | undefined;
			unread: readonly Unread[];
			/** Whether nothing tells its reason from the next of that day but when it is told. */
			recurs: boolean;
	  }
	| { index: number; nothing: 'noReason' | 'dryRun' | 'baseline' }
	| { index: number; problem: string };

/** What every item is routed for, where the user says so. */
export type OwnReason = Pick<CaseReason, 'code' | 'kind' | 'priority' | 'text'> & {
	readKey: FieldReader | undefined;
	/** Local date of the program. */
	day: string;
};

export type CallReader = (json: IDataObject, index: number) => Read;

const alertSchema = z.looseObject({
	key: z.string().min(1),
	code: z.string().min(1),
	priority: z.enum(PRIORITIES).catch('normal'),
	text: z.string(),
	baseline: z.boolean().optional(),
});
const reasonSchema = z.looseObject({ code: z.string(), text: z.string() });
const journeySchema = z.looseObject({
	key: z.string().min(1),
	channel: z.enum(['human', 'alert']),
	mode: z.enum(['live', 'test', 'dry']).catch('live'),
	stepName: z.string().optional(),
	reasons: z.array(reasonSchema).min(1),
});
const eventSchema = z.looseObject({
	id: z.string().min(1),
	type: z.string().min(1),
	accountId: z.unknown(),
	asksForHuman: z.literal(true),
});

/** What some events mean, as their reader should see it. */
const EVENT_TEXTS = new Map([
	['reply_received', 'The customer answered one of our mails'],
	['human_requested', 'The customer asked for a person'],
	['cancellation_requested', 'The customer wants to cancel'],
	['ticket_opened', 'The customer opened a ticket of the highest severity'],
]);

/**
 * Compiles how an item's account, and what it wants, are read: alerts of Health Score, a hand-over or alert of Customer
 * Journey, an event that asks for a human (R64); or the one reason the user gave.
 */
export function compileCalls(
	readAccount: FieldReader,
	readFacts: FactsReader,
	own: OwnReason | undefined,
	now: number,
): CallReader {
	return (json, index) => {
		const event = eventIn(json);
		// a mail that was read names its account in the event only
		const accountId = readId(readAccount(json)) ?? readId(event?.accountId);
		if (accountId === undefined)
			return { index, problem: `has no account id (found ${show(readAccount(json))})` };
		if (own !== undefined) {
			const { readKey, day, ...reason } = own;
			const key = readKey === undefined ? '' : readId(readKey(json));
			if (key === undefined) return { index, problem: 'has nothing in the Reason ID Field' };
			const full = { ...reason, at: now, key: `${reason.code}/${accountId}/${key || day}` };
			const { facts, unread } = readFacts(json);
			const call = { accountId, facts, reasons: [full] };
			return { index, call, handOver: undefined, unread, recurs: key === '' };
		}
		const told =
			json.journey === undefined ? undefined : journeySchema.safeParse(json.journey).data;
		const isDry = told?.mode === 'dry';
		const handOver = isDry ? undefined : told;
		const alerts = alertsOf(json);
		const reasons = [
			...alerts.filter(({ baseline }) => baseline !== true).map((alert) => fromAlert(alert, now)),
			...(handOver === undefined ? [] : [fromHandOver(handOver, now)]),
			...(event === undefined ? [] : [fromEvent(event, now)]),
		];
		if (reasons.length === 0) {
			if (isDry) return { index, nothing: 'dryRun' };
			return { index, nothing: alerts.length > 0 ? 'baseline' : 'noReason' };
		}
		const { facts, unread } = readFacts(json);
		const call = { accountId, facts, reasons };
		return { index, call, handOver: handOver?.key, unread, recurs: false };
	};
}

function alertsOf({ health }: IDataObject): z.infer<typeof alertSchema>[] {
	const alerts: unknown =
		typeof health === 'object' && health !== null && 'alerts' in health ? health.alerts : [];
	if (!Array.isArray(alerts) || alerts.length === 0) return [];
	return alerts.flatMap((alert) => alertSchema.safeParse(alert).data ?? []);
}

function fromAlert(
	{ key, code, priority, text }: z.infer<typeof alertSchema>,
	at: number,
): CaseReason {
	return { key, code, kind: KINDS[0], priority, at, text };
}

function fromHandOver(
	{ key, channel, stepName, reasons }: z.infer<typeof journeySchema>,
	at: number,
): CaseReason {
	const [first] = reasons;
	const event = first?.event;
	return {
		key,
		// "a human is wanted" says less than why
		code: typeof event === 'string' ? event : (first?.code ?? 'handOver'),
		kind: channel === 'human' ? 'escalation' : 'alert',
		priority: 'normal',
		at,
		text: [stepName, first?.text].filter((part) => part !== undefined && part !== '').join(': '),
	};
}

/** What Journey Ledger recorded, where it asks for a human. */
function eventIn({ ledger }: IDataObject): z.infer<typeof eventSchema> | undefined {
	return typeof ledger === 'object' && ledger !== null && 'event' in ledger
		? eventSchema.safeParse(ledger.event).data
		: undefined;
}

function fromEvent({ id, type }: z.infer<typeof eventSchema>, at: number): CaseReason {
	const text = EVENT_TEXTS.get(type) ?? type.replaceAll('_', ' ');
	// of tickets only the gravest ask for a human (P33)
	const priority = type === 'ticket_opened' ? 'urgent' : 'normal';
	return { key: `${type}/${id}`, code: type, kind: 'escalation', priority, at, text };
}
