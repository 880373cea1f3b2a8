import { readFileSync } from 'node:fs';
import * as ts from 'typescript';

const CALLS = new Set(['describe', 'it', 'test']);
const NOT_RUN = new Set(['skip', 'todo', 'failing']);

/** The names of the tests and groups of a test file, as they are written there; of those that are left out, none. */
export function testNamesIn(path: string): Set<string> {
	const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest);
	const names = new Set<string>();
	const visit = (node: ts.Node): void => {
		if (ts.isCallExpression(node)) {
			const words = wordsOf(node.expression);
			if (CALLS.has(words[0] ?? '')) {
				if (words.some((word) => NOT_RUN.has(word))) return;
				const [name] = node.arguments;
				if (name !== undefined && ts.isStringLiteralLike(name)) names.add(name.text);
			}
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return names;
}

/** `it.only.each(table)` is called by the words it, only and each. */
function wordsOf(callee: ts.Expression): string[] {
	if (ts.isIdentifier(callee)) return [callee.text];
	if (ts.isPropertyAccessExpression(callee))
		return [...wordsOf(callee.expression), callee.name.text];
	if (ts.isCallExpression(callee)) return wordsOf(callee.expression);
	return [];
}
