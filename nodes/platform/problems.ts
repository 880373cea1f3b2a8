import { NodeOperationError, type INode } from 'n8n-workflow';
import type { z } from 'zod/v4';

/** One sentence per problem: `signals → 2 → weight: must be at least 0 (found -1)`. */
export function sentencesOf(
	error: Pick<z.ZodError, 'issues'>,
	nameOf: (path: PropertyKey[]) => string = joinPath,
): string[] {
	return error.issues.map((issue) => {
		const where = nameOf(issue.path);
		return where === '' ? issue.message : `${where}: ${issue.message}`;
	});
}

function joinPath(path: PropertyKey[]): string {
	return path
		.map((part) => (typeof part === 'number' ? String(part + 1) : String(part)))
		.join(' → ');
}

/**
 * Checks a node's configuration at its edge.
 * @throws NodeOperationError that names every wrong field and what was expected
 */
export function parseConfiguration<T>(
	node: INode,
	what: string,
	schema: z.ZodType<T>,
	value: unknown,
): T {
	const parsed = schema.safeParse(value);
	if (parsed.success) return parsed.data;
	const sentences = sentencesOf(parsed.error);
	throw new NodeOperationError(node, `${what}: ${sentences[0] ?? 'is not valid'}`, {
		description:
			sentences.length > 1 ? sentences.slice(1).join('\n') : 'Correct the field and run again.',
	});
}

/**
 * What a JSON parameter holds; an expression may have made a value of it already.
 * @throws NodeOperationError where the text is no JSON
 */
export function parseJson(node: INode, what: string, given: unknown): unknown {
	if (typeof given !== 'string') return given;
	try {
		return JSON.parse(given);
	} catch (error) {
		throw new NodeOperationError(node, `'${what}' is not valid JSON`, {
			description: error instanceof Error ? error.message : 'Check commas, quotes and braces.',
		});
	}
}
