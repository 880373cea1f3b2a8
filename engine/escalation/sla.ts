import { compileCalendar, type BusinessTime } from '../calendar/businessTime';
import type { Case, Clock, Measure } from './case';
import { slaPolicySchema, type SlaPolicy } from './policy';
import { dueAt, type Pause, type Target } from './target';

/** What a case keeps of the policy, ready to count with. */
export type CompiledSla = {
	readonly policy: SlaPolicy;
	readonly time: BusinessTime;
	readonly zone: string;
	/** What a clock has to reach, undefined for nothing: its priority's own target, else the one for all of its kind. */
	readonly targetOf: (
		clock: Pick<Clock, 'kind' | 'priority'>,
		measure: Measure,
	) => Target | undefined;
};

const MINUTE_MS = 60_000;
/** Texts kept; a program has one for each calendar and each version of its policy. */
const KEPT = 256;
const kept = new Map<string, CompiledSla>();

/**
 * Compiles the text of `Case.sla`. A sweep asks for the same few texts again and again, so the last ones are kept.
 * @throws SyntaxError or ZodError where the text is no SLA policy
 */
export function compileSla(text: string): CompiledSla {
	const known = kept.get(text);
	if (known !== undefined) return known;
	const policy = slaPolicySchema.parse(JSON.parse(text));
	const targets = new Map<string, Target>();
	for (const { kind, priority, measure, target } of policy.targets) {
		const key = keyOf(kind, priority, measure);
		// the first that stands there counts
		if (!targets.has(key)) targets.set(key, target);
	}
	const sla: CompiledSla = {
		policy,
		time: compileCalendar(policy.calendar),
		zone: policy.calendar.zone,
		targetOf: ({ kind, priority }, measure) =>
			targets.get(keyOf(kind, priority, measure)) ?? targets.get(keyOf(kind, undefined, measure)),
	};
	if (kept.size >= KEPT) kept.clear();
	kept.set(text, sla);
	return sla;
}

/**
 * When a target's end is near, ms since 1970: after the policy's share of its time, where a business day is as long as
 * the business time until it is due. Undefined while it is paused.
 */
export function nearAt(
	target: Target,
	start: number,
	{ policy, time }: CompiledSla,
	pauses: readonly Pause[],
): number | undefined {
	const isReal = target.unit !== 'businessDays' && target.clock === 'real';
	const whole = dueAt(target, start, time) ?? start;
	const length = isReal ? whole - start : time.between(start, whole);
	const amount = (length * policy.nearing) / MINUTE_MS;
	if (amount <= 0) return dueAt(target, start, time, pauses);
	const share: Target = { amount, unit: 'minutes', clock: isReal ? 'real' : 'business' };
	const near = dueAt(share, start, time, pauses);
	return near === undefined ? undefined : Math.round(near);
}

/** When what a clock asks for was done; undefined while it was not. Only the case's end ends `resolve`. */
export function doneAt(
	{ acknowledgedAt, touchedAt }: Clock,
	measure: Measure,
	{ resolvedAt }: Pick<Case, 'resolvedAt'>,
): number | undefined {
	return { acknowledge: acknowledgedAt, touch: touchedAt, resolve: resolvedAt }[measure];
}

function keyOf(kind: string, priority: string | undefined, measure: string): string {
	return `${kind}/${priority ?? ''}/${measure}`;
}
