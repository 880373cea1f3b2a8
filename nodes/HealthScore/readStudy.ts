import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import {
	outcomeFieldsSchema,
	readOutcomes,
	type OutcomeFields,
	type OutcomesRead,
} from '../../engine/health/backtest/readOutcomes';
import type { Facts } from '../../engine/health/fields';
import type { HealthModel } from '../../engine/health/model';
import { compileFieldPath, partsOfPath, pathsMeet } from '../platform/fieldPath';
import { readNow } from '../platform/now';
import { readModel } from './readModel';
import { readPath } from './readPath';

/** What Backtest and Calibrate are given. */
export type Study = {
	readonly model: HealthModel;
	readonly read: OutcomesRead;
	/** As of when items without dates are taken to be, in ms since 1970. */
	readonly now: number;
};

const MONTHS = 12;

/** @throws NodeOperationError when a field is no path, no item tells an outcome, or the model reads the outcome itself */
export function readStudy(context: IExecuteFunctions): Study {
	const model = readModel(context);
	const fields = readFields(context);
	refuseForeknowledge(context, model, fields);
	const rows = context.getInputData().map(({ json }) => json);
	const now = readNow(context);
	const read = readItems(context, rows, fields, now);
	const accounts = read.kind === 'histories' ? read.histories : read.rows;
	if (accounts.length > 0) return { model, read, now };
	const [first] = read.problems;
	throw new NodeOperationError(
		context.getNode(),
		`No item says what became of an account${first === undefined ? '' : `: item ${first.row} ${first.text}`}`,
		{
			description:
				"Drag the field that says who left into 'Churned'. It holds yes, true, 1, churned, left or lost, or no, false, 0, retained, stayed, renewed or active. Items dated later than now ('Now' in the options) do not count.",
		},
	);
}

function readFields(context: IExecuteFunctions): OutcomeFields {
	const field = (name: string): string | undefined => readPath(context, name) || undefined;
	const date = field('knownOnField');
	const outcomeDate = field('outcomeDateField');
	if ((date === undefined) !== (outcomeDate === undefined)) {
		throw new NodeOperationError(
			context.getNode(),
			`'${date === undefined ? 'Outcome Date' : 'Known On'}' is set, but '${date === undefined ? 'Known On' : 'Outcome Date'}' is empty`,
			{
				description:
					'Histories need both: when each item was known, and when the account left. Without dates, leave both empty.',
			},
		);
	}
	const churned = field('churnedField');
	if (churned === undefined) {
		throw new NodeOperationError(context.getNode(), "'Churned' is empty", {
			description: 'Drag the field that says whether the account left into it.',
		});
	}
	const monthly = context.getNodeParameter('options.revenueIs', 0, 'year') === 'month';
	return outcomeFieldsSchema.parse({
		account: field('accountField'),
		churned,
		date,
		outcomeDate,
		arr: field('arrField'),
		arrTimes: monthly ? MONTHS : 1,
	});
}

/** A signal that reads the outcome would foresee it perfectly, and nothing else. */
function refuseForeknowledge(
	context: IExecuteFunctions,
	{ signals }: HealthModel,
	{ churned, outcomeDate }: OutcomeFields,
): void {
	const outcome = [churned, outcomeDate].filter((path) => path !== undefined);
	for (const { label, field, of, asOf } of signals) {
		const told = [field, of?.field, asOf?.field].find(
			(path) => path !== undefined && outcome.some((one) => pathsMeet(path, one)),
		);
		if (told === undefined) continue;
		throw new NodeOperationError(
			context.getNode(),
			`Signal '${label}' reads ${told}, which tells the outcome`,
			{ description: 'A score must not know who left. Take the signal out of the model.' },
		);
	}
}

function readItems(
	context: IExecuteFunctions,
	rows: readonly Facts[],
	fields: OutcomeFields,
	now: number,
): OutcomesRead {
	try {
		return readOutcomes(rows, fields, now, { readerOf: compileFieldPath, partsOf: partsOfPath });
	} catch (error) {
		throw new NodeOperationError(
			context.getNode(),
			error instanceof Error ? error.message : 'A field path cannot be read',
			{ description: 'Drag the field from the input, or write its path by hand.' },
		);
	}
}
