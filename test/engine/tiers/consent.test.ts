import { consentSchema } from '../../../engine/tiers/consent';
import { gateSchema } from '../../../engine/tiers/gate';
import { gateAccounts } from '../../../engine/tiers/gateAccounts';

const NOW = Date.UTC(2026, 2, 1, 12);
const ada = { email: 'ada@example.com', status: 'active', unsubscribed: false };

function codesOf(account: Record<string, unknown>, consent: object = {}): string[] {
	const gate = gateSchema.parse({ motion: 'newsletter', consent });
	return gateAccounts(gate, [account], NOW).flatMap(({ reasons }) =>
		reasons.map(({ code }) => code),
	);
}

describe('consent to be written to', () => {
	it.each<[unknown, string]>([
		[true, 'allowed'],
		['yes', 'allowed'],
		['Opted In', 'allowed'],
		['opt-in', 'allowed'],
		['GRANTED', 'allowed'],
		[1, 'allowed'],
		[false, 'consent_refused'],
		['no', 'consent_refused'],
		['Opted out', 'consent_refused'],
		['withdrawn', 'consent_refused'],
		[' YES ', 'allowed'],
		['1', 'allowed'],
		[0, 'consent_refused'],
		// a minus or a doubt is no yes
		[-1, 'consent_unknown'],
		['-1', 'consent_unknown'],
		['yes?', 'consent_unknown'],
		['n/a', 'consent_unknown'],
		[undefined, 'consent_unknown'],
		[null, 'consent_unknown'],
		['', 'consent_unknown'],
		['maybe', 'consent_unknown'],
		[{ yes: true }, 'consent_unknown'],
	])('told as %p is %s, of a contact and of the account alike', (marketingConsent, code) => {
		expect(codesOf({ contacts: [{ ...ada, marketingConsent }] })).toEqual([code]);
		expect(codesOf({ marketingConsent, contacts: [ada] })).toEqual([code]);
	});

	it('of a contact comes before that of the account', () => {
		const no = { ...ada, marketingConsent: 'no' };
		expect(codesOf({ marketingConsent: 'yes', contacts: [no] })).toEqual(['consent_refused']);
		expect(
			codesOf({ marketingConsent: 'no', contacts: [{ ...ada, marketingConsent: 'yes' }] }),
		).toEqual(['allowed']);
	});

	it.each([{ unsubscribed: true }, { status: 'left' }, { status: 'bounced' }, { email: '' }])(
		'of somebody with %j counts for nobody',
		(fact) => {
			const gone = { ...ada, marketingConsent: true, ...fact };
			expect(codesOf({ contacts: [gone] })).toEqual(['consent_unknown']);
			expect(codesOf({ contacts: [gone, { ...ada, marketingConsent: true }] })).toEqual([
				'allowed',
			]);
		},
	);

	it('of one who can be reached is enough', () => {
		const contacts = [
			{ ...ada, marketingConsent: 'no' },
			{ ...ada, marketingConsent: 'yes' },
		];
		expect(codesOf({ contacts })).toEqual(['allowed']);
	});

	it.each([
		['2025-03-01T12:00:00Z', 'allowed'],
		['2025-03-01T11:59:59Z', 'consent_expired'],
		['2025-03-02', 'allowed'],
		['2026-03-02', 'consent_unknown'],
		['long ago', 'consent_unknown'],
		[20250302, 'consent_unknown'],
		[undefined, 'consent_undated'],
		[null, 'consent_undated'],
		[' ', 'consent_undated'],
	])('given on %p, where it is valid for 365 days, is %s', (marketingConsentAt, code) => {
		const contact = { ...ada, marketingConsent: 'yes', marketingConsentAt };
		expect(codesOf({ contacts: [contact] }, { validDays: 365 })).toEqual([code]);
	});

	it.each([undefined, '', 'n/a'])(
		'without a date, %p, counts where it has no maximum age',
		(at) => {
			const contact = { ...ada, marketingConsent: 'yes', marketingConsentAt: at };
			expect(codesOf({ contacts: [contact] })).toEqual(['allowed']);
		},
	);

	it('that is dated and young enough makes up for one that nobody dated', () => {
		const yes = { ...ada, marketingConsent: 'yes' };
		const contacts = [yes, { ...yes, marketingConsentAt: '2026-02-01' }];
		expect(codesOf({ contacts }, { validDays: 365 })).toEqual(['allowed']);
	});

	it.each<[object, string]>([
		[{ marketingConsent: 'perhaps' }, "(field 'marketingConsent', found a text of 7 characters)"],
		[
			{ marketingConsent: 'yes', marketingConsentAt: 20250302 },
			"(field 'marketingConsentAt', found a number of 8 digits)",
		],
		[
			{ marketingConsent: 'yes', marketingConsentAt: '2026-03-02' },
			"dated later than now (field 'marketingConsentAt')",
		],
	])('told as %j that cannot be read says what was found', (said, text) => {
		const gate = gateSchema.parse({ motion: 'newsletter', consent: {} });
		const silent = { ...ada };
		const [decision] = gateAccounts(gate, [{ contacts: [silent, { ...ada, ...said }] }], NOW);
		expect(decision?.reasons[0]).toMatchObject({ code: 'consent_unknown' });
		expect(decision?.reasons[0]?.text).toContain(text);
	});

	it('may stand in other fields', () => {
		const consent = { field: 'gdpr', dateField: 'gdprDate', validDays: 10 };
		const at = (gdprDate: string) => ({ contacts: [{ ...ada, gdpr: 'yes', gdprDate }] });
		expect(codesOf(at('2026-02-25'), consent)).toEqual(['allowed']);
		expect(codesOf(at('2026-02-01'), consent)).toEqual(['consent_expired']);
	});

	it('is not asked for unless it is required', () => {
		const gate = gateSchema.parse({ motion: 'onboarding' });
		expect(gateAccounts(gate, [{ contacts: [] }], NOW)[0]?.decision).toBe('pass');
	});

	it('that is missing is looked at again the next day', () => {
		const gate = gateSchema.parse({ motion: 'newsletter', consent: consentSchema.parse({}) });
		expect(gateAccounts(gate, [{ contacts: [ada] }], NOW)[0]).toMatchObject({
			decision: 'hold',
			lookAgainAt: '2026-03-02T12:00:00.000Z',
		});
	});
});
