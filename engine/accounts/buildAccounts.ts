import { contactSchema, type Contact } from './account';
import { isMissing } from './missing';
import { addContacts, type FlatContact } from './contacts';
import { GROUPS } from './fields';
import { duplicateIdProblem, emptyRowProblem, noAccountProblem } from './problems';
import { compileAccountReader, type Reading, type ReaderSettings } from './readAccount';
import {
	isObject,
	type AccountRecord,
	type Cell,
	type Row,
	type RowPlace,
	type RowProblem,
} from './row';

export type BuildSettings = ReaderSettings & {
	/** Field path of each joined source that holds the account's id; `accountId` means the id as the preset reads it. */
	keys: readonly string[];
};

export type BuiltAccount = {
	account: AccountRecord;
	places: RowPlace[];
	/** What about its contacts could not be used, of all its rows. */
	warnings: RowProblem[];
};
export type RejectedRow = { place: RowPlace; problems: RowProblem[] };

export type BuiltAccounts = {
	accounts: BuiltAccount[];
	/** Every row that is in no account, in the order of the sources. */
	rejected: RejectedRow[];
	/** Source fields of the own mapping that no row had. */
	unusedSources: string[];
};

export type Draft = BuiltAccount & { contact?: FlatContact };

/**
 * Turns rows into accounts: the first source gives the accounts, later ones only add what is still missing, joined by
 * account id (or by the id of a record merged into it). Each row ends in exactly one account or in `rejected`. Input is never
 * changed. A row at fault never keeps another from going on.
 * @throws Error when the settings name an unknown field or an unreadable path
 */
export function buildAccounts(
	sources: readonly (readonly Row[])[],
	settings: BuildSettings,
): BuiltAccounts {
	const reader = compileAccountReader(settings);
	const drafts: Draft[] = [];
	const byId = new Map<string, Draft>();
	const rejected: RejectedRow[] = [];
	const [first = [], ...joined] = sources;
	first.forEach((row, index) => {
		const place = { source: 0, row: index };
		const { reading, problems } = readRow(reader, row, place, first.length === 1);
		if (reading?.idProblem !== undefined) problems.push(reading.idProblem);
		const id = reading?.account.accountId;
		const earlier = typeof id === 'string' ? byId.get(id)?.places[0] : undefined;
		if (earlier !== undefined && typeof id === 'string') {
			problems.push(duplicateIdProblem(place, id, earlier.row));
		}
		const account = reading?.account;
		if (problems.length > 0 || account === undefined || !hasId(account)) {
			rejected.push({ place, problems });
			return;
		}
		const { contact, warnings = [] } = reading ?? {};
		const draft = { account, places: [place], warnings, contact };
		drafts.push(draft);
		byId.set(account.accountId, draft);
	});
	if (joined.length > 0) indexAliases(drafts, byId);
	joined.forEach((rows, index) => {
		const source = index + 1;
		const key = settings.keys[index] ?? 'accountId';
		const readKey = key === 'accountId' ? undefined : settings.compilePath(key);
		rows.forEach((row, rowIndex) => {
			const place = { source, row: rowIndex };
			const { reading, problems } = readRow(reader, row, place, rows.length === 1);
			if (reading !== undefined && problems.length === 0) {
				const id = keyText(readKey === undefined ? reading.account.accountId : readKey(row));
				const draft = id === undefined ? undefined : byId.get(id);
				if (draft !== undefined) {
					addReading(draft, reading, place);
					return;
				}
				problems.push(noAccountProblem(place, key, id));
			}
			rejected.push({ place, problems });
		});
	});
	return { accounts: drafts.map(settleAccount), rejected, unusedSources: reader.unusedSources() };
}

function readRow(
	reader: ReturnType<typeof compileAccountReader>,
	row: Row,
	place: RowPlace,
	onlyRow: boolean,
): { reading?: Reading; problems: RowProblem[] } {
	if (Object.keys(row).length === 0) return { problems: [emptyRowProblem(place, onlyRow)] };
	const reading = reader.read(row, place);
	return { reading, problems: reading.problems };
}

/** Rows about a record that was merged belong to the account that survived (P32), unless the old record is still there. */
function indexAliases(drafts: readonly Draft[], byId: Map<string, Draft>): void {
	for (const draft of drafts) {
		const { aliases } = draft.account;
		if (!Array.isArray(aliases)) continue;
		for (const alias of aliases) {
			if (typeof alias === 'string' && !byId.has(alias)) byId.set(alias, draft);
		}
	}
}

function addReading(
	draft: Draft,
	{ account: added, contact, warnings }: Reading,
	place: RowPlace,
): void {
	const { account } = draft;
	for (const [name, cell] of Object.entries(added)) {
		if (name === 'contacts') continue;
		const known = account[name];
		if (known === undefined) account[name] = cell;
		else if (isGroup(name) && isObject(known) && isObject(cell))
			account[name] = { ...cell, ...known };
	}
	const contacts = addContacts(contactsOf(account), contactsOf(added), contact);
	if (contacts.length > 0 || added.contacts !== undefined) account.contacts = contacts;
	draft.places.push(place);
	draft.warnings.push(...warnings);
}

/** What can only be settled when every source has spoken. */
export function settleAccount({ account, places, warnings, contact }: Draft): BuiltAccount {
	if (contact !== undefined && account.contacts !== undefined) {
		account.contacts = addContacts(contactsOf(account), [], contact);
	}
	const { setup } = account;
	if (isObject(setup) && !Object.hasOwn(setup, 'completed'))
		account.setup = { ...setup, completed: [] };
	return { account, places, warnings };
}

function contactsOf(account: Record<string, Cell>): Contact[] {
	const { contacts } = account;
	if (!Array.isArray(contacts)) return [];
	return contacts.filter((contact): contact is Contact => contactSchema.safeParse(contact).success);
}

function keyText(key: unknown): string | undefined {
	if (isMissing(key)) return undefined;
	return typeof key === 'string' || typeof key === 'number' ? String(key).trim() : undefined;
}

function hasId(account: Record<string, Cell>): account is AccountRecord {
	return typeof account.accountId === 'string';
}

function isGroup(name: string): boolean {
	return GROUPS.some((group) => group === name);
}
