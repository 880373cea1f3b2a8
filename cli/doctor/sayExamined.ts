import type { Examined } from '../../engine/doctor/examine';
import type { Finding } from '../../engine/doctor/finding';

type Paint = (text: string) => string;
type Paints = Readonly<Record<'red' | 'yellow' | 'green' | 'dim' | 'bold', Paint>>;

const plain: Paint = (text) => text;
const code =
	(on: number, off: number): Paint =>
	(text) =>
		`\u001b[${String(on)}m${text}\u001b[${String(off)}m`;

const PLAIN: Paints = { red: plain, yellow: plain, green: plain, dim: plain, bold: plain };
const COLORED: Paints = {
	red: code(31, 39),
	yellow: code(33, 39),
	green: code(32, 39),
	dim: code(2, 22),
	bold: code(1, 22),
};

/** Findings for people: a paragraph per workflow, and a line that sums up. */
export function sayExamined(examined: readonly Examined[], colored: boolean): string {
	const paint = colored ? COLORED : PLAIN;
	const parts = examined.map((one) => sayWorkflow(one, paint));
	return `${parts.join('\n')}\n\n${sum(examined, paint)}\n`;
}

function sayWorkflow({ source, workflow, findings }: Examined, paint: Paints): string {
	const where = source === workflow ? '' : `  ${paint.dim(source)}`;
	if (findings.length === 0) return `${paint.green('✓')} ${workflow}${where}`;
	const mark = hasErrors(findings) ? paint.red('✗') : paint.yellow('!');
	return [
		`${mark} ${paint.bold(workflow)}${where}`,
		...findings.flatMap((one) => say(one, paint)),
	].join('\n');
}

function say({ rule, severity, text, todo }: Finding, paint: Paints): string[] {
	const word = severity === 'error' ? paint.red('error') : paint.yellow('warning');
	return [`    ${word} ${paint.dim(rule)}`, `      ${text}`, `      → ${todo}`];
}

function hasErrors(findings: readonly Finding[]): boolean {
	return findings.some(({ severity }) => severity === 'error');
}

function sum(examined: readonly Examined[], paint: Paints): string {
	const all = examined.flatMap(({ findings }) => findings);
	const errors = all.filter(({ severity }) => severity === 'error').length;
	const looked = counted(examined.length, 'workflow');
	if (all.length === 0) return paint.green(`${looked}, nothing wrong`);
	return `${looked}: ${counted(errors, 'error')}, ${counted(all.length - errors, 'warning')}`;
}

function counted(count: number, what: string): string {
	return `${String(count)} ${what}${count === 1 ? '' : 's'}`;
}
