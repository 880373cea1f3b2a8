import { readFileSync } from 'node:fs';
import { parseModel, type HealthModel } from '../../engine/health/model';

const MISTAKES_SHOWN = 5;

/** @throws Error with a sentence where there is no file, or where it holds no health model */
export function readModel(file: string): HealthModel {
	let text: string;
	try {
		text = readFileSync(file, 'utf8');
	} catch {
		throw new Error(`The model ${file} cannot be read`);
	}
	const parsed = parseModel(parseJson(file, text));
	if (parsed.success) return parsed.data;
	const mistakes = parsed.error.issues
		.slice(0, MISTAKES_SHOWN)
		.map(({ path, message }) => `  ${path.map(String).join(' → ')}: ${message}`);
	throw new Error(`The file ${file} holds no health model:\n${mistakes.join('\n')}`);
}

function parseJson(file: string, text: string): unknown {
	try {
		const found: unknown = JSON.parse(text);
		return found;
	} catch (error) {
		const why = error instanceof Error ? error.message : 'it cannot be read';
		throw new Error(`The file ${file} is not JSON: ${why}`, { cause: error });
	}
}
