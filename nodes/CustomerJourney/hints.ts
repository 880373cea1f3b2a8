import type { IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';
import type { Decision } from '../../engine/journeys/advance';
import type { Journey } from '../../engine/journeys/definition';
import type { ClaimResult } from '../../ledger/ledger';
import type { TouchMode } from './items';

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
	} = happened;
	const due = decisions.reduce((sum, { touches }) => sum + touches.length, 0);
	const held = decisions.reduce(
		(sum, { notes }) => sum + notes.filter(({ state }) => state === 'held').length,
		0,
	);
	const enrolled = decisions.reduce((sum, { enroll }) => sum + enroll.length, 0);
	const taken = [...claims.values()].filter(({ claimed }) => !claimed).length;
	const hints: NodeExecutionHint[] = [];
	const say = (message: string, type: NodeExecutionHint['type'] = 'info'): void => {
		hints.push({ message, type, location: 'outputPane' });
	};
	say(
		`${counted(decisions.length, 'account')}: ${String(enrolled)} enrolled, ${counted(due, 'touch', 'touches')} due, ${String(held)} held for later.`,
	);
	if (mode === 'dry') {
		say(
			`Dry run: no sender is enabled, so ${counted(due, 'touch', 'touches')} were written down and nothing left. Enable the senders to go live.`,
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
	if (waiting > 0)
		say(`${counted(waiting, 'touch', 'touches')} wait for the next execution ('Touches per Run').`);
	if (taken > 0)
		say(
			`${counted(taken, 'touch', 'touches')} went to another execution or were held back at the claim.`,
		);
	for (const output of deadOutputs) {
		const names = journey.steps
			.filter((step) => step.output === output)
			.map(({ name }) => `'${name}'`);
		say(
			`Output ${String(output)} (${names.join(', ')}) leads to no enabled node: messages due there lapse, hand-overs and alerts wait.`,
			'warning',
		);
	}
	if (rejected > 0)
		say(
			`${counted(rejected, 'item')} could not be read as accounts and left on the first output with the reason.`,
			'warning',
		);
	context.addExecutionHints(...hints);
}

function counted(count: number, one: string, many = `${one}s`): string {
	return `${String(count)} ${count === 1 ? one : many}`;
}
