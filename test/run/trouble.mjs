/** Something the person in front of the screen can mend: `message` is one sentence that says what and how. */
export class Trouble extends Error {}

/** What failing installers print, and the sentence a person can act on. First match wins. */
const SENTENCES = [
	[
		/ENOSPC|no space left on device/i,
		'The disk is full: n8n needs about 6 GB free, make room and start again.',
	],
	[
		/find Python|find VS|(make|g\+\+|cc|c\+\+): (command )?(not found|No such file)|not found: (make|g\+\+|cc|c\+\+)|No developer tools|xcode-select/i,
		'A build tool is missing: the database driver has to be compiled here, so install python3, make and a C++ compiler (Debian and Ubuntu: apt-get install python3 make g++; macOS: xcode-select --install; Windows: run this inside WSL) and start again.',
	],
	[
		/ENOTFOUND|EAI_AGAIN|ENETUNREACH|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT|network request to .* failed|CERT_|UNABLE_TO_GET_ISSUER|SELF_SIGNED/i,
		'The npm registry could not be reached: check the network, the proxy and `npm ping`, then start again.',
	],
	[
		/EACCES|EPERM|EROFS/i,
		'A file could not be written: make sure that this folder and the npm cache belong to you, then start again.',
	],
];

/**
 * One sentence for a step that failed.
 * @param {string} step what was being done, as it stands on the screen
 * @param {string} output what the command printed
 */
export function sentenceFor(step, output) {
	const known = SENTENCES.find(([pattern]) => pattern.test(output));
	return known?.[1] ?? `${step} failed.`;
}

/** Says what is wrong in one sentence, where to read the rest, and ends with exit code 1. Errors of our own keep their stack. */
export function giveUp(error) {
	if (!(error instanceof Trouble)) throw error;
	process.stderr.write(`\n${error.message}\n`);
	if (error.log !== undefined) process.stderr.write(`The full output is in ${error.log}\n`);
	process.exit(1);
}

/** @param {string} message one sentence @param {string} [log] file with the rest */
export function trouble(message, log) {
	return Object.assign(new Trouble(message), { log });
}
