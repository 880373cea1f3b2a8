import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { JourneyLedger } from '../../nodes/JourneyLedger/JourneyLedger.node';
import { runNode, type NodeRun } from '../harness/runWorkflow';
import { claimOf, DAY, enrollmentOf, eventOf, touchOf } from '../ledger/rows';
import { closeLedgers, freshUserFolder, ledgerOf } from './CustomerJourney.setup';

beforeEach(freshUserFolder);
afterEach(closeLedgers);

const NOW = '2026-03-02T09:00:00Z';
const now = Date.parse(NOW);

const run = async (
	operation: string,
	input: IDataObject[],
	parameters: INodeParameters = {},
	mode: 'trigger' | 'manual' = 'trigger',
): Promise<NodeRun> =>
	await runNode(new JourneyLedger(), {
		input,
		mode,
		settings: { timezone: 'Europe/Berlin' },
		parameters: { operation, ...parameters, options: { now: NOW } },
	});

type LedgerJson = {
	done: boolean;
	reasons: { code: string; text: string }[];
	removed?: Record<string, number>;
	timeline?: { what: string; journey?: string }[];
	waiting?: { step: string; nextAt: string }[];
	paused?: object[];
};
const ledgerJson = (json: IDataObject | undefined): LedgerJson => json?.ledger as LedgerJson;
/** `output/item: code`, for every item that left. */
const codes = ({ outputs }: NodeRun): string[] =>
	outputs.flatMap((items, output) =>
		items.map(({ json, pairedItem }) => {
			const from = (pairedItem as { item: number }).item;
			return `${output}/${from}: ${ledgerJson(json)
				.reasons.map(({ code }) => code)
				.join()}`;
		}),
	);
const mail = async (mode: 'live' | 'test' = 'live', key = 'm', at = now): Promise<string> => {
	const touch = touchOf(key, { address: 'ann@example.com' });
	const [result] = await ledgerOf(mode).claim([claimOf(touch)], at);
	return result?.claimed === true ? 'goes' : (result?.why ?? '');
};

describe('Pause (P33)', () => {
	it('keeps an account from getting messages until its date, and says so', async () => {
		const paused = await run(
			'pause',
			[{ accountId: 'acme' }, { accountId: ' ' }, {}, { accountId: 7 }],
			{ pauseUntil: '2026-03-10', pauseReason: 'talks' },
		);
		expect(codes(paused)).toEqual([
			'0/0: paused',
			'0/3: paused',
			'1/1: noSubject',
			'1/2: noSubject',
		]);
		// a date is the start of that day where the workflow is
		const [pause] = await ledgerOf().pauses(now);
		expect(pause).toEqual({
			scope: 'account',
			id: '7',
			reason: 'talks',
			until: Date.parse('2026-03-09T23:00:00Z'),
		});
		expect(await mail()).toBe('paused');
		const resumed = await run('pause', [{ accountId: 'acme' }, { accountId: 'other' }], {
			pauseAction: 'resume',
		});
		expect(codes(resumed)).toEqual(['0/0: resumed', '0/1: wasNotPaused']);
		expect(await mail()).toBe('goes');
	});

	it('of one contact holds for every account', async () => {
		await run('pause', [{ email: 'Ann@Example.com' }], { pauseScope: 'address' });
		expect(await mail()).toBe('paused');
		expect(await ledgerOf().pauses(now)).toEqual([
			{ scope: 'address', id: 'ann@example.com', reason: '' },
		]);
	});

	it.each([
		['soon', 'not an ISO date'],
		['2026-03-01', 'over already'],
	])('until %j pauses nobody and says why', async (pauseUntil, message) => {
		const { error } = await run('pause', [{ accountId: 'acme' }], { pauseUntil });
		expect(error?.message).toContain(message);
		expect(await ledgerOf().pauses(now)).toEqual([]);
	});

	it('tried in the editor changes nothing for customers', async () => {
		const { hints } = await run('pause', [{ accountId: 'acme' }], {}, 'manual');
		expect(hints[0]?.message).toContain('test ledger only');
		expect([await mail(), await mail('test')]).toEqual(['goes', 'paused']);
	});
});

describe('Stop All Sends', () => {
	it.each(['trigger', 'manual'] as const)(
		'stops and resumes everything, in a %s run as well',
		async (mode) => {
			const stopped = await run('stopAllSends', [{}], { stopReason: 'wrong price' }, mode);
			expect(codes(stopped)).toEqual(['0/0: stopped']);
			expect([await mail(), await mail('test')]).toEqual(['paused', 'paused']);
			expect(await ledgerOf().pauses(now)).toEqual([
				{ scope: 'all', id: '', reason: 'wrong price' },
			]);
			expect(codes(await run('stopAllSends', [{}], { stopAction: 'resume' }, mode))).toEqual([
				'0/0: resumed',
			]);
			expect([await mail(), await mail('test')]).toEqual(['goes', 'goes']);
			expect(codes(await run('stopAllSends', [{}], { stopAction: 'resume' }, mode))).toEqual([
				'0/0: wasNotStopped',
			]);
		},
	);

	it('is pressed once, however many items come in', async () => {
		expect(codes(await run('stopAllSends', [{}, {}, {}]))).toEqual(['0/0: stopped']);
	});
});

describe('Merge Accounts (P32)', () => {
	it('lets the survivor inherit, and refuses what names only one', async () => {
		await ledgerOf().enroll([enrollmentOf('old')]);
		const merged = await run('mergeAccounts', [
			{ accountId: 'new', mergedId: 'old' },
			{ accountId: 'new' },
			{ mergedId: 'old' },
			{ accountId: 'x', mergedId: 'x' },
		]);
		expect(codes(merged)).toEqual([
			'0/0: merged',
			'1/1: noSubject',
			'1/2: noSubject',
			'1/3: sameAccount',
		]);
		const { enrollments, survivorOf } = await ledgerOf().timeline(['new']);
		expect(enrollments.map(({ accountId }) => accountId)).toEqual(['old']);
		expect([...survivorOf]).toEqual([['old', 'new']]);
	});
});

describe('Allow Again', () => {
	const ada = 'ada@acme.example';
	const silent = async (): Promise<string[]> => {
		const query = { journey: 'onboarding', dry: false, accountIds: [], addresses: [ada], now };
		return [...(await ledgerOf().recall(query)).suppressed];
	};

	it('takes back what anybody said of an address, whatever case, and says where nothing stood', async () => {
		await ledgerOf().suppress(
			[
				{ address: ada, reason: 'bounced' },
				{ address: ada, source: 'account/a', reason: 'unsubscribed' },
			],
			now,
		);
		const done = await run('allowAgain', [
			{ email: 'Ada@Acme.example' },
			{ email: 'x@y.example' },
			{},
		]);
		expect(codes(done)).toEqual(['0/0: allowedAgain', '0/1: wasNotSilenced', '1/2: noSubject']);
		expect(await silent()).toEqual([]);
	});

	it('also of somebody who was erased since', async () => {
		await ledgerOf().suppress([{ address: ada, reason: 'unsubscribed' }], now);
		await ledgerOf().erase({ accountIds: [], addresses: [ada] });
		expect(await silent()).toEqual([ada]);
		await run('allowAgain', [{ email: ada }]);
		expect(await silent()).toEqual([]);
	});

	it('in a test run changes the test ledger only', async () => {
		await ledgerOf().suppress([{ address: ada, reason: 'unsubscribed' }], now);
		const done = await run('allowAgain', [{ email: ada }], {}, 'manual');
		expect(done.hints[0]?.message).toContain('test ledger only');
		expect(await silent()).toEqual([ada]);
	});
});

describe('Erase Account', () => {
	it('removes an account and tells each asker what was removed', async () => {
		await ledgerOf().enroll([enrollmentOf('acme'), enrollmentOf('other')]);
		await ledgerOf().recordEvents([eventOf('1')], now);
		await mail();
		const erased = await run('eraseAccount', [{ accountId: 'acme' }, { accountId: 'nobody' }, {}]);
		expect(codes(erased)).toEqual(['0/0: erased', '0/1: nothingKnown', '1/2: noSubject']);
		expect(ledgerJson(erased.outputs[0]?.[0]?.json).removed).toEqual({
			events: 1,
			enrollments: 1,
			touches: 1,
			log: 1,
			pauses: 0,
			aliases: 0,
			suppressions: 0,
			health: 0,
			cases: 0,
			content: 0,
		});
		const { enrollments } = await ledgerOf().timeline(['acme', 'other']);
		expect(enrollments.map(({ accountId }) => accountId)).toEqual(['other']);
	});

	it('makes a person nameless, and who unsubscribed stays unsubscribed', async () => {
		await mail();
		await ledgerOf().suppress([{ address: 'ann@example.com', reason: 'x' }], now);
		await run('eraseAccount', [{ email: 'ANN@example.com' }], { eraseScope: 'address' });
		expect(await mail('live', 'next')).toBe('suppressed');
		const file = JSON.stringify(await ledgerOf().timeline(['acme']));
		expect(file).not.toContain('ann@example.com');
	});

	it('takes out what a webhook told of a person, and keeps nothing plain of an erased account', async () => {
		const contacts = [{ email: 'Ada@acme.example', name: 'Ada Lovelace' }];
		await ledgerOf().recordEvents([eventOf('1', { data: { account: { contacts } } })], now);
		const erased = await run('eraseAccount', [{ email: 'ada@acme.example' }], {
			eraseScope: 'address',
		});
		expect(codes(erased)).toEqual(['0/0: erased']);
		expect(JSON.stringify(await ledgerOf().timeline(['acme']))).not.toMatch(/ada|lovelace/i);
		await ledgerOf().suppress(
			[{ address: 'bo@acme.example', source: 'account/new', reason: 'unsubscribed' }],
			now,
		);
		const account = await run('eraseAccount', [{ accountId: 'new' }]);
		expect(codes(account)).toEqual(['0/0: erased']);
		expect(JSON.stringify(account.outputs[0]?.[0]?.json)).toMatch(/CRM.*excluded/);
	});

	it.each([['a\0cme'], ['acme\ud800'], ['x'.repeat(501)]])(
		'erases nobody else for what can be no id',
		async (accountId) => {
			await ledgerOf().enroll([enrollmentOf('acme')]);
			const erased = await run('eraseAccount', [{ accountId }, { accountId: 'nobody' }]);
			expect(codes(erased)).toEqual(['0/1: nothingKnown', '1/0: noSubject']);
			expect((await ledgerOf().timeline(['acme'])).enrollments).toHaveLength(1);
			const merged = await run('mergeAccounts', [
				{ accountId: 'new', mergedId: accountId },
				{ accountId: 'new', mergedId: 'old' },
			]);
			expect(codes(merged)).toEqual(['0/1: merged', '1/0: noSubject']);
		},
	);

	it('tried in the editor erases nobody', async () => {
		await mail();
		await run('eraseAccount', [{ accountId: 'acme' }], {}, 'manual');
		expect((await ledgerOf().timeline(['acme'])).log).toHaveLength(1);
	});
});

describe('Forget Old Records', () => {
	it('keeps the facts of a life, and nothing younger than 120 days goes', async () => {
		const ago = (days: number, type: string) =>
			ledgerOf().recordEvents([eventOf(type + String(days), { type })], now - days * DAY);
		for (const days of [119, 121]) {
			await ago(days, 'clicked');
			await ago(days, 'first_value_reached');
		}
		const forgotten = await run('forgetOld', [{}], { olderThanDays: 1 });
		expect(ledgerJson(forgotten.outputs[0]?.[0]?.json).removed).toMatchObject({ events: 1 });
		const { events } = await ledgerOf().timeline(['acme']);
		expect(events.map(({ id }) => id).sort()).toEqual([
			'clicked119',
			'first_value_reached119',
			'first_value_reached121',
		]);
	});
});

describe('List Due', () => {
	it('gives an item per account, the longest waiting first, from the editor as well', async () => {
		const entry = (accountId: string, lookAt: number) => ({ accountId, decidedAt: 0, lookAt });
		const journey = { journey: 'onboarding', dry: false };
		await ledgerOf().schedule(journey, [entry('b', now), entry('a', now - 1), entry('c', now + 1)]);
		for (const mode of ['trigger', 'manual'] as const) {
			const { outputs } = await run('listDue', [{}], {}, mode);
			expect(outputs[0]?.map(({ json }) => json.accountId)).toEqual(['a', 'b']);
		}
		const one = await run('listDue', [{}], { pageSize: 1 });
		expect(one.outputs[0]).toHaveLength(1);
		expect(one.hints[0]?.message).toContain("more than 'Page Size' may");
	});

	it('says what an empty list means', async () => {
		const { outputs, hints } = await run('listDue', [{}], { dueJourneyId: 'renewal' });
		expect(outputs[0]).toEqual([]);
		expect(hints[0]?.message).toContain("Nobody is due in 'renewal'");
	});
});

describe('Look Up', () => {
	it('tells every decision, what waits and until when, and that it is paused', async () => {
		const held = { state: 'held', nextAt: now + DAY } as const;
		await ledgerOf().enroll([enrollmentOf('acme')]);
		await ledgerOf().note([touchOf('a', held), touchOf('b', { ...held, journey: 'renewal' })]);
		await ledgerOf().claim([claimOf(touchOf('b', { journey: 'renewal' }))], now + DAY);
		await ledgerOf().pause([{ scope: 'account', id: 'acme', reason: 'talks' }], now);
		const of = async (journeyId: string): Promise<LedgerJson> =>
			ledgerJson(
				(await run('lookUp', [{ accountId: 'acme' }], { journeyId })).outputs[0]?.[0]?.json,
			);
		const all = await of('');
		expect(all.timeline?.map(({ what, journey = '' }) => `${what} ${journey}`.trim())).toEqual([
			'enrolled onboarding',
			'held onboarding',
			'held renewal',
			'claimed renewal',
		]);
		expect(all.waiting).toMatchObject([{ step: 'welcome', nextAt: '2026-03-03T09:00:00Z' }]);
		expect(all.paused).toEqual([{ what: 'account', reason: 'talks' }]);
		expect((await of('renewal')).timeline?.map(({ what }) => what)).toEqual(['held', 'claimed']);
	});
});
