import type { IDataObject } from 'n8n-workflow';
import {
	account,
	closeLedgers,
	emitted,
	freshUserFolder,
	hintsOf,
	runJourney,
	TEAM,
} from './CustomerJourney.setup';

beforeEach(freshUserFolder);
afterEach(closeLedgers);

/** Accounts as a CRM gives them, without an Account Profile node before the journey. */
const withContacts = (id: string, contacts: unknown): IDataObject =>
	account(id, { contacts: contacts as IDataObject[] });
const admin = { email: 'admin@a.example', name: 'Ada', role: 'admin' };

describe('accounts that did not come through Account Profile', () => {
	it.each<[string, unknown]>([
		['an unreadable address', { email: 'nope', name: 'Jane' }],
		['no address', { name: 'Jane' }],
		['an unknown role', { email: 'jane@a.example', role: 'Owner' }],
		['an unknown time zone', { email: 'jane@a.example', timezone: 'Mars/Base' }],
		['a text for a contact', 'Jane'],
	])('are onboarded although a second contact has %s (P11)', async (_title, second) => {
		const run = await runJourney({ input: [withContacts('a', [admin, second])] });
		expect(emitted(run)).toEqual(['1: welcome a → admin@a.example']);
		const said = hintsOf(run)
			.split('\n')
			.find((hint) => hint.includes('contacts'));
		expect(said).toMatch(/^1 .*Row 1\b.*contacts\[1\]/);
		expect(said).not.toMatch(/nope|jane|mars/i);
	});

	it.each<[string, object]>([
		['unsubscribed', { unsubscribed: 'maybe' }],
		['status', { status: 'hard bounce?' }],
	])(
		'are not written to where the only contact has an unreadable %s (P12)',
		async (_title, flag) => {
			const run = await runJourney({ input: [withContacts('a', [{ ...admin, ...flag }])] });
			expect(emitted(run)).toEqual([`8: reach-by-hand a → ${TEAM}`]);
		},
	);

	it.each<[string, unknown]>([
		['list', [{ email: 'nope' }]],
		['text', 'Jane'],
	])(
		'with nothing but an unusable %s of contacts wait a day, then a human is asked',
		async (_title, contacts) => {
			const input = [withContacts('a', contacts)];
			expect(emitted(await runJourney({ input }))).toEqual([]);
			expect(emitted(await runJourney({ input, now: '2026-03-03T10:00:00Z' }))).toEqual([
				`8: reach-by-hand a → ${TEAM}`,
			]);
		},
	);

	it('are previewed the same way', async () => {
		const run = await runJourney({
			input: [withContacts('a', [admin, { email: 'nope' }])],
			parameters: { operation: 'preview' },
		});
		expect(run.node('Customer Journey').outputs[0]).toMatchObject([
			{ json: { journey: { state: 'due' } } },
		]);
		expect(hintsOf(run)).toMatch(/contacts\[1\]\.email/);
	});

	it('are still given back where something else cannot be read', async () => {
		const run = await runJourney({
			input: [{ ...withContacts('a', [{ email: 'nope' }]), arr: 'lots' }],
		});
		expect(run.node('Customer Journey').outputs[0]).toMatchObject([
			{
				json: {
					journey: {
						state: 'rejected',
						reasons: [{ text: expect.stringContaining('arr') as string }],
					},
				},
			},
		]);
	});
});
