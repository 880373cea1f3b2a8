import 'reflect-metadata';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { closeLedgers, freshUserFolder, ledgerOf } from './CustomerJourney.setup';
import { alerted, asking, ROUTE, runRouter, TEAM, type Given } from './EscalationRouter.setup';

beforeEach(freshUserFolder);
afterEach(closeLedgers);

/** A Monday, 10:00 in Berlin. */
const MONDAY = '2026-03-02T09:00:00Z';
const ANA = { name: 'Ana', email: 'ana@vendor.example', pools: 'csm' };
const BO = { name: 'Bo', email: 'bo@vendor.example', pools: 'csm' };
const people = (...person: INodeParameters[]): Given => ({ people: { person } });
const rules = (...rule: INodeParameters[]): Given => ({
	rules: { rule: rule.map((one) => ({ when: {}, pools: 'csm', strategy: 'leastLoaded', ...one })) },
});
const calendar = (over: INodeParameters): Given => ({
	calendars: { calendar: [{ name: 'Team', zone: 'Europe/Berlin', mon: '09:00-17:00', ...over }] },
});
const target = (over: INodeParameters): Given => {
	const usual = { kind: 'alert', priority: '', measure: 'acknowledge', amount: 1, unit: 'hours' };
	return { targets: { target: [{ ...usual, ...over }] } };
};
const level = (over: INodeParameters): Given => ({
	levels: { level: [{ name: 'M', email: 'm@vendor.example', after: 0, unit: 'hours', ...over }] },
});
const json = (policy: unknown): Given => ({
	policySource: 'json',
	policy: typeof policy === 'string' ? policy : JSON.stringify(policy),
});
const rowsOfPeople = (rows: unknown): Given => ({
	peopleSource: 'json',
	peopleJson: typeof rows === 'string' ? rows : JSON.stringify(rows),
});

/** Who got each account, in their order. */
async function ownersOf(
	input: readonly IDataObject[],
	given: Given = {},
	at = MONDAY,
): Promise<string[]> {
	const ran = await runRouter(at, input, given);
	if (ran.error !== undefined) throw ran.error;
	return ran.of(ROUTE.new).map(({ owner }) => (owner as { name: string }).name);
}

describe('a policy that cannot be is refused with the field, what was found and what to do:', () => {
	const wrong: [string, Given, string][] = [
		[
			'no address',
			people({ ...ANA, email: 'ana' }),
			'People → 1 → E-Mail: is no e-mail address (found a text of 3 characters)',
		],
		[
			'an address that is twice',
			people(ANA, { ...BO, email: 'ANA@vendor.example' }),
			'People → 2 → E-Mail: stands there twice',
		],
		[
			'less than no case',
			people({ ...ANA, mostCases: -1 }),
			'People → 1 → Most Cases: is not above 0: leave it out for any number',
		],
		[
			'half a case',
			people({ ...ANA, mostCases: 1.5 }),
			'People → 1 → Most Cases: is no whole number (found 1.5)',
		],
		[
			'a number in words',
			people({ ...ANA, mostCases: 'many' }),
			"People → 1 → Most Cases: is no number (found 'many')",
		],
		[
			'a calendar that is not there',
			people({ ...ANA, calendar: 'Mars' }),
			"People → 1 → Calendar: is 'Mars', which is none of the calendars",
		],
		[
			'no date',
			people({ ...ANA, away: 'soon' }),
			"People → 1 → Away → 1 → from: is not a date such as 2026-12-24 (found 'soon')",
		],
		[
			'an absence that ends first',
			people({ ...ANA, away: '2026-03-05 to 2026-03-01' }),
			'People → 1 → Away → 1: ends before it begins',
		],
		[
			'a pool without people',
			rules({ pools: 'emea' }),
			"Rules → 1 → Pools: name 'emea', in which there is nobody",
		],
		['no pool', rules({ pools: '' }), 'Rules → 1 → Pools: is empty'],
		[
			'ARR below nothing',
			rules({ when: { arrFrom: -1 } }),
			'Rules → 1 → When → ARR → from: must be at least 0 (found -1)',
		],
		[
			'no zone',
			calendar({ zone: 'Mars/Base' }),
			"Calendars → Team → Time Zone: is no IANA time zone such as Europe/Berlin (found 'Mars/Base')",
		],
		[
			'no time',
			calendar({ mon: '9-17' }),
			"Calendars → Team → Monday → 1 → from: is not a time such as 09:00 (found '9')",
		],
		[
			'a week without work',
			calendar({ mon: '', tue: '', wed: '', thu: '', fri: '' }),
			'Calendars → Team: has no working hours on any day',
		],
		[
			'no holiday',
			calendar({ holidays: 'Easter' }),
			"Calendars → Team → Holidays → 1: is not a date such as 2026-12-25 (found 'Easter')",
		],
		[
			'no target for escalations: nobody would be reminded of one',
			target({ amount: 1, unit: 'businessDays' }),
			'Targets: give urgent escalations nothing to reach',
		],
		['no time for it', target({ amount: 0 }), 'Targets → 1 → Amount: is not above 0 (found 0)'],
		[
			'half a day',
			target({ amount: 1.5, unit: 'businessDays' }),
			'Targets → 1 → Amount: is no whole number of days (found 1.5)',
		],
		[
			'nobody to tell',
			level({ email: 'x' }),
			'Levels → 1 → E-Mail: is no e-mail address (found a text of 1 character)',
		],
		['never', level({ times: 0 }), 'Levels → 1 → Times: must be at least 1 (found 0)'],
		[
			'a fallback nobody can reach',
			{ fallbackEmail: 'sam' },
			'Fallback Owner → E-Mail: is no e-mail address (found a text of 3 characters)',
		],
		[
			'a share beyond the whole',
			{ options: { nearing: 100 } },
			'Near the End From (%): must be at most 99 (found 100)',
		],
		[
			'no currency',
			{ options: { currency: 'dollars' } },
			"Currency: is no currency code such as USD (found 'dollars')",
		],
		['no rate', { options: { rates: 'EUR one' } }, "'EUR one' is no exchange rate"],
		['no JSON', json('{'), "'Policy' is not valid JSON"],
		['a list', json([]), 'Policy: is no object'],
		['nothing', json({}), 'Policy: calendars: is missing'],
		['people who are no list', rowsOfPeople({ name: 'Ana' }), 'People: is no list of people'],
		['people who are no rows', rowsOfPeople(['Ana']), "People: 1: is no object (found 'Ana')"],
		['no list at all', rowsOfPeople('['), "'People' is not valid JSON"],
	];
	it.each(wrong)('%s', async (_what, given, message) => {
		const ran = await runRouter(MONDAY, [alerted('acme')], given);
		expect(ran.error?.message).toContain(message);
		expect(ran.error?.description ?? '').not.toBe('');
		expect(ran.outputs.flat()).toEqual([]);
		expect((await ledgerOf().cases({ accountIds: ['acme'], now: 0 })).cases).toEqual([]);
	});

	it('a policy in JSON, by its own keys', async () => {
		const hours = { mon: [{ from: '09:00', to: '17:00' }] };
		const policy = {
			calendars: { berlin: { zone: 'Europe/Berlin', hours } },
			calendar: 'berlin',
			people: [{ email: 'ana@vendor.example', name: 'Ana', pools: ['csm'], mostCases: -1 }],
			rules: [{ name: 'All', pools: ['csm'], prio: 'high' }],
			fallback: { email: 'sam@vendor.example', name: 'Sam' },
		};
		const ran = await runRouter(MONDAY, [alerted('acme')], json(policy));
		expect(ran.error?.message).toBe(
			'Policy: people → 1 → mostCases: is not above 0: leave it out for any number, and whoever is to get nothing is away (found -1)',
		);
		expect(ran.error?.description).toContain('rules → 1: has what nobody knows: prio');
	});
});

describe('a calendar in which a shift begins while one of the day before goes on', () => {
	const nights = calendar({ mon: '22:00-06:00', tue: '05:00-13:00' });
	const hintsOf = async (given: Given): Promise<string> =>
		(await runRouter(MONDAY, [alerted('acme')], given)).hints.map(({ message }) => message).join();

	it('is hinted at where something is due in business days', async () => {
		const of = { kind: 'escalation', measure: 'resolve' };
		const days = target({ ...of, unit: 'businessDays' });
		const hint = "Calendar 'Team': Tuesday's shifts begin while Monday's go on.";
		expect(await hintsOf({ ...nights, ...days })).toContain(hint);
		expect(await hintsOf({ ...nights, ...target({ ...of, unit: 'businessHours' }) })).not.toContain(
			hint,
		);
		const meeting = calendar({ mon: '22:00-05:00', tue: '05:00-13:00' });
		expect(await hintsOf({ ...meeting, ...days })).not.toContain(hint);
	});
});

describe('a policy in JSON', () => {
	it('routes as the same one in fields does', async () => {
		const hours = Object.fromEntries(
			['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [{ from: '09:00', to: '17:00' }]]),
		);
		const policy = {
			calendars: { team: { zone: 'Europe/Berlin', hours } },
			calendar: 'team',
			people: [
				{ email: 'ana@vendor.example', name: 'Ana', pools: ['csm'] },
				{ email: 'bo@vendor.example', name: 'Bo', pools: ['csm'] },
			],
			rules: [{ name: 'Everything', pools: ['csm'] }],
			fallback: { email: 'sam@vendor.example', name: 'Sam' },
		};
		const input = [alerted('a'), asking('b', 'human_requested'), alerted('c')];
		const strip = ({ reasons: _why, ...rest }: IDataObject): IDataObject => rest;
		const byJson = await runRouter(MONDAY, input, json(policy));
		freshUserFolder();
		const byFields = await runRouter(MONDAY, input);
		expect(byJson.of(ROUTE.new).map(strip)).toEqual(byFields.of(ROUTE.new).map(strip));
		expect(byJson.of(ROUTE.new)).toHaveLength(3);
	});
});

describe('people', () => {
	it('from the rows of a sheet, where numbers are text and cells are empty', async () => {
		const given = rowsOfPeople([
			{
				name: 'Ana',
				email: ' Ana@Vendor.example ',
				pools: 'csm, emea',
				mostCases: '1',
				mostArr: '',
			},
			{
				name: '',
				email: 'bo@vendor.example',
				pools: 'csm',
				mostCases: '',
				mostArr: '5000',
				away: '',
			},
			{ name: 'Cy', email: 'cy@vendor.example', pools: 'csm', away: '2026-03-01 to 2026-03-02' },
		]);
		const owners = await ownersOf(
			['a', 'b', 'c'].map((id) => alerted(id, { arr: 5000 })),
			given,
		);
		expect(owners).toEqual(['Ana', 'bo@vendor.example', 'Sam']);
	});

	it('who have as many cases or as much ARR as agreed get no more', async () => {
		const given = people({ ...ANA, mostCases: 1 }, { ...BO, mostArr: 7_000 });
		const input = [3_000, 6_000, 2_000, 1_000].map((arr, index) => alerted(`a${index}`, { arr }));
		expect(await ownersOf(input, given)).toEqual(['Ana', 'Bo', 'Sam', 'Bo']);
	});

	const hours = { mon: [{ from: '09:00', to: '17:00' }] };
	const policyJson = (person: object): Given =>
		json({
			calendars: { team: { zone: 'Europe/Berlin', hours } },
			calendar: 'team',
			people: [person],
			rules: [{ name: 'All', pools: ['csm'] }],
			fallback: { email: 'sam@vendor.example', name: 'Sam' },
		});
	const sources: [string, (most: INodeParameters) => Given][] = [
		['the list', (most) => people({ ...ANA, ...most })],
		['rows', (most) => rowsOfPeople([{ ...ANA, ...most }])],
		['a policy in JSON', (most) => policyJson({ ...ANA, pools: ['csm'], ...most })],
	];
	it.each(sources)('of %s, with 0 at most take any number', async (_what, given) => {
		const input = ['a', 'b', 'c'].map((id) => alerted(id));
		const all: [INodeParameters, string[]][] = [
			[{ mostCases: 0, mostArr: 0 }, ['Ana', 'Ana', 'Ana']],
			[{ mostCases: 0, mostArr: 10_000 }, ['Ana', 'Ana', 'Sam']],
			[{ mostCases: 1, mostArr: 0 }, ['Ana', 'Sam', 'Sam']],
		];
		for (const [most, owners] of all) {
			freshUserFolder();
			expect(await ownersOf(input, given(most))).toEqual(owners);
		}
	});

	it('who are away are passed over, on both ends of their absence, and are back on the day after', async () => {
		const given = people({ ...ANA, away: '2026-03-02 to 2026-03-03, 2026-03-05' }, BO);
		const owners: string[] = [];
		for (const day of [2, 3, 4, 5, 6])
			owners.push(...(await ownersOf([alerted(`on${day}`)], given, `2026-03-0${day}T09:00:00Z`)));
		expect(owners).toEqual(['Bo', 'Bo', 'Ana', 'Bo', 'Ana']);
	});

	it('at work go before whoever sleeps, and the clock is the owner’s', async () => {
		const hours = { mon: '09:00-17:00', tue: '09:00-17:00', wed: '', thu: '', fri: '' };
		const given: Given = {
			...people({ ...ANA, calendar: 'Berlin' }, { ...BO, calendar: 'New York' }),
			calendars: {
				calendar: [
					{ name: 'Berlin', zone: 'Europe/Berlin', ...hours },
					{ name: 'New York', zone: 'America/New_York', ...hours },
				],
			},
		};
		// 18:00 in Berlin, 12:00 in New York
		const ran = await runRouter('2026-03-02T17:00:00Z', [asking('acme', 'human_requested')], given);
		expect(ran.of(ROUTE.new)).toMatchObject([
			{ owner: { name: 'Bo' }, dueAt: '2026-03-02T16:00:00-05:00' },
		]);
	});

	it('who are the account’s own success manager have it first, however much they have', async () => {
		const given = {
			...people(ANA, BO),
			...rules({ name: 'All', strategy: 'ownCsmFirst' }),
		};
		const input = ['a', 'b', 'c'].map((id) => alerted(id, { csm: 'Bo@vendor.example' }));
		expect(await ownersOf(input, given)).toEqual(['Bo', 'Bo', 'Bo']);
	});

	it('take nothing that no rule is for: it is the fallback owner’s, never nobody’s (R61, R77)', async () => {
		const given = rules({ name: 'Europe', when: { regions: 'EMEA' } });
		const input = [
			alerted('a', { region: 'emea' }),
			alerted('b', { region: 'APAC' }),
			alerted('c'),
		];
		expect(await ownersOf(input, given)).toEqual(['Ana', 'Sam', 'Sam']);
	});
});

describe('amounts', () => {
	const byArr = {
		...people({ ...ANA, pools: 'large' }, { ...BO, pools: 'csm' }),
		...rules({ name: 'Large', when: { arrFrom: 10_000 }, pools: 'large' }, { name: 'Rest' }),
	};

	it('are compared in the program’s currency by the rates (P36)', async () => {
		const input = [
			alerted('a', { arr: 9_500, currency: 'EUR' }),
			alerted('b', { arr: 9_500, currency: 'USD' }),
			alerted('c', { arr: 10_000 }),
			alerted('d', { arr: 1_500_000, currency: 'JPY' }),
		];
		const options = { rates: 'EUR 1.08, jpy=0.006' };
		expect(await ownersOf(input, { ...byArr, options })).toEqual(['Ana', 'Bo', 'Ana', 'Bo']);
	});

	it('in a currency without a rate are not known, and the run says so', async () => {
		const ran = await runRouter(
			MONDAY,
			[alerted('a', { arr: 90_000, currency: 'CHF' }), alerted('b', { arr: 1, currency: 'chf' })],
			byArr,
		);
		expect(ran.of(ROUTE.new).map(({ owner }) => (owner as IDataObject).name)).toEqual(['Bo', 'Bo']);
		expect(ran.of(ROUTE.new)[0]?.facts).not.toHaveProperty('arr');
		expect(ran.hints.map(({ message }) => message).join()).toContain('CHF has no rate');
	});
});

describe('how pressing it is', () => {
	it.each<[string, IDataObject, string]>([
		['a cancellation', asking('a', 'cancellation_requested'), 'urgent'],
		['a ticket of the highest severity', asking('a', 'ticket_opened'), 'urgent'],
		['a wish for a person', asking('a', 'human_requested'), 'high'],
		['a reply', asking('a', 'reply_received'), 'normal'],
		['an open P1 ticket', alerted('a', { support: { openP1: 1 } }), 'urgent'],
		['a renewal in a month', alerted('a', { renewalDate: '2026-04-01' }), 'high'],
		['a renewal a day later', alerted('a', { renewalDate: '2026-04-02' }), 'normal'],
	])('%s', async (_what, item, priority) => {
		const ran = await runRouter(MONDAY, [item], TEAM);
		expect(ran.of(ROUTE.new)).toMatchObject([{ priority }]);
	});
});
