import type { Alarm, Decision } from '../../engine/journeys/advance';
import type { PlannedTouch } from '../../engine/journeys/decideTouches';
import type { Touch } from '../../engine/journeys/memory';
import { rampOf } from '../../engine/journeys/ramp';
import { lapse } from '../../engine/journeys/reasons';
import { heldAfterRefusal } from '../../engine/journeys/refused';
import type { ClaimResult } from '../../ledger/ledger';
import { tellsAlarm } from '../platform/alarm';
import { writtenAt } from '../platform/runMode';
import type { Run } from './execute';
import { byUrgency, isForCustomers } from './letOut';
import { joinCases } from './joinCases';
import { outputsThatLeadNowhere, outputsThatMark } from './senders';
import type { Settings } from './readJourney';

export type Written = {
	results: Map<string, ClaimResult>;
	waiting: number;
	deadOutputs: number[];
	/** Those that this execution tells operations. */
	alarms: ReadonlySet<Alarm>;
};

/** Enrols before it claims, claims before anything is emitted, and writes down what was not sent last: each can be repeated. */
export async function write(
	{ context, settings, mode, ledger, now, accounts }: Run,
	decisions: Decision[],
	startedAt: number,
): Promise<Written> {
	const { journey } = settings;
	await ledger.linkAliases(
		accounts.flatMap(({ account }) =>
			(account.aliases ?? [])
				.filter((alias) => alias !== account.accountId)
				.map((alias) => ({ alias, accountId: account.accountId })),
		),
		now,
	);
	await ledger.recordEvents(
		decisions.flatMap(({ observed }) => observed),
		now,
	);
	const alarms = new Set<Alarm>();
	for (const { alarm } of decisions) {
		if (alarm === undefined) continue;
		const { once } = alarm;
		if (await tellsAlarm(context, ledger, { mode, output: 0, now, once })) alarms.add(alarm);
	}
	await ledger.enroll(decisions.flatMap(({ enroll }) => enroll));
	const planned = decisions.flatMap(({ touches }) => touches);
	const results = new Map<string, ClaimResult>();
	const notes = decisions.flatMap((decision) => decision.notes);
	let late: PlannedTouch[] = [];
	const deadOutputs = mode === 'live' ? outputsThatLeadNowhere(context, journey) : [];
	if (mode === 'dry') {
		for (const { touch } of planned) notes.push({ ...touch, state: 'dry', changedAt: now });
	} else {
		// one execution hands out so many; the order says who does not have to wait for the next
		const live = planned.filter(({ step }) => !deadOutputs.includes(step.output)).sort(byUrgency);
		for (const one of planned) {
			// hand-overs, alerts and records are not written off: they stay due until somebody wires them
			if (deadOutputs.includes(one.step.output) && isForCustomers(one))
				notes.push({ ...one.touch, reasons: [lapse.senderDisabled()] });
		}
		late = live.slice(settings.touchesPerRun);
		const claimed = live.slice(0, settings.touchesPerRun);
		const leaseMs = journey.leaseMinutes * 60_000;
		const marking = outputsThatMark(context, journey);
		const claims = claimed.map(({ touch, step, caps, yieldsUntil, cases, maxAttempts }) => ({
			touch,
			caps,
			marked: marking.has(step.output),
			...(yieldsUntil === undefined ? {} : { yieldsUntil }),
			...(cases === undefined ? {} : { cases }),
			maxAttempts,
			leaseMs,
		}));
		const ramp = mode === 'live' ? rampOf(journey, startedAt, now) : undefined;
		for (const result of await ledger.claim(claims, now, ramp)) results.set(result.key, result);
		notes.push(...claimed.flatMap((one) => refusedNote(one, results, journey, now)));
	}
	// first: done twice it is done once, and a note is not written again
	if (mode !== 'dry') await joinCases(ledger, notes, { now, receivedAt: writtenAt(mode, now) });
	await ledger.note(notes);
	await ledger.end(decisions.flatMap(({ end }) => end));
	const waitingFor = new Set(late.map(({ touch }) => touch.accountId));
	await ledger.schedule(
		{ journey: journey.id, dry: mode === 'dry' },
		decisions
			.filter(({ reasons }) => !reasons.some(({ code }) => code === 'repeated'))
			.map(({ accountId, lookAt, triggeredAt, outside }) => ({
				accountId,
				decidedAt: now,
				...(triggeredAt === undefined ? {} : { triggeredAt }),
				...(outside === undefined ? {} : { outside }),
				...(waitingFor.has(accountId) ? { lookAt: now } : lookAt === undefined ? {} : { lookAt }),
			})),
	);
	return { results, waiting: late.length, deadOutputs, alarms };
}

/** What happened between asking the ledger and claiming is a reason to wait like any other. */
function refusedNote(
	planned: PlannedTouch,
	results: Map<string, ClaimResult>,
	journey: Settings['journey'],
	now: number,
): Touch[] {
	const result = results.get(planned.touch.key);
	if (result === undefined || result.claimed) return [];
	const { why } = result;
	return why === 'taken' || why === 'suppressed'
		? []
		: [heldAfterRefusal(planned, why, journey, now)];
}
