import { NodeOperationError, type IExecuteFunctions, type INode } from 'n8n-workflow';
import { z } from 'zod/v4';
import { closedPeriod, PERIODS, type ClosedPeriod } from '../../engine/benchmarks/period';
import { compileSize } from '../../engine/benchmarks/size';
import { readNumber } from '../../engine/health/cells';
import { compileAmount } from '../../engine/tiers/amount';
import { compileFieldPath, type FieldReader } from '../platform/fieldPath';
import { readNow } from '../platform/now';
import { parseConfiguration } from '../platform/problems';
import { readRates } from '../platform/readRates';
import { readText } from '../platform/readText';
import { readRows, wordsOf } from '../platform/rows';

export type FigureReader = {
	readonly label: string;
	readonly of: FieldReader;
	readonly before: FieldReader | undefined;
};

export type PeerSettings = {
	readonly period: ClosedPeriod;
	readonly figures: readonly FigureReader[];
	readonly planOf: FieldReader;
	/** The band an account's size is in; '' where nobody knows it. */
	readonly sizeOf: (account: object) => string;
	readonly asOf: FieldReader;
	readonly zone: string;
	readonly least: number;
};

const fieldOr = (field: string): z.ZodDefault<z.ZodString> =>
	z.string().trim().min(1).default(field);
const optionsSchema = z.looseObject({
	asOfField: fieldOr('usage.asOf'),
	planField: fieldOr('plan'),
	currency: z.string().trim().length(3, 'is no currency code such as USD').default('USD'),
	rates: z.string().default(''),
});
const leastSchema = z
	.number()
	.int('must be a whole number')
	.min(5, 'must be at least 5: among fewer a team could be recognized');

/** @throws NodeOperationError naming the field that is wrong, before any account is looked at */
export function readPeers(context: IExecuteFunctions): PeerSettings {
	const node = context.getNode();
	const given: unknown = context.getNodeParameter('options', 0, {});
	const { asOfField, planField, currency, rates } = parseConfiguration(
		node,
		'Options',
		optionsSchema,
		given,
	);
	const zone = context.getTimezone();
	const unit = z
		.enum(PERIODS)
		.catch('week')
		.parse(context.getNodeParameter('period', 0, 'week'));
	return {
		period: closedPeriod(unit, readNow(context), zone),
		figures: readFigures(context),
		planOf: pathOf(node, 'Plan Field', planField),
		sizeOf: readSize(context, compileAmount(currency, readRates(context, rates))),
		asOf: pathOf(node, 'As Of Field', asOfField),
		zone,
		least: parseConfiguration(
			node,
			'Least Peers',
			leastSchema,
			context.getNodeParameter('leastPeers', 0, 10),
		),
	};
}

function readFigures(context: IExecuteFunctions): FigureReader[] {
	const node = context.getNode();
	const figures = readRows(context, 'figures', 'figure').map((row, index) => {
		const where = `Figure ${String(index + 1)}`;
		const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
		const [field, before] = [text(row.field), text(row.previousField)];
		return {
			label: text(row.label) || field,
			of: pathOf(node, `${where}, Field`, field),
			before: before === '' ? undefined : pathOf(node, `${where}, Previous Field`, before),
		};
	});
	if (figures.length > 0) return figures;
	throw new NodeOperationError(node, "'Figures' is empty: there is nothing to compare", {
		description: 'Add a figure, such as usage.events.',
	});
}

function readSize(
	context: IExecuteFunctions,
	amountOf: ReturnType<typeof compileAmount>,
): (account: object) => string {
	const node = context.getNode();
	const limits = (wordsOf(readText(context, 'sizeLimits')) ?? []).map(Number);
	const isRising = limits.every((limit, place) => limit > (limits[place - 1] ?? 0));
	if (!isRising) {
		throw new NodeOperationError(node, "'Size Limits' are no rising figures above 0", {
			description: 'Write them as in 10, 50, 200.',
		});
	}
	const bandOf = compileSize(limits);
	const sizeBy: unknown = context.getNodeParameter('sizeBy', 0, 'seats');
	if (sizeBy === 'arr') {
		const [arr, currency] = [compileFieldPath('arr'), compileFieldPath('currency')];
		return (account) => {
			const amount = amountOf(arr(account), currency(account));
			return typeof amount === 'number' ? bandOf(amount) : '';
		};
	}
	const field = sizeBy === 'field' ? readText(context, 'sizeField') : 'licences.bought';
	const size = pathOf(node, 'Size Field', field);
	return (account) => {
		const found = readNumber(size(account));
		return found >= 0 && found < Infinity ? bandOf(found) : '';
	};
}

function pathOf(node: INode, what: string, path: string): FieldReader {
	try {
		return compileFieldPath(path);
	} catch (error) {
		const message = error instanceof Error ? error.message : 'it is no field path';
		throw new NodeOperationError(node, `'${what}': ${message}`, {
			description: 'Nothing was compared.',
		});
	}
}
