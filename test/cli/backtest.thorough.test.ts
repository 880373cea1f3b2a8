import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { healthModelSchema } from '../../engine/health/model';
import { scoreAccounts } from '../../engine/health/scoreAccounts';
import { compileFieldPath } from '../../nodes/platform/fieldPath';
import { customers, field } from '../engine/health/backtest/customers';

const root = join(__dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'backtest-'));

type Ran = { code: number | null; told: string; complained: string };

const run = (...args: string[]): Ran => runIn('Europe/Berlin', ...args);

function runIn(zone: string, ...args: string[]): Ran {
	const { status, stdout, stderr } = spawnSync(
		process.execPath,
		['--import', 'tsx', 'cli/backtest/main.ts', ...args],
		{ cwd: root, encoding: 'utf8', env: { ...process.env, TZ: zone } },
	);
	return { code: status, told: stdout, complained: stderr };
}

function write(name: string, lines: readonly string[]): string {
	const file = join(folder, name);
	writeFileSync(file, lines.join('\n'));
	return file;
}

describe('npm run backtest on the telco sample', () => {
	const out = join(folder, 'out-1');
	const { code, told } = run('test/data/telco-churn.csv', `--out=${out}`);

	it('prints AUC, its interval and Brier beside plain regression', () => {
		expect(code).toBe(0);
		const [, auc = '', low = '', high = '', brier = ''] =
			/proposed weights\W+([\d.]+)\W+([\d.]+) to ([\d.]+)\W+([\d.]+)/.exec(told) ?? [];
		expect(Number(auc)).toBeGreaterThanOrEqual(0.84);
		expect(Number(low)).toBeLessThan(Number(auc));
		expect(Number(high)).toBeGreaterThan(Number(auc));
		expect(Number(brier)).toBeLessThan(0.14);
		expect(told).toMatch(/plain regression, signs free\W+0\.846\W.*\W0\.136\W/);
	});

	it('shows who changes band, the bands, the tenths, reliability, and what a snapshot cannot tell', () => {
		for (const words of [
			'Who changes band',
			'precision',
			'tenth',
			'reliability',
			'without dates',
		]) {
			expect(told).toContain(words);
		}
	});

	it('writes the pictures, the moves and the model, and says where', () => {
		expect(readdirSync(out).sort()).toEqual([
			'lift.svg',
			'model.json',
			'moves.json',
			'reliability.svg',
		]);
		expect(told.match(/^Written: /gm)).toHaveLength(4);
		const model: unknown = JSON.parse(readFileSync(join(out, 'model.json'), 'utf8'));
		expect(model).toMatchObject({ id: 'telco-churn', version: '1' });
	});

	it('writes a model that Health Score takes as it is, and scores as the command did', () => {
		const model = healthModelSchema.parse(
			JSON.parse(readFileSync(join(out, 'model.json'), 'utf8')),
		);
		const table: Record<string, unknown>[] = parse(
			readFileSync(join(root, 'test', 'data', 'telco-churn.csv')),
			{ columns: true },
		);
		const aside = table.filter((_row, index) => (index + 1) % 10 >= 7);
		const scored = scoreAccounts(model, aside, { now: 0, readerOf: compileFieldPath });
		const red = scored.flatMap(({ band }, place) => (band === 'red' ? [aside[place]?.churn] : []));
		const left = red.filter((churn) => churn === 'Yes').length;
		expect(told).toMatch(new RegExp(`│ red +│ +${red.length} │ +${left} │`));
	});

	it('prints and draws the same in another process and time zone', () => {
		const again = join(folder, 'out-2');
		const second = runIn('Pacific/Auckland', 'test/data/telco-churn.csv', `--out=${again}`);
		expect(second.told.replaceAll('out-2', 'out-1')).toBe(told);
		for (const file of readdirSync(out)) {
			expect(readFileSync(join(again, file), 'utf8')).toBe(readFileSync(join(out, file), 'utf8'));
		}
	});
});

describe('npm run backtest on a model of your own', () => {
	const signals = [
		{
			id: 'use',
			label: 'Use',
			field: 'use',
			weight: 60,
			curve: { type: 'linear', from: 0, to: 100 },
		},
		{
			id: 'seen',
			label: 'Last seen',
			field: 'seen',
			weight: 20,
			curve: { type: 'halfLife', days: 14 },
		},
		{ id: 'trend', label: 'Trend', field: 'use', weight: 20, curve: { type: 'baseline' } },
	];
	const model = write('own.json', [JSON.stringify({ id: 'own', signals })]);
	const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
	const lines = customers(120, 'own').flatMap(({ accountId, outcome, facts }) => {
		const [churned, end] = outcome.type === 'churned' ? ['yes', outcome.at] : ['no', outcome.until];
		return facts.map(({ at, values }) => {
			const use = field(values.usage, 'level');
			return [accountId, day(at), churned, day(end), use, day(at)].join(',');
		});
	});
	const file = write('own.csv', ['id,asOf,churned,outcomeDate,use,seen', ...lines]);
	const { code, told } = run(
		file,
		`--model=${model}`,
		'--now=2026-07-01',
		`--out=${join(folder, 'own')}`,
	);

	it('tests that model, on every account, and drafts none', () => {
		expect(code).toBe(0);
		expect(told.match(/Backtest, \d+ days before the outcome: 120 accounts/g)).toHaveLength(3);
		expect(told).not.toContain('Calibrate');
		expect(readdirSync(join(folder, 'own'))).not.toContain('model.json');
	});

	it('gives the model the memory it asks for: no signal is unknown', () => {
		expect(told).not.toContain('is unknown in');
	});

	it('says which signals the file says nothing about, and counts ages from the day that is named', () => {
		const snapshot = write('now.csv', [
			'id,churned,use,seen',
			...Array.from({ length: 40 }, (_row, n) => `C${n},${n < 9},${n},2026-02-0${1 + (n % 9)}`),
		]);
		const asOf = (now: string): string =>
			run(snapshot, `--model=${model}`, `--now=${now}`, `--out=${join(folder, 'now')}`).told;
		const early = asOf('2026-02-10');
		expect(early).toContain("Signal 'Trend' (use) is unknown in 100.0 % of the looks");
		expect(asOf('2026-06-10')).not.toBe(early);
	});
});

describe('docs/backtest.md', () => {
	const page = readFileSync(join(root, 'docs', 'backtest.md'), 'utf8');
	const out = join(folder, 'out-1');

	it('shows the pictures that the command draws', () => {
		for (const name of ['lift', 'reliability']) {
			const shown = join(root, 'docs', 'images', `telco-${name}.svg`);
			expect(page).toContain(`images/telco-${name}.svg`);
			expect(readFileSync(shown, 'utf8')).toBe(readFileSync(join(out, `${name}.svg`), 'utf8'));
		}
	});

	it('tells the figures that the command prints', () => {
		const { told } = run('test/data/telco-churn.csv', `--out=${out}`);
		const [, red = '?', green = '?'] = /red under (\d+) .*green from (\d+) /.exec(told) ?? [];
		expect(page).toContain(`these, ${red} and ${green}.`);
		const rows = ['proposed weights', 'equal weights', 'plain regression, signs free'];
		for (const row of rows) {
			const line = told.split('\n').find((one) => one.includes(row)) ?? '';
			const cells = line.split('│').map((cell) => cell.trim());
			expect(page).toContain(`| ${cells.slice(1, 5).join(' | ')} |`);
		}
		for (const band of ['red', 'yellow', 'green', 'yellow or red']) {
			const line = told
				.split('\n')
				.find((one) => one.startsWith(`│ ${band} `) && one.includes(' to '));
			const cells = (line ?? '').split('│').map((cell) => cell.trim());
			expect(page).toContain(`| ${cells.slice(1, 9).join(' | ')} |`);
		}
	});
});

describe('npm run backtest on histories', () => {
	const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
	const lines = customers(300, 'csv').flatMap(({ accountId, outcome, facts }) => {
		const end = outcome.type === 'churned' ? outcome.at : outcome.until;
		return facts.map(({ at, values }) =>
			[
				accountId,
				day(at),
				outcome.type === 'churned' ? 'yes' : 'no',
				day(end),
				field(values.usage, 'level'),
				values.arr,
			].join(','),
		);
	});
	const file = write('histories.csv', ['accountId,asOf,churned,outcomeDate,use,arr', ...lines]);
	const out = join(folder, 'histories');
	const { code, told } = run(file, '--now=2026-07-01', `--out=${out}`);

	it('looks at 90, 60 and 30 days before, and at lead time', () => {
		expect(code).toBe(0);
		expect(told.match(/Backtest, (\d+) days before/g)).toHaveLength(3);
		expect(told).toContain('Lead time: the 180 days before');
		expect(existsSync(join(out, 'reliability-90.svg'))).toBe(true);
	});
});

describe('npm run backtest on a score of your own', () => {
	const rows = Array.from({ length: 40 }, (_row, index) => `C${index},${index * 2},${index < 10}`);
	const file = write('scored.csv', ['id,score,left', ...rows, 'C99,,no', 'C100,50,who knows']);
	const { code, told, complained } = run(file, `--out=${join(folder, 'scored')}`);

	it('backtests it as it is, without calibrating', () => {
		expect(code).toBe(0);
		expect(told).toContain('AUC 1.000');
		expect(told).not.toContain('Calibrate');
	});

	it('says which rows were left out, and that few left', () => {
		expect(complained).toContain("Row 42 'left' says neither yes nor no: left out");
		expect(told).toContain('Only 10 accounts that left');
	});
});

describe('npm run backtest complains in a sentence', () => {
	test.each([
		['without a file', [], 'Name one CSV file'],
		['about a file that is not there', ['nowhere.csv'], 'nowhere.csv cannot be read'],
		[
			'about columns that tell no outcome',
			[write('a.csv', ['id,users', 'A,3'])],
			'No column says who left',
		],
		[
			'about a column that is not there',
			[write('b.csv', ['id,left', 'A,no']), '--score=health'],
			"no column 'health'",
		],
		['about a file without rows', [write('c.csv', ['id,left'])], 'has no rows'],
		[
			'about a model that is none',
			[
				write('e.csv', ['id,left', 'A,no']),
				`--model=${write('e.json', ['{"id":"x","signals":[]}'])}`,
			],
			'has no signal',
		],
		[
			'about a model that is not there',
			[write('f.csv', ['id,left', 'A,no']), '--model=nowhere.json'],
			'nowhere.json cannot be read',
		],
		[
			'about a day that is none',
			[write('g.csv', ['id,left,n', 'A,no,1']), '--now=soon'],
			'--now=soon is not a date',
		],
		['about too few that left', [write('d.csv', ['id,left,n', 'A,no,1', 'B,yes,2'])], ''],
	])('%s', (_name, args, sentence) => {
		const { code, told, complained } = run(...args, `--out=${join(folder, 'none')}`);
		if (sentence === '') {
			expect(code).toBe(0);
			expect(told).toContain('1 account left and 50 are needed');
		} else {
			expect(code).toBe(1);
			expect(complained).toContain(sentence);
			expect(complained).not.toMatch(/\n\s+at /);
		}
	});
});
