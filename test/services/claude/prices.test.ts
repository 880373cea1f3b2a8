import { NO_USAGE } from '../../../services/claude/asked';
import { leastThinking, minimumCachedTokens } from '../../../services/claude/modelTraits';
import { costOf, priceOf, PRICES, readPrices, type Price } from '../../../services/claude/prices';
import { sha256 } from '../../../services/claude/signature';

const MILLION = 1_000_000;

function price(model: string): Price {
	const found = priceOf(model);
	if (found === undefined) throw new Error(`no price for ${model}`);
	return found;
}

describe('what a call costs', () => {
	// a million tokens of one kind, in micro-dollars: the published price times a million
	test.each([
		['claude-haiku-4-5', 'input', 1],
		['claude-haiku-4-5', 'output', 5],
		['claude-haiku-4-5', 'cacheWrite', 1.25],
		['claude-haiku-4-5', 'cacheRead', 0.1],
		['claude-sonnet-5-5', 'cacheRead', 0.1],
		['claude-opus-5-5', 'cacheRead', 0.2],
		['claude-fable-5-1', 'cacheRead', 0.25],
	] as const)('%s: a million tokens of %s are %f dollars', (model, kind, dollars) => {
		expect(costOf({ ...NO_USAGE, [kind]: MILLION }, price(model))).toBe(dollars * MILLION);
	});

	test('a batch costs half, cache included', () => {
		const usage = { input: 2000, cacheWrite: 4000, cacheRead: 6000, output: 8000 };
		const full = costOf(usage, price('claude-haiku-4-5'));
		expect(costOf(usage, price('claude-haiku-4-5'), { batch: true })).toBe(full / 2);
	});

	test('a prompt beyond 100,000 tokens, cached ones included, costs Haiku 5.5 the longer rate for all of it', () => {
		const haiku = price('claude-haiku-5-5');
		expect(costOf({ ...NO_USAGE, cacheRead: 100_000, output: 1000 }, haiku)).toBe(1000 + 500);
		expect(costOf({ ...NO_USAGE, input: 1, cacheRead: 100_000, output: 1000 }, haiku)).toBe(
			Math.ceil(0.5 + 5000 + 2500),
		);
	});

	test('is a whole number, never less than the bill', () => {
		expect(costOf({ ...NO_USAGE, cacheRead: 1 }, price('claude-haiku-5-5'))).toBe(1);
		expect(costOf(NO_USAGE, price('claude-haiku-5-5'))).toBe(0);
	});
});

describe('the price list', () => {
	test('names its day and its source', () => {
		expect(PRICES.asOf).toMatch(/^\d{4}-\d\d-\d\d$/);
		expect(PRICES.source).toMatch(/^https:/);
	});

	test('knows a model with and without the date in its id, and no model that it does not know', () => {
		expect(priceOf('claude-haiku-4-5-20251001')).toBe(priceOf('claude-haiku-4-5'));
		expect(priceOf('claude-of-tomorrow')).toBeUndefined();
	});

	test('can be edited: what somebody typed comes first, the rest stays', () => {
		const typed = {
			asOf: '2027-01-01',
			source: 'our contract',
			models: [
				{ model: 'claude-haiku-5-5', input: 7, output: 8, cacheWrite: 9, cacheRead: 1 },
				{ model: 'claude-of-tomorrow', input: 1, output: 2, cacheWrite: 3, cacheRead: 4 },
			],
		};
		const prices = readPrices(JSON.stringify(typed));
		expect(priceOf('claude-haiku-5-5', prices)).toMatchObject({ input: 7, batchShare: 0.5 });
		expect(priceOf('claude-of-tomorrow', prices)?.output).toBe(2);
		expect(priceOf('claude-opus-5', prices)).toEqual(priceOf('claude-opus-5'));
		expect(readPrices(typed)).toEqual(prices);
	});

	test.each([
		['no JSON', 'not valid JSON'],
		[{ asOf: '2027-13-01', source: '', models: [] }, "'asOf'"],
		[{ asOf: '2027-01-01', source: '', models: [{ model: 'x', input: -1 }] }, "'models.0.input'"],
		[null, 'The price list'],
	])('says where it is wrong', (typed, where) => {
		expect(() => readPrices(typed)).toThrow(where);
	});
});

test('a model that is not known is asked for nothing special, and needs the longest prefix', () => {
	expect(leastThinking('claude-of-tomorrow')).toEqual({});
	expect(minimumCachedTokens('claude-of-tomorrow')).toBe(4096);
	expect(minimumCachedTokens('claude-haiku-5-5')).toBe(512);
	expect(minimumCachedTokens('claude-haiku-4-5-20251001')).toBe(4096);
});

test('a signature is 64 hexadecimal digits, the same for the same text', () => {
	expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
	expect(sha256('ä')).toMatch(/^[0-9a-f]{64}$/);
	expect(sha256('a')).not.toBe(sha256('ä'));
});
