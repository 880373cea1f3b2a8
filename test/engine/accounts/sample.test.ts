import { accountSchema } from '../../../engine/accounts/account';
import { chooseSamples } from '../../../engine/accounts/chooseSamples';
import type { Row } from '../../../engine/accounts/row';
import { sampleAccounts } from '../../../engine/accounts/sample';
import { ONBOARDING_STEPS, SAMPLE_CHECKLIST } from '../../../engine/journeys/presets/onboarding';
import { compileFieldPath } from '../../../nodes/platform/fieldPath';

const NOW = Date.UTC(2026, 2, 18, 12);
const DAY = 86_400_000;
const samples = sampleAccounts(NOW);
const ids = samples.map(({ accountId }) => accountId);
const choose = (...triggers: Row[]) => chooseSamples(triggers, NOW, compileFieldPath);
const chosen = (...triggers: Row[]): string[] =>
	choose(...triggers).accounts.map(({ account }) => account.accountId);

function sample(id: string): (typeof samples)[number] {
	const found = samples.find(({ accountId }) => accountId === id);
	if (found === undefined) throw new Error(`no sample ${id}`);
	return found;
}

describe('the sample accounts', () => {
	it('are valid, the same at the same time, and each tells its story', () => {
		expect(sampleAccounts(NOW)).toEqual(samples);
		expect(new Set(ids).size).toBe(ids.length);
		for (const account of samples) {
			expect(accountSchema.parse(account)).toEqual(account);
			expect(account.story).toMatch(/^[A-Z].+\.$/);
		}
	});

	it('can reach nobody: every address is reserved for documentation', () => {
		const addresses = JSON.stringify(samples).match(/[^"]+@[^"]+/g) ?? [];
		expect(addresses.length).toBeGreaterThan(samples.length);
		for (const address of addresses) expect(address).toMatch(/[@.]example\.(com|org)$/);
	});

	it('use the set-up steps of the sample product only', () => {
		const known = SAMPLE_CHECKLIST.map(({ step }) => step);
		expect(known).toEqual(['connect-data', 'invite-team', 'first-report']);
		for (const { setup } of samples) {
			for (const { step } of setup?.completed ?? []) expect(known).toContain(step);
		}
		expect(ONBOARDING_STEPS.length).toBeGreaterThan(0);
	});

	it('lie in the past, after their creation, and young enough to be enrolled (P09)', () => {
		for (const { createdAt, setup } of samples) {
			const created = Date.parse(createdAt ?? '');
			expect(created).toBeGreaterThan(NOW - 14 * DAY);
			for (const { at } of setup?.completed ?? []) {
				expect(Date.parse(at ?? '')).toBeGreaterThanOrEqual(created);
				expect(Date.parse(at ?? '')).toBeLessThan(NOW);
			}
		}
	});

	it('hold the facts their stories need', () => {
		const age = (id: string): number => (NOW - Date.parse(sample(id).createdAt ?? '')) / DAY;
		const steps = (id: string): string[] =>
			(sample(id).setup?.completed ?? []).map(({ step }) => step);
		expect([age('olive-optics'), steps('olive-optics')]).toEqual([1, ['connect-data']]);
		expect([age('stone-studio'), steps('stone-studio')]).toEqual([6, ['connect-data']]);
		expect(sample('stone-studio').setup?.completed[0]?.at).toBe(
			new Date(NOW - 5 * DAY).toISOString(),
		);
		expect([age('ember-electric'), steps('ember-electric')]).toEqual([
			3,
			['connect-data', 'invite-team', 'first-report'],
		]);
		expect(sample('ember-electric').setup?.firstValueAt).toBe(
			new Date(NOW - 3_600_000).toISOString(),
		);
		expect(sample('quartz-quilts').contacts).toMatchObject([{ unsubscribed: true }]);
		expect(sample('maple-motors').aliases).toEqual(['maple-motors-old']);
		expect(sample('maple-motors-old').contacts).toEqual(sample('maple-motors').contacts);
		expect([age('mint-media'), sample('mint-media').termMonths]).toEqual([2, 1]);
		expect(age('rust-rentals')).toBe(10);
		expect(sample('rust-rentals').support).toMatchObject({ openP1: 0 });
		expect(sample('rust-rentals').support?.openTickets).toBeGreaterThan(0);
		expect(new Set(sample('harbor-holdings').contacts?.map(({ role }) => role)).size).toBe(3);
		expect(
			sample('harbor-holdings').contacts?.filter(
				({ setupCompletedAt }) => setupCompletedAt !== undefined,
			),
		).toHaveLength(1);
		expect(sample('harbor-holdings').csm).toMatch(/@/);
	});
});

describe('items that trigger the samples', () => {
	it('call all of them when no item names an account', () => {
		expect(chosen({})).toEqual(ids);
		expect(chosen({ timestamp: 'x' }, { accountId: '' })).toEqual(ids);
	});

	it('call those they name, in their order, each once', () => {
		const { accounts, rejected } = choose(
			{ accountId: 'rust-rentals' },
			{ accountId: 'olive-optics' },
			{},
			{ accountId: 'rust-rentals' },
		);
		expect(accounts.map(({ account }) => account.accountId)).toEqual([
			'rust-rentals',
			'olive-optics',
		]);
		expect(accounts.map(({ places }) => places.map(({ row }) => row))).toEqual([[0, 3], [1]]);
		expect(rejected).toEqual([]);
	});

	it('bring an account of their own for an id the samples do not have', () => {
		const { accounts } = choose({
			id: 'evt-1',
			accountId: 'mine',
			account: {
				Name: 'Mine',
				Email: 'me@example.com',
				setup: { firstValueAt: '2026-03-01' },
				extra: 1,
			},
		});
		expect(accounts.map(({ account }) => account)).toEqual([
			expect.objectContaining({
				accountId: 'mine',
				name: 'Mine',
				extra: 1,
				contacts: [
					{ email: 'me@example.com', role: 'user', status: 'active', unsubscribed: false },
				],
				setup: { completed: [], firstValueAt: '2026-03-01' },
			}),
		]);
		expect(accounts[0]?.account).not.toHaveProperty('id');
	});

	it('also where the event came by Customer Event Trigger, which has what the sender said in data', () => {
		const account = { name: 'Mine', contacts: [{ email: 'me@example.com' }] };
		expect(choose({ accountId: 'mine', data: { account } })).toEqual(
			choose({ accountId: 'mine', account }),
		);
		expect(choose({ accountId: 'mine', data: 'none' }).accounts).toEqual([]);
	});

	it('are rejected with a sentence when that account cannot be read, or is not there', () => {
		const { accounts, rejected } = choose(
			{ accountId: 'olive-optics' },
			{ accountId: 'mine', account: { timezone: 'Berlin' } },
			{ accountId: 'unknown' },
			{ accountId: { a: 1 } },
		);
		expect(accounts).toHaveLength(1);
		expect(rejected.map(({ place }) => place.row).sort()).toEqual([1, 2, 3]);
		const texts = rejected.flatMap(({ problems }) => problems.map(({ text }) => text));
		expect(texts.find((text) => text.startsWith('Row 2'))).toContain(
			'where an IANA time zone belongs',
		);
		expect(texts.find((text) => text.startsWith('Row 3'))).toContain(
			'"unknown", which the sample accounts do not have',
		);
		expect(texts.find((text) => text.startsWith('Row 4'))).toContain('an object');
	});
});
