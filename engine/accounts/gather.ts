import { isMissing } from './missing';
import { columnsOf, compileColumns, GROUP_FIELDS, type Column } from './columns';
import { ACCOUNT_FIELDS, type GroupName } from './fields';
import type { AccountPreset } from './preset';
import type { Cell, Row } from './row';

export type CompilePath = (path: string) => (row: object) => unknown;

export type GatherSettings = {
	preset: AccountPreset;
	/** Own mapping: canonical field ← field path of the row. It replaces what the preset says about that field. */
	mapping: readonly { target: string; source: string }[];
	/** How a field path is read; the caller's, so that a path means the same everywhere. */
	compilePath: CompilePath;
};

/** What one row holds for each canonical field, by the field's index; overwritten by the next row. */
export type Gathered = {
	cells: unknown[];
	/** The column or path each cell came from. */
	origins: string[];
	/** The column that should hold the account id, where there is one. */
	idColumn: string | undefined;
};

export type Gatherer = {
	gathered: Gathered;
	/** What each of a row's top-level columns is, in the order of the names. */
	columnsOf: (names: readonly string[]) => readonly Column[];
	start(row: Row): void;
	/** A top-level column known by its heading. */
	takeColumn(field: number, rank: number, name: string, cell: Cell): void;
	/** An object such as `usage`: its known parts are taken, the others are given back. */
	takeGroup(group: GroupName, content: object): Record<string, Cell>;
	/** Whether a column bears a canonical name while its cell is not what the account says there. */
	isStale(column: Column & { is: 'field' }): boolean;
	unusedSources(): string[];
};

const ID = ACCOUNT_FIELDS.findIndex(({ path }) => path === 'accountId');

/**
 * Compiles where each canonical field may stand in a row.
 * @throws Error naming a target that is no canonical field, or a path that cannot be read
 */
export function compileGatherer({ preset, mapping, compilePath }: GatherSettings): Gatherer {
	const own = mapping.map(({ target, source }) => ({
		field: indexOf(target),
		source,
		read: compilePath(source),
	}));
	const mapped = new Set(own.map(({ field }) => field));
	const paths = Object.entries(preset.paths)
		.map(([target, sources]) => ({ field: indexOf(target), sources }))
		.filter(({ field }) => !mapped.has(field))
		.flatMap(({ field, sources }) =>
			sources.map((source) => ({ field, source, read: compilePath(source) })),
		);
	const derived = Object.entries(preset.derive ?? {})
		.map(([target, { from, as }]) => ({
			field: indexOf(target),
			from,
			read: compilePath(from),
			as,
		}))
		.filter(({ field }) => !mapped.has(field));
	const theirs = new Set(preset.theirs);
	const used = new Set<string>();
	const ranks = ACCOUNT_FIELDS.map(() => 0);
	const gathered: Gathered = {
		cells: ACCOUNT_FIELDS.map(() => undefined),
		origins: ACCOUNT_FIELDS.map(() => ''),
		idColumn: undefined,
	};

	const offer = (field: number, cell: unknown, origin: string, rank: number): void => {
		if (cell === undefined) return;
		if (field === ID) gathered.idColumn ??= origin;
		const better = gathered.cells[field] === undefined || rank < (ranks[field] ?? 0);
		if (!better || isMissing(cell)) return;
		gathered.cells[field] = cell;
		gathered.origins[field] = origin;
		ranks[field] = rank;
	};
	const takeColumn: Gatherer['takeColumn'] = (field, rank, name, cell) => {
		if (!mapped.has(field) && !theirs.has(name)) offer(field, cell, name, rank);
	};

	return {
		gathered,
		columnsOf: columnsOf(compileColumns(preset.headers)),
		start(row) {
			gathered.cells.fill(undefined);
			gathered.idColumn = undefined;
			for (const { field, source, read } of own) {
				const cell = read(row);
				if (cell !== undefined) used.add(source);
				offer(field, cell, source, 0);
			}
			for (const { field, source, read } of paths) {
				offer(field, unwrap(read(row), preset.valueIn), source, 0);
			}
			for (const { field, from, read, as } of derived) {
				offer(field, as(unwrap(read(row), preset.valueIn)), from, 0);
			}
		},
		takeColumn,
		takeGroup(group, content) {
			const others: Record<string, Cell> = {};
			for (const [name, cell] of Object.entries<Cell>({ ...content })) {
				const field = GROUP_FIELDS.get(group)?.get(name);
				if (field !== undefined) takeColumn(field, 1, `${group}.${name}`, cell);
				else if (name !== '__proto__') others[name] = cell;
			}
			return others;
		},
		isStale: ({ field, canonical }) =>
			canonical && (ACCOUNT_FIELDS[field]?.group !== '' || gathered.cells[field] === undefined),
		unusedSources: () =>
			[...new Set(own.map(({ source }) => source))].filter((source) => !used.has(source)),
	};
}

function indexOf(target: string): number {
	const index = ACCOUNT_FIELDS.findIndex(({ path }) => path === target);
	if (index < 0) throw new Error(`'${target}' is not a field of the account`);
	return index;
}

/** The value itself, where the vendor wraps it in an object under the name `valueIn`. */
export function unwrap(cell: unknown, valueIn: string | undefined): unknown {
	if (valueIn === undefined || typeof cell !== 'object' || cell === null) return cell;
	return Object.hasOwn(cell, valueIn) ? (Reflect.get(cell, valueIn) as unknown) : cell;
}
