import { variantFor, variantsSchema } from '../../../engine/content/variants';

const VARIANTS = variantsSchema.parse([
	{ name: 'plain', weight: 1, by: 'rules' },
	{ name: 'short', weight: 3, instructions: 'Be brief.' },
]);
const units = Array.from({ length: 20_000 }, (_, index) => `account-${String(index)}`);
const nameFor = (experiment: string, unit: string): string =>
	variantFor(experiment, unit, VARIANTS)?.name ?? '';

it('a variant is for ever the same, and by weight', () => {
	const plain = units.filter((unit) => nameFor('tips', unit) === 'plain');
	expect(plain.length / units.length).toBeCloseTo(0.25, 1);
	expect(units.filter((unit) => nameFor('tips', unit) === 'plain')).toEqual(plain);
});

it('another experiment mixes anew', () => {
	const both = units.filter(
		(unit) => nameFor('a', unit) === 'plain' && nameFor('b', unit) === 'plain',
	);
	expect(both.length / units.length).toBeCloseTo(1 / 16, 1.5);
});

it('without variants there is none', () => {
	expect(variantFor('tips', 'a', [])).toBeUndefined();
});

it.each([
	['two of one name', [{ name: 'a' }, { name: 'a' }]],
	['a weight of 0', [{ name: 'a', weight: 0 }]],
	['no name', [{ name: '' }]],
	['eleven', Array.from({ length: 11 }, (_, index) => ({ name: String(index) }))],
	['a field that means nothing', [{ name: 'a', modle: 'x' }]],
])('%s are refused', (_what, variants) => {
	expect(variantsSchema.safeParse(variants).success).toBe(false);
});
