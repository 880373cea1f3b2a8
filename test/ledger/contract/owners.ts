import type { JourneyOwner, Ledger } from '../../../ledger/ledger';
import type { WithLedger } from '../contract';
import { JOURNEY, numbered, T0 } from '../rows';
import { recallOf } from './readBack';

const owner = (id: string): JourneyOwner => ({ id, name: `flow ${id}` });
const begin = async (
	ledger: Ledger,
	id: string,
	over: { dry?: boolean; takeOver?: boolean; journey?: string } = {},
	now = T0,
): Promise<string> => {
	const { dry = false, takeOver = false, journey = JOURNEY } = over;
	return (await ledger.begin({ journey, dry, owner: owner(id), takeOver }, now)).id;
};

export function ownerContract(on: WithLedger): void {
	describe('one flow decides for a journey', () => {
		it(
			'the first that ran it, until another takes it over',
			on(async (ledger) => {
				expect(await begin(ledger, 'a')).toBe('a');
				expect(await begin(ledger, 'b')).toBe('a');
				expect(await begin(ledger, 'a')).toBe('a');
				expect(await begin(ledger, 'b', { takeOver: true })).toBe('b');
				expect(await begin(ledger, 'a')).toBe('b');
			}),
		);

		it(
			'taking over moves no first run; each journey, live and dry, is by itself',
			on(async (ledger) => {
				await begin(ledger, 'a');
				await begin(ledger, 'b', { takeOver: true }, T0 + 5);
				expect(await begin(ledger, 'c', { dry: true }, T0 + 6)).toBe('c');
				expect(await begin(ledger, 'd', { journey: 'renewal' }, T0 + 7)).toBe('d');
				const startedAt = async (dry: boolean, journey = JOURNEY) =>
					(await recallOf(ledger, { dry, journey, now: T0 + 9 })).startedAt;
				expect(await startedAt(false)).toBe(T0);
				expect(await startedAt(true)).toBe(T0 + 6);
				expect(await startedAt(false, 'renewal')).toBe(T0 + 7);
				expect(await startedAt(false, 'expansion')).toBe(T0 + 9);
			}),
		);

		it(
			'its name is the latest one',
			on(async (ledger) => {
				const run = { journey: JOURNEY, dry: false, takeOver: false };
				await ledger.begin({ ...run, owner: { id: 'a', name: 'old' } }, T0);
				await ledger.begin({ ...run, owner: { id: 'a', name: 'new' } }, T0);
				expect(await ledger.begin({ ...run, owner: owner('b') }, T0)).toEqual({
					id: 'a',
					name: 'new',
				});
			}),
		);

		it(
			'of fifty at once, one',
			on(async (ledger) => {
				const owners = await Promise.all(numbered(50).map(async (id) => await begin(ledger, id)));
				expect(new Set(owners).size).toBe(1);
			}),
		);
	});
}
