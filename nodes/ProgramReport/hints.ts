import type { NodeExecutionHint } from 'n8n-workflow';

type Counts = { shown: number; wanted: number; accounts: number; withHealth: number };

/** What the queue found, and why it may have found less than there is. */
export function sayTriage({ shown, wanted, accounts, withHealth }: Counts): NodeExecutionHint[] {
	const found =
		wanted === 0
			? `None of ${of(accounts)} needs a look.`
			: `${String(wanted)} of ${of(accounts)} ${wanted === 1 ? 'needs' : 'need'} a look${wanted > shown ? `; the first ${String(shown)} are listed` : ''}.`;
	const hints: NodeExecutionHint[] = [info(found)];
	if (accounts > 0 && withHealth === 0)
		hints.push({
			...info(
				"No account has been scored, so the queue holds open cases only. Put 'Health Score' with its memory before this node.",
			),
			type: 'warning',
		});
	return hints;
}

type PeerCounts = {
	accounts: number;
	compared: number;
	stale: number;
	period: string;
	least: number;
};

/** How many have somebody to be held against, and why the others have not. */
export function sayPeers({
	accounts,
	compared,
	stale,
	period,
	least,
}: PeerCounts): NodeExecutionHint[] {
	const hints = [
		info(
			`${period}: ${String(compared)} of ${of(accounts)} ${compared === 1 ? 'is' : 'are'} held against at least ${String(least)} similar teams.`,
		),
	];
	if (stale > 0)
		hints.push({
			...info(
				`The figures of ${of(stale)} were made before ${period} was over, and are left out. Let your source bring those of the closed period.`,
			),
			type: 'warning',
		});
	return hints;
}

/** How many customers the report is about, and what to do where there are none. */
export function sayStalls(
	{ accounts, arrived }: { accounts: number; arrived: number },
	journey: string,
	days: number,
): NodeExecutionHint {
	if (accounts > 0)
		return info(
			`${of(accounts)} began '${journey}' in the last ${String(days)} days; ${String(arrived)} have arrived.`,
		);
	const text = `Nobody began '${journey}' in the last ${String(days)} days. The report is about customers whom the published journey enrolled: compare 'Journey ID' and 'Ledger' with its node.`;
	return { ...info(text), type: 'warning' };
}

function info(message: string): NodeExecutionHint {
	return { message, type: 'info', location: 'outputPane' };
}

function of(count: number): string {
	return `${count.toLocaleString('en-US')} ${count === 1 ? 'account' : 'accounts'}`;
}
