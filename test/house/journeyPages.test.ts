import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { JOURNEY_PRESETS } from '../../engine/journeys/presets/presets';
import { root } from '../n8n/folders';

const PAGES: Record<string, string> = {
	education: 'education',
	expansion: 'expansion',
	intervention: 'health-intervention',
	onboarding: 'onboarding',
	renewal: 'renewal',
	survey: 'renewal',
};
/** Journeys of which the table is not the page's first. */
const TABLES: Record<string, number> = { survey: 2 };
const BY: Record<string, string> = {
	email: 'e-mail',
	inApp: 'in-app',
	human: 'e-mail to them',
	alert: 'e-mail to them',
	record: 'a record',
};

/** The rows of a journey's table: step, when, to, by, what. */
function stepsOf(page: string, table = 1): string[][] {
	const text = readFileSync(join(root, 'docs', `${page}.md`), 'utf8');
	const after = text.split('\n| step | when | to | by | what |\n')[table] ?? '';
	const [rows = ''] = after.split('\n\n');
	return rows
		.split('\n')
		.slice(1)
		.map((line) =>
			line
				.split('|')
				.slice(1, -1)
				.map((cell) => cell.trim()),
		);
}

describe.each(JOURNEY_PRESETS)('the page of $id', ({ id, steps }) => {
	const rows = stepsOf(PAGES[id] ?? '', TABLES[id]);

	test('tells of each step, in its order, and of no other', () => {
		expect(rows.map(([name]) => name)).toEqual(steps.map(({ name }) => `**${name}**`));
	});

	test.each(steps)('says rightly when and how: $name', ({ name, when, channel }) => {
		const [, said = '', , by] = rows.find(([step]) => step === `**${name}**`) ?? [];
		expect(by).toBe(BY[channel]);
		if ('months' in when && when.months !== undefined && when.months > 0)
			expect(said).toContain(`${String(when.months)} months`);
		if ('days' in when && when.days > 0)
			expect(said).toMatch(new RegExp(`\\b${String(when.days)}\\b`));
	});
});
