import { compileNoCustomer } from './customers';
import { isMissing } from './missing';
import type { AccountPreset } from './preset';
import { emptyRowProblem } from './problems';
import { accountPreset } from './presets';
import { compileAccountReader, type Reading, type ReaderSettings } from './readAccount';
import { isObject, type Cell, type Row, type RowPlace, type RowProblem } from './row';
import { badEventProblem, goneProblem } from './sourceProblems';
import type { SourceRow, Summarize, SummaryOptions } from './summary';

/** One row, or what several rows of one account say together. */
export type ReadRow = {
	/** Where it came from; at least one. */
	places: RowPlace[];
	/** The account it is about, as its key says; undefined where it names none. */
	key: string | undefined;
	reading: Reading | undefined;
	problems: RowProblem[];
};

export type ReadSource = {
	rows: ReadRow[];
	/** What is so of accounts of which no row tells, where some rows told of others. */
	others: Reading | undefined;
	/** Source fields of the own mapping that no row had. */
	unusedSources: string[];
};

export type SourceSettings = ReaderSettings & {
	/** Field path that holds the account's id; undefined: as the preset reads it. */
	key: string | undefined;
	summary: SummaryOptions;
	/** Values by which the vendor says who is a customer; left out or empty: as the preset has them. */
	customersAre?: string;
};

/**
 * Reads the rows of one source, each by itself or several to an account, as the preset says.
 * @throws Error when the settings name an unknown field or an unreadable path
 */
export function readSource(
	rows: readonly Row[],
	source: number,
	settings: SourceSettings,
): ReadSource {
	const { summarize } = settings.preset;
	return summarize === undefined
		? readEach(rows, source, settings)
		: readTogether(rows, source, settings, summarize);
}

function readEach(rows: readonly Row[], source: number, settings: SourceSettings): ReadSource {
	const { preset, key } = settings;
	const reader = compileAccountReader(settings);
	const keyOf = key === undefined ? undefined : settings.compilePath(key);
	// a later source only adds to who is an account already
	const whyNone = source === 0 ? compileNoCustomer(settings) : undefined;
	const read = rows.map((row, index): ReadRow => {
		const place = { source, row: index };
		const problem =
			Object.keys(row).length === 0
				? emptyRowProblem(place, rows.length === 1)
				: preset.isGone?.(row) === true
					? goneProblem(place)
					: undefined;
		if (problem !== undefined)
			return { places: [place], key: undefined, reading: undefined, problems: [problem] };
		const reading = reader.read(row, place);
		const named = keyOf === undefined ? reading.account.accountId : keyOf(row);
		// who has churned is told to the journeys, which end then (P32)
		const none = reading.account.lifecycleStage === 'churned' ? undefined : whyNone?.(row, place);
		const problems = none === undefined ? [...reading.problems] : [none];
		return { places: [place], key: keyText(named), reading, problems };
	});
	return { rows: read, others: undefined, unusedSources: reader.unusedSources() };
}

function readTogether(
	rows: readonly Row[],
	source: number,
	settings: SourceSettings,
	summarize: Summarize,
): ReadSource {
	const { preset, mapping, compilePath } = settings;
	// the account's own words stand in a summary: nothing is left of the vendor's to find
	const plain: AccountPreset = { ...accountPreset('ownMapping'), headers: preset.headers };
	const reader = compileAccountReader({ ...settings, preset: plain, mapping: [] });
	const own = mapping.map(({ target, source: path }) => ({
		target,
		path,
		read: compilePath(path),
	}));
	const used = new Set<string>();
	const at = (index: number): RowPlace => ({ source, row: index });
	const read: ReadRow[] = [];
	const reject = (index: number, problem: RowProblem): void => {
		read.push({ places: [at(index)], key: undefined, reading: undefined, problems: [problem] });
	};
	const lines = linesOf(rows, (index, why) => {
		const isEmpty = why === 'empty';
		reject(
			index,
			isEmpty ? emptyRowProblem(at(index), rows.length === 1) : badEventProblem(at(index), why),
		);
	});
	const found = summarize(lines, keysOf(settings), settings.summary);
	for (const { index, why } of once(found.rejected)) reject(index, why(at(index)));
	for (const index of new Set(found.keyless)) {
		read.push({ places: [at(index)], key: undefined, reading: undefined, problems: [] });
	}
	for (const { key, row, of, warnings = [] } of found.summaries) {
		const places = [...new Set(of.map(({ index }) => index))].map(at);
		const [place = at(0)] = places;
		const mapped: Record<string, Cell> = { ...row };
		for (const { target, path, read: cellOf } of own) {
			if (target === 'accountId') continue;
			const cell = of.map((one) => cellOf(one.row)).find((one) => !isMissing(one));
			if (cell === undefined) continue;
			used.add(path);
			put(mapped, target, cell);
		}
		const reading = reader.read(mapped, place);
		reading.warnings.push(...warnings.map((warn) => warn(place)));
		read.push({ places, key, reading, problems: [...reading.problems] });
	}
	const others =
		found.others === undefined ? undefined : reader.read(found.others, { source, row: 0 });
	const unused = own.filter(({ target, path }) => target !== 'accountId' && !used.has(path));
	return { rows: read, others, unusedSources: unused.map(({ path }) => path) };
}

/** How a row names its account: as the key says, else the own mapping, else the first of the preset's paths that does. */
function keysOf({
	key,
	mapping,
	preset,
	compilePath,
}: SourceSettings): (row: Row) => string | undefined {
	const own = key ?? mapping.find(({ target }) => target === 'accountId')?.source;
	const paths = own === undefined ? (preset.paths.accountId ?? []) : [own];
	const readers = paths.map((path) => compilePath(path));
	return (row) => {
		for (const read of readers) {
			const value = read(row);
			// an event may be of several groups; of those the first
			const named = keyText(Array.isArray(value) ? value[0] : value);
			if (named !== undefined) return named;
		}
		return undefined;
	};
}

/** A canonical path: the top of the account, or one level below. */
function put(row: Record<string, Cell>, target: string, cell: unknown): void {
	const value = asCell(cell);
	const [group = '', name] = target.split('.');
	if (name === undefined || target.startsWith('contacts')) row[target] = value;
	else {
		const known = row[group];
		row[group] = { ...(isObject(known) ? known : {}), [name]: value };
	}
}

function asCell(value: unknown): Cell {
	return typeof value === 'string' ||
		typeof value === 'number' ||
		typeof value === 'boolean' ||
		(typeof value === 'object' && value !== null)
		? value
		: undefined;
}

/** An export may come as one text of JSON lines in `data`, as n8n gives a downloaded file. */
function linesOf(
	rows: readonly Row[],
	reject: (index: number, why: 'notJson' | 'empty') => void,
): SourceRow[] {
	const lines: SourceRow[] = [];
	for (const [index, row] of rows.entries()) {
		const names = Object.keys(row);
		const { data } = row;
		if (names.length === 0) reject(index, 'empty');
		else if (names.length > 1 || typeof data !== 'string') lines.push({ row, index });
		else {
			const parsed = parseLines(data);
			if (parsed === undefined) reject(index, 'notJson');
			else for (const one of parsed) lines.push({ row: one, index });
		}
	}
	return lines;
}

function parseLines(text: string): Row[] | undefined {
	const rows: Row[] = [];
	try {
		const texts = text.trimStart().startsWith('[') ? [text] : text.split('\n');
		for (const line of texts) {
			if (line.trim() === '') continue;
			const value: unknown = JSON.parse(line);
			for (const one of Array.isArray(value) ? value : [value]) {
				if (!isRow(one)) return undefined;
				rows.push(one);
			}
		}
	} catch {
		return undefined;
	}
	return rows;
}

function isRow(value: unknown): value is Row {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Of several reasons against one item the first. */
function once<One extends { index: number }>(list: readonly One[]): One[] {
	return [...new Map(list.toReversed().map((one) => [one.index, one])).values()].reverse();
}

export function keyText(key: unknown): string | undefined {
	if (isMissing(key)) return undefined;
	return typeof key === 'string' || typeof key === 'number' ? String(key).trim() : undefined;
}
