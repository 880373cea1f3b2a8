import type { Journey } from './definition';
import { usualKind } from './priority';
import type { Step } from './step';

export type Mistake = { path: (string | number)[]; message: string };

/** What is wrong with a journey as a whole though each field is right by itself; one sentence each, never thrown. */
export function findMistakes(journey: Journey): Mistake[] {
	const { steps, team } = journey;
	const mistakes = steps.flatMap((step, index) =>
		mistakesOf(step, index, journey).map(({ path, message }) => ({
			path: ['steps', index, ...path],
			message,
		})),
	);
	const human = steps.find(({ channel }) => channel === 'human' || channel === 'alert');
	if (human !== undefined && team === '') {
		mistakes.push({
			path: ['team'],
			message: `'${human.name}' goes to a human, so there must be a team address to fall back on`,
		});
	}
	if (journey.start.type === 'beforeDate' && journey.endAfterDays <= journey.start.days) {
		mistakes.push({
			path: ['endAfterDays'],
			message: `must be more than ${String(journey.start.days)}, or the journey would end before its date`,
		});
	}
	if (journey.holdOutPercent > 0) {
		const why = whyNoHoldOut(journey);
		if (why !== undefined) mistakes.push({ path: ['holdOutPercent'], message: why });
	}
	if (journey.rampPerDay > 0 && journey.rampDays === 0)
		mistakes.push({ path: ['rampDays'], message: 'must be at least 1 while there is a ramp' });
	return mistakes;
}

function mistakesOf(step: Step, index: number, { steps, checklist }: Journey): Mistake[] {
	const mistakes: Mistake[] = [];
	const { when } = step;
	if (steps.findIndex((other) => other.id === step.id) !== index) {
		mistakes.push({
			path: ['id'],
			message: `'${step.id}' is the id of an earlier step; every step needs its own`,
		});
	}
	if (when.type === 'setUpStalled' && checklist.length === 0) {
		mistakes.push({
			path: ['when'],
			message: 'waits for a stalled set-up, but the set-up checklist is empty',
		});
	}
	if (when.type === 'daysAfterStep') {
		if (!steps.some(({ id }) => id === when.step)) {
			const found = when.step === '' ? 'names no step' : `waits for '${when.step}'`;
			mistakes.push({
				path: ['when'],
				message: `${found}; give the ID of the step it comes after`,
			});
		} else if (waitsForItself(step, steps)) {
			mistakes.push({ path: ['when'], message: 'waits, directly or over others, for itself' });
		}
	}
	const names = step.variants.map(({ name }) => name);
	if (new Set(names).size < names.length)
		mistakes.push({ path: ['variants'], message: 'has two variants of the same name' });
	return mistakes;
}

function waitsForItself(step: Step, steps: readonly Step[]): boolean {
	const passed = new Set<string>();
	let next: Step | undefined = step;
	while (next?.when.type === 'daysAfterStep') {
		if (passed.has(next.id)) return true;
		passed.add(next.id);
		const { step: before }: { step: string } = next.when;
		next = steps.find(({ id }) => id === before);
	}
	return false;
}

/** Nobody is held out of what helps (design, guarantee 7). */
function whyNoHoldOut({ type, steps }: Journey): string | undefined {
	if (type === 'onboarding' || type === 'renewal')
		return `must be 0: nobody is held out of ${type}`;
	const service = steps.find(
		({ channel, kind = usualKind(type) }) =>
			(channel === 'email' || channel === 'inApp') && kind === 'service',
	);
	return service === undefined
		? undefined
		: `must be 0: '${service.name}' is a service message, and nobody is held out of service`;
}
