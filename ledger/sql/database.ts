import { storable } from './storable';

/** A value as both databases take and give it; truth is 1 and 0. */
export type Cell = string | number | null;
export type Row = Readonly<Record<string, unknown>>;

/**
 * One statement. `?1`, `?2` … stand for the values, in their order. With `rows` it is about many rows at once: `text` is
 * given what stands for them, a table whose columns are `columns`, and writes `FROM ${rows} AS r`. Nothing may depend on
 * seeing two of the rows together, because a database may take them one by one.
 */
export type Query = {
	text: (rows: string) => string;
	values: readonly Cell[];
	rows?: {
		columns: Columns;
		cells: readonly Readonly<Record<string, Cell>>[];
		/**
		 * What they are for, where that is told faster than by a table of them: to insert, `text` is given VALUES … or
		 * SELECT …; to update the table's rows of the same `key` columns, it is given SET … WHERE ….
		 */
		to?: RowsTo;
	};
	/** Instead of rows: `text` is given what says that a column is among these: `WHERE id ${among}`. */
	texts?: readonly string[];
	/** A SELECT whose rows nobody else may change until the transaction is over. */
	forUpdate?: boolean;
};

export type RowsTo = 'insert' | { update: string; key: readonly string[] } | undefined;

/**
 * What happens in one transaction: yields statements, gets each one's rows back, returns the answer. A generator, so that
 * the same words run on SQLite, where a transaction must not wait for anything, and on Postgres, where it must.
 */
export type Work<Answer> = Generator<Query, Answer, Row[]>;

/** What differs between the two databases in the words of a table. */
export type Dialect = {
	/** A column that numbers the rows in the order in which they came. */
	serialKey: string;
	/** Says that a table is kept in the order of its primary key, where that can be said. */
	clustered: string;
};

export type ColumnType = 'text' | 'bigint';
export type Columns = Readonly<Record<string, ColumnType>>;

export type TransactionOptions = {
	/** No other transaction that asks for it too runs meanwhile, in any process. */
	alone?: boolean;
	/** It changes nothing, and keeps nobody waiting. */
	readOnly?: boolean;
};

/** One open database. Every transaction is wholly done or not at all. */
export interface Database {
	/** `work` is begun anew when a lock interrupts it. */
	transaction<Answer>(work: () => Work<Answer>, options?: TransactionOptions): Promise<Answer>;
	close(): Promise<void>;
}

/** Rows handled in one transaction: node:sqlite is synchronous, and more would hold up everything else n8n does. */
export const CHUNK = 2_000;

/** Runs `work` over the rows, a transaction per chunk, and gathers the answers; between chunks other work gets its turn. */
export async function inChunks<Given, Answer>(
	database: Database,
	given: readonly Given[],
	work: (chunk: readonly Given[]) => Work<Answer[]>,
	options?: TransactionOptions,
): Promise<Answer[]> {
	const answers: Answer[] = [];
	for (let start = 0; start < given.length; start += CHUNK) {
		const chunk = given.slice(start, start + CHUNK);
		for (const answer of await database.transaction(() => work(chunk), options))
			answers.push(answer);
		if (start + CHUNK < given.length) await new Promise(setImmediate);
	}
	return answers;
}

/** Runs one statement and gives its rows. */
export function* ask(sql: string, ...values: Cell[]): Work<Row[]> {
	return yield { text: () => sql, values };
}

/** What else there is to one statement over many rows. */
type Rest = { values?: readonly Cell[]; forUpdate?: boolean };

/** Runs one statement over many rows of the given columns. One row that no database takes does not fail its neighbors. */
export function* askForRows(
	columns: Columns,
	cells: readonly Readonly<Record<string, Cell>>[],
	text: (rows: string) => string,
	{ values = [], forUpdate }: Rest = {},
): Work<Row[]> {
	return cells.length === 0
		? []
		: yield { text, values, rows: { columns, cells: cells.map(storableCells) }, forUpdate };
}

/** Most rows are as they can be kept, and are not copied. */
function storableCells(cells: Readonly<Record<string, Cell>>): Readonly<Record<string, Cell>> {
	let kept = cells;
	for (const [name, cell] of Object.entries(cells)) {
		if (typeof cell !== 'string') continue;
		const text = storable(cell);
		if (text !== cell) kept = { ...kept, [name]: text };
	}
	return kept;
}

/**
 * Inserts many rows, in the order of their `key` columns, so that two transactions never wait for each other. `end` says
 * what becomes of those that are there already.
 */
export function* insert(
	table: string,
	columns: Columns,
	key: readonly string[],
	cells: readonly Readonly<Record<string, Cell>>[],
	end: string,
): Work<Row[]> {
	if (cells.length === 0) return [];
	const names = Object.keys(columns).join(', ');
	return yield {
		text: (rows) => `INSERT INTO ${table} (${names}) ${rows} ${end}`,
		values: [],
		rows: {
			columns,
			cells: inOrder(cells, key),
			to: 'insert',
		},
	};
}

/** Changes the other columns of the rows that have these `key` columns, in their order, as `insert` does. */
export function* update(
	table: string,
	columns: Columns,
	key: readonly string[],
	cells: readonly Readonly<Record<string, Cell>>[],
): Work<Row[]> {
	if (cells.length === 0) return [];
	return yield {
		text: (rows) => `UPDATE ${table} ${rows}`,
		values: [],
		rows: { columns, cells: inOrder(cells, key), to: { update: table, key } },
	};
}

function inOrder(
	cells: readonly Readonly<Record<string, Cell>>[],
	key: readonly string[],
): Readonly<Record<string, Cell>>[] {
	return cells.map(storableCells).toSorted((a, b) => compare(a, b, key));
}

function compare(
	a: Readonly<Record<string, Cell>>,
	b: Readonly<Record<string, Cell>>,
	key: readonly string[],
): number {
	for (const column of key) {
		const [left, right] = [a[column] ?? '', b[column] ?? ''];
		if (left !== right) return left < right ? -1 : 1;
	}
	return 0;
}

/** Runs one statement about many texts: `WHERE id ${among}`. */
export function* askForTexts(
	texts: readonly string[],
	text: (among: string) => string,
	{ values = [], forUpdate }: Rest = {},
): Work<Row[]> {
	const unique = [...new Set(texts.map(storable))].sort();
	return unique.length === 0 ? [] : yield { text, values, texts: unique, forUpdate };
}
