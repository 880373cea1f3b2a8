import type { Row } from '../../../engine/accounts/row';
import { accountPreset } from '../../../engine/accounts/presets';
import { accountsOf, build, type Settings } from './rows';

/** A Wednesday: the closed week is that of 9 to 15 March, the one before that of 2 to 8 March. */
const NOW = Date.parse('2026-03-18T12:00:00Z');

type Event = { day: string; account?: string; user?: string; name?: string; id?: string };
let made = 0;
/** https://docs.mixpanel.com/reference/raw-event-export */
const mixpanel = ({ day, account = 'A', user = 'u1', name = 'Board opened', id }: Event): Row => ({
	event: name,
	properties: {
		time: Date.parse(`${day}Z`) / 1000,
		distinct_id: user,
		$insert_id: id ?? `i${String(made++)}`,
		mp_processing_time_ms: 1_602_625_711_874,
		company_id: account,
	},
});
/** https://amplitude.com/docs/apis/analytics/export */
const amplitude = ({ day, account = 'A', user = 'u1', name = 'Board opened', id }: Event): Row => ({
	$insert_id: id ?? `i${String(made++)}`,
	amplitude_id: 123456789,
	app: 1234,
	event_id: 7,
	event_type: name,
	event_time: `${day.replace('T', ' ')}.000000`,
	event_properties: {},
	groups: { company: [account] },
	user_id: user,
	server_upload_time: '2026-03-18 11:00:00.000000',
	uuid: `u${String(made++)}`,
});

/** The export covers both weeks: another account's events lie on their edges. */
const EDGES: Event[] = [
	{ day: '2026-01-01T00:00:00', account: 'edge' },
	{ day: '2026-03-18T11:00:00', account: 'edge' },
];
const LIFE: Event[] = [
	{ day: '2026-03-01T23:59:59' },
	{ day: '2026-03-02T00:00:00' },
	{ day: '2026-03-08T23:59:59', user: 'u2' },
	{ day: '2026-03-09T00:00:00', user: 'u1' },
	{ day: '2026-03-12T10:00:00', user: 'u2', name: 'Report made' },
	{ day: '2026-03-15T23:59:59', user: 'u3' },
	{ day: '2026-03-16T00:00:00', user: 'u4' },
];

describe.each([
	['Mixpanel', 'mixpanelEvents', mixpanel, '$session_start'],
	['Amplitude', 'amplitudeEvents', amplitude, '[Amplitude] Start Session'],
] as const)('an export of %s', (_name, preset, row, automatic) => {
	const usageOf = (events: readonly Event[], settings: Settings = {}, account = 'A'): unknown =>
		accountsOf(events.map(row), { preset, ...settings }).find(
			({ accountId }) => accountId === account,
		)?.usage;

	it('gives the events of the last closed week and of the one before, and who was active in the former (P03)', () => {
		expect(usageOf([...EDGES, ...LIFE])).toMatchObject({
			events: 3,
			previousEvents: 2,
			activeUsers: 3,
			lastActiveAt: '2026-03-16T00:00:00.000Z',
			asOf: '2026-03-18T11:00:00.000Z',
		});
	});

	it('counts weeks in the zone of the program', () => {
		// 13 hours ahead, the events of u3 and of u2's Sunday are of the Monday after
		const summary = { now: NOW, zone: 'Pacific/Auckland', coreFeatures: [] };
		expect(usageOf([...EDGES, ...LIFE], { summary })).toMatchObject({
			events: 3,
			previousEvents: 2,
			activeUsers: 2,
		});
	});

	it.each([
		['whose week has not begun', '2026-03-03T00:00:00', '2026-03-18T11:00:00', ['events']],
		[
			'that ends before the week does',
			'2026-01-01T00:00:00',
			'2026-03-14T23:00:00',
			['previousEvents'],
		],
		['of the current week only', '2026-03-16T00:00:00', '2026-03-18T11:00:00', []],
	])('%s does not say what it cannot know', (_what, from, to, known) => {
		const events = [
			{ day: from, account: 'edge' },
			...LIFE.filter(({ day }) => day >= from && day <= to),
			{ day: to, account: 'edge' },
			{ day: to },
		];
		const usage = Object.keys(usageOf(events) ?? {});
		expect(usage.filter((name) => /^(events|previousEvents)$/.test(name))).toEqual(known);
	});

	it('says of an account that rests that it had no events, and that the export is of today all the same', () => {
		expect(
			usageOf([...EDGES, { day: '2026-03-01T10:00:00', account: 'B' }], {}, 'B'),
		).toMatchObject({
			events: 0,
			previousEvents: 0,
			activeUsers: 0,
			asOf: '2026-03-18T11:00:00.000Z',
		});
	});

	it('knows features by the names of events, with their uses in 28 days and in the 28 before', () => {
		const events = [
			...EDGES,
			{ day: '2026-02-18T10:00:00' },
			{ day: '2026-02-18T11:30:00' },
			{ day: '2026-01-22T10:00:00', name: 'Report made' },
			{ day: '2026-01-21T10:00:00', name: 'Long ago' },
		];
		expect(usageOf(events)).toMatchObject({
			featuresUsed: ['Board opened'],
			features: {
				'Board opened': { uses: 1, previousUses: 1 },
				'Report made': { uses: 0, previousUses: 1 },
				'Long ago': { uses: 0, previousUses: 0 },
			},
		});
		// two weeks do not say how it was two months ago
		expect(usageOf([...EDGES.slice(1), ...LIFE])).toMatchObject({
			features: { 'Board opened': { uses: 6 }, 'Report made': { uses: 1 } },
		});
	});

	it('tells adoption by the core features named', () => {
		const summary = { now: NOW, zone: 'UTC', coreFeatures: ['board opened', 'Forms'] };
		expect(usageOf([...EDGES, ...LIFE], { summary })).toMatchObject({ adoption: 0.5 });
	});

	it('takes no session for use, and an event that was delivered twice for one', () => {
		const events = [
			...EDGES,
			{ day: '2026-03-10T10:00:00', name: automatic },
			{ day: '2026-03-10T11:00:00', id: 'same' },
			{ day: '2026-03-10T11:00:00', id: 'same' },
		];
		expect(usageOf(events)).toMatchObject({ events: 1, featuresUsed: ['Board opened'] });
	});

	it('comes as lines of JSON too, and an event without a time, without an account or of the future stops no other', () => {
		const good = [...EDGES, ...LIFE].map(row);
		const text = good.map((one) => JSON.stringify(one)).join('\n');
		const bad = [
			{ day: 'nonsense' },
			{ day: '2026-03-20T12:00:00' },
			{ day: '2026-03-10T12:00:00', account: '' },
		].map(row);
		const { accounts, rejected } = build([[{ data: text }, ...bad, { data: '{' }]], { preset });
		expect(accounts.map(({ account, places }) => [account.accountId, places.length])).toEqual([
			['edge', 1],
			['A', 1],
		]);
		expect(accounts[1]?.account.usage).toMatchObject({ events: 3, previousEvents: 2 });
		expect(rejected.map(({ place, problems }) => [place.row, problems[0]?.code])).toEqual([
			[1, 'notATime'],
			[2, 'notATime'],
			[3, 'noAccount'],
			[4, 'wrongShape'],
		]);
	});
});

describe('sources of several vendors', () => {
	it('are joined in bulk by account, each by its own preset; amounts keep their currency', () => {
		const crm = [
			{ id: '512', properties: { name: 'Acme', arr: '10', arr_currency: 'EUR', cus: 'cus_1' } },
			{ id: '513', properties: { name: 'Bolt', arr_currency: 'EUR', cus: 'cus_2' } },
		];
		const price = { currency: 'usd', unit_amount: 1000, recurring: { interval: 'month' } };
		const stripe = ['cus_1', 'cus_2'].map((customer, index) => ({
			object: 'subscription',
			id: `sub_${String(index)}`,
			customer,
			status: 'active',
			items: { data: [{ price, quantity: 1 }] },
		}));
		const events = [...EDGES, ...LIFE].map((event) => mixpanel({ ...event, account: '513' }));
		const { accounts, rejected } = build([crm, stripe, events], {
			preset: 'hubspotCompany',
			presets: [accountPreset('stripeCustomer'), accountPreset('mixpanelEvents')],
			matches: ['properties.cus'],
			mapping: [{ target: 'useCase', source: 'properties.cus' }],
		});
		expect(rejected).toEqual([]);
		expect(accounts.map(({ account }) => account)).toMatchObject([
			{ accountId: '512', arr: 10, currency: 'EUR', useCase: 'cus_1' },
			{ accountId: '513', arr: 120, currency: 'USD', useCase: 'cus_2', usage: { events: 3 } },
		]);
		expect(accounts[0]?.account).not.toHaveProperty('usage');
	});
});
