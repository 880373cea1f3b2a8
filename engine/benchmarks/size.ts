/**
 * Says in which band a size is, by the limits between them: with 10 and 50 a team of 9 is `under 10`, of 10 `10 to under 50`,
 * of 50 `50 and more`.
 * @param limits rising
 */
export function compileSize(limits: readonly number[]): (size: number) => string {
	return (size) => {
		if (size !== size) return '';
		const above = limits.findIndex((limit) => size < limit);
		const [from, to] = above < 0 ? [limits.at(-1), undefined] : [limits[above - 1], limits[above]];
		if (from === undefined) return to === undefined ? 'any' : `under ${String(to)}`;
		return to === undefined ? `${String(from)} and more` : `${String(from)} to under ${String(to)}`;
	};
}
