import { compileParser, UNREADABLE } from './cell';
import { isMissing } from './missing';
import type { Column } from './columns';
import {
	combineContacts,
	completeContacts,
	keepsMailAway,
	readContactList,
	silent,
	type FlatContact,
} from './contacts';
import { ACCOUNT_FIELDS, GROUPS, type GroupName } from './fields';
import { compileGatherer, type GatherSettings, type Gatherer } from './gather';
import {
	cellProblem,
	contactFieldProblem,
	idEmptyProblem,
	idMissingProblem,
	tooManyColumnsProblem,
	wrongShapeProblem,
} from './problems';
import { isObject, type Cell, type Row, type RowPlace, type RowProblem } from './row';

export type ReaderSettings = GatherSettings & {
	otherColumns: 'keep' | 'leaveOut';
	columnsAtMost: number;
};

/** What one row says: canonical fields (checked) and other columns, before joins and before the id is demanded. */
export type Reading = {
	account: Record<string, Cell>;
	/** Flat contact columns that name no address and met no contact in the row. */
	contact?: FlatContact;
	/** Why there is no account id; undefined where there is one, or where it cannot be read. */
	idProblem?: RowProblem;
	/** What rejects the row. */
	problems: RowProblem[];
	/** What about its contacts could not be used, and rejects nothing. */
	warnings: RowProblem[];
};

export type AccountReader = {
	read(row: Row, place: RowPlace): Reading;
	/** Source fields of the own mapping that no row so far had. */
	unusedSources(): string[];
};

const FIELDS = ACCOUNT_FIELDS.map((field) => ({ field, parse: compileParser(field) }));
type Parts = {
	groups: Partial<Record<GroupName, Record<string, Cell>>>;
	contacts: FlatContact[];
	/** Whether the row says anything of contacts, usable or not. */
	namesContacts: boolean;
};

/** What is said about a row while it is read. */
type Notes = { place: RowPlace; problems: RowProblem[]; warnings: RowProblem[] };

/**
 * Compiles preset and mapping once; the reader then takes microseconds a row.
 * @throws Error naming a target that is no canonical field, or a path that cannot be read
 */
export function compileAccountReader(settings: ReaderSettings): AccountReader {
	const { otherColumns, columnsAtMost } = settings;
	const gatherer = compileGatherer(settings);
	const read = (row: Row, place: RowPlace): Reading => {
		const names = Object.keys(row);
		if (otherColumns === 'keep' && names.length > columnsAtMost) {
			const problems = [tooManyColumnsProblem(place, names.length, columnsAtMost)];
			return { account: {}, problems, warnings: [] };
		}
		const notes: Notes = { place, problems: [], warnings: [] };
		gatherer.start(row);
		const columns = gatherer.columnsOf(names);
		const parts = takeColumns(gatherer, row, names, columns, notes);
		const { groups } = parts;
		// a copy in one go: adding thirty columns one by one costs three times as much
		const account: Record<string, Cell> = otherColumns === 'keep' ? { ...row } : {};
		const flat = parseFields(gatherer, account, parts, notes);
		for (const group of GROUPS) if (groups[group] !== undefined) account[group] = groups[group];
		const complete = completeContacts(combineContacts(flat, parts.contacts));
		// an empty list where none of them is usable: what the row holds there must not be taken for contacts
		const hasContacts = complete.length > 0 || parts.namesContacts;
		if (hasContacts) account.contacts = complete;
		/** A column with a canonical name whose own text is not the account's value must not be taken for it. */
		const stale = (column: Column | undefined): boolean => {
			if (column === undefined || column.is === 'other') return false;
			if (column.is === 'group') return groups[column.group] === undefined;
			if (column.is === 'contacts') return !hasContacts;
			return column.is === 'dropped' || gatherer.isStale(column);
		};
		return {
			account: columns.some(stale)
				? without(account, new Set(names.filter((_name, index) => stale(columns[index]))))
				: account,
			contact: flat?.email === undefined && complete.length === 0 ? flat : undefined,
			idProblem: idProblemOf(gatherer, names, place),
			problems: notes.problems,
			warnings: notes.warnings,
		};
	};
	return { read, unusedSources: () => gatherer.unusedSources() };
}

function takeColumns(
	gatherer: Gatherer,
	row: Row,
	names: readonly string[],
	columns: readonly Column[],
	{ place, problems, warnings }: Notes,
): Parts {
	const parts: Parts = { groups: {}, contacts: [], namesContacts: false };
	for (let index = 0; index < names.length; index++) {
		const name = names[index];
		const column = columns[index];
		if (name === undefined || column === undefined) continue;
		const cell = row[name];
		if (column.is === 'field') gatherer.takeColumn(column.field, column.rank, name, cell);
		else if (column.is === 'other' || column.is === 'dropped' || isMissing(cell)) continue;
		else if (column.is === 'group') {
			if (isObject(cell)) parts.groups[column.group] = gatherer.takeGroup(column.group, cell);
			else problems.push(wrongShapeProblem(place, name, cell, 'an object with named figures'));
		} else {
			parts.namesContacts = true;
			parts.contacts = readContactList(cell, place, warnings);
		}
	}
	return parts;
}

/** Puts each readable cell where it belongs; gives back what the flat columns say about the first contact. */
function parseFields(
	{ gathered }: Gatherer,
	account: Record<string, Cell>,
	parts: Parts,
	{ place, problems, warnings }: Notes,
): FlatContact | undefined {
	const { groups } = parts;
	let flat: FlatContact | undefined;
	let unsure = false;
	let nobody = false;
	for (let index = 0; index < FIELDS.length; index++) {
		const cell = gathered.cells[index];
		const known = FIELDS[index];
		if (cell === undefined || known === undefined) continue;
		const { field, parse } = known;
		const value = parse(cell);
		const origin = gathered.origins[index] ?? '';
		if (field.group === 'contact') {
			flat ??= {};
			if (value !== UNREADABLE) flat[field.name] = value;
			else {
				warnings.push(contactFieldProblem(place, field, origin, cell));
				unsure ||= keepsMailAway(field);
				nobody ||= field.name === 'email';
			}
		} else if (value === UNREADABLE) problems.push(cellProblem(place, field, origin, cell));
		else if (field.group === '') account[field.name] = value;
		else (groups[field.group] ??= {})[field.name] = value;
	}
	if (nobody) {
		// what the columns say is about that person, and not about the first one of a list
		parts.namesContacts = true;
		return undefined;
	}
	return flat !== undefined && unsure ? silent(flat) : flat;
}

function without(account: Record<string, Cell>, names: ReadonlySet<string>): Record<string, Cell> {
	const kept: Record<string, Cell> = {};
	for (const name of Object.keys(account)) if (!names.has(name)) kept[name] = account[name];
	return kept;
}

function idProblemOf(
	{ gathered }: Gatherer,
	names: readonly string[],
	place: RowPlace,
): RowProblem | undefined {
	if (gathered.cells[ID] !== undefined) return undefined;
	return gathered.idColumn === undefined
		? idMissingProblem(place, names)
		: idEmptyProblem(place, gathered.idColumn);
}

const ID = ACCOUNT_FIELDS.findIndex(({ path }) => path === 'accountId');
