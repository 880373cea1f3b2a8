import { z } from 'zod/v4';
import type { WorkflowFile } from '../n8n/client';
import { readWorkflows } from '../n8n/workflows';

const placeSchema = z.tuple([z.number(), z.number()]);
const noteSchema = z.looseObject({ width: z.number(), height: z.number() });

/** What n8n draws of a node, with its name below; of a journey as many outputs as are wired. */
const SIZE = 96;
const NAME = 40;
const PER_OUTPUT = 32;

type Box = { name: string; left: number; top: number; right: number; bottom: number };

function boxesOf({ nodes, connections }: WorkflowFile): Box[] {
	return nodes.map(({ name, type, position, parameters }) => {
		const [left, top] = placeSchema.parse(position);
		const note = type.endsWith('.stickyNote') ? noteSchema.parse(parameters) : undefined;
		const wires = z.object({ main: z.array(z.unknown()) }).safeParse(connections[name]);
		const height = Math.max(SIZE, (wires.data?.main.length ?? 1) * PER_OUTPUT);
		const [width, tall] = note === undefined ? [SIZE, height + NAME] : [note.width, note.height];
		return { name, left, top, right: left + width, bottom: top + tall };
	});
}

const journeys = readWorkflows().filter(({ workflow }) =>
	workflow.nodes.some(({ parameters }) => parameters.operation === 'advance'),
);

test.each(journeys)('$file: nothing on the canvas covers anything else', ({ workflow }) => {
	const boxes = boxesOf(workflow);
	const covered = boxes.flatMap((one, place) =>
		boxes
			.slice(place + 1)
			.filter(
				(other) =>
					one.left < other.right &&
					other.left < one.right &&
					one.top < other.bottom &&
					other.top < one.bottom,
			)
			.map((other) => `${one.name} and ${other.name}`),
	);
	expect(covered).toEqual([]);
});
