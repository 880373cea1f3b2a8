import { accountPreset } from '../../../engine/accounts/presets';
import { build } from './rows';

it('100,000 people of 20,000 companies are joined in bulk', () => {
	const companies = Array.from({ length: 20_000 }, (_none, index) => ({ id: String(index) }));
	const people = Array.from({ length: 100_000 }, (_none, index) => ({
		companyId: String(index % 20_000),
		properties: { email: `p${String(index)}@a.example`, cs_role: 'admin' },
	}));
	const { accounts } = build([companies, people], {
		preset: 'hubspotCompany',
		presets: [accountPreset('hubspotContacts')],
	});
	const counts = accounts.map(({ account }) =>
		Array.isArray(account.contacts) ? account.contacts.length : 0,
	);
	expect(new Set(counts)).toEqual(new Set([5]));
}, 60_000);
