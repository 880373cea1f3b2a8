import { shippedFlows } from '../../../cli/install/shippedFlows';
import { isNote } from '../../../engine/install/flow';
import { inOrderOfNeed, needsOf, shippedLinks } from '../../../engine/install/links';
import { carrierOf, noteKey } from '../../../engine/install/mark';
import { unsavedPlaces } from '../../../engine/install/unsaved';
import { leavesOf } from '../../../engine/install/canonical';

const shipped = shippedFlows();

describe('what installing asks of every shipped flow', () => {
	test.each(shipped)(
		'$key: its note Overview can carry the mark, and its nodes can be told apart',
		({ flow }) => {
			const carrier = carrierOf(flow.nodes);
			expect(carrier).toMatchObject({ name: 'Overview' });
			expect(carrier && isNote(carrier)).toBe(true);
			expect(carrier).not.toHaveProperty('notes');
			expect(new Set(flow.nodes.map(({ id }) => noteKey(id))).size).toBe(flow.nodes.length);
		},
	);

	test('no two have the same id, the same name or share a node id', () => {
		const all = (values: string[]): void => expect(new Set(values).size).toBe(values.length);
		all(shipped.map(({ flow }) => flow.id));
		all(shipped.map(({ flow }) => flow.name));
		all(shipped.flatMap(({ flow }) => flow.nodes.map(({ id }) => id)));
	});

	test('none calls one that calls it, so that each is created pointing at what is there', () => {
		const links = shippedLinks(shipped);
		const ordered = inOrderOfNeed(shipped).map(({ key }) => key);
		for (const { key, flow } of shipped)
			for (const need of needsOf(flow, links))
				expect(ordered.indexOf(need)).toBeLessThan(ordered.indexOf(key));
	});

	test.each(shipped)(
		'$key: what is noted of its defaults is of its nodes (test/n8n/writeUnsaved.ts)',
		({ key, flow }) => {
			const nodes = new Map(flow.nodes.map((one) => [one.id, one]));
			const strange = Object.entries(unsavedPlaces[key] ?? {}).flatMap(([id, saving]) => {
				const known = new Set(leavesOf(nodes.get(id)?.parameters).map(([place]) => place));
				const out = saving?.leavesOut ?? [];
				return out.filter((place) => !known.has(place)).map((place) => `${id} ${place}`);
			});
			expect(strange).toEqual([]);
			expect(unsavedPlaces).toHaveProperty(key);
		},
	);
});
