import { DateTime } from 'luxon';
import { compileAmount } from '../../../engine/tiers/amount';
import { compileTiers } from '../../../engine/tiers/assignTiers';
import { tierPolicySchema, type TierPolicy } from '../../../engine/tiers/policy';
import { coverageEconomics, digitalFirst } from '../../../engine/tiers/presets';
import { readDate } from '../../../engine/tiers/readDate';
import { compileUnreadable } from '../../../engine/tiers/unreadable';

/** A policy that puts into tier `it` what meets one condition. */
function asking(when: object): TierPolicy {
	return tierPolicySchema.parse({
		id: 'own',
		tiers: [
			{ id: 'rest', name: 'Rest', output: 1 },
			{ id: 'it', name: 'It', output: 2 },
		],
		rules: [
			{ tier: 'it', text: 'It fits', ...when },
			{ tier: 'rest', text: 'No other rule fits' },
		],
	});
}

const fits = (when: object, account: Record<string, unknown>): boolean =>
	compileTiers(asking(when))(account).tier === 'it';

const YES = [true, 'yes', 'Yes', ' TRUE ', 'true', 'y', 1, '1'];
const NO = [false, 'no', 'No', ' FALSE ', 'false', 'n', 0, '0'];
const SILENT = [undefined, null, '', ' ', 'n/a'];
const UNREADABLE = ['maybe', 2, {}, [], -1, '-1'];

/** Assign Tier and Gate Motion read the same words alike (R76). */
describe.each(['strategic', 'openOpportunity'])('%s', (field) => {
	it.each(YES)('is told by %p', (value) => {
		expect(fits({ [field]: true }, { [field]: value })).toBe(true);
		expect(fits({ [field]: false }, { [field]: value })).toBe(false);
	});

	it.each([...NO, ...SILENT])('is not told by %p', (value) => {
		expect(fits({ [field]: true }, { [field]: value })).toBe(false);
		expect(fits({ [field]: false }, { [field]: value })).toBe(true);
	});

	it.each(UNREADABLE)('is guessed from %p neither way, and that is told', (value) => {
		for (const wanted of [true, false]) {
			const when = { [field]: wanted };
			expect(fits(when, { [field]: value })).toBe(false);
			expect(compileUnreadable(asking(when))({ [field]: value })).toMatchObject([
				{ code: 'field_invalid', field, problem: 'is neither yes nor no' },
			]);
		}
	});
});

describe.each<[string, object, (value: unknown) => Record<string, unknown>, unknown[], unknown[]]>([
	[
		'complexity',
		{ complexity: 'complex' },
		(complexity) => ({ complexity }),
		['complex', 'Complex', ' COMPLEX '],
		['simple', 'Simple'],
	],
	[
		'lifecycleStage',
		{ stages: ['onboarding'] },
		(lifecycleStage) => ({ lifecycleStage }),
		['onboarding', 'Onboarding', 'on-boarding', ' ONBOARDING'],
		['Adopting', 'churned'],
	],
	[
		'lifecycleStage',
		{ stages: ['onboarding', 'adopting'] },
		(lifecycleStage) => ({ lifecycleStage }),
		['Onboarding', 'ADOPTING'],
		['Established', 'churned'],
	],
	[
		'health.band',
		{ bands: ['red', 'unknown'] },
		(band) => ({ health: { band } }),
		['red', 'Red', 'Unknown '],
		['Green', 'yellow'],
	],
])('%s, where %j is asked for,', (field, when, accountOf, same, others) => {
	it.each(same)('is met by %p', (value) => {
		expect(fits(when, accountOf(value))).toBe(true);
		expect(compileUnreadable(asking(when))(accountOf(value))).toEqual([]);
	});

	it.each([...others, ...SILENT])('is not met by %p, which is no mistake', (value) => {
		expect(fits(when, accountOf(value))).toBe(false);
		expect(compileUnreadable(asking(when))(accountOf(value))).toEqual([]);
	});

	it.each(['gold', true, 7, {}])('is not met by %p, and that is told', (value) => {
		expect(fits(when, accountOf(value))).toBe(false);
		const [reason] = compileUnreadable(asking(when))(accountOf(value));
		expect(reason).toMatchObject({ code: 'field_invalid', field });
		expect(reason?.text).not.toContain('gold');
	});
});

describe('what cannot be read', () => {
	it('is told only of what the rules look at', () => {
		const account = { strategic: 'maybe', complexity: 'hm', lifecycleStage: 'hm', arr: 1 };
		const fieldsBy = (policy: TierPolicy): string[] =>
			compileUnreadable(policy)(account).flatMap((reason) =>
				reason.code === 'field_invalid' ? [reason.field] : [],
			);
		expect(fieldsBy(coverageEconomics({ currency: 'USD' }))).toEqual(['strategic']);
		expect(fieldsBy(digitalFirst({ currency: 'USD' }))).toEqual([
			'strategic',
			'complexity',
			'lifecycleStage',
		]);
	});

	it('is told of words however many others came before', () => {
		const assign = compileTiers(asking({ stages: ['onboarding'] }));
		for (let word = 0; word < 3_000; word++)
			expect(assign({ lifecycleStage: `stage ${String(word)}` }).tier).toBe('rest');
		expect(assign({ lifecycleStage: ' On-Boarding' }).tier).toBe('it');
	});
});

/** Decimal texts as Health Score reads them; whatever can be read in two ways is not guessed at. */
describe('an ARR', () => {
	const amountOf = compileAmount('USD', new Map([['EUR', 2]]));

	it.each<[unknown, unknown, number]>([
		[32_400, 'USD', 32_400],
		['32400', undefined, 32_400],
		[' 32400.50 ', 'usd', 32_400.5],
		['0', '', 0],
		['100', ' eur ', 200],
		['100', 'n/a', 100],
	])('of %p in %p is %d', (arr, currency, amount) => {
		expect(amountOf(arr, currency)).toBe(amount);
	});

	it.each<[unknown, string]>([
		['', 'arr_missing'],
		['n/a', 'arr_missing'],
		['-5', 'arr_invalid'],
		['32,400', 'arr_invalid'],
		['32k', 'arr_invalid'],
		['Infinity', 'arr_invalid'],
		[Infinity, 'arr_invalid'],
		[NaN, 'arr_invalid'],
		[true, 'arr_invalid'],
		[{}, 'arr_invalid'],
	])('of %p is none: %s', (arr, problem) => {
		expect(amountOf(arr, 'USD')).toBe(problem);
	});
});

describe('a date', () => {
	const at = Date.parse('2026-03-01T00:00:00+09:00');

	it.each<[unknown]>([
		['2026-03-01'],
		[' 2026-03-01 '],
		['2026-03-01T00:00:00'],
		['2026-02-28T15:00:00Z'],
		[new Date(at)],
		[DateTime.fromMillis(at)],
		[at],
		[String(at)],
	])('is read from %p, without a zone in that of the account', (value) => {
		expect(readDate(value, 'Asia/Tokyo')).toBe(at);
	});

	it.each<[unknown]>([
		['soon'],
		['2026-02-30'],
		[new Date(NaN)],
		[DateTime.invalid('no')],
		[20_260_301],
		[true],
		[{}],
		[undefined],
	])('is not made of %p', (value) => {
		expect(readDate(value, 'UTC')).toBeUndefined();
	});
});
