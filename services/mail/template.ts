import { Liquid, type Template as Parsed } from 'liquidjs';
import { z } from 'zod/v4';
import { withoutBlanks } from './scope';

/** What came of rendering: the text, or why there is none. `missing` is the variable as the template names it. */
export type Rendered = { text: string } | { missing: string } | { failed: string };

/** A compiled template. `scope` holds its variables by name. */
export type Template = (scope: object) => Rendered;

/** A template that cannot be compiled; `message` says why and where, in words for the person who wrote it. */
export class TemplateError extends Error {
	override name = 'TemplateError';
}

const LIMITS = { parseLimit: 500_000, renderLimit: 2_000, memoryLimit: 10_000_000 };

/** Tags that read other templates: there are none, and a file system must not be asked. */
const READS_FILES = ['include', 'render', 'layout', 'block'];

function newEngine(outputEscape: 'escape' | undefined): Liquid {
	const engine = new Liquid({
		...LIMITS,
		outputEscape,
		strictFilters: true,
		strictVariables: true,
		// `if` and `default` are how a template says that something may be missing
		lenientIf: true,
		ownPropertyOnly: true,
		templates: {},
		// a date must not change with the zone of the machine that happens to send
		timezoneOffset: 0,
		preserveTimezones: true,
		locale: 'en-US',
	});
	for (const tag of READS_FILES) Reflect.deleteProperty(engine.tags, tag);
	return engine;
}

const html = newEngine('escape');
const plain = newEngine(undefined);

/**
 * Compiles a Liquid template once. In `html` every value is escaped unless the template says `| raw`; in `plain`
 * values stand as they are.
 * @throws TemplateError with the line when the template is not valid
 */
export function compileTemplate(source: string, kind: 'html' | 'plain'): Template {
	const engine = kind === 'html' ? html : plain;
	const parsed = parse(engine, source);
	return (scope) => {
		const present = withoutBlanks(scope);
		try {
			const text: unknown = engine.renderSync(
				parsed,
				typeof present === 'object' && present !== null ? present : {},
			);
			return { text: String(text) };
		} catch (error) {
			const missing = missingVariable(error);
			return missing === undefined ? { failed: sentenceOf(error) } : { missing };
		}
	};
}

function parse(engine: Liquid, source: string): Parsed[] {
	try {
		return engine.parse(source);
	} catch (error) {
		throw new TemplateError(sentenceOf(error));
	}
}

const named = z.looseObject({ variableName: z.string() });
const wrapped = z.looseObject({ originalError: z.unknown() });

/** liquidjs wraps the error that knows the variable, more than once. */
function missingVariable(error: unknown): string | undefined {
	for (let depth = 0, inner = error; depth < 5 && inner !== undefined; depth++) {
		const found = named.safeParse(inner);
		if (found.success) return found.data.variableName;
		inner = wrapped.safeParse(inner).data?.originalError;
	}
	return undefined;
}

function sentenceOf(error: unknown): string {
	const message = error instanceof Error ? error.message : 'is not valid';
	return message.replace(/, line:(\d+), col:(\d+)$/, ' (line $1, column $2)');
}
