import type { Programme, Patient } from './patient';

/** error: something will go wrong, or already does · warning: look at it */
export type Severity = 'error' | 'warning';

/** One thing that a rule found in a workflow. */
export type Finding = {
	/** Where the workflow came from: a file, or its id in n8n. */
	readonly source: string;
	readonly workflow: string;
	/** Stable; docs/doctor.md says what stands behind it. */
	readonly rule: string;
	readonly severity: Severity;
	/** null where it is about the workflow as a whole. */
	readonly node: string | null;
	/** What was found. */
	readonly text: string;
	/** What to do. */
	readonly todo: string;
};

/** What a rule says of one place; severity and advice where they differ from the rule's own. */
export type Found = {
	readonly node?: string;
	readonly text: string;
	readonly todo?: string;
	readonly severity?: Severity;
};

export type Rule = {
	readonly code: string;
	readonly severity: Severity;
	/** What holds where the rule has nothing to say. */
	readonly holds: string;
	readonly todo: string;
	readonly find: (patient: Patient, programme: Programme) => Iterable<Found>;
};

/** By workflow, rule and node, so that the same workflows give the same list in whatever order they came. */
export function inOrder(findings: readonly Finding[]): Finding[] {
	const key = ({ source, workflow, rule, node, text }: Finding): string =>
		[source, workflow, rule, node ?? '', text].join('\u0000');
	return [...findings].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
