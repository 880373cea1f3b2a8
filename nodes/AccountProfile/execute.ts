import type { IExecuteFunctions, INodeExecutionData, IPairedItemData } from 'n8n-workflow';
import {
	buildAccounts,
	type BuiltAccount,
	type RejectedRow,
} from '../../engine/accounts/buildAccounts';
import { chooseSamples } from '../../engine/accounts/chooseSamples';
import type { RowPlace, RowProblem } from '../../engine/accounts/row';
import { sayOfContacts } from '../platform/contactHint';
import { compileFieldPath } from '../platform/fieldPath';
import { withAdded } from '../platform/items';
import { readNow } from '../platform/now';
import { sayWhatHappened } from './hints';
import { readSettings } from './settings';

type Sources = readonly (readonly INodeExecutionData[])[];

/** Rows in, accounts and rejected rows out; nothing in a row can stop the others. */
export function executeProfile(context: IExecuteFunctions): INodeExecutionData[][] {
	if (context.getNodeParameter('source', 0) === 'sample') {
		const triggers = context.getInputData();
		const rows = triggers.map(({ json }) => json);
		const { accounts, rejected } = chooseSamples(rows, readNow(context), compileFieldPath);
		sayOfContacts(context, warningsOf(accounts));
		// the samples' own data only: what triggered them is no part of a customer
		const items = accounts.map((built) => accountItem(built, undefined));
		return [items, rejected.map((row) => rejectedItem(row, [triggers]))];
	}
	const settings = readSettings(context);
	const sources: Sources = Array.from({ length: settings.numberOfSources }, (_, index) =>
		inputOf(context, index),
	);
	const rows = sources.map((items) => items.map(({ json }) => json));
	const { accounts, rejected, unusedSources } = buildAccounts(rows, settings);
	const noCustomers = rejected.filter(({ problems }) =>
		problems.some(({ code }) => code === 'noCustomer'),
	).length;
	sayWhatHappened(context, {
		rowCounts: sources.map(({ length }) => length),
		rejected: rejected.length - noCustomers,
		noCustomers,
		unusedSources,
	});
	const warnings = warningsOf(accounts);
	const isOfContact = ({ field }: RowProblem): boolean => field.startsWith('contacts');
	sayOfContacts(context, warnings.filter(isOfContact));
	sayOfContacts(
		context,
		warnings.filter((warning) => !isOfContact(warning)),
		'amounts',
	);
	return [
		accounts.map((built) => accountItem(built, sources[0]?.[built.places[0]?.row ?? -1])),
		rejected.map((row) => rejectedItem(row, sources)),
	];
}

/** A source without a wire has no rows, which the hints say. */
function inputOf(context: IExecuteFunctions, index: number): readonly INodeExecutionData[] {
	try {
		// n8n answers undefined for an input past the last wired one, and throws for one further on
		const items: unknown = context.getInputData(index);
		return Array.isArray(items) ? context.getInputData(index) : [];
	} catch {
		return [];
	}
}

function warningsOf(accounts: readonly BuiltAccount[]): RowProblem[] {
	return accounts.flatMap(({ warnings }) => warnings);
}

function accountItem(
	{ account, places, warnings }: BuiltAccount,
	origin: INodeExecutionData | undefined,
): INodeExecutionData {
	const [first] = places;
	const pairedItem =
		places.length === 1 && first !== undefined ? pairOf(first) : places.map(pairOf);
	const json = warnings.length === 0 ? account : { ...account, profile: { warnings } };
	return origin?.binary === undefined
		? { json, pairedItem }
		: { json, binary: origin.binary, pairedItem };
}

function rejectedItem({ place, problems }: RejectedRow, sources: Sources): INodeExecutionData {
	const item = sources[place.source]?.[place.row] ?? { json: {} };
	return { ...withAdded(item, place.row, 'rejected', { problems }), pairedItem: pairOf(place) };
}

function pairOf({ source, row }: RowPlace): IPairedItemData {
	return source === 0 ? { item: row } : { item: row, input: source };
}
