import 'reflect-metadata';
import type { INodeParameters } from 'n8n-workflow';
import { CustomerJourney } from '../../nodes/CustomerJourney/CustomerJourney.node';
import { outputNames } from '../harness/outputs';
import { rows } from './CustomerJourney.setup';

const outputsFor = (parameters: INodeParameters): string[] =>
	outputNames(new CustomerJourney(), parameters);

const ALL = [
	'Ended',
	'1 Welcome',
	'2 Set-up guide',
	'3 First results',
	'4 Nudge',
	'5 Power-user tips',
	'6 Celebrate',
	'7 Hand over to digital',
	'8 Human call, Reach by hand, Asked for help',
	'9 No first value',
];
const withSteps = (step: INodeParameters[]): INodeParameters => ({ steps: { step } });

describe('wires never move by themselves: each output keeps its number and name', () => {
	it('a node just dropped has the preset’s outputs', () => {
		expect(outputsFor({})).toEqual(ALL);
		expect(outputsFor(withSteps(rows()))).toEqual(ALL);
	});

	it('whichever step is deleted', () => {
		for (const gone of rows()) {
			const left = outputsFor(withSteps(rows().filter(({ id }) => id !== gone.id)));
			for (const [index, name] of left.entries()) {
				const shared = ALL[index]?.startsWith('8') === true && gone.output === 8;
				if (shared || index === gone.output) continue;
				expect(name).toBe(ALL[index]);
			}
			// an emptied place in the middle stays a place
			if (gone.output !== 9) expect(left).toHaveLength(ALL.length);
		}
	});

	it('in whatever order the steps stand', () => {
		const names = (list: string[]): string[] =>
			list.map((name) => name.split(' ').sort().join(' ').replaceAll(',', ''));
		expect(names(outputsFor(withSteps(rows().reverse())))).toEqual(names(ALL));
	});

	it('a renamed step changes its name only, a new one takes the next place', () => {
		const changed = rows().map((row) => (row.id === 'nudge' ? { ...row, name: 'Stuck?' } : row));
		expect(outputsFor(withSteps([{ id: 'x', name: 'Survey', output: 10 }, ...changed]))).toEqual([
			...ALL.slice(0, 4),
			'4 Stuck?',
			...ALL.slice(5),
			'10 Survey',
		]);
	});

	it.each<[string, INodeParameters[], string[]]>([
		['no steps', [], ['Ended']],
		['a step without a number', [{ id: 'a', name: 'A' }], ['Ended']],
		['a number that is none', [{ id: 'a', name: 'A', output: 1.5 }], ['Ended']],
		['a step without a name', [{ id: 'a', output: 1 }], ['Ended', '1 Unnamed step']],
		[
			'a number with a hole before it',
			[{ id: 'a', name: 'A', output: 3 }],
			['Ended', '1 –', '2 –', '3 A'],
		],
	])('%s', (_what, steps, expected) => {
		expect(outputsFor(withSteps(steps))).toEqual(expected);
	});

	it('Preview has one output', () => {
		expect(outputsFor({ operation: 'preview' })).toEqual(['Preview']);
	});
});
