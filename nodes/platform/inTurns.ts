/** Runs work that pauses now and then; at each pause whatever else waits in n8n, such as a webhook, gets its turn. */
export async function inTurns<Answer>(work: Generator<unknown, Answer, void>): Promise<Answer> {
	let turn = work.next();
	while (turn.done !== true) {
		await new Promise(setImmediate);
		turn = work.next();
	}
	return turn.value;
}
