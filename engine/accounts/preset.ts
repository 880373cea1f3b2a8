import type { Cell, Row } from './row';
import type { Summarize } from './summary';

/**
 * How one vendor names what the account calls otherwise. Most of a preset is data: `paths` by canonical field, the first
 * that holds a value wins. `headers` says whether column headings are understood as well, in any spelling of them.
 */
export type AccountPreset = {
	id: string;
	name: string;
	description: string;
	headers: boolean;
	/** Cells that wrap their value in an object, by the name it has there. */
	valueIn?: string;
	paths: Readonly<Record<string, readonly string[]>>;
	/** What has to be worked out of another field, by canonical field; for where the paths lead to nothing. */
	derive?: Readonly<Record<string, { from: string; as: (cell: unknown) => Cell }>>;
	/** Columns that bear a canonical name and mean something else. */
	theirs?: readonly string[];
	/** Where the vendor says who is a customer, and by which values: see `compileNoCustomer`. */
	customers?: { path: string; are: string };
	/** Whether the vendor gives the record, though it was archived or deleted. */
	isGone?: (row: Row) => boolean;
	/** Several rows tell of one account: what they say together. The paths then say where a row names its account. */
	summarize?: Summarize;
};
