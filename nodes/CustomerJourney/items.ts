import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { DateTime } from 'luxon';
import type { Decision, Standing } from '../../engine/journeys/advance';
import type { Journey, Step } from '../../engine/journeys/definition';
import type { PlannedTouch } from '../../engine/journeys/decideTouches';
import type { Enrollment, Reason, Touch } from '../../engine/journeys/memory';
import { lapse, waitsForNextRun } from '../../engine/journeys/reasons';
import { heldAfterRefusal } from '../../engine/journeys/refused';
import { withAdded } from '../platform/items';
import type { Waits } from './letOut';
import type { AccountItem, RejectedItem } from './readAccounts';
import type { Settings } from './readJourney';

export type TouchMode = 'live' | 'test' | 'dry';

/** Where the account stands, as `journey` carries it: for the nodes behind, and for conditions. */
export function standingFields(standing: Standing | undefined): IDataObject {
	if (standing === undefined) return {};
	const { anchorAt, setUp, firstValueAt, ...rest } = standing;
	const known = Object.entries(rest).filter(([, value]) => value !== undefined);
	return {
		...Object.fromEntries(known),
		...(anchorAt === undefined ? {} : { startedAt: iso(anchorAt) }),
		setup: setUp,
		...(firstValueAt === undefined ? {} : { firstValueAt: iso(firstValueAt) }),
	};
}

export function touchItem(
	items: INodeExecutionData[],
	{ index }: AccountItem,
	decision: Decision,
	{ touch, step, contact, variant }: PlannedTouch,
	{
		journey,
		mode,
		to,
		attempt,
		now,
	}: { journey: Journey; mode: TouchMode; to: string; attempt: number; now: number },
): INodeExecutionData {
	return withAdded(itemAt(items, index), index, 'journey', {
		key: touch.key,
		journey: journey.id,
		step: step.id,
		stepName: step.name,
		channel: step.channel,
		kind: touch.kind,
		mode,
		to,
		...(variant === undefined ? {} : { variant }),
		...(contact === undefined ? {} : { contact }),
		topic: touch.topic,
		attempt,
		dueAt: iso(touch.dueAt),
		leaseUntil: iso(now + journey.leaseMinutes * 60_000),
		...standingFields(decision.standing),
		reasons: touch.reasons,
	});
}

export function endedItem(
	items: INodeExecutionData[],
	{ index }: AccountItem,
	end: Enrollment,
	decision: Decision,
): INodeExecutionData {
	return withAdded(itemAt(items, index), index, 'journey', {
		journey: end.journey,
		state: 'ended',
		outcome: end.outcome,
		...standingFields(decision.standing),
		cycle: end.cycle,
		reasons: decision.reasons,
	});
}

/** P09: what held before the journey first ran, for triage; `steps` are those that were not triggered. */
export function listedItem(
	items: INodeExecutionData[],
	{ index }: AccountItem,
	steps: readonly Step[],
	decision: Decision,
	journey: Journey,
): INodeExecutionData {
	return withAdded(itemAt(items, index), index, 'journey', {
		journey: journey.id,
		...standingFields(decision.standing),
		state: 'listed',
		steps: steps.map(({ id, name }) => ({ step: id, stepName: name })),
		reasons: decision.reasons.filter(({ code }) => code === lapse.listed().code),
	});
}

/** P10: what operations have to look at before anything begins. */
export function alarmItem(
	items: INodeExecutionData[],
	{ index }: AccountItem,
	alarm: Reason,
	journey: Journey,
): INodeExecutionData {
	return withAdded(itemAt(items, index), index, 'journey', {
		journey: journey.id,
		state: 'alarm',
		reasons: [alarm],
	});
}

export function rejectedItem(
	items: INodeExecutionData[],
	{ index, problems }: RejectedItem,
): INodeExecutionData {
	return withAdded(itemAt(items, index), index, 'journey', {
		state: 'rejected',
		reasons: problems.map((text) => ({
			code: 'notAnAccount',
			text: `Item ${String(index + 1)}: ${text}. Put an Account Profile node before this one.`,
		})),
	});
}

/** One line per account: what would go out now, what waits until when, what will not go, and why. */
export function previewItem(
	items: INodeExecutionData[],
	source: AccountItem | undefined,
	decision: Decision,
	{ settings, waits, now: at }: { settings: Settings; waits: Waits; now: number },
): INodeExecutionData {
	const { journey, touchesPerRun } = settings;
	const index = source?.index ?? decision.index;
	const nameOf = (stepId: string): string =>
		journey.steps.find(({ id }) => id === stepId)?.name ?? stepId;
	const leaving = decision.touches.filter((one) => !waits.has(one));
	const now = leaving.map(({ touch, step, variant }) => ({
		step: step.name,
		channel: step.channel,
		...(variant === undefined ? {} : { variant }),
		reasons: touch.reasons,
	}));
	const held = decision.notes.filter(({ state }) => state === 'held');
	const waiting = decision.touches.flatMap((one): Touch[] => {
		const why = waits.get(one);
		if (why === undefined) return [];
		return why === 'ramp'
			? [heldAfterRefusal(one, why, journey, at)]
			: [{ ...one.touch, reasons: [waitsForNextRun(touchesPerRun)] }];
	});
	const later = [...held, ...waiting].map(({ stepId, nextAt, reasons }) => ({
		step: nameOf(stepId),
		...(nextAt === undefined ? {} : { at: iso(nextAt) }),
		reasons,
	}));
	const not = decision.notes
		.filter(({ state }) => state === 'lapsed' || state === 'withdrawn')
		.map(({ stepId, reasons }) => ({ step: nameOf(stepId), reasons }));
	const ends = decision.end.find(({ accountId }) => accountId === decision.accountId)?.outcome;
	return withAdded(itemAt(items, index), index, 'journey', {
		journey: journey.id,
		state: stateOf(decision, leaving.length, later.length),
		...standingFields(decision.standing),
		now,
		later,
		not,
		...(ends === undefined ? {} : { outcome: ends }),
		reasons: decision.reasons,
	});
}

function stateOf(decision: Decision, now: number, later: number): string {
	if (decision.reasons.some(({ code }) => code === 'baseline')) return 'baseline';
	if (decision.standing === undefined) return 'notInJourney';
	if (now > 0) return 'due';
	return later > 0 ? 'held' : 'nothingDue';
}

function itemAt(items: INodeExecutionData[], index: number): INodeExecutionData {
	return items[index] ?? { json: {} };
}

function iso(at: number): string {
	return DateTime.fromMillis(at, { zone: 'utc' }).toISO({ suppressMilliseconds: true }) ?? '';
}
