import 'reflect-metadata';
import type { INodeParameters } from 'n8n-workflow';
import { TierGate } from '../../nodes/TierGate/TierGate.node';
import { outputNames } from '../harness/outputs';
import { runNode } from '../harness/runWorkflow';
import { closeLedgers, freshUserFolder } from './CustomerJourney.setup';

beforeAll(freshUserFolder);
afterAll(closeLedgers);

const outputsFor = (parameters: INodeParameters): string[] =>
	outputNames(new TierGate(), parameters);

const row = (name: string, output: number): INodeParameters => ({ name, output, when: {} });
const own = (...rule: INodeParameters[]): INodeParameters => ({ policy: 'own', rules: { rule } });

const CASES: [INodeParameters, string[]][] = [
	[{}, ['Undecided', '1 Tech-Touch', '2 Pooled', '3 High-Touch']],
	[
		{ policy: 'costToServe' },
		['Undecided', '1 Digital', '2 Digital + Quarterly Touchpoint', '3 Named CSM'],
	],
	[{ policy: 'digitalFirst' }, ['Undecided', '1 Digital', '2 –', '3 Human-Led']],
	[{ policy: 'byPackage' }, ['Undecided', '1 Digital', '2 –', '3 Human-Led']],
	[{ policy: 'own' }, ['Undecided', '1 Tech-Touch', '2 Pooled', '3 High-Touch']],
	[own(row('Low', 4), row('Top', 1), row('Low', 4)), ['Undecided', '1 Top', '2 –', '3 –', '4 Low']],
	[own(row('A', 1), row('B', 1)), ['Undecided', '1 A, B']],
	[{ operation: 'gateMotion' }, ['Hold', 'Pass']],
	[{ operation: 'costToServe' }, ['Tiers']],
];

describe('the outputs of Tier Gate', () => {
	it.each(CASES)('with %j are %j, and a run gives just as many', async (parameters, names) => {
		expect(outputsFor(parameters)).toEqual(names);
		const { outputs, error } = await runNode(new TierGate(), { parameters });
		expect(error).toBeUndefined();
		expect(outputs).toHaveLength(names.length);
	});

	it('stay where they are when rules move, go or are renamed', () => {
		const before = outputsFor(own(row('A', 1), row('B', 2), row('C', 3)));
		expect(outputsFor(own(row('C', 3), row('A', 1), row('B', 2)))).toEqual(before);
		expect(outputsFor(own(row('A', 1), row('C', 3)))).toEqual([
			before[0],
			before[1],
			'2 –',
			before[3],
		]);
		expect(outputsFor(own(row('A', 1), row('New', 2), row('C', 3)))[3]).toBe(before[3]);
	});

	it('can be shown while a rule is still without a number', () => {
		expect(outputsFor(own(row('A', 1), row('B', 0), { name: 'C' }))).toEqual(['Undecided', '1 A']);
	});
});
