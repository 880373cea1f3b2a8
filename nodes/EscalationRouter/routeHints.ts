import type { IExecuteFunctions } from 'n8n-workflow';
import { groupBy } from '../../engine/escalation/families';
import type { RouteOutcome } from '../../engine/escalation/routeCalls';
import type { Delivery } from './notices';
import { AS_IF_UNKNOWN, type Unread } from './readFacts';

/** Why an item is not routed. */
export const NOTHING = {
	noReason: 'Nothing here asks for a person.',
	baseline:
		'Its alerts held already at the first sweep of the health model: they are listed, not routed (P09).',
	dryRun:
		'It comes from a dry run of its journey: it would be routed, and nothing is written (P34).',
};

export const DRY_RUN =
	'Every node behind this one that would tell somebody is disabled: a dry run. Nothing was written, and nobody counts as told (P34).';

export const TELLS_NOBODY =
	'A run from the editor tells nobody: enter yourself as Test Recipient to get its notices.';

type Counts = Record<RouteOutcome['what'] | 'waiting', number>;

/** Tells in the editor what happened, and what keeps it from happening. */
export function sayRouted(
	context: IExecuteFunctions,
	{
		counts,
		leftOut,
		withoutRate,
		unread,
		delivery,
		digests,
		ofStrangers,
		more,
	}: {
		counts: Counts;
		leftOut: ReadonlyMap<keyof typeof NOTHING, number>;
		withoutRate: ReadonlyMap<string, number>;
		unread: readonly Unread[];
		delivery: Delivery;
		digests: number;
		/** Open cases whose owners are not in the policy any more. */
		ofStrangers: number;
		more: number;
	},
): void {
	const { opened, raised, reopened, joined, reassigned, known, waiting } = counts;
	const said = [
		[opened, 'opened'],
		[reopened, 'opened again'],
		[raised, 'raised'],
		[joined, 'joined by a further reason'],
		[reassigned, 'given to somebody else'],
		[known, 'unchanged'],
	] as const;
	const parts = said.flatMap(([count, what]) => (count === 0 ? [] : [`${counted(count)} ${what}`]));
	const info = (message: string): void =>
		context.addExecutionHints({ message, type: 'info', location: 'outputPane' });
	const warn = (message: string): void =>
		context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
	if (parts.length > 0) info(`${parts.join(', ')}.`);
	if (waiting > 0)
		info(
			`${counted(waiting)} beyond the single notices of the day: ${digests > 0 ? 'they are in the digest' : 'they come with the next digest'}.`,
		);
	if (ofStrangers > 0)
		warn(
			`When this run began, people who are not among the policy's people had ${counted(ofStrangers)}: List Open shows ${ofStrangers === 1 ? 'it' : 'them'}, and where they left, Reassign gives ${ofStrangers === 1 ? 'it' : 'them'} to somebody else.`,
		);
	for (const [what, count] of leftOut)
		if (what !== 'noReason') warn(`${String(count)} not routed. ${NOTHING[what]}`);
	for (const [currency, count] of withoutRate)
		warn(
			`${count === 1 ? '1 account is' : `${String(count)} accounts are`} routed as if nobody knew the ARR, because ${currency === '' ? 'its currency is no code such as EUR' : `${currency} has no rate`}: add it to Exchange Rates.`,
		);
	for (const [, [first, ...others]] of groupBy(unread, ({ field }) => field))
		if (first !== undefined) warn(sayUnread(first, 1 + others.length));
	if (parts.length === 0 && (leftOut.get('noReason') ?? 0) > 0)
		info(
			'Nothing to route: no item carries an alert of Health Score, a hand-over or alert of Customer Journey, or an event that asks for a human. For flows of your own choose a reason under What to Route.',
		);
	if (delivery.dry && parts.length > 0) warn(DRY_RUN);
	if (delivery.testRecipient === '' && parts.length > 0) warn(TELLS_NOBODY);
	if (more > 0)
		info(`A run from the editor routes ten accounts at most; ${String(more)} more were left out.`);
}

function sayUnread({ field, problem, found }: Unread, count: number): string {
	const where = count === 1 ? '1 account' : `${String(count)} accounts`;
	return `Field '${field}' ${problem} in ${where} (found ${found}${count === 1 ? '' : ' first'}): ${AS_IF_UNKNOWN}.`;
}

function counted(count: number): string {
	return count === 1 ? '1 case' : `${String(count)} cases`;
}
