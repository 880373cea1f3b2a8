import { byName, CANONICAL_FIELDS, CANONICAL_PARENTS } from './canonicalFields';

/** An account as the engine reads it: any object with named values. */
export type Facts = Readonly<Record<string, unknown>>;
export type ReaderOf = (path: string) => (account: object) => unknown;
/** Writes the value of every compiled path into `row`, in their order; undefined where there is none. */
export type FieldsReader = (account: Facts, row: unknown[]) => void;

/** `arr` or `usage.adoption`, which nearly every path is. */
const PLAIN = /^([A-Za-z_$][\w$]*)(?:\.([A-Za-z_$][\w$]*))?$/;
const NOTHING: Facts = Object.freeze({});

type Field = { slot: number; read: (facts: Facts) => unknown };
type Parent = { read: (account: Facts) => unknown; fields: (Field & { path: string })[] };

/**
 * Compiles the fields a model looks at into one reader: `usage` is fetched once for all paths below it. Paths with
 * brackets or more parts go through `readerOf`, which throws on a path that is none.
 */
export function compileFields(paths: readonly string[], readerOf: ReaderOf): FieldsReader {
	const parents = new Map<string, Parent>();
	const direct: Field[] = [];
	paths.forEach((path, slot) => {
		const [, first, second] = PLAIN.exec(path) ?? [];
		if (first === undefined || isInherited(first) || isInherited(second)) {
			direct.push({ slot, read: readerOf(path) });
		} else if (second === undefined) {
			direct.push({ slot, read: CANONICAL_FIELDS.get(path) ?? byName(path) });
		} else {
			const parent = parents.get(first) ?? {
				read: CANONICAL_PARENTS.get(first) ?? byName(first),
				fields: [],
			};
			parents.set(first, parent);
			parent.fields.push({ slot, path, read: CANONICAL_FIELDS.get(path) ?? byName(second) });
		}
	});
	const nested = [...parents.values()];
	return (account, row) => {
		for (const parent of nested) {
			const value = parent.read(account);
			const facts = isFacts(value) ? value : NOTHING;
			for (const field of parent.fields) {
				// a CSV header may itself be called "usage.adoption"
				row[field.slot] = field.read(facts) ?? account[field.path];
			}
		}
		for (const field of direct) row[field.slot] = field.read(account);
	};
}

export function isFacts(value: unknown): value is Facts {
	return typeof value === 'object' && value !== null;
}

/** Every object seems to have these; only own properties are data. */
function isInherited(key: string | undefined): boolean {
	return key !== undefined && key in Object.prototype;
}
