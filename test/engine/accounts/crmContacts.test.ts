import type { Contact } from '../../../engine/accounts/account';
import { accountPreset } from '../../../engine/accounts/presets';
import type { Row } from '../../../engine/accounts/row';
import { build } from './rows';

/** What the accounts of a CRM look like once its people are joined: `512: ada@… admin`. */
function peopleOf(
	companies: readonly Row[],
	people: readonly Row[],
	presets: [accounts: string, people: string],
): string[] {
	const built = build([companies, people], {
		preset: presets[0],
		presets: [accountPreset(presets[1])],
	});
	return built.accounts.map(({ account }) => {
		const contacts = (account.contacts ?? []) as Contact[];
		const told = contacts.map(({ email, role, status, unsubscribed }) =>
			[email, role, status, ...(unsubscribed ? ['unsubscribed'] : [])].join(' '),
		);
		return `${account.accountId}: ${told.join(', ')}`;
	});
}

const company = (id: string): Row => ({ id, properties: { name: `Company ${id}` } });
const hubspot = (companyId: string, properties: object, more: Row = {}): Row => ({
	companyId,
	id: '1',
	properties,
	archived: false,
	...more,
});
const ofHubspot = (...people: Row[]): string[] =>
	peopleOf([company('512'), company('513')], people, ['hubspotCompany', 'hubspotContacts']);

describe('contacts of HubSpot', () => {
	it('are joined to their companies, with whom a message goes to (P11) and who may not be written to (P12)', () => {
		expect(
			ofHubspot(
				hubspot('512', { email: 'ada@a.example', cs_role: 'admin' }),
				hubspot('512', { email: 'bo@a.example', hs_buying_role: 'CHAMPION;DECISION_MAKER' }),
				hubspot('512', { email: 'cy@a.example', hs_email_optout: 'true' }),
				hubspot('512', { email: 'di@a.example', hs_email_hard_bounce_reason_enum: 'OTHER' }),
				hubspot('512', { email: 'ed@a.example' }, { archived: true }),
				hubspot('513', { email: 'fay@b.example', hs_buying_role: 'END_USER' }),
			),
		).toEqual([
			'512: ada@a.example admin active, bo@a.example decisionMaker active, cy@a.example user active unsubscribed, di@a.example user bounced, ed@a.example user left',
			'513: fay@b.example user active',
		]);
	});

	it.each([
		['BUDGET_HOLDER', 'decisionMaker'],
		['EXECUTIVE_SPONSOR', 'decisionMaker'],
		['CHAMPION;END_USER', 'champion'],
		['INFLUENCER', 'user'],
		['', 'user'],
	])('the buying role %p is a %s', (hs_buying_role, role) => {
		expect(ofHubspot(hubspot('512', { email: 'ada@a.example', hs_buying_role }))[0]).toBe(
			`512: ada@a.example ${role} active`,
		);
	});

	it('are read from the older API and from whole answers too, by the company each names as its primary one', () => {
		const [first] = ofHubspot({
			vid: 7,
			properties: { email: { value: 'ada@a.example' }, associatedcompanyid: { value: '512' } },
		});
		expect(first).toBe('512: ada@a.example user active');
		const answer = {
			status: 'COMPLETE',
			results: [
				{ id: '7', properties: { email: 'ada@a.example', associatedcompanyid: '512' } },
				{ id: '8', properties: { email: 'bo@b.example', associatedcompanyid: '513' } },
			],
		};
		expect(ofHubspot(answer)).toEqual([
			'512: ada@a.example user active',
			'513: bo@b.example user active',
		]);
	});

	it('have a name, and nothing that is not known', () => {
		const built = build(
			[
				[company('512')],
				[hubspot('512', { email: 'a@a.example', firstname: 'Ada', lastname: 'Ng' })],
			],
			{ preset: 'hubspotCompany', presets: [accountPreset('hubspotContacts')] },
		);
		expect(built.accounts[0]?.account.contacts).toEqual([
			{ email: 'a@a.example', name: 'Ada Ng', role: 'user', status: 'active', unsubscribed: false },
		]);
	});

	it('without an address are nobody to write to; of a company that is none of ours they are rejected', () => {
		const built = build(
			[
				[company('512')],
				[hubspot('512', { firstname: 'Ada' }), hubspot('999', { email: 'x@x.example' })],
			],
			{ preset: 'hubspotCompany', presets: [accountPreset('hubspotContacts')] },
		);
		expect(built.accounts.map(({ account }) => account.contacts)).toEqual([[]]);
		expect(built.rejected.map(({ place, problems }) => [place.row, problems[0]?.code])).toEqual([
			[1, 'noAccount'],
		]);
	});
});

describe('contacts of Salesforce', () => {
	it('are joined to their accounts', () => {
		const people = [
			{ AccountId: '001A', Email: 'ada@a.example', Name: 'Ada Ng', CS_Role__c: 'Decision Maker' },
			{ AccountId: '001A', Email: 'bo@a.example', HasOptedOutOfEmail: true },
			{
				AccountId: '001A',
				Email: 'cy@a.example',
				EmailBouncedDate: '2026-03-01T10:00:00.000+0000',
			},
			{ AccountId: '001B', Email: 'di@b.example', No_Longer_There__c: true },
			{ AccountId: '001B', Email: null, Name: 'No Address' },
			{ AccountId: null, Email: 'nobody@c.example' },
		];
		const accounts = [
			{ Id: '001A', Name: 'A' },
			{ Id: '001B', Name: 'B' },
		];
		expect(peopleOf(accounts, people, ['salesforceAccount', 'salesforceContacts'])).toEqual([
			'001A: ada@a.example decisionMaker active, bo@a.example user active unsubscribed, cy@a.example user bounced',
			'001B: di@b.example user left',
		]);
	});
});
