import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './runModule';

const FOLDERS = ['bench', 'cli', 'credentials', 'engine', 'ledger', 'nodes', 'services', 'test'];
const SWITCHES = [
	'eslint' + '-disable',
	'@ts' + '-ignore',
	'@ts' + '-nocheck',
	'@ts' + '-expect-error',
	'prettier' + '-ignore',
];

test('no file switches a rule off for itself: exceptions stand in eslint.config.mjs, with their reasons', () => {
	const found = FOLDERS.flatMap((folder) => sources(join(root, folder)))
		.filter((file) => {
			const text = readFileSync(file, 'utf8');
			return SWITCHES.some((word) => text.includes(word));
		})
		.map((file) => relative(root, file));
	expect(found).toEqual([]);
});

function sources(folder: string): string[] {
	return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : sources(path);
		return /\.(ts|mjs|js)$/.test(entry.name) ? [path] : [];
	});
}
