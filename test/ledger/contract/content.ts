import type { ContentMemory, ContentPick, Ledger } from '../../../ledger/ledger';
import type { WithLedger } from '../contract';
import { claimOf, DAY, numbered, T0, touchOf } from '../rows';

const ADA = 'ada@acme.example';

const pickOf = (key: string, over: Partial<ContentPick> = {}): ContentPick => ({
	key,
	accountId: 'acme',
	contact: ADA,
	contentId: 'boards-101',
	kind: 'article',
	at: T0,
	experiment: '',
	variant: '',
	content: '{"id":"boards-101","text":"Ümläute 🙂"}',
	...over,
});
const pick = async (ledger: Ledger, ...picks: ContentPick[]): Promise<void> => {
	await ledger.pickContent({ keys: [], contacts: [], since: 0 }, () => ({
		picks,
		answer: undefined,
	}));
};
const memoryOf = async (
	ledger: Ledger,
	keys: string[],
	contacts: string[] = [ADA],
	since = 0,
): Promise<ContentMemory> => await ledger.contentMemory({ keys, contacts, since });
const seenBy = async (ledger: Ledger, contact = ADA, since = 0): Promise<string[]> =>
	((await memoryOf(ledger, [], [contact], since)).seen.get(contact) ?? []).map(
		({ contentId }) => contentId,
	);

/** What Content Selector remembers. */
export function contentContract(on: WithLedger): void {
	describe('what contacts were sent of the catalogue', () => {
		it(
			'is given back by key, and by contact since a time, the oldest first',
			on(async (ledger) => {
				const old = pickOf('k1', { at: T0 - DAY, contentId: 'old' });
				const other = pickOf('k3', { contact: 'bo@acme.example' });
				await pick(ledger, pickOf('k2'), old, other);
				const memory = await memoryOf(ledger, ['k1', 'k3', 'none']);
				expect([...memory.picks.entries()]).toEqual([
					['k1', old],
					['k3', other],
				]);
				expect(memory.seen.get(ADA)).toEqual([
					{ key: 'k1', contentId: 'old', kind: 'article', at: T0 - DAY },
					{ key: 'k2', contentId: 'boards-101', kind: 'article', at: T0 },
				]);
				expect(await seenBy(ledger, ADA, T0)).toEqual(['boards-101']);
			}),
		);

		it(
			'a later pick under the same key takes its place',
			on(async (ledger) => {
				await pick(ledger, pickOf('k'));
				await pick(ledger, pickOf('k', { contentId: 'forms' }));
				expect(await seenBy(ledger)).toEqual(['forms']);
			}),
		);

		it.each<[string, (ledger: Ledger) => Promise<unknown>, boolean]>([
			['is on its way', async () => await Promise.resolve(), true],
			['was sent', async (ledger) => await ledger.confirm(['k'], T0), true],
			[
				'is to be tried again',
				async (ledger) => {
					await ledger.fail([{ key: 'k', reasons: [], retryAt: T0 + DAY }], T0);
				},
				true,
			],
			[
				'may have arrived',
				async (ledger) => {
					await ledger.fail([{ key: 'k', reasons: [], mayHaveArrived: true }], T0);
				},
				true,
			],
			[
				'never will',
				async (ledger) => {
					await ledger.fail([{ key: 'k', reasons: [] }], T0);
				},
				false,
			],
		])('whose touch %s', async (_what, act, isSeen) => {
			await on(async (ledger) => {
				await ledger.claim([claimOf(touchOf('k', { address: ADA }))], T0);
				await pick(ledger, pickOf('k'));
				await act(ledger);
				expect(await seenBy(ledger)).toEqual(isSeen ? ['boards-101'] : []);
			})();
		});

		it(
			'is chosen by one of many at once, because reading and writing is one',
			on(async (ledger) => {
				const ids = numbered(20, 'content');
				const chosen = await Promise.all(
					ids.map(
						async (_id, index) =>
							await ledger.pickContent({ keys: [], contacts: [ADA], since: 0 }, ({ seen }) => {
								const has = new Set((seen.get(ADA) ?? []).map(({ contentId }) => contentId));
								const contentId = ids.find((id) => !has.has(id)) ?? '';
								return { picks: [pickOf(`k${String(index)}`, { contentId })], answer: contentId };
							}),
					),
				);
				expect(chosen.toSorted()).toEqual(ids.toSorted());
			}),
		);

		it(
			'of an experiment is what went out, with when it did',
			on(async (ledger) => {
				const keys = ['k1', 'k2', 'k3', 'k4'];
				await ledger.claim(
					keys.map((key) => claimOf(touchOf(key))),
					T0,
				);
				const its = keys.map((key) => pickOf(key, { experiment: 'tone', variant: 'warm' }));
				await pick(ledger, ...its.slice(0, 3), pickOf('k4', { experiment: 'other' }));
				await ledger.confirm(['k1', 'k4'], T0 + 1);
				await ledger.confirm(['k3'], T0 + DAY);
				const sent = await ledger.contentPicks('tone', T0);
				expect(sent).toEqual([
					{ ...its[0], sentAt: T0 + 1 },
					{ ...its[2], sentAt: T0 + DAY },
				]);
				expect(await ledger.contentPicks('tone', T0 + DAY)).toHaveLength(1);
			}),
		);
	});

	describe('what Claude answered', () => {
		it(
			'is kept by its question until its time is over',
			on(async (ledger) => {
				const kept = { about: '', answer: '{"id":"x"}' };
				await ledger.rememberAnswers([
					{ ...kept, signature: 'a', expiresAt: T0 + DAY },
					{ ...kept, signature: 'b', expiresAt: T0 },
				]);
				expect(await ledger.recallAnswers(['b', 'a', 'c'], T0)).toEqual([
					undefined,
					'{"id":"x"}',
					undefined,
				]);
				await ledger.rememberAnswers([{ ...kept, signature: 'b', expiresAt: T0 + 1 }]);
				expect(await ledger.recallAnswers(['b'], T0)).toEqual(['{"id":"x"}']);
			}),
		);

		it(
			'costs what everybody has spent in the month together',
			on(async (ledger) => {
				const spent = await Promise.all(
					numbered(50).map(async () => await ledger.addSpent('2026-03', 1_000)),
				);
				expect(Math.max(...spent)).toBe(50_000);
				expect(await ledger.addSpent('2026-03', -2_000)).toBe(48_000);
				expect(await ledger.addSpent('2026-04', 0)).toBe(0);
			}),
		);

		it(
			'by batches, which are closed by one and cost once',
			on(async (ledger) => {
				const batch = { id: 'batch_1', submittedAt: T0, settings: '{}' };
				await ledger.rememberBatch(batch);
				await ledger.rememberBatch({ ...batch, id: 'batch_2', submittedAt: T0 - 1 });
				expect((await ledger.openBatches()).map(({ id }) => id)).toEqual(['batch_2', 'batch_1']);
				const spent = { month: '2026-05', microDollars: 70 };
				const closed = await Promise.all(
					numbered(5).map(async () => await ledger.closeBatch('batch_1', T0, spent)),
				);
				expect(closed.filter(Boolean)).toHaveLength(1);
				expect(await ledger.addSpent('2026-05', 0)).toBe(70);
				expect(await ledger.openBatches()).toEqual([
					{ ...batch, id: 'batch_2', submittedAt: T0 - 1 },
				]);
			}),
		);
	});

	describe('content and privacy', () => {
		const some = async (ledger: Ledger): Promise<void> => {
			await pick(
				ledger,
				pickOf('k1'),
				pickOf('k2', { accountId: 'other', contact: 'bo@b.example' }),
			);
			await ledger.rememberAnswers([
				{ signature: 'named', about: 'acme', answer: '{}', expiresAt: T0 + DAY },
				{ signature: 'shared', about: '', answer: '{}', expiresAt: T0 + DAY },
			]);
		};
		const left = async (ledger: Ledger): Promise<unknown[]> => [
			[...(await memoryOf(ledger, ['k1', 'k2'])).picks.keys()],
			await ledger.recallAnswers(['named', 'shared'], T0),
		];

		it(
			'an account that is erased leaves neither picks nor what was said about it',
			on(async (ledger) => {
				await some(ledger);
				const removed = await ledger.erase({ accountIds: ['acme'], addresses: [] });
				expect(removed.content).toBe(2);
				expect(await left(ledger)).toEqual([['k2'], [undefined, '{}']]);
			}),
		);

		it(
			'a person who is erased leaves no picks',
			on(async (ledger) => {
				await some(ledger);
				const removed = await ledger.erase({ accountIds: [], addresses: ['Ada@Acme.example'] });
				expect(removed.content).toBe(1);
				expect(await left(ledger)).toEqual([['k2'], ['{}', '{}']]);
			}),
		);

		it(
			'what is old is forgotten',
			on(async (ledger) => {
				await some(ledger);
				await pick(ledger, pickOf('new', { at: T0 + DAY }));
				const removed = await ledger.forgetBefore(T0 + 2 * DAY, []);
				expect(removed.content).toBe(5);
				await some(ledger);
				expect((await ledger.forgetBefore(T0, [])).content).toBe(0);
			}),
		);
	});
}
