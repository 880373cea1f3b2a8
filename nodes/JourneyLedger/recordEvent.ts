import { DateTime } from 'luxon';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { show } from '../../engine/accounts/account';
import type { JourneyEvent, Reason } from '../../engine/journeys/memory';
import { compileFieldPath, type FieldReader } from '../platform/fieldPath';
import { withAdded } from '../platform/items';
import { readNow } from '../platform/now';
import { openLedger } from '../platform/openLedger';
import { runModeOf } from '../platform/runMode';

type Readers = Record<'id' | 'type' | 'account' | 'time' | 'step' | 'contact', FieldReader>;

/** Stores what customers did, once per event id, before anything else happens with it. */
export async function recordEvents(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const now = readNow(context);
	const readers = readersOf(context);
	const events: JourneyEvent[] = [];
	const sources: number[] = [];
	const done: INodeExecutionData[] = [];
	const notDone: INodeExecutionData[] = [];
	for (const [index, item] of items.entries()) {
		const event = eventOf(item, readers, now);
		if ('code' in event) {
			notDone.push(
				withAdded(item, index, 'ledger', {
					recorded: false,
					reasons: [{ ...event, item: index + 1 }],
				}),
			);
		} else {
			events.push(event);
			sources.push(index);
		}
	}
	const fresh = await openLedger(context.getNode(), runModeOf(context)).recordEvents(events, now);
	for (const [position, index] of sources.entries()) {
		const item = items[index];
		if (item === undefined) continue;
		if (fresh[position] === true)
			done.push(withAdded(item, index, 'ledger', { recorded: true, reasons: [] }));
		else {
			notDone.push(
				withAdded(item, index, 'ledger', {
					recorded: false,
					reasons: [
						{ code: 'duplicate', text: 'This event was recorded before; nothing changes.' },
					],
				}),
			);
		}
	}
	return [done, notDone];
}

function readersOf(context: IExecuteFunctions): Readers {
	const reader = (name: string): FieldReader =>
		compileFieldPath(String(context.getNodeParameter(name, 0)));
	return {
		id: reader('idField'),
		type: reader('typeField'),
		account: reader('accountField'),
		time: reader('timeField'),
		step: reader('stepField'),
		contact: reader('contactField'),
	};
}

function eventOf(
	{ json }: INodeExecutionData,
	readers: Readers,
	now: number,
): JourneyEvent | Reason {
	const id = textOf(readers.id(json));
	const type = textOf(readers.type(json));
	const accountId = textOf(readers.account(json));
	const missing = [
		id === '' && 'an event id',
		type === '' && 'an event type',
		accountId === '' && 'an account id',
	].filter((what) => what !== false);
	if (missing.length > 0) {
		return {
			code: 'incomplete',
			text: `The event lacks ${missing.join(' and ')}; check the field settings of the node against what the sender sends.`,
		};
	}
	const time = readers.time(json);
	const occurredAt = timeOf(time, now);
	if (occurredAt === undefined) {
		return {
			code: 'badTime',
			text: `The event's time is not an ISO date-time such as 2026-03-01T09:00:00Z (found ${show(time)}).`,
		};
	}
	const step = textOf(readers.step(json));
	const contact = textOf(readers.contact(json)).toLowerCase();
	if (type === 'set_up_step_completed' && step === '') {
		return {
			code: 'incomplete',
			text: 'The event says that a set-up step was completed, but not which.',
		};
	}
	return {
		id,
		accountId,
		type,
		occurredAt,
		...(step === '' ? {} : { step }),
		...(contact === '' ? {} : { contact }),
		data: { ...json },
	};
}

function textOf(value: unknown): string {
	if (typeof value === 'string') return value.trim();
	return typeof value === 'number' && Number.isFinite(value) ? String(value) : '';
}

/** ISO text, or ms since 1970 as HubSpot and others send them. */
function timeOf(value: unknown, now: number): number | undefined {
	if (value === undefined || value === null || value === '') return now;
	if (typeof value === 'number') return Number.isFinite(value) && value > 0 ? value : undefined;
	if (typeof value !== 'string') return undefined;
	const parsed = DateTime.fromISO(value, { zone: 'utc' });
	return parsed.isValid ? parsed.toMillis() : undefined;
}
