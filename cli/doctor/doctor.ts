import { join, relative } from 'node:path';
import { examine, type Given } from '../../engine/doctor/examine';
import { accessOf } from '../n8nApi/access';
import { N8nTrouble } from '../n8nApi/trouble';
import { fetchWorkflows } from './fetchWorkflows';
import { readFiles } from './readFiles';
import { CouldNotLook } from './couldNotLook';
import { sayExamined } from './sayExamined';

export type DoctorOptions = {
	readonly url?: string;
	readonly apiKey?: string;
	readonly all?: boolean;
	readonly json?: boolean;
	readonly strict?: boolean;
};

export type Surroundings = {
	/** Standard output. */
	readonly tell: (text: string) => void;
	/** Standard error. */
	readonly complain: (text: string) => void;
	readonly colored: boolean;
	/** ms since 1970 */
	readonly now: () => number;
};

/** Beside this file in the clone as in the package. */
const SHIPPED = join(__dirname, '..', '..', 'workflows');

const CLEAN = 0;
const WRONG = 1;
const COULD_NOT_LOOK = 2;

/** Runs the command. @returns the exit code; what keeps it from looking is said in a sentence, and nothing is thrown */
export async function doctor(
	files: readonly string[],
	options: DoctorOptions,
	surroundings: Surroundings,
): Promise<number> {
	const { tell, complain, colored, now } = surroundings;
	try {
		const { given, unread, whole } = await read(files, options, surroundings);
		const examined = examine(given, { now: now(), whole });
		const findings = examined.flatMap((one) => one.findings);
		const errors = findings.filter(({ severity }) => severity === 'error').length;
		const warnings = findings.length - errors;
		if (options.json === true) {
			const workflows = examined.map(({ source, workflow, findings: of }) => ({
				source,
				workflow,
				findings: of.map(({ rule, severity, node, text, todo }) => ({
					...{ rule, severity, node, text, todo },
				})),
			}));
			tell(`${JSON.stringify({ workflows, errors, warnings, unread }, undefined, '\t')}\n`);
		} else tell(sayExamined(examined, colored));
		for (const problem of unread) complain(`${problem}\n`);
		if (unread.length > 0) return COULD_NOT_LOOK;
		return errors > 0 || (options.strict === true && warnings > 0) ? WRONG : CLEAN;
	} catch (error) {
		if (error instanceof N8nTrouble) complain(`${error.message}.\n`);
		else if (error instanceof CouldNotLook) complain(`${error.message}\n`);
		else throw error;
		return COULD_NOT_LOOK;
	}
}

type Read = {
	readonly given: readonly Given[];
	/** A sentence per file that is no JSON. */
	readonly unread: readonly string[];
	/** Whether these are all workflows there are. */
	readonly whole: boolean;
};

async function read(
	files: readonly string[],
	{ url, apiKey, all = false }: DoctorOptions,
	{ complain }: Surroundings,
): Promise<Read> {
	if (url === undefined) {
		const shipped = files.length === 0;
		const found = readFiles(shipped ? [SHIPPED] : files);
		return { ...found, given: found.given.map(fromHere), whole: shipped };
	}
	if (files.length > 0)
		throw new CouldNotLook(
			'Give files or --url, not both: one is what you have, the other what runs.',
		);
	const given = await fetchWorkflows(accessOf({ url, apiKey }, complain), { all, complain });
	return { given, unread: [], whole: true };
}

/** As somebody here would name the file. */
function fromHere({ source, json }: Given): Given {
	const short = relative(process.cwd(), source);
	return { source: short.startsWith('..') ? source : short, json };
}
