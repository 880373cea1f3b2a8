/** A path that means a column of this very name, as n8n's editor reads it too: `plan` or, where need be, `["plan.id"]`. */
export function pathOfColumn(name: string): string {
	return /^[^.[\]"']+$/.test(name) ? name : `["${name}"]`;
}

/** The column that a name or path means. */
export function columnOf(path: string): string {
	return /^\["(.+)"\]$/s.exec(path)?.[1] ?? path;
}

/** The reader of a column by its name or by the path that means it. Only what a row has itself is read. */
export function columnReader(path: string): (row: object) => unknown {
	const name = columnOf(path);
	return (row) => {
		const cell: unknown = Object.hasOwn(row, name) ? Reflect.get(row, name) : undefined;
		return cell;
	};
}
