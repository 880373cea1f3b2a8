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

/**
 * What `work` gives, if it comes within so many ms; what comes later is not waited for.
 * @throws what `work` throws, or an Error when the time is over
 */
export async function within<Answer>(ms: number, work: () => Promise<Answer>): Promise<Answer> {
	let timer: NodeJS.Timeout | undefined;
	const over = new Promise<never>((_resolve, reject) => {
		timer = setTimeout(() => {
			reject(new Error('No answer in time'));
		}, ms);
	});
	try {
		return await Promise.race([work(), over]);
	} finally {
		clearTimeout(timer);
	}
}
