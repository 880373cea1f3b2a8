import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod/v4';
import { parseJson } from '../platform/problems';
import { readRows, textOf, wordsOf } from '../platform/rows';
import { checkFields } from './checkFields';

/** What a person has at most, where 0 is any number. */
export const MOST: ReadonlySet<string> = new Set(['mostCases', 'mostArr']);

const rowsSchema = z.array(z.looseObject({}), { error: 'is no list of people' });

/** The people as the schema of a policy takes them: from the list, or from rows such as those of a sheet. */
export function readPeople(context: IExecuteFunctions): object[] {
	const node = context.getNode();
	if (context.getNodeParameter('peopleSource', 0) !== 'json')
		return readRows(context, 'people', 'person').map(personOf);
	const value = parseJson(node, 'People', context.getNodeParameter('peopleJson', 0));
	return checkFields(node, { what: 'People', isJson: true }, rowsSchema, value).map((row) =>
		personOf(row),
	);
}

/** A sheet writes numbers as text, and leaves cells empty. */
function personOf({
	name,
	email,
	pools,
	mostCases,
	mostArr,
	calendar,
	away,
}: Record<string, unknown>): object {
	return {
		email: textOf(email),
		name: textOf(name) || textOf(email),
		pools: Array.isArray(pools) ? pools : (wordsOf(pools) ?? []),
		...most('mostCases', mostCases),
		...most('mostArr', mostArr),
		...(textOf(calendar) === '' ? {} : { calendar: textOf(calendar) }),
		away: Array.isArray(away) ? away : (wordsOf(away) ?? []).map(absenceOf),
	};
}

/** 0 and empty: any. */
function most(name: string, value: unknown): object {
	if (value === undefined || value === null || value === '' || Number(value) === 0) return {};
	return { [name]: Number.isNaN(Number(value)) ? value : Number(value) };
}

/** `2026-12-24 to 2027-01-02`, or one date. */
function absenceOf(text: string): object {
	const [from = '', to = from] = text.split(/\s+(?:to|–|-|until)\s+/);
	return { from, to };
}
