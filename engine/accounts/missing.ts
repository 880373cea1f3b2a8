/** What exports write into a cell for "we do not know". */
const MISSING_MARKS = new Set(['', 'NA', 'N/A', 'n/a', '#N/A', 'NULL', 'null', 'NaN']);

/** Missing is not zero, and not invalid: no value, an empty text, or a mark such as `NA`. */
export function isMissing(cell: unknown): boolean {
	if (typeof cell !== 'string') return cell === undefined || cell === null;
	return cell.length < 5 ? MISSING_MARKS.has(cell.trim()) : cell.trim() === '';
}
