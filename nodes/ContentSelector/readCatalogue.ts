import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { readCatalogue, type Catalogue, type Left } from '../../engine/content/catalogue';
import { readNow } from '../platform/now';
import { readText } from '../platform/readText';
import { CATALOGUE_INPUT } from './ports';

/** The catalogue as it comes in, with what is stale in it. @param input index of the catalogue's input */
export function readRows(context: IExecuteFunctions, input: number): Catalogue {
	const rows = context.getInputData(input).map(({ json }) => json);
	const version = readText(context, 'productVersion');
	return readCatalogue(rows, {
		now: readNow(context),
		zone: context.getTimezone(),
		reviewDays: Number(context.getNodeParameter('reviewDays', 0, 180)),
		...(version === '' ? {} : { productVersion: version }),
	});
}

/**
 * The catalogue that is chosen from, never an empty one: that nothing could be read must not look like nothing to send.
 * @throws NodeOperationError that says why there is nothing in it
 */
export function readUsable(context: IExecuteFunctions): Catalogue {
	const rows = context.getInputData(CATALOGUE_INPUT).length;
	if (rows === 0)
		throw new NodeOperationError(context.getNode(), 'The catalogue has no rows', {
			description:
				"Connect the rows of a sheet, CMS, Data Table or CSV to the input 'Catalogue', and look whether that node gave any. Without content nobody gets anything, so this stops here.",
		});
	const catalogue = readRows(context, CATALOGUE_INPUT);
	const { items, stale, expired, invalid } = catalogue;
	if (items.length === 0)
		throw new NodeOperationError(
			context.getNode(),
			`None of the catalogue's ${String(rows)} rows can be sent: ${String(invalid.length)} not readable, ${String(stale.length)} stale, ${String(expired.length)} expired`,
			{
				description: `${firstReason([...invalid, ...stale, ...expired])} The operation Review Catalogue lists every row with its reasons.`,
			},
		);
	sayLeftOut(context, catalogue);
	return catalogue;
}

function firstReason(left: readonly Left[]): string {
	const [first] = left;
	if (first === undefined) return '';
	return `Row ${String(first.row + 1)}: ${first.reasons.map(({ text }) => text).join(' ')}`;
}

function sayLeftOut(
	context: IExecuteFunctions,
	{ stale, expired, invalid, hints }: Catalogue,
): void {
	const hint = (message: string): void =>
		context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
	const counts = [
		[stale.length, 'stale (R79)'],
		[expired.length, 'expired'],
		[invalid.length, 'not readable'],
	] as const;
	const parts = counts.flatMap(([count, what]) =>
		count === 0 ? [] : [`${String(count)} ${what}`],
	);
	if (parts.length > 0)
		hint(
			`Rows of the catalogue left out: ${parts.join(', ')}. The operation Review Catalogue lists them.`,
		);
	for (const { text } of hints) hint(text);
}
