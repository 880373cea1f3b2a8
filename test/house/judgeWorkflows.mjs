import { readFileSync } from 'node:fs';
import { setSchemaBaseDirs, validateWorkflow } from '@n8n/workflow-sdk';

/**
 * Prints what n8n's own workflow-sdk says of workflows, as JSON: one list of complaints per file. In a process of its own,
 * because it loads n8n's definitions of nodes by path, which jest does not allow.
 * Arguments: a folder of such definitions, or '' to look at the wiring alone; then the files.
 */
const [definitions, ...files] = process.argv.slice(2);
if (definitions !== '') setSchemaBaseDirs([definitions]);
const judged = files.map((file) => {
	const { errors, warnings } = validateWorkflow(JSON.parse(readFileSync(file, 'utf8')));
	return [...errors, ...warnings].map(({ code, nodeName, message }) => ({
		code,
		node: nodeName ?? null,
		message,
	}));
});
process.stdout.write(JSON.stringify(judged));
