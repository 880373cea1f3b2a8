import { createHash } from 'node:crypto';
import type { Ledger, Removed } from '../../../ledger/ledger';
import type { WithLedger } from '../contract';
import { claimOf, DAY, enrollmentOf, eventOf, HOUR, JOURNEY, numbered, T0, touchOf } from '../rows';
import { recallOf, storedTouch } from './readBack';

const ANN = 'ann@example.com';
const NONE: Removed = {
	events: 0,
	enrollments: 0,
	touches: 0,
	log: 0,
	pauses: 0,
	aliases: 0,
	suppressions: 0,
	health: 0,
	cases: 0,
	content: 0,
};
const WHY = [{ code: 'capped', text: 'Held', at: 'Mon' }];

/** What the ledger tells of an account, and how it forgets. */
export function memoryContract(on: WithLedger): void {
	describe('the timeline of an account', () => {
		it(
			'tells every decision in the order in which it was taken, what was not sent included',
			on(async (ledger) => {
				const mail = touchOf('t', { state: 'held', nextAt: T0 + HOUR, reasons: WHY });
				await ledger.enroll([enrollmentOf('acme')]);
				await ledger.note([mail]);
				await ledger.claim([claimOf(touchOf('t'))], T0 + HOUR);
				await ledger.beginSending(['t'], T0 + HOUR);
				const reasons = [{ code: 'refused', text: 'Mailbox full' }];
				await ledger.fail([{ key: 't', reasons, retryAt: T0 + 2 * HOUR }], T0 + HOUR + 1);
				await ledger.claim([claimOf(touchOf('t'))], T0 + 2 * HOUR);
				await ledger.confirm(['t'], T0 + 2 * HOUR + 1);
				// says nothing new: refused, so not written down
				await ledger.note([touchOf('t', { changedAt: T0 + DAY })]);
				const { log, enrollments } = await ledger.timeline(['acme']);
				expect(
					log.map(({ what, at, nextAt, reasons: [why] }) => [what, at, nextAt, why?.code]),
				).toEqual([
					['held', T0, T0 + HOUR, 'capped'],
					['claimed', T0 + HOUR, undefined, 'due'],
					['failed', T0 + HOUR + 1, T0 + 2 * HOUR, 'refused'],
					['claimed', T0 + 2 * HOUR, undefined, 'due'],
					['sent', T0 + 2 * HOUR + 1, undefined, 'due'],
				]);
				expect(log[0]).toMatchObject({
					accountId: 'acme',
					journey: JOURNEY,
					dry: false,
					stepId: 'welcome',
					channel: 'email',
					touch: 't',
				});
				expect(enrollments).toEqual([enrollmentOf('acme')]);
			}),
		);

		it(
			'is of every journey, live and dry, and of the records merged into it; of nobody else',
			on(async (ledger) => {
				await ledger.linkAliases([{ alias: 'old', accountId: 'acme' }], T0);
				await ledger.enroll([
					enrollmentOf('acme', { journey: 'renewal' }),
					enrollmentOf('old'),
					enrollmentOf('other'),
				]);
				await ledger.note([
					touchOf('dry', { dry: true, state: 'dry' }),
					touchOf('old', { accountId: 'old' }),
					touchOf('other', { accountId: 'other' }),
				]);
				await ledger.recordEvents(
					[eventOf('1', { accountId: 'old' }), eventOf('2', { accountId: 'other' })],
					T0,
				);
				for (const id of ['acme', 'old']) {
					const told = await ledger.timeline([id]);
					expect(told.enrollments.map(({ accountId }) => accountId).sort()).toEqual([
						'acme',
						'old',
					]);
					expect(told.log.map(({ touch, dry }) => [touch, dry])).toEqual([
						['dry', true],
						['old', false],
					]);
					expect(told.events.map(({ id: event }) => event)).toEqual(['1']);
					expect([...told.survivorOf]).toEqual([['old', 'acme']]);
				}
			}),
		);
	});

	describe('a token', () => {
		it(
			'finds its touch and tells nothing of it',
			on(async (ledger) => {
				const touch = touchOf('onboarding/1/acme/welcome/');
				await ledger.claim([claimOf(touch), claimOf(touchOf('other'))], T0);
				await ledger.beginSending([touch.key, 'other'], T0);
				await ledger.confirm([touch.key], T0 + 1);
				const token = createHash('sha256').update(touch.key).digest('hex').slice(0, 32);
				const found = await ledger.touchesByToken(['nonsense', token]);
				expect(found.map((one) => [one?.key, one?.state])).toEqual([
					[undefined, undefined],
					[touch.key, 'sent'],
				]);
			}),
		);

		it(
			'of an event says which touch it answers',
			on(async (ledger) => {
				await ledger.recordEvents([eventOf('c', { type: 'clicked', touch: 't' })], T0);
				expect((await recallOf(ledger)).events).toEqual([
					eventOf('c', { type: 'clicked', touch: 't' }),
				]);
			}),
		);
	});

	describe('to erase', () => {
		const fill = async (ledger: Ledger): Promise<void> => {
			await ledger.linkAliases([{ alias: 'old', accountId: 'acme' }], T0);
			await ledger.enroll([enrollmentOf('acme'), enrollmentOf('old'), enrollmentOf('other')]);
			await ledger.claim(
				[
					claimOf(touchOf('1', { address: ANN })),
					claimOf(touchOf('2', { accountId: 'old', address: 'bob@example.com' })),
					claimOf(touchOf('3', { accountId: 'other', address: ANN })),
				],
				T0,
			);
			await ledger.recordEvents(
				[
					eventOf('1', { contact: 'Ann@Example.com', data: { name: 'Ann' } }),
					eventOf('2', { accountId: 'other', contact: ANN, data: { name: 'Ann' } }),
					eventOf('3', { accountId: 'other', contact: 'eve@example.com', data: { n: 1 } }),
				],
				T0,
			);
			await ledger.pause(
				[
					{ scope: 'account', id: 'acme', reason: 'x' },
					{ scope: 'address', id: ANN, reason: 'x' },
				],
				T0,
			);
			await ledger.suppress([{ address: ANN, reason: 'unsubscribed' }], T0);
		};

		it(
			'an account forgets it with every record merged into it, and nobody else; says what it removed',
			on(async (ledger) => {
				await fill(ledger);
				expect(await ledger.erase({ accountIds: ['acme', 'unknown'], addresses: [] })).toEqual({
					events: 1,
					enrollments: 2,
					touches: 2,
					log: 2,
					pauses: 1,
					aliases: 1,
					suppressions: 1,
					health: 0,
					cases: 0,
					content: 0,
				});
				expect(await ledger.timeline(['acme', 'old'])).toMatchObject({
					enrollments: [],
					events: [],
					log: [],
				});
				const other = await ledger.timeline(['other']);
				expect([other.enrollments.length, other.events.length, other.log.length]).toEqual([
					1, 2, 1,
				]);
				expect(await ledger.erase({ accountIds: ['acme'], addresses: [] })).toEqual(NONE);
			}),
		);

		it(
			'a person makes everything nameless that names them, whichever account it was with',
			on(async (ledger) => {
				await fill(ledger);
				expect(await ledger.erase({ accountIds: [], addresses: ['ANN@example.com'] })).toEqual({
					...NONE,
					events: 2,
					touches: 2,
					pauses: 1,
					suppressions: 1,
				});
				const { events } = await ledger.timeline(['acme', 'other']);
				expect(events.map(({ contact, data }) => [contact, data])).toEqual([
					[undefined, undefined],
					[undefined, undefined],
					['eve@example.com', { n: 1 }],
				]);
				expect(await storedTouch(ledger, '1')).toMatchObject({ address: '', state: 'claimed' });
			}),
		);

		it.each(['account', 'person'])(
			'a %s: who had unsubscribed still gets nothing (P12)',
			async (what) => {
				await on(async (ledger) => {
					await fill(ledger);
					const who = what === 'account' ? { accountIds: ['acme'] } : { addresses: [ANN] };
					await ledger.erase({ accountIds: [], addresses: [], ...who });
					await ledger.resume([{ scope: 'address', id: ANN }]);
					const { suppressed } = await recallOf(ledger, {
						addresses: ['Ann@example.com', 'bob@example.com'],
					});
					expect([...suppressed]).toEqual([ANN]);
					const again = claimOf(touchOf('again', { accountId: 'new', address: ANN }));
					expect(await ledger.claim([again], T0)).toEqual([
						{ key: 'again', claimed: false, why: 'suppressed' },
					]);
				})();
			},
		);
	});

	describe('a try that begins afresh', () => {
		it(
			'knows nothing of what was recorded before it, and everything since',
			on(async (ledger) => {
				for (const [number, at] of [T0 - 1, T0].entries()) {
					await ledger.recordEvents([eventOf(`e${number}`)], at);
					await ledger.suppress([{ address: `a${number}@example.com`, reason: 'x' }], at);
					await ledger.pause([{ scope: 'account', id: `p${number}`, reason: 'x' }], at);
				}
				await ledger.startAfresh(JOURNEY, T0);
				const addresses = ['a0@example.com', 'a1@example.com'];
				const { events, suppressed } = await recallOf(ledger, { addresses });
				expect(events.map(({ id }) => id)).toEqual(['e1']);
				expect([...suppressed]).toEqual(['a1@example.com']);
				expect((await ledger.pauses(T0)).map(({ id }) => id)).toEqual(['p1']);
			}),
		);
	});

	describe('to forget what is old', () => {
		it(
			'leaves what is newer, what still goes on, and the enrolments',
			on(async (ledger) => {
				const over = { state: 'ended', outcome: 'firstValue', endedAt: T0 + 5 } as const;
				await ledger.enroll([enrollmentOf('acme'), enrollmentOf('ended'), enrollmentOf('later')]);
				await ledger.end([
					enrollmentOf('ended', over),
					enrollmentOf('later', { ...over, endedAt: T0 + 2 * DAY }),
				]);
				await ledger.note(
					['acme', 'ended', 'later'].map((accountId) =>
						touchOf(accountId, { accountId, state: 'lapsed' }),
					),
				);
				const types = ['clicked', 'first_value_reached'];
				await ledger.recordEvents(
					types.map((type) => eventOf(type, { type })),
					T0,
				);
				await ledger.recordEvents([eventOf('new', { type: 'clicked' })], T0 + DAY);
				expect(await ledger.forgetBefore(T0 + DAY, ['first_value_reached'])).toEqual({
					...NONE,
					events: 1,
					touches: 1,
					log: 3,
				});
				const told = await ledger.timeline(['acme', 'ended', 'later']);
				expect(told.events.map(({ id }) => id).sort()).toEqual(['first_value_reached', 'new']);
				expect(told.enrollments).toHaveLength(3);
				expect(await storedTouch(ledger, 'acme')).toBeDefined();
				expect(await storedTouch(ledger, 'ended', { accountIds: ['ended'] })).toBeUndefined();
				expect(await storedTouch(ledger, 'later', { accountIds: ['later'] })).toBeDefined();
				expect(await ledger.forgetBefore(T0 + DAY, [])).toEqual({ ...NONE, events: 1 });
			}),
		);

		it(
			'also what was handed to a human for whom no journey had taken in, and nothing of a cycle that goes on',
			on(async (ledger) => {
				await ledger.linkAliases([{ alias: 'old', accountId: 'acme' }], T0);
				await ledger.enroll([enrollmentOf('old')]);
				const human = { channel: 'human', cycle: 0, accountId: 'out' } as const;
				await ledger.note([
					touchOf('outside', { ...human, state: 'lapsed' }),
					touchOf('newer', { ...human, state: 'lapsed', changedAt: T0 + DAY }),
					touchOf('merged', { state: 'lapsed', cycle: 1 }),
				]);
				expect(await ledger.forgetBefore(T0 + DAY, [])).toMatchObject({ touches: 1 });
				const of = { accountIds: ['out'] };
				expect(await storedTouch(ledger, 'outside', of)).toBeUndefined();
				expect(await storedTouch(ledger, 'newer', of)).toBeDefined();
				expect(await storedTouch(ledger, 'merged')).toBeDefined();
			}),
		);

		it(
			'works through more than one chunk',
			on(async (ledger) => {
				const events = numbered(4500, 'e').map((id) => eventOf(id, { type: 'clicked' }));
				await ledger.recordEvents(events, T0);
				expect(await ledger.forgetBefore(T0 + 1, [])).toEqual({ ...NONE, events: 4500 });
			}),
		);
	});
}
