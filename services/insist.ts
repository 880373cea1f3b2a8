/**
 * Tries `work` again after each of the pauses (ms).
 * @throws what the last try threw
 */
export async function insist<Answer>(
	work: () => Promise<Answer>,
	[pause, ...pauses]: readonly number[],
): Promise<Answer> {
	if (pause === undefined) return await work();
	try {
		return await work();
	} catch {
		await new Promise((resolve) => setTimeout(resolve, pause));
		return await insist(work, pauses);
	}
}
