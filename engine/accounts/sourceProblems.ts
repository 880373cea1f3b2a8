import { placeName } from './problems';
import { showName } from './show';
import type { RowPlace, RowProblem } from './row';

/** The record is still given, and is no account any more. */
export function goneProblem(place: RowPlace): RowProblem {
	return {
		code: 'goneRecord',
		field: '',
		text: `${placeName(place)} was archived or deleted at its source, so it is no account any more. Leave such records out of the query; where it was merged into another, record a 'merged' event.`,
	};
}

/** The vendor itself says that this is a prospect, a partner or somebody who left. */
export function noCustomerProblem(place: RowPlace, path: string, customersAre: string): RowProblem {
	return {
		code: 'noCustomer',
		field: '',
		text: `${placeName(place)} is no customer: ${showName(path)} is none of "${customersAre}". Nothing has to be done, unless it is one: then correct it at the source, or name the value under 'Customers Are'.`,
	};
}

/** A row of a joined source that tells of one. */
export function ofNoCustomerProblem(place: RowPlace): RowProblem {
	return {
		code: 'noCustomer',
		field: '',
		text: `${placeName(place)} tells of a record of source 1 that is no customer. Nothing has to be done.`,
	};
}

/** @param kind what the vendor calls the record, where it says */
export function otherRecordProblem(place: RowPlace, kind: string | undefined): RowProblem {
	if (kind === 'deleted') return goneProblem(place);
	const what =
		kind === undefined ? 'a record of no known kind' : `a record of the kind ${showName(kind)}`;
	return {
		code: 'otherRecord',
		field: '',
		text: `${placeName(place)} is ${what}, which the preset of this source does not read. Choose the preset that fits, or leave such rows out.`,
	};
}

/** A warning: the account goes on without ARR. */
export function severalCurrenciesProblem(
	place: RowPlace,
	currencies: readonly string[],
): RowProblem {
	return {
		code: 'severalCurrencies',
		field: 'arr',
		text: `${placeName(place)}: the customer pays in ${currencies.join(' and ')}, which do not add up without a rate. Until then "arr" is not known; give it from another source.`,
	};
}

/** An event, or a line of them, that cannot be read. */
export function badEventProblem(
	place: RowPlace,
	what: 'noTime' | 'inFuture' | 'notJson',
): RowProblem {
	const texts = {
		noTime: 'holds no time that can be read',
		inFuture: 'lies more than a day in the future; the clock of the sender may be wrong',
		notJson: 'holds lines that are no JSON',
	};
	return {
		code: what === 'notJson' ? 'wrongShape' : 'notATime',
		field: '',
		text: `${placeName(place)} ${texts[what]}. Give the export as it comes: an event per item, or its lines of JSON in the field "data".`,
	};
}
