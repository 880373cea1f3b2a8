import { isHeldOut, variantOf } from '../../../engine/journeys/assignment';
import { shareOf } from '../../../engine/journeys/hash';
import { byFlags, human, journey, mail } from './journeys';
import { account, at, diary, simulate, touchStates } from './simulate';

/** Ids as systems make them: counted, of one letter's difference, long, of another alphabet. */
const IDS: Record<string, (n: number) => string> = {
	counted: (n) => String(n),
	padded: (n) => `ACC-${String(n).padStart(8, '0')}`,
	hex: (n) => (n * 2_654_435_761).toString(16),
	long: (n) => `https://crm.example/companies/${String(n)}/profile`,
	greek: (n) => `πελάτης${String(n)}`,
};
const MANY = 5_000;

describe.each(Object.entries(IDS))('the hash over ids that are %s', (_what, id) => {
	const shares = Array.from({ length: MANY }, (_nothing, n) => shareOf(`hold-out/own/${id(n)}`));

	it('is spread evenly over 64 parts (chi-square)', () => {
		const parts = new Array<number>(64).fill(0);
		for (const share of shares)
			parts[Math.floor(share * 64)] = (parts[Math.floor(share * 64)] ?? 0) + 1;
		const expected = MANY / 64;
		const chi = parts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
		// 63 degrees of freedom: one in ten thousand is above 114
		expect(chi).toBeLessThan(114);
	});

	it('says nothing about another journey’s', () => {
		const others = Array.from({ length: MANY }, (_nothing, n) =>
			shareOf(`hold-out/other/${id(n)}`),
		);
		const both = shares.filter((share, n) => share < 0.5 && (others[n] ?? 0) < 0.5).length;
		// a quarter of them, four standard deviations either way
		expect(Math.abs(both - MANY / 4)).toBeLessThan(4 * Math.sqrt(MANY * 0.25 * 0.75));
	});
});

/** The same by bytes and big integers. */
function plainly(text: string): number {
	const wrap = (value: bigint): bigint => value & 0xffffffffn;
	let hash = 0x811c9dc5n;
	for (const byte of Buffer.from(text, 'utf16le')) hash = wrap((hash ^ BigInt(byte)) * 0x01000193n);
	hash = wrap((hash ^ (hash >> 16n)) * 0x85ebca6bn);
	hash = wrap((hash ^ (hash >> 13n)) * 0xc2b2ae35n);
	return Number(wrap(hash ^ (hash >> 16n))) / 2 ** 32;
}

it('is FNV-1a over UTF-16 with Murmur 3’s finish, for ever: another one would move accounts to another variant', () => {
	for (const text of ['', 'a', 'b', 'hold-out/own/42', 'πελάτης', '🙂'])
		expect(shareOf(text)).toBe(plainly(text));
});

describe('variants', () => {
	const step = mail(
		'hello',
		{ type: 'daysAfterStart', days: 0 },
		{
			variants: [
				{ name: 'short', weight: 3 },
				{ name: 'long', weight: 1 },
			],
		},
	);
	const [parsed] = journey([step]).steps;
	it('are shared out by weight, each account’s for good', () => {
		if (parsed === undefined) throw new Error('no step');
		const given = Array.from({ length: MANY }, (_nothing, n) =>
			variantOf(journey([step]), parsed, `a${String(n)}`),
		);
		const short = given.filter((name) => name === 'short').length;
		expect(Math.abs(short - MANY * 0.75)).toBeLessThan(4 * Math.sqrt(MANY * 0.75 * 0.25));
		expect(new Set(given)).toEqual(new Set(['short', 'long']));
		expect(given[7]).toBe(variantOf(journey([step], { version: '2' }), parsed, 'a7'));
	});
	it('stand in the decision and its reasons', () => {
		const { decisions } = simulate({
			sweeps: [at('2026-03-02 10:00')],
			accounts: [account({ hot: true })],
			journey: journey([step]),
			conditions: byFlags,
		});
		const [touch] = decisions[0]?.touches ?? [];
		expect(['short', 'long']).toContain(touch?.variant);
		expect(touch?.touch.reasons[1]).toMatchObject({ code: 'variant', variant: touch?.variant });
	});
});

describe('a hold-out', () => {
	const held = journey(
		[
			mail('offer', { type: 'daysAfterStart', days: 0 }),
			human('help', { type: 'daysAfterStart', days: 0 }, { channel: 'alert' }),
		],
		{ type: 'expansion', holdOutPercent: 50 },
	);
	const ids = Array.from({ length: 60 }, (_nothing, n) => `a${String(n)}`);
	it('gets no marketing, and is not held out of human help', () => {
		const out = ids.filter((id) => isHeldOut(held, id));
		expect(out.length).toBeGreaterThan(10);
		const told = simulate({
			sweeps: [at('2026-03-02 10:00')],
			accounts: ids.map((accountId) =>
				account({
					hot: true,
					accountId,
					contacts: [{ email: `${accountId}@x.example`, role: 'admin' }],
				}),
			),
			journey: held,
			conditions: byFlags,
		});
		const offered = told.sent
			.filter(({ step }) => step === 'offer')
			.map(({ accountId }) => accountId);
		expect(offered).toEqual(ids.filter((id) => !out.includes(id)));
		expect(told.sent.filter(({ step }) => step === 'help')).toHaveLength(ids.length);
		expect(diary(told)).not.toHaveLength(0);
		expect(Object.values(touchStates(told))).toContain('lapsed heldOut');
	});
});
