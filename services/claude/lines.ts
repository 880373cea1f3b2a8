/** A single line longer than this is no result of ours. */
const LONGEST_LINE = 1_000_000;

/** The JSON values of a body with one per line, as they come; a line that is none is undefined. */
export async function* readLines(response: Response): AsyncGenerator {
	if (response.body === null) return;
	const body: AsyncIterable<Uint8Array> = response.body;
	const decoder = new TextDecoder();
	let rest = '';
	for await (const chunk of body) {
		const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
		rest = lines.pop() ?? '';
		for (const line of lines) if (line.trim() !== '') yield readLine(line);
		if (rest.length > LONGEST_LINE) return;
	}
	if (rest.trim() !== '') yield readLine(rest);
}

function readLine(line: string): unknown {
	try {
		return JSON.parse(line);
	} catch {
		return undefined;
	}
}
