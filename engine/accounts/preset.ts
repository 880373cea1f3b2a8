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
	/** What has to be worked out of a row, by canonical field; for where the paths lead to nothing. */
	derive?: (row: Row) => Readonly<Record<string, Cell>>;
	/** Whether the vendor gives the record, though it was archived or deleted. */
	isGone?: (row: Row) => boolean;
	/** Several rows tell of one account: what they say together. The paths then say where a row names its account. */
	summarize?: Summarize;
};
