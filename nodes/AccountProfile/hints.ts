import type { IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';

type Happened = {
	/** Items per source. */
	rowCounts: readonly number[];
	rejected: number;
	/** Rows of which the CRM itself says that they are no customers, or of such. */
	noCustomers: number;
	/** Mapped fields that no row had. */
	unusedSources: readonly string[];
};

/** Says what would otherwise be silence: a source without rows, a mapped field nobody has, rows that went nowhere. */
export function sayWhatHappened(
	context: IExecuteFunctions,
	{ rowCounts, rejected, noCustomers, unusedSources }: Happened,
): void {
	const hints: NodeExecutionHint[] = [];
	const warn = (message: string): void => {
		hints.push({ message, type: 'warning', location: 'outputPane' });
	};
	rowCounts.forEach((count, index) => {
		if (count > 0) return;
		const source = `Source ${String(index + 1)}`;
		warn(
			index === 0
				? `${source} gave no items, so there are no accounts. Check what is wired to it.`
				: `${source} gave no items, so nothing was joined from it. Check what is wired to it.`,
		);
	});
	for (const field of unusedSources) {
		warn(`The field '${field}' of 'Own Mapping' was found in no item. Check its spelling.`);
	}
	const total = rowCounts.reduce((sum, count) => sum + count, 0);
	if (noCustomers > 0) {
		hints.push({
			message: `${String(noCustomers)} of ${String(total)} rows are no customers, by what the CRM itself says of them, and left out: they are on the second output, and there is nothing to do.`,
			type: 'info',
			location: 'outputPane',
		});
	}
	if (rejected > 0) {
		warn(
			`${String(rejected)} of ${String(total)} rows were rejected; each says why on the second output, under 'rejected'.`,
		);
	}
	if (hints.length > 0) context.addExecutionHints(...hints);
}
