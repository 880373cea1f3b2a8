import type { NodeExecutionHint } from 'n8n-workflow';
import type { SignalTally } from '../../engine/health/scoreAccounts';

/** Tells in the editor which signals said nothing, so that a thin score is never a riddle. */
export function sayWhatIsUnknown(tally: readonly SignalTally[]): NodeExecutionHint[] {
	const messages = tally.flatMap((row) => [...nowhere(row), ...unreadable(row), ...tooOld(row)]);
	return messages.map((message) => ({ message, type: 'warning', location: 'outputPane' }));
}

function nowhere({ signal, missing, accounts }: SignalTally): string[] {
	if (missing < accounts) return [];
	const { label, field, of } = signal;
	if (of === undefined) return [`Signal '${label}' reads ${field}, which no item has`];
	return [
		`Signal '${label}' divides ${field} by ${of.field}: no item has both with at least ${String(of.atLeast)} of the latter`,
	];
}

function unreadable({ signal, invalid }: SignalTally): string[] {
	if (invalid === 0) return [];
	return [
		`Signal '${signal.label}' (${signal.field}) holds something impossible in ${counted(invalid)}, where it was left out`,
	];
}

function tooOld({ signal, stale }: SignalTally): string[] {
	if (stale === 0) return [];
	const days = String(signal.asOf?.maxAgeDays ?? 0);
	return [
		`Signal '${signal.label}' (${signal.field}) is older than ${days} days in ${counted(stale)}, where it was left out`,
	];
}

function counted(items: number): string {
	return items === 1 ? '1 item' : `${String(items)} items`;
}
