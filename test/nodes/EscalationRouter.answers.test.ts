import 'reflect-metadata';
import type { IDataObject } from 'n8n-workflow';
import type { JourneyEvent } from '../../engine/journeys/memory';
import { closeLedgers, freshUserFolder, ledgerOf } from './CustomerJourney.setup';
import { ANSWER, answer, asking, codesOf, runRouter } from './EscalationRouter.setup';

beforeEach(freshUserFolder);
afterEach(closeLedgers);

/** A Monday, 10:00 in Berlin. */
const MONDAY = '2026-03-02T09:00:00Z';
const ELEVEN = '2026-03-02T10:00:00Z';
const NOON = '2026-03-02T11:00:00Z';
const BO = 'bo@vendor.example';
const CLEO = 'cleo@vendor.example';

const open = async (...ids: string[]): Promise<void> => {
	await runRouter(
		MONDAY,
		ids.map((id) => asking(id, 'human_requested')),
	);
};
const eventsOf = async (id = 'acme'): Promise<JourneyEvent[]> =>
	(await ledgerOf().timeline([id])).events;
const typesOf = async (id = 'acme'): Promise<string[]> =>
	(await eventsOf(id)).map(({ type }) => type);

/** Each answer, with what it makes of an open case and what the same answer says when it is given again. */
const ANSWERS: [operation: string, after: IDataObject, again: string, event: string][] = [
	[
		'acknowledge',
		{ state: 'open', acknowledgedBy: BO, acknowledgedAt: '2026-03-02T11:00:00+01:00' },
		'already_acknowledged',
		'case_acknowledged',
	],
	['resolve', { state: 'resolved', outcome: 'resolved' }, 'already_resolved', 'case_resolved'],
	['wait', { state: 'open', waitsForCustomer: true }, 'already_paused', 'case_paused'],
	[
		'handBack',
		{ state: 'resolved', outcome: 'handedBack' },
		'already_handed_back',
		'tier_returned',
	],
	[
		'reassign',
		{
			state: 'open',
			owner: { name: 'Cleo', email: CLEO },
			pool: '',
			reasons: [{ code: 'case_reassigned' }],
		},
		'already_theirs',
		'case_reassigned',
	],
];
const GIVEN = { onlyIfStable: false, newOwnerEmail: 'Cleo@vendor.example', newOwnerName: 'Cleo' };

describe.each(ANSWERS)('%s', (operation, after, again, event) => {
	it('is done once, and given again says what was done before', async () => {
		await open('acme');
		const first = await answer(operation, ELEVEN, [{ accountId: 'acme', by: BO }], GIVEN);
		expect(first).toMatchObject({ done: [{ case: 1, done: true, reasons: [], ...after }] });
		expect(first.notDone).toEqual([]);
		const second = await answer(operation, NOON, [{ accountId: 'acme', by: BO }], GIVEN);
		expect(second.done).toEqual([]);
		expect(codesOf(second.notDone)).toEqual([again]);
		expect((await typesOf()).filter((type) => type === event)).toHaveLength(1);
	});

	it('finds cases by account and by number, and says of the others why not', async () => {
		await open('acme', 'beta', 'gamma');
		const byAccount = await answer(
			operation,
			ELEVEN,
			[{ accountId: 'beta' }, { accountId: 'stranger' }, {}, { accountId: ' ' }],
			GIVEN,
		);
		expect(byAccount.done).toMatchObject([{ case: 2, accountId: 'beta' }]);
		expect(codesOf(byAccount.notDone)).toEqual(['no_case', 'no_account', 'no_account']);
		const byNumber = await answer(
			operation,
			NOON,
			[
				{ escalation: { case: 3 } },
				{ escalation: { case: '1' } },
				{ escalation: { case: 99 } },
				{ escalation: { case: 'three' } },
				{ escalation: { case: 0 } },
				{},
			],
			{ ...GIVEN, findBy: 'case' },
		);
		expect(byNumber.done).toMatchObject([{ accountId: 'gamma' }, { accountId: 'acme' }]);
		expect(codesOf(byNumber.notDone)).toEqual([
			'case_unknown',
			'no_case_number',
			'no_case_number',
			'no_case_number',
		]);
	});

	it('leads each item to where it came from, and one bad item stops no other', async () => {
		await open('acme', 'beta');
		const input = [
			{},
			{ accountId: 'acme', note: 'kept' },
			{ accountId: 'x' },
			{ accountId: 'beta' },
		];
		const ran = await runRouter(ELEVEN, input, { operation, ...GIVEN });
		expect(ran.outputs.map((items) => items.map(({ pairedItem }) => pairedItem))).toEqual([
			[{ item: 1 }, { item: 3 }],
			[{ item: 0 }, { item: 2 }],
		]);
		expect(ran.outputs[ANSWER.done]?.[0]?.json).toMatchObject({ accountId: 'acme', note: 'kept' });
	});

	it('of the same case twice in one run is done by the first', async () => {
		await open('acme');
		const said = await answer(
			operation,
			ELEVEN,
			[{ accountId: 'acme' }, { accountId: 'acme' }],
			GIVEN,
		);
		expect(said.done).toHaveLength(1);
		expect(codesOf(said.notDone)).toEqual([again]);
	});

	it('tried in the editor changes nothing for customers (P34)', async () => {
		await open('acme');
		const ran = await runRouter(ELEVEN, [{ accountId: 'acme' }], { operation, ...GIVEN }, 'manual');
		expect(codesOf(ran.of(ANSWER.notDone))).toEqual(['no_case']);
		expect(await typesOf()).not.toContain(event);
	});
});

describe('an answer', () => {
	it('tells how long it took, by the clock on the wall and in business time', async () => {
		// a Friday, 16:00 in Berlin; answered on Monday at 10:00
		await runRouter('2026-03-06T15:00:00Z', [asking('acme', 'human_requested')]);
		const said = await answer('acknowledge', '2026-03-09T09:00:00Z', [{ accountId: 'acme' }]);
		expect(said.done).toMatchObject([
			{ elapsed: { realMinutes: 66 * 60, businessMinutes: 2 * 60 } },
		]);
	});

	it('is whoever’s the field says, else the owner’s', async () => {
		await open('acme', 'beta');
		const input = [{ accountId: 'acme', user: { mail: CLEO } }, { accountId: 'beta' }];
		const said = await answer('acknowledge', ELEVEN, input, { byField: 'user.mail' });
		// of two cases the second went to Bo
		expect(said.done.map(({ acknowledgedBy }) => acknowledgedBy)).toEqual([CLEO, BO]);
	});

	it('finds the case under the id of a record that was merged into the account (P32)', async () => {
		await open('old');
		await ledgerOf().linkAliases([{ alias: 'old', accountId: 'acme' }], Date.parse(MONDAY));
		const said = await answer('acknowledge', ELEVEN, [{ accountId: 'acme' }]);
		expect(said.done).toMatchObject([{ case: 1 }]);
	});

	it('to a field that cannot be one is refused before anything is done', async () => {
		await open('acme');
		const ran = await runRouter(ELEVEN, [{ accountId: 'acme' }], {
			operation: 'resolve',
			accountField: 'a..b[',
		});
		expect(ran.error?.message).toContain('a..b[');
		expect(ran.error?.description).toBe('Nothing was changed.');
		expect(await typesOf()).not.toContain('case_resolved');
	});

	it('for thousands of cases at once is given to each', async () => {
		const ids = Array.from({ length: 1_100 }, (_none, index) => `a${String(index)}`);
		await open(...ids);
		const said = await answer(
			'resolve',
			ELEVEN,
			ids.map((accountId) => ({ accountId })),
		);
		expect(said.done.map(({ accountId }) => accountId)).toEqual(ids);
	});
});

describe('Record Human Touch', () => {
	it('meets what the time to intervention measures, and acknowledges where nobody had', async () => {
		await open('acme');
		const said = await answer('recordTouch', ELEVEN, [{ accountId: 'acme', by: BO }]);
		expect(said.done).toMatchObject([
			{
				firstTouchAt: '2026-03-02T11:00:00+01:00',
				acknowledgedBy: BO,
				elapsed: { realMinutes: 60, businessMinutes: 60 },
				sla: [
					{ measure: 'acknowledge', state: 'met' },
					{ measure: 'touch', state: 'met', elapsedBusinessMinutes: 60 },
					{ measure: 'resolve', state: 'running' },
				],
			},
		]);
		const again = await answer('recordTouch', NOON, [{ accountId: 'acme' }]);
		// people speak more than once; the first time is what counts
		expect(again.done).toMatchObject([{ firstTouchAt: '2026-03-02T11:00:00+01:00' }]);
	});

	it('of a case that is over is not done', async () => {
		await open('acme');
		await answer('resolve', ELEVEN, [{ accountId: 'acme' }]);
		const said = await answer('recordTouch', NOON, [{ accountId: 'acme' }]);
		expect(codesOf(said.notDone)).toEqual(['already_resolved']);
	});
});

describe('Wait for Customer', () => {
	it('goes on once, and a case that does not wait has nothing to go on with', async () => {
		await open('acme');
		const goOn = { waitAction: 'goOn' };
		const early = await answer('wait', ELEVEN, [{ accountId: 'acme' }], goOn);
		expect(codesOf(early.notDone)).toEqual(['not_paused']);
		await answer('wait', ELEVEN, [{ accountId: 'acme' }]);
		const said = await answer('wait', NOON, [{ accountId: 'acme' }], goOn);
		// three of four hours were left at 11:00
		expect(said.done).toMatchObject([
			{ waitsForCustomer: false, dueAt: '2026-03-02T15:00:00+01:00', minutesLeft: 180 },
		]);
	});
});

describe('Resolve', () => {
	it('keeps the outcome, in the words the page of a link has too', async () => {
		await open('acme');
		const said = await answer('resolve', ELEVEN, [{ accountId: 'acme' }], { outcome: 'noAnswer' });
		expect(said.done).toMatchObject([{ outcome: 'noAnswer' }]);
		const [last] = (await eventsOf()).slice(-1);
		expect(last).toMatchObject({ type: 'case_resolved', data: { no: 1, outcome: 'noAnswer' } });
	});

	it('lets a new reason open the same case again, for the same owner, within a fortnight', async () => {
		await open('acme');
		await answer('resolve', ELEVEN, [{ accountId: 'acme' }]);
		const soon = await runRouter('2026-03-10T09:00:00Z', [asking('acme', 'reply_received', 'e2')]);
		expect(soon.of(0)).toMatchObject([{ case: 1, what: 'reopened', owner: { name: 'Ana' } }]);
		await answer('resolve', '2026-03-10T10:00:00Z', [{ accountId: 'acme' }]);
		const later = await runRouter('2026-03-25T09:00:00Z', [asking('acme', 'reply_received', 'e3')]);
		expect(later.of(0)).toMatchObject([{ case: 2, what: 'opened' }]);
	});
});

describe('Hand Back (P35)', () => {
	const health = (score: number, steadyDays: number): IDataObject => ({
		accountId: 'acme',
		health: { score, band: 'yellow', steadyDays },
	});

	it('waits until the case is resolved and health was good for 14 days in a row', async () => {
		await open('acme');
		const codes = async (item: IDataObject): Promise<string[]> =>
			codesOf((await answer('handBack', NOON, [item])).notDone);
		expect(await codes(health(70, 14))).toEqual(['case_open']);
		await answer('resolve', ELEVEN, [{ accountId: 'acme' }]);
		expect(await codes(health(70, 13))).toEqual(['not_stable']);
		expect(await codes(health(64, 14))).toEqual(['not_stable']);
		expect(await codes({ accountId: 'acme' })).toEqual(['not_stable']);
		expect(await codes(health(65, 14))).toEqual([]);
		expect(await typesOf()).toContain('tier_returned');
	});

	it('of an alert has nothing to hand back', async () => {
		await runRouter(MONDAY, [{ accountId: 'acme' }], {
			reasonSource: 'own',
			reasonText: 'Look at it',
			reasonCode: 'look',
			kind: 'alert',
		});
		const said = await answer('handBack', ELEVEN, [{ accountId: 'acme' }], GIVEN);
		expect(codesOf(said.notDone)).toEqual(['never_handed_over']);
	});
});
