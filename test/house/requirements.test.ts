import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from '../n8n/folders';
import { anchorsOf } from './anchors';
import { testNamesIn } from './testNames';

const FOLDER = join(root, 'docs');
const page = readFileSync(join(FOLDER, 'requirements.md'), 'utf8');

type Row = { id: string; met: string; shown: string; open: string };
type Named = { id: string; file: string; name: string };

const lines = page.split('\n').filter((line) => line.startsWith('|'));
const cellsOf = (line: string): string[] =>
	line
		.split('|')
		.slice(1, -1)
		.map((cell) => cell.trim());
const rows: Row[] = lines
	.map(cellsOf)
	.filter(([id = '']) => /^[RP]\d+$/.test(id))
	.map(([id = '', , met = '', shown = '', open = '']) => ({ id, met, shown, open }));

/** What a piece of a page leads to on this disk. */
const linksIn = (text: string): string[] =>
	[...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
const fileOf = (link: string): string => join(FOLDER, link.replace(/#.*/, ''));

/** Entries of *shown by*: a link to a file, and behind › the name of a test in it. */
const ENTRY = /^\[[^\]]+\]\(([^)#\s]+)\)(?: › (.+))?$/;
const entries = rows.flatMap(({ id, shown }) =>
	shown
		.split('<br>')
		.filter((entry) => entry.includes('](') || entry.includes('›'))
		.map((entry) => ({ id, entry, parts: ENTRY.exec(entry) })),
);
const named: Named[] = entries.flatMap(({ id, parts }) => {
	const [, link, name] = parts ?? [];
	return link === undefined || name === undefined ? [] : [{ id, file: fileOf(link), name }];
});

const STATES = ['Yours', 'Partly', 'Not met'];
const stateOf = ({ open }: Row): string | undefined =>
	STATES.find((state) => open.startsWith(`**${state}.** `) && open.length > state.length + 6);

describe('docs/requirements.md', () => {
	test('has one row for each of R1–R92 and P01–P36, in their order', () => {
		const wanted = [
			...Array.from({ length: 92 }, (_none, index) => `R${String(index + 1)}`),
			...Array.from({ length: 36 }, (_none, index) => `P${String(index + 1).padStart(2, '0')}`),
		];
		expect(rows.map(({ id }) => id)).toEqual(wanted);
	});

	test('has five cells in each of them', () => {
		const odd = lines.filter((line) => /^\| [RP]\d/.test(line) && cellsOf(line).length !== 5);
		expect(odd).toEqual([]);
	});

	test('says of each where it is met and which test shows it, or that it is not met and why', () => {
		const bare = rows.filter(
			(row) =>
				stateOf(row) !== 'Not met' &&
				(linksIn(row.met).length === 0 || linksIn(row.shown).length === 0),
		);
		expect(bare.map(({ id }) => id)).toEqual([]);
		const unreasoned = rows.filter((row) => row.open !== '' && stateOf(row) === undefined);
		expect(unreasoned.map(({ id }) => id)).toEqual([]);
	});

	test.each(STATES)('lists at its top whatever is open: %s', (state) => {
		const [, , listed] = lines.map(cellsOf).find(([first = '']) => first === `**${state}**`) ?? [];
		expect(listed?.split(', ')).toEqual(
			rows.filter((row) => stateOf(row) === state).map(({ id }) => id),
		);
	});

	test('leads to files that exist, and to headings that they have', () => {
		const broken = linksIn(page).filter((link) => {
			const [, anchor] = link.split('#');
			if (!existsSync(fileOf(link))) return true;
			return anchor !== undefined && !anchorsOf(readFileSync(fileOf(link), 'utf8')).has(anchor);
		});
		expect(broken).toEqual([]);
	});

	test('shows by test files only, each entry as a link and the name of a test', () => {
		const tests = join(root, 'test');
		const odd = entries.filter(({ parts }) => {
			const file = fileOf(parts?.[1] ?? '');
			return relative(tests, file).startsWith('..') || !file.endsWith('.ts');
		});
		expect(odd.map(({ id, entry }) => `${id}: ${entry}`)).toEqual([]);
	});

	test('names tests that exist under that name and are run', () => {
		const files = new Map<string, Set<string>>();
		for (const { file } of named)
			if (!files.has(file) && existsSync(file)) files.set(file, testNamesIn(file));
		const missing = named.filter(({ file, name }) => files.get(file)?.has(name) !== true);
		expect(named.length).toBeGreaterThan(100);
		expect(missing.map(({ id, file, name }) => `${id}: ${relative(root, file)} › ${name}`)).toEqual(
			[],
		);
	});
});
