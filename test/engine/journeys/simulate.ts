import { DateTime } from 'luxon';
import { accountSchema, type Account } from '../../../engine/accounts/account';
import { advanceJourney, type Decision } from '../../../engine/journeys/advance';
import type { Conditions } from '../../../engine/journeys/conditions';
import { journeySchema, type Journey } from '../../../engine/journeys/definition';
import type { JourneyEvent, Touch } from '../../../engine/journeys/memory';
import { triggersSince } from '../../../engine/journeys/massTrigger';
import { rampOf } from '../../../engine/journeys/ramp';
import { heldAfterRefusal } from '../../../engine/journeys/refused';
import { ONBOARDING_STEPS, SAMPLE_CHECKLIST } from '../../../engine/journeys/presets/onboarding';
import { DEFAULT_SENDING_HOURS } from '../../../engine/calendar/sendingHours';
import type { z } from 'zod/v4';
import { LedgerModel } from './ledgerModel';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const ZONE = 'Europe/Berlin';

/** `2026-03-02 10:00` on a clock in `zone`, in ms since 1970. */
export function at(local: string, zone = ZONE): number {
	return DateTime.fromSQL(local, { zone }).toMillis();
}

export function onboarding(over: Partial<z.input<typeof journeySchema>> = {}): Journey {
	return journeySchema.parse({
		id: 'onboarding',
		version: '1',
		timezone: ZONE,
		checklist: SAMPLE_CHECKLIST,
		steps: ONBOARDING_STEPS,
		team: 'team@vendor.example',
		sendingHours: DEFAULT_SENDING_HOURS,
		...over,
	});
}

export function contact(
	name: string,
	role: string,
	over: Record<string, unknown> = {},
): Record<string, unknown> {
	return { email: `${name}@acme.example`, role, ...over };
}

/** An account with one admin; everything else is what the test is about. */
export function account(over: Record<string, unknown> = {}): Account {
	return accountSchema.parse({ accountId: 'acme', contacts: [contact('ada', 'admin')], ...over });
}

let counter = 0;
/** An event of `acme` at a local time; `over` for anything else. */
export function event(type: string, local: string, over: Partial<JourneyEvent> = {}): JourneyEvent {
	return { id: `e${String(counter++)}`, accountId: 'acme', type, occurredAt: at(local), ...over };
}

export const created = (local: string, over: Partial<JourneyEvent> = {}): JourneyEvent =>
	event('customer_created', local, over);
export const completed = (
	step: string,
	local: string,
	over: Partial<JourneyEvent> = {},
): JourneyEvent => event('set_up_step_completed', local, { step, ...over });

/** Every moment a sweep runs: hourly, daily, with holes. */
export function everyHours(from: string, to: string, hours = 1, zone = ZONE): number[] {
	const times: number[] = [];
	const end = at(to, zone);
	for (let time = at(from, zone); time <= end; time += hours * HOUR) times.push(time);
	return times;
}

export type Sent = {
	at: number;
	key: string;
	accountId: string;
	step: string;
	touch: Touch;
	to: string;
	attempt: number;
	fate?: Fate;
};
/**
 * What becomes of a touch once it is emitted. lost: an execution that died · crashed: handed to the channel, and nobody
 * heard the answer · unanswered: the same, and it is to be sent again · putOff: it did not go, and is tried again.
 */
export type Fate = 'sent' | 'lost' | 'refused' | 'crashed' | 'unanswered' | 'putOff';

export type Story = {
	sweeps: readonly number[];
	accounts: readonly Account[] | ((now: number) => readonly Account[]);
	events?: readonly JourneyEvent[];
	journey?: Journey | ((now: number) => Journey);
	ledger?: LedgerModel;
	fate?: (touch: Touch, now: number) => Fate;
	dry?: boolean;
	/** What the journey's owner asks of the accounts of a sweep. */
	conditions?: (accounts: readonly Account[]) => Conditions;
	/** Runs after each sweep. */
	after?: (now: number, ledger: LedgerModel, decisions: Decision[]) => void;
};

/** `alarms`: when operations were told (P10). */
export type Told = { sent: Sent[]; ledger: LedgerModel; decisions: Decision[]; alarms: number[] };

const STATE_AFTER = {
	sent: 'sent',
	refused: 'failed',
	crashed: 'sending',
	unanswered: 'failed',
	putOff: 'failed',
} as const;
const RETRY_MS = 15 * 60_000;

/** Sweeps over the accounts on a virtual clock, as the Customer Journey node does; a channel confirms after 20 seconds. */
export function simulate(story: Story): Told {
	const { dry = false, fate = () => 'sent' } = story;
	const ledger = story.ledger ?? new LedgerModel();
	const sent: Sent[] = [];
	const alarms: number[] = [];
	let decisions: Decision[] = [];
	const usual = story.journey ?? onboarding();
	for (const now of story.sweeps) {
		const journey = typeof usual === 'function' ? usual(now) : usual;
		const accounts = typeof story.accounts === 'function' ? story.accounts(now) : story.accounts;
		ledger.recordEvents((story.events ?? []).filter(({ occurredAt }) => occurredAt <= now));
		ledger.begin(journey.id, dry, now);
		const since = triggersSince(journey, now);
		const memory = ledger.recall(
			journey.id,
			dry,
			now,
			since === undefined ? undefined : { since, accounts },
		);
		const conditions = story.conditions?.(accounts);
		decisions = advanceJourney(journey, accounts, memory, { now, dry, conditions });
		for (const { aliases, accountId } of accounts)
			for (const alias of aliases ?? [])
				if (alias !== accountId) ledger.aliases.set(alias, accountId);
		ledger.recordEvents(decisions.flatMap(({ observed }) => observed));
		// once, as the node does
		const seen = decisions.flatMap(({ alarm }) =>
			alarm === undefined ? [] : [{ ...alarm.once, accountId: '', occurredAt: now }],
		);
		alarms.push(...ledger.recordEvents(seen).flatMap((isFirst) => (isFirst ? [now] : [])));
		ledger.enroll(decisions.flatMap(({ enroll }) => enroll));
		const planned = decisions.flatMap(({ touches }) => touches);
		if (dry) ledger.note(planned.map(({ touch }) => ({ ...touch, state: 'dry', changedAt: now })));
		const ramp = rampOf(journey, memory.startedAt, now);
		const notes = decisions.flatMap((decision) => decision.notes);
		for (const one of dry ? [] : planned) {
			const { touch, step, to, caps, yieldsUntil, cases, maxAttempts } = one;
			const leaseMs = journey.leaseMinutes * 60_000;
			const wanted = { touch, leaseMs, maxAttempts, caps, yieldsUntil, cases };
			const claim = ledger.claim(wanted, now, ramp);
			if (!claim.claimed) {
				if (claim.why !== 'taken' && claim.why !== 'suppressed')
					notes.push(heldAfterRefusal(one, claim.why, journey, now));
				continue;
			}
			const { key, accountId } = touch;
			sent.push({ at: now, key, accountId, step: step.id, touch, to, attempt: claim.attempt });
		}
		ledger.note(notes);
		ledger.end(decisions.flatMap(({ end }) => end));
		ledger.schedule(journey.id, dry, decisions, now);
		for (const one of sent) {
			const { key, touch, at: when } = one;
			if (when !== now) continue;
			const became = fate(touch, now);
			one.fate = became;
			if (became === 'lost') continue;
			const heard = now + 20_000;
			const isAgain = became === 'unanswered' || became === 'putOff';
			ledger.settle(key, STATE_AFTER[became], heard, isAgain ? heard + RETRY_MS : undefined);
			if (became === 'unanswered') ledger.mayHaveArrived(key, heard);
		}
		story.after?.(now, ledger, decisions);
	}
	return { sent, ledger, decisions, alarms };
}

/** `Mon 03-02 10:00 welcome → ada`, one line per touch that left. */
export function diary({ sent }: Told, zone = ZONE): string[] {
	return sent.map(({ at: when, step, touch, to }) => {
		const time = DateTime.fromMillis(when, { zone }).toFormat('ccc MM-dd HH:mm', { locale: 'en' });
		const topic = touch.topic === '' || step === 'asked-for-help' ? '' : ` ${touch.topic}`;
		const whom = to === '' ? '' : ` → ${to.split('@')[0] ?? ''}`;
		return `${time} ${step}${topic}${whom}`;
	});
}

export const stepsOf = ({ sent }: Pick<Told, 'sent'>): string[] => sent.map(({ step }) => step);

/** How each enrolment stands: `acme 1 ended firstValue`. */
export function standings({ ledger }: Told): string[] {
	return [...ledger.enrollments.values()].map(({ accountId, cycle, state, outcome }) =>
		[accountId, cycle, state, outcome].filter((part) => part !== undefined).join(' '),
	);
}

/** State and first reason of every touch, by step and topic. */
export function touchStates({ ledger }: Pick<Told, 'ledger'>): Record<string, string> {
	return Object.fromEntries(
		[...ledger.touches.values()].map(({ stepId, topic, state, reasons }) => [
			topic === '' || stepId === 'asked-for-help' ? stepId : `${stepId} ${topic}`,
			state === 'sent' ? state : `${state} ${reasons[0]?.code ?? ''}`,
		]),
	);
}
