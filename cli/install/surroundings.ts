import { createInterface } from 'node:readline/promises';

/** What a command has around it, so that tests can stand in. */
export type Surroundings = {
	/** Standard output. */
	tell: (text: string) => void;
	/** Standard error. */
	complain: (text: string) => void;
	/** Asks at the terminal; undefined where there is none. */
	ask: ((question: string) => Promise<string>) | undefined;
};

/** The process's own. */
export function ownSurroundings(): Surroundings {
	const isTerminal = process.stdin.isTTY && process.stdout.isTTY;
	return {
		tell: (text) => process.stdout.write(text),
		complain: (text) => process.stderr.write(text),
		ask: isTerminal ? askAtTerminal : undefined,
	};
}

async function askAtTerminal(question: string): Promise<string> {
	const terminal = createInterface({ input: process.stdin, output: process.stdout });
	try {
		return await terminal.question(question);
	} finally {
		terminal.close();
	}
}
