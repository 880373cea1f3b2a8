import { examine } from '../../../engine/doctor/examine';
import { readWorkflows } from '../../n8n/workflows';
import { copyOf } from './change';

/** Of the wrong kind wherever they stand. */
const ODD = [null, 7, 'odd', [[null]], { rule: 7, step: [7], conditions: {}, mode: [], value: {} }];

test.each(readWorkflows())(
	'$file: any field may hold anything, and nothing throws',
	({ workflow }) => {
		const threw: string[] = [];
		for (const { field, json } of spoiled(workflow)) {
			try {
				examine([{ source: 'x', json }], { now: 0, whole: true });
			} catch (error) {
				threw.push(`${field}: ${String(error)}`);
			}
		}
		expect(threw).toEqual([]);
	},
);

/** The workflow again and again, each time with one field of another kind. */
function* spoiled(workflow: object): Generator<{ field: string; json: unknown }, void, void> {
	const file = copyOf(workflow);
	let turn = 0;
	const odd = (): unknown => ODD[turn++ % ODD.length];
	const spoiledBefore = new Set<string>();
	/** Nodes of one type are alike. */
	const isNew = (what: string): boolean =>
		!spoiledBefore.has(what) && spoiledBefore.add(what).has(what);
	for (const [index, one] of file.nodes.entries()) {
		const spoil = (spoilt: object): unknown => ({
			...file,
			nodes: file.nodes.with(index, { ...one, ...spoilt }),
		});
		for (const field of Object.keys(one.parameters)) {
			if (!isNew(`${one.type}, parameter ${field}`)) continue;
			const parameters = { ...one.parameters, [field]: odd() };
			yield { field: `${one.name}, ${field}`, json: spoil({ parameters }) };
		}
		for (const field of Object.keys(one))
			if (isNew(`${one.type}, ${field}`))
				yield { field: `${one.name}, ${field}`, json: spoil({ [field]: odd() }) };
	}
	const oddWires = [...ODD, { main: 7 }, { main: [[{ node: 7 }, null]] }];
	for (const [index, name] of Object.keys(file.connections).entries()) {
		const connections = { ...file.connections, [name]: oddWires[index % oddWires.length] };
		yield { field: `wires of ${name}`, json: { ...file, connections } };
	}
	for (const field of Object.keys(file)) yield { field, json: { ...file, [field]: odd() } };
}
