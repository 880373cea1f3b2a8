import { compilePeers, type Member } from '../../../engine/benchmarks/peers';
import { compileSize } from '../../../engine/benchmarks/size';
import { dice } from '../../harness/dice';

const LEAST = 10;
const team = (value: number, over: Partial<Member> = {}): Member => ({
	plan: 'team',
	size: 'small',
	figures: [value],
	counts: true,
	...over,
});
const teams = (count: number, over: Partial<Member> = {}): Member[] =>
	Array.from({ length: count }, (_none, place) => team(10 * (place + 1), over));

describe('peers (R53)', () => {
	it('are at least so many others: the team itself is never among them', () => {
		const ten = teams(10);
		expect(compilePeers(ten, LEAST)(ten[0] ?? team(0), 0)).toEqual({ tooFew: true, count: 9 });
		const eleven = teams(11);
		// 20 … 110 without the lowest, 10 … 100 without the highest
		expect(compilePeers(eleven, LEAST)(eleven[0] ?? team(0), 0)).toMatchObject({
			typical: 65,
			count: 10,
		});
		expect(compilePeers(eleven, LEAST)(eleven[10] ?? team(0), 0)).toMatchObject({
			typical: 55,
			count: 10,
		});
	});

	it('are of the same plan and size where there are enough, else of the same plan, else all', () => {
		const small = teams(11);
		const large = teams(6, { size: 'large', figures: [1_000] });
		const other = teams(3, { plan: 'business', figures: [5_000] });
		const peersOf = compilePeers([...small, ...large, ...other], LEAST);
		const [first = team(0)] = small;
		expect(peersOf(first, 0)).toMatchObject({ group: 'plan_and_size', count: 10 });
		expect(peersOf(large[0] ?? first, 0)).toMatchObject({ group: 'plan', count: 16 });
		expect(peersOf(other[0] ?? first, 0)).toMatchObject({ group: 'all', count: 19 });
	});

	it('are looked for among all where plan or size is not known, and no plan is a plan of its own', () => {
		const unknown = teams(12, { plan: '' });
		expect(compilePeers(unknown, LEAST)(unknown[0] ?? team(0), 0)).toMatchObject({ group: 'all' });
		const sizeless = teams(12, { size: '' });
		expect(compilePeers(sizeless, LEAST)(sizeless[0] ?? team(0), 0)).toMatchObject({
			group: 'plan',
		});
	});

	it('count only where their figure is known, and not as test accounts', () => {
		const some = [...teams(8), team(NaN), team(NaN), ...teams(5, { counts: false })];
		const peersOf = compilePeers(some, LEAST);
		expect(peersOf(some[0] ?? team(0), 0)).toEqual({ tooFew: true, count: 7 });
		// who is no peer is compared all the same, with all of them
		expect(compilePeers(some, 8)(some[12] ?? team(0), 0)).toMatchObject({ count: 8, typical: 45 });
	});

	it('hide the largest of them: what a giant does moves what is typical no further than its neighbor', () => {
		const typicalWith = (giant: number): number => {
			const all = [...teams(12), team(giant)];
			const found = compilePeers(all, LEAST)(all[0] ?? team(0), 0);
			return 'typical' in found ? found.typical : NaN;
		};
		expect(typicalWith(1e9)).toBe(typicalWith(130));
	});

	it('hide who came: what is typical is told to two digits', () => {
		const all = Array.from({ length: 21 }, (_none, place) => team(1_000 + place));
		const one = compilePeers(all, LEAST)(all[0] ?? team(0), 0);
		const more = compilePeers([...all, team(1_049)], LEAST)(all[0] ?? team(0), 0);
		expect(one).toMatchObject({ typical: 1_000 });
		expect(more).toMatchObject({ typical: 1_000 });
	});

	it('have the median that the others have, whoever asks', () => {
		const roll = dice(11);
		for (let round = 0; round < 40; round++) {
			const values = Array.from({ length: 11 + Math.floor(20 * roll()) }, () =>
				Math.floor(60 * roll()),
			);
			const all = values.map((value) => team(value));
			const peersOf = compilePeers(all, LEAST);
			for (const [place, one] of all.entries()) {
				const others = values.toSpliced(place, 1).toSorted((a, b) => a - b);
				const half = Math.floor(others.length / 2);
				const median =
					others.length % 2 === 1
						? (others[half] ?? NaN)
						: ((others[half - 1] ?? NaN) + (others[half] ?? NaN)) / 2;
				const found = peersOf(one, 0);
				if (!('typical' in found) || found.typical !== Number(median.toPrecision(2)))
					throw new Error(`${String(one.figures[0])} among ${values.join()}`);
			}
		}
	});
});

test('a size belongs to the band that its limit begins (R15)', () => {
	const sizeOf = compileSize([10, 50]);
	expect([0, 9.9, 10, 49, 50, 1e9].map(sizeOf)).toEqual([
		'under 10',
		'under 10',
		'10 to under 50',
		'10 to under 50',
		'50 and more',
		'50 and more',
	]);
	expect(sizeOf(NaN)).toBe('');
	expect(compileSize([])(7)).toBe('any');
});
