const BUSY = 5;

/** By SQLite's primary result code and by Node's own: what happened to the file, and what to do. */
const SENTENCES: Record<string, (path: string) => string> = {
	8: noAccess,
	14: noAccess,
	EACCES: noAccess,
	EPERM: noAccess,
	EROFS: noAccess,
	10: (path) =>
		`The ledger file ${path} cannot be read or written: the disk reports an error; check the disk and the space left on it`,
	11: (path) => `The ledger file ${path} is damaged; restore it from a backup`,
	13: diskFull,
	ENOSPC: diskFull,
	26: (path) =>
		`The ledger file ${path} is not a SQLite database; move it away, and a new one is made`,
	EEXIST: noFolder,
	ENOENT: noFolder,
	ENOTDIR: noFolder,
};

function noAccess(path: string): string {
	return `The ledger file ${path} cannot be opened for writing; give the user that runs n8n write access to it and to its folder`;
}

function noFolder(path: string): string {
	return `The ledger file ${path} cannot be made: its folder is not one; set N8N_USER_FOLDER to a folder`;
}

function diskFull(path: string): string {
	return `The disk of the ledger file ${path} is full; free some space and run again`;
}

/** Whether another connection holds the lock, so that the same will work in a moment. */
export function isBusy(error: unknown): boolean {
	return primaryCodeOf(error) === BUSY;
}

/** The error in one sentence for whoever runs n8n, where the file is the reason; any other error as it is. */
export function inWords(error: unknown, path: string): unknown {
	const code = primaryCodeOf(error) ?? systemCodeOf(error);
	if (code === undefined || !Object.hasOwn(SENTENCES, code)) return error;
	const sentence = SENTENCES[code]?.(path);
	return sentence === undefined ? error : new Error(sentence, { cause: error });
}

/** Judged by its fields: an error of the database may come from another realm, where `instanceof` fails. */
function primaryCodeOf(error: unknown): number | undefined {
	if (typeof error !== 'object' || error === null || !('errcode' in error)) return undefined;
	// the low byte is the primary code; extended codes (recovery, snapshot) are of its kind
	return typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
}

function systemCodeOf(error: unknown): string | undefined {
	if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
	return typeof error.code === 'string' ? error.code : undefined;
}
