import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Given } from '../../engine/doctor/examine';
import { CouldNotLook } from './couldNotLook';

/**
 * Reads workflows from files and from the .json files of folders. What is no JSON is told in `unread`; a file may hold a
 * list of workflows, as `n8n export:workflow --all` writes it.
 * @throws CouldNotLook for a path that is not there
 */
export function readFiles(paths: readonly string[]): { given: Given[]; unread: string[] } {
	const unread: string[] = [];
	const given = paths.flatMap(filesAt).flatMap((file): Given[] => {
		const json = readJson(file);
		if (json === undefined) {
			unread.push(`${file} cannot be read as JSON: export the workflow again (Download in n8n).`);
			return [];
		}
		if (!Array.isArray(json.value)) return [{ source: file, json: json.value }];
		return json.value.map((one: unknown, index) => ({
			source: `${file}, workflow ${String(index + 1)}`,
			json: one,
		}));
	});
	return { given, unread };
}

function filesAt(path: string): string[] {
	try {
		if (!statSync(path).isDirectory()) return [path];
		const names = readdirSync(path).filter((name) => name.endsWith('.json'));
		if (names.length === 0)
			throw new CouldNotLook(`${path} holds no .json file: give the folder of your exports.`);
		return names.sort().map((name) => join(path, name));
	} catch (error) {
		if (error instanceof CouldNotLook) throw error;
		throw new CouldNotLook(`${path} cannot be opened: is it there, and may you read it?`);
	}
}

/** Wrapped, because a file may hold null. */
function readJson(file: string): { value: unknown } | undefined {
	try {
		// some editors begin a file with a mark of its encoding
		return { value: JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, '')) };
	} catch {
		return undefined;
	}
}
