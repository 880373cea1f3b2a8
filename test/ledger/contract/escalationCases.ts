import type { Case } from '../../../engine/escalation/case';
import type { NoticeFate } from '../../../engine/escalation/memory';
import type { Claim, Ledger } from '../../../ledger/ledger';
import {
	caseOf,
	casesIn,
	casesOf,
	closed,
	FALLBACK,
	nosIn,
	noticeOf,
	reasonOf,
	route,
	routeAll,
	workOf,
	write,
} from '../caseRows';
import type { WithLedger } from '../contract';
import { claimOf, DAY, eventOf, HOUR, LEASE, MINUTE, numbered, T0, touchOf } from '../rows';
import { storedTouch } from './readBack';

/** A case in which every field says something. */
const FULL: Case = caseOf(7, {
	accountId: 'full',
	kind: 'escalation',
	priority: 'urgent',
	pool: '',
	facts: {
		name: 'Größe & Söhne 🦊',
		arr: 120_000.55,
		tier: 'pooled',
		region: 'EMEA',
		language: 'de',
		product: 'Suite',
		csm: 'carl@vendor.example',
		band: 'red',
		score: 41.5,
		renewalDate: '2026-06-30',
		nps: 3,
		csat: 2,
		severity: 'P1',
	},
	openedAt: T0,
	escalatedAt: T0 + 1,
	reopened: 2,
	reasons: [
		reasonOf('intervention/1/full/call/', { silences: 1 }),
		reasonOf('health', { kind: 'alert', priority: 'low', text: '' }),
	],
	clocks: [
		{ kind: 'alert', priority: 'low', startedAt: T0, acknowledgedAt: T0 + 1, touchedAt: T0 + 2 },
		{ kind: 'escalation', priority: 'urgent', startedAt: T0 + 1 },
	],
	pauses: [{ from: T0 + 3, to: T0 + 4 }, { from: T0 + 5 }],
	acknowledgement: { at: T0 + 1, by: 'olga@vendor.example' },
	firstTouchAt: T0 + 2,
	lastTouchAt: T0 + 3,
	climb: { round: 2, from: T0 + 6 },
	told: ['nearing/acknowledge/0', 'level/1/0/1'],
	mergedInto: 3,
	byHand: true,
	untold: [
		{ event: 'raised' },
		{ event: 'merged', no: 8, to: { email: 'bo@vendor.example', name: 'Bo' } },
	],
	pending: ['case/7/opened'],
	digest: 'waiting',
	nextLook: T0 + HOUR,
});

/** Cases as the ledger keeps them: who decides on them is somebody else's matter. */
export function escalationCaseContract(on: WithLedger): void {
	it(
		'open cases of records that become one account are to be looked at at once (P32), and no others',
		on(async (ledger) => {
			const later = { nextLook: T0 + DAY };
			await write(ledger, {
				cases: [
					caseOf(1, { accountId: 'new', ...later }),
					caseOf(2, { accountId: 'old', nextLook: undefined }),
					caseOf(3, { accountId: 'other', ...later }),
				],
			});
			await ledger.linkAliases([{ alias: 'old', accountId: 'new' }], T0 + HOUR);
			const due = (now: number) => ({ due: { now, limit: 10 }, now });
			expect(await nosIn(ledger, due(T0 + HOUR - 1))).toEqual([]);
			expect(await nosIn(ledger, due(T0 + HOUR))).toEqual([1, 2]);
		}),
	);

	describe('a case', () => {
		it(
			'is read back as it was written, and as it was written last',
			on(async (ledger) => {
				const other = caseOf(8, { sla: '{"other":"policy"}' });
				await write(ledger, { cases: [FULL, other] });
				expect(await casesIn(ledger, { nos: [8, 7, 8, 99] })).toEqual([FULL, other]);
				const { digest: _digest, nextLook: _look, climb: _climb, ...rest } = FULL;
				const over: Case = { ...rest, ...closed(T0 + DAY, { outcome: 'merged', sla: '{}' }) };
				await write(ledger, { cases: [over] });
				expect(await casesIn(ledger, { nos: [7, 8] })).toEqual([over, other]);
			}),
		);

		it(
			'is not written, nor anything with it, where deciding fails',
			on(async (ledger) => {
				await expect(
					ledger.changeCases({ now: T0 }, () => {
						throw new Error('undecided');
					}),
				).rejects.toThrow('undecided');
				const two = [caseOf(1), caseOf(2)];
				const events = [eventOf('case/1/opened')];
				// the second open case of one account, which no router asks for
				await expect(
					write(ledger, { cases: two, events, claims: [noticeOf('n')] }),
				).rejects.toThrow();
				expect(await ledger.cases({ accountIds: ['acme'], now: T0 })).toMatchObject({
					cases: [],
					nextNo: 1,
				});
				expect(await ledger.timeline(['acme'])).toMatchObject({ events: [], log: [] });
			}),
		);

		it(
			'comes with everything that was decided in the same moment: events, notices, days, hand-overs taken over',
			on(async (ledger) => {
				const handOver = touchOf('call', { channel: 'human', address: '', priority: 1 });
				await ledger.claim([claimOf(handOver)], T0);
				const seen = await ledger.changeCases(
					{ now: T0 + 1 },
					(_memory, handOvers) =>
						workOf(
							[...handOvers].map(([key, { state }]) => `${key} ${state}`),
							{
								cases: [caseOf(1, { pending: ['case/1/opened'] })],
								events: [eventOf('case/1/opened', { type: 'case_opened' })],
								days: [{ owner: 'olga@vendor.example', day: 3, notices: 1, digests: 0 }],
								claims: [noticeOf('case/1/opened')],
								confirm: ['call', 'unheard of'],
							},
						),
					['call', 'unheard of'],
				);
				expect(seen).toEqual(['call claimed']);
				const { events, log } = await ledger.timeline(['acme']);
				expect(events.map(({ id }) => id)).toEqual(['case/1/opened']);
				expect(log.map(({ touch, what, channel }) => [touch, what, channel])).toEqual([
					['call', 'claimed', 'human'],
					['call', 'sent', 'human'],
					['case/1/opened', 'claimed', 'alert'],
				]);
				const memory = await ledger.cases({ accountIds: ['acme'], loads: true, now: T0 + 1 });
				expect([...memory.days.values()]).toEqual([
					{ owner: 'olga@vendor.example', day: 3, notices: 1, digests: 0 },
				]);
				expect([...memory.fates]).toEqual([['case/1/opened', { state: 'underWay', attempts: 1 }]]);
				const token = await ledger.beginSending(['case/1/opened'], T0 + 2);
				expect(token).toEqual(['granted']);
			}),
		);

		it(
			'that is closed makes room for the next one in the same moment',
			on(async (ledger) => {
				await write(ledger, { cases: [caseOf(1)] });
				await write(ledger, { cases: [caseOf(2), caseOf(1, closed(T0 + 1))] });
				expect(await nosIn(ledger, { open: { limit: 9 } })).toEqual([2]);
			}),
		);

		it(
			'is found by its account with the records merged with it, those that are over too (P32)',
			on(async (ledger) => {
				await ledger.linkAliases(
					[
						{ alias: 'old', accountId: 'acme' },
						{ alias: 'oldest', accountId: 'old' },
					],
					T0,
				);
				await write(ledger, {
					cases: [
						caseOf(1, closed(T0 + 5)),
						caseOf(2, closed(T0 + 9)),
						caseOf(3, closed(T0 + 7, { outcome: 'merged' })),
						caseOf(4),
						caseOf(5, { accountId: 'oldest' }),
						caseOf(6, { accountId: 'other' }),
					],
				});
				for (const id of ['acme', 'old', 'oldest']) {
					const memory = await ledger.cases({ accountIds: [id], now: T0 });
					expect(memory.cases.map(({ no }) => no)).toEqual([1, 2, 3, 4, 5]);
					expect([...memory.survivorOf].sort()).toEqual([
						['old', 'acme'],
						['oldest', 'acme'],
					]);
				}
				// whoever is found otherwise comes with who they are now
				const { survivorOf } = await ledger.cases({ nos: [5], now: T0 });
				expect(survivorOf.get('oldest')).toBe('acme');
			}),
		);

		it(
			'is found by its time, the longest waiting first, and no further than asked',
			on(async (ledger) => {
				const looks = [T0 + 3, T0 + 1, undefined, T0 + 2, T0 + 1, T0 + 4];
				await write(ledger, {
					cases: [
						...casesOf(looks.length, (no) => ({ nextLook: looks[no - 1] })),
						caseOf(7, closed(T0, { nextLook: T0 })),
					],
				});
				const due = async (limit: number, now = T0 + 3): Promise<number[]> =>
					await nosIn(ledger, { due: { now, limit } });
				expect(await due(9)).toEqual([2, 5, 4, 1]);
				expect(await due(3)).toEqual([2, 5, 4]);
				expect(await due(9, T0)).toEqual([]);
				// with others: once, and in front
				expect(
					await nosIn(ledger, { due: { now: T0 + 3, limit: 2 }, nos: [1, 5, 6], now: T0 + 3 }),
				).toEqual([2, 5, 1, 6]);
			}),
		);

		it(
			'that is due comes with the open one of a record merged with its account (P32)',
			on(async (ledger) => {
				await ledger.linkAliases([{ alias: 'old', accountId: 'acme' }], T0);
				await write(ledger, {
					cases: [
						caseOf(1, { accountId: 'old', nextLook: T0 + DAY }),
						caseOf(2, { nextLook: T0 }),
						caseOf(3, closed(T0, { accountId: 'old' })),
						caseOf(4, { accountId: 'other', nextLook: T0 + DAY }),
					],
				});
				const memory = await ledger.cases({ due: { now: T0, limit: 1 }, now: T0 });
				expect(memory.cases.map(({ no }) => no)).toEqual([2, 1]);
				expect([...memory.survivorOf]).toEqual([['old', 'acme']]);
			}),
		);

		it(
			'is listed while it is open: all, one owner’s, those that wait for a digest',
			on(async (ledger) => {
				const cy = { owner: { email: 'cy@vendor.example', name: 'Cy' } };
				await write(ledger, {
					cases: casesOf(6, (no) => ({
						...(no % 2 === 0 ? cy : {}),
						...(no > 3 ? { digest: 'waiting' } : no === 1 ? { digest: 'told' } : {}),
						...(no === 5 ? closed(T0) : {}),
					})),
				});
				expect(await nosIn(ledger, { open: { limit: 9 } })).toEqual([1, 2, 3, 4, 6]);
				expect(await nosIn(ledger, { open: { limit: 2 } })).toEqual([1, 2]);
				expect(await nosIn(ledger, { open: { waiting: true, limit: 9 } })).toEqual([4, 6]);
				const owner = 'olga@vendor.example';
				expect(await nosIn(ledger, { open: { owner, limit: 9 } })).toEqual([1, 3]);
				expect(await nosIn(ledger, { open: { owner, waiting: true, limit: 9 } })).toEqual([]);
			}),
		);

		it(
			'counts for its owner while it is open, and as the last they were given ever after',
			on(async (ledger) => {
				const cy = { owner: { email: 'cy@vendor.example', name: 'Cy' } };
				await write(ledger, {
					cases: casesOf(5, (no) => ({
						facts: no === 1 ? {} : { arr: 1000.1 },
						...(no > 3 ? cy : {}),
						...(no > 2 ? closed(T0) : {}),
					})),
				});
				const { loads, days } = await ledger.cases({ loads: true, now: T0 });
				expect([...loads]).toEqual([
					['cy@vendor.example', { cases: 0, arr: 0, lastNo: 5 }],
					['olga@vendor.example', { cases: 2, arr: 1000.1, lastNo: 3 }],
				]);
				expect([...days]).toEqual([]);
				expect((await ledger.cases({ now: T0 })).loads.size).toBe(0);
			}),
		);

		it(
			'has an owner of whom the last day is known',
			on(async (ledger) => {
				const owner = 'olga@vendor.example';
				for (const [day, notices, digests] of [
					[20_000, 10, 1],
					[20_001, 1, 0],
				] as const) {
					await write(ledger, {
						days: [
							{ owner, day, notices, digests },
							{ owner: 'cy@vendor.example', day: 20_000, notices: 3, digests: 0 },
						],
					});
				}
				const { days } = await ledger.cases({ loads: true, now: T0 });
				expect([...days]).toEqual([
					[
						'cy@vendor.example',
						{ owner: 'cy@vendor.example', day: 20_000, notices: 3, digests: 0 },
					],
					[owner, { owner, day: 20_001, notices: 1, digests: 0 }],
				]);
			}),
		);

		it(
			'has a number that no other ever had',
			on(async (ledger) => {
				const next = async (): Promise<number> => (await ledger.cases({ now: T0 })).nextNo;
				expect(await next()).toBe(1);
				await write(ledger, { cases: casesOf(12) });
				expect(await next()).toBe(13);
				await write(ledger, { cases: [caseOf(3, { accountId: 'a3', told: ['x'] })] });
				expect(await next()).toBe(13);
				await ledger.erase({ accountIds: ['a12', 'a11'], addresses: [] });
				expect(await next()).toBe(13);
			}),
		);
	});

	describe('what became of a notice', () => {
		const KEY = 'case/1/opened';
		const fateAt = async (
			now: number,
			happen: (ledger: Ledger) => Promise<unknown>,
		): Promise<NoticeFate | undefined> => {
			let fate: NoticeFate | undefined;
			await on(async (ledger) => {
				await write(ledger, { cases: [caseOf(1, { pending: [KEY] })], claims: [noticeOf(KEY)] });
				await happen(ledger);
				const read = (await ledger.cases({ nos: [1], now })).fates.get(KEY);
				fate = await ledger.changeCases({ nos: [1], now }, ({ fates }) =>
					workOf(fates.get(KEY), {}),
				);
				expect(fate).toEqual(read);
			})();
			return fate;
		};
		const [arrived, underWay, letGo] = ['arrived', 'underWay', 'letGo'].map((state) => ({
			state,
			attempts: 1,
		}));
		const failed = (retryAt?: number) => [{ key: KEY, reasons: [], retryAt }];

		it.each<[string, number, Parameters<typeof fateAt>[1], unknown]>([
			['arrived', T0 + DAY, async (l) => await l.confirm([KEY], T0), arrived],
			['is with somebody', T0 + LEASE - 1, async () => await Promise.resolve(), underWay],
			['is being sent', T0 + LEASE - 1, async (l) => await l.beginSending([KEY], T0), underWay],
			['was never confirmed', T0 + LEASE, async () => await Promise.resolve(), letGo],
			['was cut off', T0 + LEASE, async (l) => await l.beginSending([KEY], T0), letGo],
			['failed, for now', T0 + 4, async (l) => await l.fail(failed(T0 + 5), T0), underWay],
			['failed, and may go again', T0 + 5, async (l) => await l.fail(failed(T0 + 5), T0), letGo],
		])('%s', async (_what, now, happen, fate) => {
			expect(await fateAt(now, happen)).toEqual(fate);
		});

		it('failed for good: it is handed out no more', async () => {
			const fate = await fateAt(T0 + DAY, async (ledger) => await ledger.fail(failed(), T0));
			expect(fate?.state).toBe('letGo');
			expect(fate?.attempts).toBeGreaterThanOrEqual(2);
		});

		it(
			'that nobody knows any more: it reached nobody',
			on(async (ledger) => {
				await write(ledger, { cases: [caseOf(1, { pending: ['case/1/raised/2'] })] });
				const { fates } = await ledger.cases({ nos: [1], now: T0 });
				expect([...fates]).toEqual([['case/1/raised/2', { state: 'letGo', attempts: 0 }]]);
			}),
		);

		it(
			'is let go and handed out once more, under the same key',
			on(async (ledger) => {
				await write(ledger, { cases: [caseOf(1, { pending: [KEY] })], claims: [noticeOf(KEY)] });
				const again = async (now: number): Promise<unknown> => {
					await write(ledger, { claims: [noticeOf(KEY)] }, now);
					return (await ledger.cases({ nos: [1], now })).fates.get(KEY);
				};
				expect(await again(T0 + LEASE - 1)).toEqual({ state: 'underWay', attempts: 1 });
				expect(await again(T0 + LEASE)).toEqual({ state: 'underWay', attempts: 2 });
				expect(await again(T0 + 2 * LEASE)).toEqual({ state: 'letGo', attempts: 2 });
				await ledger.confirm([KEY], T0 + 2 * LEASE + MINUTE);
				expect(await again(T0 + DAY)).toEqual({ state: 'arrived', attempts: 2 });
			}),
		);
	});

	describe('several that route at once', () => {
		const accounts = numbered(1000, 'a');
		const callsOf = (router: string) =>
			accounts.map((accountId) => ({ accountId, reason: reasonOf(`${router}/${accountId}`) }));

		it(
			'eight the same thousand accounts: one open case each, with the reasons of all, and nobody gets more than they have room for (P08)',
			on(async (ledger) => {
				const rooms = { 'a@vendor.example': 300, 'b@vendor.example': 200, 'c@vendor.example': 1 };
				const routers = numbered(8, 'r');
				const answers = await Promise.all(
					// in the order of its own, and so many at a time
					routers.map(
						async (router, turn) =>
							await routeAll(
								ledger,
								turn % 2 === 0 ? callsOf(router) : callsOf(router).reverse(),
								rooms,
								{ page: 150 + 10 * turn },
							),
					),
				);
				const { cases, loads, nextNo } = await ledger.cases({
					accountIds: accounts,
					loads: true,
					now: T0,
				});
				expect(cases.map(({ accountId }) => accountId).sort()).toEqual([...accounts].sort());
				expect(cases.every(({ open }) => open)).toBe(true);
				for (const { accountId, reasons } of cases)
					expect(reasons.map(({ key }) => key).sort()).toEqual(
						routers.map((router) => `${router}/${accountId}`),
					);
				const opened = answers.flatMap((answer) => answer.opened);
				expect(opened.sort((a, b) => a - b)).toEqual(accounts.map((_id, index) => index + 1));
				expect(answers.flatMap((answer) => answer.joined)).toHaveLength(7000);
				expect(nextNo).toBe(1001);
				expect([...loads].map(([who, load]) => [who, load.cases])).toEqual([
					['a@vendor.example', 300],
					['b@vendor.example', 200],
					['c@vendor.example', 1],
					[FALLBACK, 499],
				]);
				for (const { most } of answers)
					for (const [who, room] of Object.entries(rooms))
						expect(most[who] ?? 0).toBeLessThanOrEqual(room);
				// one alarm per case
				const { log } = await ledger.timeline(accounts);
				expect(log.map(({ touch }) => touch).sort()).toEqual(
					cases.map(({ no }) => `case/${String(no)}/opened`).sort(),
				);
			}),
			60_000,
		);

		it(
			'records that were merged: one case for all of them',
			on(async (ledger) => {
				await ledger.linkAliases([{ alias: 'old', accountId: 'acme' }], T0);
				const answers = await Promise.all(
					['acme', 'old', 'acme', 'old'].map(
						async (accountId, index) =>
							await routeAll(ledger, [{ accountId, reason: reasonOf(`r${String(index)}`) }]),
					),
				);
				expect(answers.flatMap(({ opened }) => opened)).toEqual([1]);
				const [one, ...more] = await casesIn(ledger, { open: { limit: 9 } });
				expect(more).toEqual([]);
				expect(one?.reasons.map(({ key }) => key).sort()).toEqual(['r0', 'r1', 'r2', 'r3']);
			}),
		);

		it(
			'one that routes, and one that confirms the hand-over meanwhile: both are heard',
			on(async (ledger) => {
				const keys = numbered(200, 'h');
				const claims: Claim[] = keys.map((key) =>
					claimOf(touchOf(key, { accountId: key, channel: 'human', address: '' })),
				);
				await ledger.claim(claims, T0);
				await Promise.all([
					ledger.confirm(keys, T0 + 1),
					ledger.changeCases(
						{ accountIds: keys, loads: true, now: T0 + 1 },
						(memory, handOvers) => ({
							...route(
								memory,
								keys.map((accountId) => ({ accountId, reason: reasonOf(accountId) })),
								{},
							),
							confirm: [...handOvers.keys()],
						}),
						keys,
					),
				]);
				expect(await nosIn(ledger, { accountIds: keys })).toHaveLength(200);
				const touch = await storedTouch(ledger, 'h7', { accountIds: ['h7'] });
				expect(touch).toMatchObject({ state: 'sent' });
			}),
		);
	});

	describe('texts that no database keeps', () => {
		it.each(['a\0b', 'a\ud800', '\udc00', '\0', '🦊\u2028"\\'])(
			'%j stand in a case, and come back as they were; its neighbors are as they are',
			async (odd) => {
				await on(async (ledger) => {
					const one = caseOf(1, {
						accountId: odd,
						owner: { email: 'olga@vendor.example', name: odd },
						facts: { name: odd },
						reasons: [reasonOf(odd, { text: odd })],
						pending: [odd],
						told: [odd],
					});
					// what is left of the odd ones without what cannot be kept
					const neighbors = ['ab', 'a\ufffd', '\ufffd', ''].map((accountId, index) =>
						caseOf(2 + index, { accountId: accountId === '' ? 'b' : accountId }),
					);
					await write(ledger, {
						cases: [one, ...neighbors],
						claims: [noticeOf(odd, { accountId: odd, address: odd })],
						events: [eventOf(odd, { accountId: odd, data: { odd } })],
						days: [{ owner: odd, day: 1, notices: 1, digests: 0 }],
					});
					expect(await casesIn(ledger, { accountIds: [odd] })).toEqual([one]);
					expect(await casesIn(ledger, { accountIds: ['ab', odd, 'b'] })).toEqual(
						[one, ...neighbors].filter(({ accountId }) => [odd, 'ab', 'b'].includes(accountId)),
					);
					const { fates } = await ledger.cases({ nos: [1], now: T0 });
					expect([...fates]).toEqual([[odd, { state: 'underWay', attempts: 1 }]]);
					const handOvers = await ledger.changeCases(
						{ now: T0 },
						(_memory, found) => workOf([...found.keys()], {}),
						[odd, 'unheard of'],
					);
					expect(handOvers).toEqual([odd]);
					expect(await ledger.erase({ accountIds: [odd], addresses: [] })).toMatchObject({
						cases: 1,
					});
					expect(await nosIn(ledger, { open: { limit: 9 } })).toEqual([2, 3, 4, 5]);
				})();
			},
		);
	});
}
