import { isAmbiguousNumber, readNumber, UNREADABLE } from './cell';
import type { AccountField } from './fields';
import type { RowPlace, RowProblem, RowProblemCode } from './row';
import { show, showChoice, showId, showName, showNumber, showZone } from './show';

/** "Row 3", or "Row 3 of source 2". */
export function placeName({ source, row }: RowPlace): string {
	const name = `Row ${String(row + 1)}`;
	return source === 0 ? name : `${name} of source ${String(source + 1)}`;
}

/** The column as its owner knows it, with the canonical field where that is another word. */
function columnName(column: string, path: string): string {
	return column === path ? showName(column) : `${showName(column)} (${path})`;
}

export function cellProblem(
	place: RowPlace,
	field: AccountField,
	column: string,
	cell: unknown,
): RowProblem {
	const { code, found, expected, fix } = explain(field, cell);
	const where = `${placeName(place)}: ${columnName(column, field.path)} holds ${found}`;
	return { code, field: field.path, text: `${where}, where ${expected} belongs. ${fix}` };
}

type Explanation = { code: RowProblemCode; found: string; expected: string; fix: string };

const OR_EMPTY = 'or leave the cell empty if it is not known';

const TEXTS = {
	expected: 'a list of texts',
	fix: `Separate several by semicolons, ${OR_EMPTY}.`,
};

const ONE_ID = '1 to 500 characters (800 bytes), none of them NUL or half a character,';
const ID = {
	expected: `an id of ${ONE_ID}`,
	fix: 'Map the field that holds the id itself, or correct it at the source.',
};
const IDS = {
	expected: `ids of ${ONE_ID}`,
	fix: `Separate several by semicolons, correct the id at the source, ${OR_EMPTY}.`,
};

function explain(field: AccountField, cell: unknown): Explanation {
	const found = show(cell);
	switch (field.kind) {
		case 'number':
			return explainNumber(field, cell);
		case 'time':
			return {
				code: 'notATime',
				found,
				expected: 'an ISO date or date-time',
				fix: `Write it as 2026-03-01 or 2026-03-01T09:00:00Z, ${OR_EMPTY}.`,
			};
		case 'timeZone':
			return {
				code: 'unknownTimeZone',
				found: showZone(cell),
				expected: 'an IANA time zone',
				fix: `Write it as Europe/Berlin or America/New_York, ${OR_EMPTY}.`,
			};
		case 'email':
			return {
				code: 'badEmail',
				found,
				expected: 'one e-mail address',
				fix: `Correct it at the source (one address, as in ana@example.com), ${OR_EMPTY}.`,
			};
		case 'yesNo':
			return {
				code: 'notYesOrNo',
				found,
				expected: 'yes or no',
				fix: `Write yes, no, true, false, 1 or 0, ${OR_EMPTY}.`,
			};
		case 'choice':
			return {
				code: 'notOneOf',
				found: showChoice(cell, field.choices),
				expected: `one of ${field.choices.join(', ')}`,
				fix: `Use one of these words, ${OR_EMPTY}.`,
			};
		case 'currency':
			return {
				code: 'invalidValue',
				found,
				expected: 'a currency code of three letters',
				fix: `Write it as USD or EUR, ${OR_EMPTY}.`,
			};
		case 'list':
			if (field.path === 'aliases') return { code: 'wrongShape', found, ...IDS };
			return { code: 'wrongShape', found, ...TEXTS };
		case 'limits':
			return {
				code: 'wrongShape',
				found,
				expected: 'a list of plan limits',
				fix: `Write them as in "seats 42/50; projects 8/10", ${OR_EMPTY}.`,
			};
		case 'notes':
		case 'steps':
			return { code: 'wrongShape', found, ...TEXTS };
		case 'id':
			return { code: 'wrongShape', found, ...ID };
		case 'text':
			return {
				code: 'wrongShape',
				found,
				expected: 'a text',
				fix: 'Map the field that holds the text itself.',
			};
	}
}

function explainNumber({ schema }: AccountField, cell: unknown): Explanation {
	const found = showNumber(cell);
	const value = readNumber(cell);
	if (value !== UNREADABLE) {
		const [issue] = schema.safeParse(value).error?.issues ?? [];
		const limit = issue !== undefined && 'minimum' in issue ? 'more' : 'less';
		const bound =
			issue === undefined
				? undefined
				: (Reflect.get(issue, limit === 'more' ? 'minimum' : 'maximum') as unknown);
		const inclusive = issue !== undefined && 'inclusive' in issue && issue.inclusive === true;
		const expected = inclusive
			? `a number of ${String(bound)} or ${limit}`
			: `a number ${limit} than ${String(bound)}`;
		return { code: 'outOfRange', found, expected, fix: `Correct it at the source, ${OR_EMPTY}.` };
	}
	if (isAmbiguousNumber(cell)) {
		return {
			code: 'ambiguousNumber',
			found: `${found}, which is thousands to some and a fraction to others`,
			expected: 'a plain number',
			fix: 'Write it without the comma, as in 12000 or 12.5.',
		};
	}
	return {
		code: 'notANumber',
		found,
		expected: 'a number',
		fix: `Write digits only, as in 12000 or 12000.50, ${OR_EMPTY}.`,
	};
}

export function emptyRowProblem(place: RowPlace, onlyRow: boolean): RowProblem {
	const text = onlyRow
		? `The source gave no rows: ${placeName(place).toLowerCase()}, the only one, has no columns, as when the file is empty and the node before has Always Output Data on. Check the file or the search behind this source.`
		: `${placeName(place)} has no columns at all. Remove the empty row at the source.`;
	return { code: 'emptyRow', field: '', text };
}

export function tooManyColumnsProblem(place: RowPlace, found: number, limit: number): RowProblem {
	return {
		code: 'tooManyColumns',
		field: '',
		text: `${placeName(place)} has ${String(found)} columns, where at most ${String(limit)} are accepted. Raise 'Columns at Most', or set 'Other Columns' to 'Leave Out', which keeps only the mapped fields and accepts any width.`,
	};
}

export function idMissingProblem(place: RowPlace, columns: readonly string[]): RowProblem {
	const seen = columns.slice(0, 5).map(showName).join(', ');
	const more = columns.length > 5 ? ` and ${String(columns.length - 5)} more` : '';
	return {
		code: 'idMissing',
		field: 'accountId',
		text: `${placeName(place)} has no account id: none of its columns (${seen}${more}) is known as one. Name the column "Account ID", or map the right one to Account ID under 'Own Mapping'.`,
	};
}

export function idEmptyProblem(place: RowPlace, column: string): RowProblem {
	return {
		code: 'idEmpty',
		field: 'accountId',
		text: `${placeName(place)}: the account id (column ${showName(column)}) is empty. Fill it in at the source, or leave the row out there.`,
	};
}

export function duplicateIdProblem(
	place: RowPlace,
	accountId: string,
	firstRow: number,
): RowProblem {
	return {
		code: 'duplicateId',
		field: 'accountId',
		text: `${placeName(place)} repeats the account id ${showId(accountId)} of row ${String(firstRow + 1)}, which was taken. Remove one of the two at the source, or give each its own id.`,
	};
}

export function noAccountProblem(
	place: RowPlace,
	keyColumn: string,
	key: string | undefined,
): RowProblem {
	const found =
		key === undefined
			? 'is empty'
			: `holds ${showId(key)}, which no accepted account of source 1 has`;
	return {
		code: 'noAccount',
		field: 'accountId',
		text: `${placeName(place)} belongs to no account: its key ${showName(keyColumn)} ${found}. Check the key field of this source, or add the account to source 1.`,
	};
}

export function wrongShapeProblem(
	place: RowPlace,
	field: string,
	cell: unknown,
	expected: string,
): RowProblem {
	return {
		code: 'wrongShape',
		field,
		text: `${placeName(place)}: ${showName(field)} holds ${show(cell)}, where ${expected} belongs. Rename the column if it means something else, or map its parts under 'Own Mapping'.`,
	};
}

const LEFT_OUT = 'this contact is left out';

/** What comes of a contact's field that cannot be read; each ends the sentence about it. */
const CONSEQUENCES: Readonly<Record<string, string>> = {
	email: LEFT_OUT,
	role: 'the role counts as user',
	status: 'this contact counts as unsubscribed',
	unsubscribed: 'this contact counts as unsubscribed',
};

/** A warning: the account goes on. */
export function contactFieldProblem(
	place: RowPlace,
	field: AccountField,
	column: string,
	cell: unknown,
): RowProblem {
	const problem = cellProblem(place, field, column, cell);
	const consequence = CONSEQUENCES[field.name] ?? 'this field is left out';
	return { ...problem, text: `${problem.text} Until then ${consequence}.` };
}

/** A warning: the account goes on. */
export function contactProblem(place: RowPlace, field: string, reason: string): RowProblem {
	return {
		code: field.endsWith('.email') ? 'badEmail' : 'invalidContact',
		field,
		text: `${placeName(place)}: ${showName(field)} ${reason}. Correct this contact at the source. Until then ${LEFT_OUT}.`,
	};
}

/** A warning: the account goes on without contacts. */
export function wrongContactsProblem(place: RowPlace, cell: unknown): RowProblem {
	const problem = wrongShapeProblem(place, 'contacts', cell, 'a list of contacts');
	return { ...problem, text: `${problem.text} Until then no contact is known.` };
}

export function noSampleProblem(place: RowPlace, accountId: string): RowProblem {
	return {
		code: 'noAccount',
		field: 'accountId',
		text: `${placeName(place)} names the account ${showId(accountId)}, which the sample accounts do not have. Send the account's data along in the field 'account', or set 'Source' to 'Input Items' for accounts of your own.`,
	};
}
