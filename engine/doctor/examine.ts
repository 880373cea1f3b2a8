import { inOrder, type Finding } from './finding';
import { isOurs } from './kinds';
import { examinable, type Patient, type Programme } from './patient';
import { RULES } from './rules/rules';
import { readWorkflow, type Unreadable, type Workflow } from './workflow';

/** A workflow as it was found. */
export type Given = {
	/** A file, or the workflow's id in n8n. */
	readonly source: string;
	readonly json: unknown;
};

export type Examined = {
	readonly source: string;
	readonly workflow: string;
	readonly findings: readonly Finding[];
};

/** Whether a workflow has a node of this pack. */
export function usesThePack(json: unknown): boolean {
	return (readWorkflow(json).workflow?.nodes ?? []).some(isOurs);
}

/** The code of what cannot be read. */
export const UNREADABLE = 'unreadable';

/**
 * Looks at workflows together and says of each what is wrong, in a stable order. Never throws: what cannot be read is a
 * finding. `now` is in ms since 1970; `whole` says that there are no others, so that what is missing is missing.
 */
export function examine(
	given: readonly Given[],
	{ now, whole }: { readonly now: number; readonly whole: boolean },
): Examined[] {
	const read = given.map(({ source, json }) => ({ source, ...readWorkflow(json) }));
	const patients = read.flatMap(({ source, workflow }): Patient[] =>
		workflow === undefined ? [] : [examinable(source, workflow)],
	);
	const programme: Programme = { patients, now, whole };
	return read.map(({ source, workflow, problems }): Examined => {
		const name = workflow?.name ?? source;
		const unreadable = [...problems, ...twiceNamed(workflow)].map((problem) =>
			unreadableFinding(source, name, problem),
		);
		const patient = patients.find((one) => one.workflow === workflow);
		const found = patient === undefined ? [] : findingsOf(patient, programme);
		return { source, workflow: name, findings: inOrder([...unreadable, ...found]) };
	});
}

function findingsOf(patient: Patient, programme: Programme): Finding[] {
	return RULES.flatMap(({ code, severity, todo, find }) =>
		[...find(patient, programme)].map((found): Finding => ({
			source: patient.source,
			workflow: patient.workflow.name,
			rule: code,
			severity: found.severity ?? severity,
			node: found.node ?? null,
			text: found.text,
			todo: found.todo ?? todo,
		})),
	);
}

/** Wires go by name: of two nodes of one name nobody knows which is meant. */
function twiceNamed(workflow: Workflow | undefined): Unreadable[] {
	const names = (workflow?.nodes ?? []).map(({ name }) => name);
	const twice = new Set(names.filter((name, index) => names.indexOf(name) < index));
	return [...twice].map((node) => ({ node, text: `Two nodes are called '${node}'.` }));
}

function unreadableFinding(source: string, workflow: string, { node, text }: Unreadable): Finding {
	return {
		source,
		workflow,
		rule: UNREADABLE,
		severity: 'error',
		node: node ?? null,
		text,
		todo: 'Export the workflow from n8n again (Download), or mend the file by hand.',
	};
}
