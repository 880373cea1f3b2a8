import { contactSchema, type Contact } from './account';
import { addContacts, type FlatContact } from './contacts';
import { GROUPS } from './fields';
import type { AccountPreset } from './preset';
import { duplicateIdProblem, noAccountProblem } from './problems';
import { ofNoCustomerProblem } from './sourceProblems';
import type { Reading, ReaderSettings } from './readAccount';
import { keyText, readSource } from './readSource';
import {
	isObject,
	type AccountRecord,
	type Cell,
	type Row,
	type RowPlace,
	type RowProblem,
} from './row';
import type { SummaryOptions } from './summary';

export type BuildSettings = ReaderSettings & {
	/** Field path of each joined source that holds the account's id; `accountId` means the id as the preset reads it. */
	keys: readonly string[];
	/** Presets of the joined sources; where there is none it is as the first source, own mapping included. */
	presets?: readonly (AccountPreset | undefined)[];
	/** Field path in the first source that a joined source's key is compared with; `accountId` where there is none. */
	matches?: readonly string[];
	summary: SummaryOptions;
	/** Of the first source; see `compileNoCustomer`. */
	customersAre?: string;
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
	const drafts: Draft[] = [];
	const byId = new Map<string, Draft>();
	const rejected: RejectedRow[] = [];
	const noCustomers = new Set<string | undefined>();
	const reject = (places: readonly RowPlace[], why: (place: RowPlace) => RowProblem[]): void => {
		for (const place of places) rejected.push({ place, problems: why(place) });
	};
	const [first = [], ...joined] = sources;
	const unusedSources = new Set<string>();
	const main = readSource(first, 0, { ...settings, key: undefined });
	for (const { places, reading, key, problems } of main.rows) {
		const [place = { source: 0, row: 0 }] = places;
		if (problems.some(({ code }) => code === 'noCustomer')) {
			noCustomers.add(key);
			reject(places, () => problems);
			continue;
		}
		if (reading === undefined && problems.length === 0) {
			reject(places, (at) => [noAccountProblem(at, 'accountId', key)]);
			continue;
		}
		if (reading?.idProblem !== undefined) problems.push(reading.idProblem);
		const id = reading?.account.accountId;
		const earlier = typeof id === 'string' ? byId.get(id)?.places[0] : undefined;
		if (earlier !== undefined && typeof id === 'string') {
			problems.push(duplicateIdProblem(place, id, earlier.row));
		}
		const account = reading?.account;
		if (problems.length > 0 || account === undefined || !hasId(account)) {
			reject(places, () => problems);
			continue;
		}
		const { contact, warnings = [] } = reading ?? {};
		const draft = { account, places, warnings, contact };
		drafts.push(draft);
		byId.set(account.accountId, draft);
	}
	tell(drafts, main.others, () => true);
	if (joined.length > 0) indexAliases(drafts, byId);
	const unused = [main.unusedSources];
	joined.forEach((rows, index) => {
		const preset = settings.presets?.[index];
		const key = settings.keys[index] ?? 'accountId';
		const match = settings.matches?.[index] ?? 'accountId';
		const found = readSource(rows, index + 1, {
			...settings,
			...(preset === undefined ? {} : { preset, mapping: mappingOf(preset, settings) }),
			key: key === 'accountId' ? undefined : key,
		});
		const byMatch =
			match === 'accountId' ? byId : indexBy(drafts, first, settings.compilePath(match));
		const told = new Set<Draft>();
		for (const { places, reading, key: id, problems } of found.rows) {
			const draft = id === undefined ? undefined : byMatch.get(id);
			if (problems.length > 0) reject(places, () => problems);
			else if (draft === undefined) {
				const isOfNone = id !== undefined && match === 'accountId' && noCustomers.has(id);
				reject(places, (at) => [
					isOfNone ? ofNoCustomerProblem(at) : noAccountProblem(at, key, id),
				]);
			} else if (reading !== undefined) {
				addReading(draft, reading, places);
				told.add(draft);
			}
		}
		if (told.size > 0) tell(drafts, found.others, (draft) => !told.has(draft));
		if (preset === undefined || preset.id === 'ownMapping') unused.push(found.unusedSources);
	});
	for (const path of unused[0] ?? [])
		if (unused.every((list) => list.includes(path))) unusedSources.add(path);
	return {
		accounts: drafts.map(settleAccount),
		rejected: inOrder(rejected),
		unusedSources: [...unusedSources],
	};
}

/** What is mapped by hand is of the first source and of those that are read alike. */
function mappingOf({ id }: AccountPreset, { mapping }: BuildSettings): BuildSettings['mapping'] {
	return id === 'ownMapping' ? mapping : [];
}

/** The accounts by another of their first source's fields, such as the id that the help desk knows them by. */
function indexBy(
	drafts: readonly Draft[],
	rows: readonly Row[],
	read: (row: Row) => unknown,
): Map<string, Draft> {
	const found = new Map<string, Draft>();
	for (const draft of drafts) {
		for (const { source, row } of draft.places) {
			const key = source === 0 ? keyText(read(rows[row] ?? {}) ?? read(draft.account)) : undefined;
			if (key !== undefined && !found.has(key)) found.set(key, draft);
		}
	}
	return found;
}

function tell(
	drafts: readonly Draft[],
	reading: Reading | undefined,
	isMeant: (draft: Draft) => boolean,
): void {
	if (reading === undefined) return;
	for (const draft of drafts) if (isMeant(draft)) addReading(draft, reading, []);
}

function inOrder(rejected: readonly RejectedRow[]): RejectedRow[] {
	return rejected.toSorted((a, b) => a.place.source - b.place.source || a.place.row - b.place.row);
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
	places: readonly RowPlace[],
): void {
	const { account } = draft;
	// an amount and its currency are one thing: of two sources neither gives half of it
	const hasAmount = account.arr !== undefined;
	const bringsAmount = !hasAmount && added.arr !== undefined;
	for (const [name, cell] of Object.entries(added)) {
		if (name === 'contacts' || (name === 'currency' && hasAmount && added.arr !== undefined))
			continue;
		const known = account[name];
		if (known === undefined || (name === 'currency' && bringsAmount)) account[name] = cell;
		else if (isGroup(name) && isObject(known) && isObject(cell))
			account[name] = { ...cell, ...known };
	}
	const contacts = addContacts(contactsOf(account), contactsOf(added), contact);
	if (contacts.length > 0 || added.contacts !== undefined) account.contacts = contacts;
	draft.places.push(...places);
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

function hasId(account: Record<string, Cell>): account is AccountRecord {
	return typeof account.accountId === 'string';
}

function isGroup(name: string): boolean {
	return GROUPS.some((group) => group === name);
}
