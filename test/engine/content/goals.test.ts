import { compileGoals } from '../../../engine/content/goals';

const speaksOf = (goal: string, outcome: string): boolean =>
	compileGoals(['Something else entirely', outcome])([goal]).includes(1);

describe('whether a goal speaks of an outcome', () => {
	const table: [goal: string, outcome: string, expected: boolean][] = [
		['Less manual work', 'Less manual work', true],
		['we want LESS WORK by hand', 'Less manual work', true],
		['more work', 'Less manual work', false],
		['send invoices', 'Invoices, sent on time', false],
		['bill hours', 'Bill everything', true],
		['the and for', 'The work and the fun for all', false],
		['Weniger Rückfragen', 'Weniger Rückfragen im Team', true],
		['手作業を減らす', '手作業を減らす', true],
		['', 'Less manual work', false],
		['Less manual work', '', false],
	];
	it.each(table)('%j of %j: %s', (goal, outcome, expected) => {
		expect(speaksOf(goal, outcome)).toBe(expected);
	});
	it('any of several goals is enough', () => {
		expect(compileGoals(['Less manual work'])(['grow', 'less manual work'])).toEqual([0]);
		expect(compileGoals(['Less manual work'])([])).toEqual([]);
	});
});
