import { z } from 'zod/v4';
import { CONTACT_ROLES, isoTime } from '../accounts/account';
import { compileParser, UNREADABLE, type CellParser } from '../accounts/cell';
import type { AccountField, FieldKind } from '../accounts/fields';
import { isMissing } from '../accounts/missing';
import { cellProblem } from '../accounts/problems';
import type { Cell } from '../accounts/row';
import { safeUrl } from '../escalation/pack/safeLink';
import { plainLine } from '../escalation/pack/plainText';
import type { Reason } from '../journeys/memory';
import type { ContentField, Found } from './columns';
import {
	CONTENT_KINDS,
	contentItemSchema,
	LONGEST_LIST,
	LONGEST_OUTCOME,
	LONGEST_SUMMARY,
	LONGEST_TITLE,
	LONGEST_WORD,
	STAGES,
	type ContentItem,
} from './item';
import { readLanguage } from './languages';
import { refused } from './catalogueReasons';

type Cells = ReadonlyMap<ContentField, Found>;

/** What is read of a row; without an item where one of `reasons` keeps it from being one. */
export type ItemRead = {
	readonly item?: ContentItem;
	readonly id?: string;
	readonly title?: string;
	readonly owner?: string;
	/** What holds something that is no address. It keeps nothing from being sent. */
	readonly ownerUnreadable: boolean;
	readonly reasons: readonly Reason[];
};

type Part = { readonly field: AccountField; readonly parse: CellParser };

const part = (
	name: ContentField,
	kind: FieldKind,
	schema: z.ZodType,
	choices: readonly string[] = [],
): Part => {
	const field = {
		path: name,
		label: name,
		group: '' as const,
		name,
		kind,
		schema,
		choices,
		headers: [],
	};
	return { field, parse: compileParser(field) };
};

const choice = (name: ContentField, choices: readonly string[]): Part =>
	part(name, 'choice', z.enum(choices), choices);

const PARTS = {
	id: part('id', 'id', z.string()),
	title: part('title', 'text', z.string()),
	url: part('url', 'text', z.string()),
	kind: choice('kind', CONTENT_KINDS),
	summary: part('summary', 'text', z.string()),
	features: part('features', 'text', z.string()),
	stages: choice('stages', STAGES),
	plans: part('plans', 'text', z.string()),
	roles: choice('roles', CONTACT_ROLES),
	languages: part('languages', 'text', z.string()),
	outcome: part('outcome', 'text', z.string()),
	prerequisites: part('prerequisites', 'id', z.string()),
	reviewedAt: part('reviewedAt', 'time', isoTime),
	productVersion: part('productVersion', 'text', z.string()),
	expiresAt: part('expiresAt', 'time', isoTime),
	owner: part('owner', 'email', z.string()),
} satisfies Record<ContentField, Part>;

const SEPARATORS = /[,;|\n]/;

/**
 * Reads one row. What restricts an item and cannot be read refuses it: else something for one plan would go to all.
 * @param row counts from 0
 */
export function readItem(cells: Cells, row: number): ItemRead {
	const reasons: Reason[] = [];
	const tell = (name: ContentField, heading: string, cell: unknown): void => {
		reasons.push(cellProblem({ source: 0, row }, PARTS[name].field, heading, cell));
	};
	const one = (name: ContentField): string | undefined => {
		const found = cells.get(name);
		if (found === undefined) return undefined;
		const value = PARTS[name].parse(found.cell);
		if (typeof value === 'string') return value;
		tell(name, found.heading, found.cell);
		return undefined;
	};
	const list = (name: ContentField): string[] => {
		const found = cells.get(name);
		if (found === undefined) return [];
		const values = partsOf(found.cell).flatMap((cell): string[] => {
			const value = isMissing(cell) ? undefined : PARTS[name].parse(cell);
			if (value === UNREADABLE) tell(name, found.heading, cell);
			return typeof value === 'string' && value !== '' ? [value] : [];
		});
		const distinct = [...new Set(values)];
		if (distinct.length <= LONGEST_LIST && distinct.every(isShort)) return distinct;
		reasons.push(refused.listTooLong(row, name, LONGEST_LIST, LONGEST_WORD));
		return [];
	};
	const line = (name: ContentField, most: number): string | undefined => {
		const text = one(name);
		return text === undefined ? undefined : plainLine(text, most);
	};

	const id = one('id');
	const title = line('title', Infinity);
	const url = readUrl(one('url'), row, reasons);
	for (const name of ['id', 'title', 'url', 'kind'] as const) {
		if (!cells.has(name)) reasons.push(refused.missing(row, name));
	}
	if (title !== undefined && title.length > LONGEST_TITLE) {
		reasons.push(refused.titleTooLong(row, title.length, LONGEST_TITLE));
	}
	const owner = ownerOf(cells);
	const draft = {
		id,
		title,
		url,
		kind: one('kind'),
		summary: line('summary', LONGEST_SUMMARY),
		features: list('features'),
		stages: list('stages'),
		plans: list('plans'),
		roles: list('roles'),
		languages: list('languages').map((text) => {
			const language = readLanguage(text);
			if (language === undefined) reasons.push(refused.notALanguage(row));
			return language?.tag ?? '';
		}),
		outcome: line('outcome', LONGEST_OUTCOME),
		prerequisites: list('prerequisites'),
		reviewedAt: one('reviewedAt'),
		productVersion: one('productVersion')?.slice(0, LONGEST_WORD),
		expiresAt: one('expiresAt'),
		owner,
	};
	const known = {
		...(id === undefined ? {} : { id }),
		...(title === undefined ? {} : { title: plainLine(title, LONGEST_TITLE) }),
		...(owner === undefined ? {} : { owner }),
		ownerUnreadable: owner === undefined && cells.has('owner'),
	};
	if (reasons.length > 0) return { ...known, reasons };
	const item = contentItemSchema.safeParse(withoutAbsent(draft));
	return item.success
		? { ...known, item: item.data, reasons }
		: { ...known, reasons: [refused.notAnItem(row, item.error.issues[0]?.path.join('.') ?? '')] };
}

function isShort(word: string): boolean {
	return word.length <= LONGEST_WORD;
}

function partsOf(cell: Cell): readonly unknown[] {
	if (Array.isArray(cell)) return cell;
	return typeof cell === 'string' ? cell.split(SEPARATORS) : [cell];
}

function ownerOf(cells: Cells): string | undefined {
	const found = cells.get('owner');
	const owner = found === undefined ? UNREADABLE : PARTS.owner.parse(found.cell);
	return typeof owner === 'string' ? owner : undefined;
}

/** Hosts of this machine, for trying things out. */
const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]']);

function readUrl(text: string | undefined, row: number, reasons: Reason[]): string | undefined {
	if (text === undefined) return undefined;
	const url = safeUrl(text);
	if (url !== undefined) {
		const { protocol, hostname } = new URL(url);
		if (protocol === 'https:' || LOCAL.has(hostname)) return url;
	}
	reasons.push(refused.badUrl(row, text.startsWith('http:')));
	return undefined;
}

function withoutAbsent(draft: Readonly<Record<string, unknown>>): Record<string, unknown> {
	return Object.fromEntries(Object.entries(draft).filter(([, value]) => value !== undefined));
}
