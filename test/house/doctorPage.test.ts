import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UNREADABLE } from '../../engine/doctor/examine';
import { RULES } from '../../engine/doctor/rules/rules';
import { root } from './runModule';

test('the page about Doctor explains each rule once, and no other', () => {
	const page = readFileSync(join(root, 'docs', 'doctor.md'), 'utf8');
	const explained = [...page.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code]) => code);
	expect(explained.sort()).toEqual([...RULES.map(({ code }) => code), UNREADABLE].sort());
});
