import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, extname, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { CsvError, parse } from 'csv-parse/sync';
import { readOutcomes } from '../../engine/health/backtest/readOutcomes';
import { readInstant } from '../../engine/health/instant';
import { recognize } from './columns';
import { drawStudy } from './drawStudy';
import { readModel } from './readModel';
import { sayStudy } from './sayStudy';
import { study } from './study';

const USAGE = `npm run backtest -- <file.csv> [--model=<model.json>] [--out=<folder>]
  columns by another name: --account= --churned= --date= --outcome-date= --arr= --mrr= --score=
  docs/backtest.md says what each is`;

const PROBLEMS_SHOWN = 5;

// npm run backtest -- <file.csv>: how well a score told who would leave; without one, a model that is given, or one drafted from the columns
function main(): void {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: {
			account: { type: 'string' },
			churned: { type: 'string' },
			date: { type: 'string' },
			'outcome-date': { type: 'string' },
			arr: { type: 'string' },
			mrr: { type: 'string' },
			score: { type: 'string' },
			model: { type: 'string' },
			now: { type: 'string' },
			out: { type: 'string' },
		},
	});
	const [file, more] = positionals;
	if (file === undefined || more !== undefined) throw new Error(`Name one CSV file:\n${USAGE}`);
	const name = basename(file, extname(file));
	const table = readTable(file);
	const { 'outcome-date': outcomeDate, model, now: given, out, ...named } = values;
	const now = readNow(given);
	const recognized = recognize(Object.keys(table[0] ?? {}), { ...named, outcomeDate });
	const { score, ...fields } = recognized;
	const read = readOutcomes(table, fields, now);
	for (const { row, text } of read.problems.slice(0, PROBLEMS_SHOWN)) {
		process.stderr.write(`Row ${row} ${text}: left out\n`);
	}
	if (read.problems.length > PROBLEMS_SHOWN) {
		process.stderr.write(`… and ${read.problems.length - PROBLEMS_SHOWN} more rows left out\n`);
	}
	const result = study(read, {
		name,
		now,
		without: fields.date === undefined ? [] : [fields.date],
		...(model === undefined ? { score } : { model: readModel(model) }),
	});
	process.stdout.write(`${basename(file)}\n\n${sayStudy(result)}\n`);

	const folder = resolve(out ?? join('.cache', 'backtest', name));
	mkdirSync(folder, { recursive: true });
	for (const { title, text } of drawStudy(name, result)) {
		writeFileSync(join(folder, title), text);
		process.stdout.write(`Written: ${relative(process.cwd(), join(folder, title))}\n`);
	}
}

/** The day a file was written: ages in one without dates are counted from it, and what is dated later is left out. */
function readNow(given: string | undefined): number {
	if (given === undefined) return Date.now();
	const now = readInstant(given);
	if (Number.isFinite(now)) return now;
	throw new Error(`--now=${given} is not a date such as 2026-03-01`);
}

/** @throws Error with a sentence where there is no file, or where it is no CSV */
function readTable(file: string): Record<string, unknown>[] {
	let text: string;
	try {
		text = readFileSync(file, 'utf8');
	} catch {
		throw new Error(`The file ${file} cannot be read`);
	}
	try {
		const rows: Record<string, unknown>[] = parse(text, {
			columns: true,
			bom: true,
			skip_empty_lines: true,
			trim: true,
		});
		if (rows.length === 0) throw new Error(`The file ${file} has no rows below its header`);
		return rows;
	} catch (error) {
		if (!(error instanceof CsvError)) throw error;
		throw new Error(`The file ${file} is no CSV with a header row: ${error.message}`);
	}
}

try {
	main();
} catch (error) {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
}
