import type { NodeExecutionHint } from 'n8n-workflow';
import type { Hold } from '../../engine/health/history/massHold';
import type { HealthModel, Policy } from '../../engine/health/model';
import { comparesWithMemory } from '../../engine/health/remembered';
import type { SignalTally, Unread } from '../../engine/health/scoreAccounts';

/** Tells in the editor which signals said nothing, so that a thin score is never a riddle. */
export function sayWhatIsUnknown(tally: readonly SignalTally[]): NodeExecutionHint[] {
	const messages = tally.flatMap((row) => [
		...nowhere(row),
		...required(row),
		...unreadable(row),
		...tooOld(row),
	]);
	return messages.map((message) => ({ message, type: 'warning', location: 'outputPane' }));
}

function nowhere({ signal, missing, accounts }: SignalTally): string[] {
	if (missing < accounts) return [];
	const { label, field, of, curve } = signal;
	if (comparesWithMemory(signal)) {
		return [`Signal '${label}' compares ${field} with what memory knows, which no item has`];
	}
	if (of === undefined) return [`Signal '${label}' reads ${field}, which no item has`];
	const atLeast = Math.max(of.atLeast, curve.type === 'weekChange' ? curve.atLeast : 0);
	return [
		`Signal '${label}' divides ${field} by ${of.field}: no item has both with at least ${String(atLeast)} of the latter`,
	];
}

function required({ signal, missing, accounts }: SignalTally): string[] {
	if (missing === 0 || missing === accounts || whatOf(signal.missing) !== WHAT.fail) return [];
	return [
		`Signal '${signal.label}' (${signal.field}) must be known and is missing in ${counted(missing)}, which got no score`,
	];
}

function unreadable({ signal, invalid }: SignalTally): string[] {
	if (invalid === 0) return [];
	return [
		`Signal '${signal.label}' (${signal.field}) holds something impossible in ${counted(invalid)}, ${whatOf(signal.invalid)}`,
	];
}

function tooOld({ signal, stale }: SignalTally): string[] {
	if (stale === 0) return [];
	const days = String(signal.asOf?.maxAgeDays ?? 0);
	return [
		`Signal '${signal.label}' (${signal.field}) is older than ${days} days in ${counted(stale)}, ${whatOf(signal.stale)}`,
	];
}

const WHAT = {
	leaveOut: 'where it was left out',
	neutral: 'where it counted as average',
	worst: 'where it counted as the worst',
	fail: 'which got no score',
} as const;

function whatOf(policy: Policy): string {
	if (typeof policy !== 'object') return WHAT[policy];
	return `where its last known value counted, or else ${WHAT[policy.otherwise].replace('where ', '')}`;
}

function counted(items: number): string {
	return items === 1 ? '1 item' : `${String(items)} items`;
}

/** What could not be read beside the signals. */
export function sayWhatIsUnread(unread: readonly Unread[]): NodeExecutionHint[] {
	return unread.map((one) => {
		const items = counted(one.accounts);
		const message =
			one.what === 'judgement'
				? `${one.text}, in ${items}`
				: `${one.field} is not a date up to today in ${items}: what is of that date is taken for impossible`;
		return { message, type: 'warning', location: 'outputPane' };
	});
}

/** Fields that decide on alerts; of those that are signals too, the signals tell. @param unreadable items by field */
export function sayWhatIsUnreadable(
	unreadable: ReadonlyMap<string, number>,
	{ signals }: HealthModel,
): NodeExecutionHint[] {
	const told = new Set(
		signals.flatMap(({ field, of, asOf }) => [field, of?.field ?? '', asOf?.field ?? '']),
	);
	return [...unreadable].flatMap(([field, items]): NodeExecutionHint[] => {
		if (told.has(field)) return [];
		const message = `${field} holds something impossible in ${counted(items)}, where alerts take it for unknown`;
		return [{ message, type: 'warning', location: 'outputPane' }];
	});
}

/** Items that name no account. @param field where its id was looked for */
export function sayWhoIsNobody(items: number, field: string): NodeExecutionHint[] {
	const message = `${counted(items)} without an account id in ${field}: nothing is remembered of ${items === 1 ? 'it' : 'them'}`;
	return [{ message, type: 'warning', location: 'outputPane' }];
}

/** Items of a day before the last one remembered. */
export function sayWhatIsLate(items: number): NodeExecutionHint[] {
	const message = `${counted(items)} of a day before the last one remembered: shown, and ${items === 1 ? 'moves' : 'move'} nothing until that day is past. Such a day comes from a run with 'Now' ahead of the clock; a backup of the ledger from before it ends this at once.`;
	return [{ message, type: 'warning', location: 'outputPane' }];
}

export function sayWhatIsHeld({ text }: Hold): NodeExecutionHint[] {
	const message = `Drops and alerts are not raised today. ${text}. Once it is checked and right, switch off 'Hold Mass Triggers' for a run.`;
	return [{ message, type: 'warning', location: 'outputPane' }];
}

const MOST_NAMED = 5;

/** Accounts whose memory cannot be read, by id. */
export function sayWhatIsDamaged(accountIds: readonly string[]): NodeExecutionHint[] {
	const named = accountIds.slice(0, MOST_NAMED).join(', ');
	const more = accountIds.length > MOST_NAMED ? ', …' : '';
	const message = `The ledger held a damaged health memory of ${accounts(accountIds.length)} (${named}${more}), which is started afresh: scored as new. The rest is as remembered.`;
	return [{ message, type: 'warning', location: 'outputPane' }];
}

/** Accounts that others wrote to every time. */
export function sayWhatIsUnwritten(count: number): NodeExecutionHint[] {
	const message = `${accounts(count)} scored, but not remembered this time: other executions kept writing to the same. Sweep them again.`;
	return [{ message, type: 'warning', location: 'outputPane' }];
}

function accounts(count: number): string {
	return count === 1 ? '1 account' : `${String(count)} accounts`;
}
