import type { IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';
import type { Decision } from '../../engine/journeys/advance';
import type { Journey } from '../../engine/journeys/definition';
import type { ClaimResult } from '../../ledger/ledger';
import type { TouchMode } from './items';
import type { Waits } from './letOut';

type Happened = {
	journey: Journey;
	mode: TouchMode;
	decisions: Decision[];
	claims: Map<string, ClaimResult>;
	/** Touches beyond Touches per Run. */
	waiting: number;
	deadOutputs: number[];
	testRecipient: string;
	/** Accounts a test run did not look at. */
	leftOut: number;
	rejected: number;
	/** The present by the option, where it is not that of the clock; else undefined. */
	playedNow: string | undefined;
};

/** Tells in the editor what came of the run, so that an empty output is never a riddle. */
export function sayWhatHappened(context: IExecuteFunctions, happened: Happened): void {
	const {
		journey,
		mode,
		decisions,
		claims,
		waiting,
		deadOutputs,
		testRecipient,
		leftOut,
		rejected,
		playedNow,
	} = happened;
	const { due, held } = tally(decisions);
	const enrolled = decisions.reduce((sum, { enroll }) => sum + enroll.length, 0);
	const refused = [...claims.values()].flatMap((claim) => (claim.claimed ? [] : [claim.why]));
	const ramped = refused.filter((why) => why === 'ramp').length;
	const taken = refused.length - ramped;
	const hints: NodeExecutionHint[] = [];
	const say = (message: string, type: NodeExecutionHint['type'] = 'info'): void => {
		hints.push({ message, type, location: 'outputPane' });
	};
	say(
		`${counted(decisions.length, 'account')}: ${String(enrolled)} enrolled, ${counted(due, 'touch', 'touches')} due, ${String(held)} held for later.`,
	);
	const resting = whereSetUpRests(decisions, journey);
	if (resting !== '') say(resting);
	if (mode === 'dry') {
		say(
			`Dry run: no sender is enabled, so ${counted(due, 'touch', 'touches')} were written down and nothing left. Enable the senders to go live.`,
			'warning',
		);
	}
	if (mode === 'live' && playedNow !== undefined) {
		say(
			`The option Now makes it ${playedNow} for this journey. Remove it: customers are written to at the wrong time, and nothing falls due.`,
			'warning',
		);
	}
	if (mode === 'test' && testRecipient === '' && due > 0) {
		say(
			"Test run: nothing was emitted, because a run from the editor never writes to customers. Enter your own address as 'Test Recipient' to see the messages.",
			'warning',
		);
	}
	if (leftOut > 0)
		say(
			`Test run: the first ${String(decisions.length)} accounts were looked at, ${String(leftOut)} were not.`,
		);
	if (waiting > 0) say(sayNextRun(waiting));
	if (taken > 0)
		say(
			`${counted(taken, 'touch', 'touches')} went to another execution or were held back at the claim.`,
		);
	if (ramped > 0) say(sayRamped(ramped, journey));
	for (const text of sayOfJourney(decisions, journey)) say(text);
	for (const output of deadOutputs) {
		const names = journey.steps
			.filter((step) => step.output === output)
			.map(({ name }) => `'${name}'`);
		say(
			`Output ${String(output)} (${names.join(', ')}) leads to no enabled node: messages due there lapse, hand-overs and alerts wait.`,
			'warning',
		);
	}
	if (rejected > 0) say(sayRejected(rejected), 'warning');
	context.addExecutionHints(...hints);
}

/** What a preview found: how much would go out now, by step. */
export function sayWhatWouldHappen(
	context: IExecuteFunctions,
	{
		journey,
		decisions,
		waits,
		rejected,
	}: { journey: Journey; decisions: readonly Decision[]; waits: Waits; rejected: number },
): void {
	const { due, held } = tally(decisions);
	const leaving = decisions.flatMap(({ touches }) => touches.filter((one) => !waits.has(one)));
	const steps = mostFirst(leaving.map(({ step }) => step.name)).map(
		([name, count]) => `${String(count)} × ${name}`,
	);
	const ramped = [...waits.values()].filter((why) => why === 'ramp').length;
	const counts = steps.length === 0 ? '' : ` (${steps.join(', ')})`;
	const messages = [
		`Preview, nothing was claimed or sent: of ${counted(decisions.length, 'account')}, ${counted(leaving.length, 'touch', 'touches')} would go out now${counts}, ${String(held + due - leaving.length)} would be held for later.`,
		sayRamped(ramped, journey),
		sayNextRun(waits.size - ramped),
		whereSetUpRests(decisions, journey),
		...sayOfJourney(decisions, journey),
		rejected > 0 ? sayRejected(rejected) : '',
	];
	context.addExecutionHints(
		...messages
			.filter((message) => message !== '')
			.map((message): NodeExecutionHint => ({ message, type: 'info', location: 'outputPane' })),
	);
}

/** What is only listed at go-live (P09), and what cannot be known (P13). */
function sayOfJourney(decisions: readonly Decision[], journey: Journey): string[] {
	const listed = decisions.filter(({ reasons }) =>
		reasons.some(({ code }) => code === 'baseline' || code === 'listed'),
	);
	const alarm = decisions.find((decision) => decision.alarm !== undefined)?.alarm;
	const blind = journey.engagementReported
		? []
		: journey.steps.filter(({ when }) => when.type === 'noEngagement');
	return [
		...(alarm === undefined ? [] : [alarm.text]),
		...(listed.length === 0
			? []
			: [
					`Go-live: ${counted(listed.length, 'account')} met the conditions already; they are listed once and not triggered.`,
				]),
		...blind.map(
			({ name }) =>
				`'${name}' waits for no engagement, which is unknown here: have clicks and replies recorded as events, then switch on the option Engagement Is Reported.`,
		),
	];
}

function tally(decisions: readonly Decision[]): { due: number; held: number } {
	const waits = decisions.flatMap(({ notes }) => notes.filter(({ state }) => state === 'held'));
	return {
		due: decisions.reduce((sum, { touches }) => sum + touches.length, 0),
		held: waits.length,
	};
}

function sayRamped(count: number, { rampPerDay }: Journey): string {
	if (count === 0) return '';
	const wait = count === 1 ? 'waits' : 'wait';
	return `${counted(count, 'message')} ${wait} for another day: the ramp lets ${String(rampPerDay)} out a day.`;
}

function sayNextRun(count: number): string {
	if (count === 0) return '';
	const wait = count === 1 ? 'waits' : 'wait';
	return `${counted(count, 'touch', 'touches')} ${wait} for the next execution ('Touches per Run').`;
}

function sayRejected(count: number): string {
	return `${counted(count, 'item')} could not be read as accounts and left on the first output with the reason.`;
}

/** How often each name occurs, the most frequent first. */
function mostFirst(names: readonly string[]): [string, number][] {
	const counts = new Map<string, number>();
	for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
	return [...counts].sort(([a, many], [b, few]) => few - many || (a < b ? -1 : 1));
}

/** R29: which set-up step customers stumble over, most of them first. */
function whereSetUpRests(decisions: readonly Decision[], journey: Journey): string {
	const stalls = journey.steps.flatMap(({ when }) => (when.type === 'setUpStalled' ? [when] : []));
	const [stall] = stalls;
	if (stall === undefined) return '';
	const rests = decisions.flatMap(({ standing }) => {
		const { next, restsForDays = -1 } = standing?.setUp ?? {};
		return next === undefined || restsForDays < stall.days ? [] : [next.title];
	});
	if (rests.length === 0) return '';
	const steps = mostFirst(rests).map(([title, count]) => `${String(count)} before '${title}'`);
	return `Set-up has rested for ${String(stall.days)} days or more at ${counted(rests.length, 'account')}: ${steps.join(', ')}.`;
}

function counted(count: number, one: string, many = `${one}s`): string {
	return `${String(count)} ${count === 1 ? one : many}`;
}
