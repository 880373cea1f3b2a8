import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { advanceJourney } from '../../../engine/journeys/advance';
import { openSqliteLedger } from '../../../ledger/sqlite';
import {
	account,
	completed,
	contact,
	created,
	diary,
	event,
	everyHours,
	onboarding,
	simulate,
} from './simulate';

/** What the model makes of a story the real ledger has to make of it too, or the tests beside this one prove nothing. */
it('the model of the ledger agrees with the SQLite one, sweep by sweep', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'ledger-model-'));
	const real = openSqliteLedger(join(folder, 'ledger.sqlite'));
	const journey = onboarding();
	const accounts = ['a', 'b', 'c'].map((accountId) =>
		account({ accountId, contacts: [contact(accountId === 'c' ? 'b' : accountId, 'admin')] }),
	);
	const accountIds = accounts.map(({ accountId }) => accountId);
	const addresses = ['a@acme.example', 'b@acme.example'];
	const events = [
		...accountIds.map((accountId) => created('2026-03-05 10:00', { accountId })),
		completed('connect-data', '2026-03-06 10:00', { accountId: 'a' }),
		event('reply_received', '2026-03-11 10:00', { accountId: 'b' }),
		event('first_value_reached', '2026-03-12 10:00', { accountId: 'a' }),
	];
	const sent: string[] = [];
	const sweeps = everyHours('2026-03-05 10:00', '2026-03-20 10:00', 4);
	for (const now of sweeps) {
		await real.recordEvents(
			events.filter(({ occurredAt }) => occurredAt <= now),
			now,
		);
		await real.begin(
			{ journey: journey.id, dry: false, owner: { id: 'f', name: 'f' }, takeOver: false },
			now,
		);
		const memory = await real.recall({
			journey: journey.id,
			dry: false,
			accountIds,
			addresses,
			now,
		});
		const decisions = advanceJourney(journey, accounts, memory, { now, dry: false });
		await real.recordEvents(
			decisions.flatMap(({ observed }) => observed),
			now,
		);
		await real.enroll(decisions.flatMap(({ enroll }) => enroll));
		const claims = decisions
			.flatMap(({ touches }) => touches)
			.map(({ touch, caps, yieldsUntil, maxAttempts }) => ({
				touch,
				caps,
				yieldsUntil,
				maxAttempts,
				leaseMs: 1_800_000,
			}));
		const results = await real.claim(claims, now);
		await real.note(decisions.flatMap(({ notes }) => notes));
		await real.end(decisions.flatMap(({ end }) => end));
		const keys = results.filter(({ claimed }) => claimed).map(({ key }) => key);
		sent.push(...keys);
		await real.confirm(keys, now + 20_000);
	}
	const model = simulate({ sweeps, accounts, events, journey });
	expect(diary(model).length).toBeGreaterThan(8);
	expect(sent).toEqual(model.sent.map(({ key }) => key));
	const rows = await real.recall({
		journey: journey.id,
		dry: false,
		accountIds,
		addresses,
		now: 0,
	});
	const comparable = (list: typeof rows.touches) =>
		list.map(({ key, state, attempts, changedAt, nextAt }) => ({
			key,
			state,
			attempts,
			changedAt,
			nextAt,
		}));
	expect(comparable(rows.touches)).toEqual(
		comparable([...model.ledger.touches.values()]).sort((a, b) => (a.key < b.key ? -1 : 1)),
	);
	await real.close();
	rmSync(folder, { recursive: true, force: true });
}, 60_000);
