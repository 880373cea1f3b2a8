import { DateTime } from 'luxon';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Enrollment, JourneyEvent, Touch } from '../../engine/journeys/memory';
import { compileFieldPath } from '../platform/fieldPath';
import { withAdded } from '../platform/items';
import { readNow } from '../platform/now';
import { openLedger } from '../platform/openLedger';
import { readText } from '../platform/readText';

type Entry = { at: string; what: string; [detail: string]: unknown };

/** Why an account did or did not get something: one timeline of events, enrolment and touches, live and dry, oldest first. */
export async function lookUp(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const read = compileFieldPath(readText(context, 'lookUpField'));
	const journey = readText(context, 'journeyId');
	const now = readNow(context);
	const ids = items.map(({ json }) => {
		const id = read(json);
		return typeof id === 'string' || typeof id === 'number' ? String(id) : '';
	});
	// looking is safe: also from the editor it shows what customers really got
	const ledger = openLedger(context.getNode(), 'live');
	const accountIds = [...new Set(ids.filter((id) => id !== ''))];
	const query = { journey, accountIds, addresses: [], now };
	const live = await ledger.recall({ ...query, dry: false });
	const dry = await ledger.recall({ ...query, dry: true });
	const survivor = (id: string): string => live.survivorOf.get(id) ?? id;

	const timelines = new Map<string, (Entry & { order: number })[]>();
	const add = (accountId: string, order: number, what: string, detail: object): void => {
		const entry = { at: iso(order), what, ...detail, order };
		const timeline = timelines.get(survivor(accountId));
		if (timeline === undefined) timelines.set(survivor(accountId), [entry]);
		else timeline.push(entry);
	};
	for (const event of live.events)
		add(event.accountId, event.occurredAt, 'event', eventDetail(event));
	for (const enrollment of [...live.enrollments, ...dry.enrollments]) {
		add(enrollment.accountId, enrollment.enrolledAt, 'enrolled', enrollmentDetail(enrollment));
		if (enrollment.endedAt !== undefined)
			add(enrollment.accountId, enrollment.endedAt, 'ended', enrollmentDetail(enrollment));
	}
	for (const touch of [...live.touches, ...dry.touches])
		add(touch.accountId, touch.changedAt, touch.state, touchDetail(touch));

	const found: INodeExecutionData[] = [];
	const unknown: INodeExecutionData[] = [];
	for (const [index, item] of items.entries()) {
		const timeline = timelines.get(survivor(ids[index] ?? ''));
		if (timeline === undefined) {
			unknown.push(
				withAdded(item, index, 'ledger', {
					found: false,
					reasons: [
						{
							code: 'unknownAccount',
							text: `The ledger has seen nothing of this account in '${journey}'. Check the account id and the journey id.`,
						},
					],
				}),
			);
			continue;
		}
		const entries = [...timeline]
			.sort((a, b) => a.order - b.order)
			.map(({ order: _order, ...entry }) => entry);
		found.push(withAdded(item, index, 'ledger', { found: true, timeline: entries }));
	}
	return [found, unknown];
}

function eventDetail({ type, step }: JourneyEvent): object {
	return { type, ...(step === undefined ? {} : { step }) };
}

function enrollmentDetail({ journey, cycle, anchorAt, outcome, dry }: Enrollment): object {
	return {
		journey,
		cycle,
		day0: iso(anchorAt),
		...(outcome === undefined ? {} : { outcome }),
		dry,
	};
}

function touchDetail({
	stepId,
	topic,
	channel,
	dueAt,
	nextAt,
	attempts,
	reasons,
	dry,
	key,
}: Touch): object {
	return {
		step: stepId,
		...(topic === '' ? {} : { topic }),
		channel,
		dueAt: iso(dueAt),
		...(nextAt === undefined ? {} : { nextAt: iso(nextAt) }),
		attempts,
		dry,
		key,
		reasons,
	};
}

function iso(at: number): string {
	return DateTime.fromMillis(at, { zone: 'utc' }).toISO({ suppressMilliseconds: true }) ?? '';
}
