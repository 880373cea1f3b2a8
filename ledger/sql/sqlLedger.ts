import type { Enrollment, JourneyEvent, Touch } from '../../engine/journeys/memory';
import type {
	Claim,
	ClaimResult,
	ConfirmResult,
	Failure,
	JourneyOwner,
	JourneyRun,
	Ledger,
	Recall,
	RecallQuery,
	SendGrant,
} from '../ledger';
import { lastEmails, suppress, suppressedAmong } from './addresses';
import { linkAliases, survivorsOf, type AliasLink } from './aliases';
import { ask, askForTexts, inChunks, type Database, type Work } from './database';
import { begin, end, enroll, enrollmentsOf, startOf } from './enrollments';
import { eventsOf, recordEvents } from './events';
import { touchOf } from './rows';
import { beginTouches, claimTouches, confirmTouches, failTouches, noteTouches } from './touches';

const ALONE = { alone: true };
const READ_ONLY = { readOnly: true };

/** The ledger on a database that speaks SQL: which work each operation does, in how many transactions. */
export class SqlLedger implements Ledger {
	constructor(
		private readonly database: Database,
		private readonly onClose: () => void = () => undefined,
	) {}

	async recordEvents(events: JourneyEvent[], receivedAt: number): Promise<boolean[]> {
		return await inChunks(this.database, events, (chunk) => recordEvents(chunk, receivedAt));
	}

	async begin(run: JourneyRun, now: number): Promise<JourneyOwner> {
		return await this.database.transaction(() => begin(run, now));
	}

	async recall({ journey, dry, accountIds, addresses, now }: RecallQuery): Promise<Recall> {
		const read = async <Answer>(
			given: readonly string[],
			work: (chunk: readonly string[]) => Work<Answer[]>,
		): Promise<Answer[]> => await inChunks(this.database, given, work, READ_ONLY);
		const startedAt = await this.database.transaction(() => startOf(journey, dry), READ_ONLY);
		const survivorOf = new Map(await read(accountIds, (chunk) => survivorsOf(chunk)));
		// resolved first, so that an account and its alias in different chunks are not read twice
		const ids = [...new Set([...accountIds, ...survivorOf.keys(), ...survivorOf.values()])];
		const lowerCase = [...new Set(addresses.map((address) => address.toLowerCase()))];
		return {
			startedAt: startedAt ?? now,
			survivorOf,
			enrollments: await read(ids, (chunk) => enrollmentsOf(chunk, journey, dry)),
			touches: await read(ids, (chunk) => touchesOf(chunk, journey, dry)),
			events: await read(ids, (chunk) => eventsOf(chunk)),
			lastEmailAt: new Map(await read(lowerCase, (chunk) => lastEmails(chunk, dry))),
			suppressed: new Set(
				await read(lowerCase, function* (chunk) {
					return [...(yield* suppressedAmong(chunk))];
				}),
			),
		};
	}

	async linkAliases(links: AliasLink[], now: number): Promise<void> {
		await inChunks(this.database, links, (chunk) => linkAliases(chunk, now), ALONE);
	}

	async enroll(enrollments: Enrollment[]): Promise<boolean[]> {
		return await inChunks(this.database, enrollments, (chunk) => enroll(chunk));
	}

	async end(enrollments: Enrollment[]): Promise<void> {
		await inChunks(this.database, enrollments, (chunk) => end(chunk));
	}

	async claim(claims: Claim[], now: number): Promise<ClaimResult[]> {
		return await inChunks(this.database, claims, (chunk) => claimTouches(chunk, now), ALONE);
	}

	async note(touches: Touch[]): Promise<void> {
		await inChunks(this.database, touches, (chunk) => noteTouches(chunk), ALONE);
	}

	async beginSending(keys: string[], now: number): Promise<SendGrant[]> {
		return await inChunks(this.database, keys, (chunk) => beginTouches(chunk, now));
	}

	async confirm(keys: string[], now: number): Promise<ConfirmResult[]> {
		return await inChunks(this.database, keys, (chunk) => confirmTouches(chunk, now));
	}

	async fail(failures: Failure[], now: number): Promise<void> {
		await inChunks(this.database, failures, (chunk) => failTouches(chunk, now));
	}

	async suppress(suppressions: { address: string; reason: string }[], now: number): Promise<void> {
		await inChunks(this.database, suppressions, (chunk) => suppress(chunk, now));
	}

	async secret(): Promise<string> {
		const [row] = await this.database.transaction(
			() => ask("SELECT value FROM dcs_settings WHERE name = 'secret'"),
			READ_ONLY,
		);
		return String(row?.value);
	}

	async forgetJourney(journey: string): Promise<void> {
		await this.database.transaction(function* (): Work<void> {
			yield* ask(
				'DELETE FROM dcs_log WHERE touch IN (SELECT key FROM dcs_touches WHERE journey = ?1)',
				journey,
			);
			for (const table of ['dcs_journeys', 'dcs_enrollments', 'dcs_touches'])
				yield* ask(`DELETE FROM ${table} WHERE journey = ?1`, journey);
		}, ALONE);
	}

	async close(): Promise<void> {
		this.onClose();
		await this.database.close();
	}
}

/** By key. */
function* touchesOf(accountIds: readonly string[], journey: string, dry: boolean): Work<Touch[]> {
	const rows = yield* askForTexts(
		accountIds,
		(rows) =>
			`SELECT * FROM dcs_touches WHERE journey = ?1 AND dry = ?2 AND account_id IN (SELECT text FROM ${rows} AS r)`,
		{ values: [journey, dry ? 1 : 0] },
	);
	return rows.map(touchOf).sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}
