import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { compileFieldPath } from '../platform/fieldPath';
import { readId } from '../platform/readId';
import { readPath } from './readPath';

/**
 * The id of each item's account, undefined where it has none.
 * @throws NodeOperationError where the option holds no field path
 */
export function readIds(context: IExecuteFunctions): (string | undefined)[] {
	const read = readerOf(context, idField(context));
	return context.getInputData().map(({ json }) => readId(read(json)));
}

export function idField(context: IExecuteFunctions): string {
	const field = readPath(context, 'options.accountIdField');
	return field === '' ? 'accountId' : field;
}

function readerOf(context: IExecuteFunctions, field: string): (json: object) => unknown {
	try {
		return compileFieldPath(field);
	} catch (error) {
		throw new NodeOperationError(
			context.getNode(),
			error instanceof Error ? error.message : 'The account id field cannot be read',
			{ description: "Correct 'Account ID Field' among the options." },
		);
	}
}
