import type { Enrollment, JourneyEvent, Touch } from '../engine/journeys/memory';
import type {
	Claim,
	ClaimResult,
	ConfirmResult,
	Failure,
	JourneyOwner,
	Ledger,
	Recall,
	RecallQuery,
	SendGrant,
} from './ledger';
import { enrollmentOf, eventOf, touchOf } from './rows';
import { linkAlias, survivorsOf } from './sqliteAliases';
import { SqliteFile } from './sqliteFile';

const open = new Map<string, SqliteLedger>();

/** The ledger in one SQLite file; one connection per process and file, made on first use. */
export function openSqliteLedger(path: string): Ledger {
	let ledger = open.get(path);
	if (ledger === undefined) {
		ledger = new SqliteLedger(path);
		open.set(path, ledger);
	}
	return ledger;
}

const IN_LIST = 'IN (SELECT value FROM json_each(?))';

class SqliteLedger implements Ledger {
	private readonly file: SqliteFile;

	constructor(private readonly path: string) {
		this.file = new SqliteFile(path);
	}

	async recordEvents(events: JourneyEvent[], receivedAt: number): Promise<boolean[]> {
		return await this.file.write(events, (event) => {
			const { changes } = this.file
				.sql(
					'INSERT INTO dcs_events (id, account_id, type, occurred_at, received_at, step, contact, data) VALUES (?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING',
				)
				.run(
					event.id,
					event.accountId,
					event.type,
					event.occurredAt,
					receivedAt,
					event.step ?? null,
					event.contact ?? null,
					event.data === undefined ? null : JSON.stringify(event.data),
				);
			return changes === 1;
		});
	}

	async begin(
		run: { journey: string; dry: boolean; owner: JourneyOwner; takeOver: boolean },
		now: number,
	): Promise<JourneyOwner> {
		const [owner = run.owner] = await this.file.write([run], (r): JourneyOwner => {
			const row = this.file
				.sql(
					`INSERT INTO dcs_journeys (journey, dry, started_at, owner, owner_name) VALUES (?,?,?,?,?) ON CONFLICT (journey, dry) DO UPDATE SET
					owner = iif(?, excluded.owner, owner), owner_name = iif(? OR owner = excluded.owner, excluded.owner_name, owner_name)
					RETURNING owner, owner_name`,
				)
				.get(
					r.journey,
					r.dry ? 1 : 0,
					now,
					r.owner.id,
					r.owner.name,
					r.takeOver ? 1 : 0,
					r.takeOver ? 1 : 0,
				);
			return { id: String(row?.owner), name: String(row?.owner_name) };
		});
		return owner;
	}

	async recall(query: RecallQuery): Promise<Recall> {
		const { journey, now } = query;
		const dry = query.dry ? 1 : 0;
		await this.file.migrated();
		const started = this.file
			.sql('SELECT started_at FROM dcs_journeys WHERE journey = ? AND dry = ?')
			.get(journey, dry);
		const startedAt = Number(started?.started_at ?? now);
		const survivorOf = await survivorsOf(this.file, query.accountIds);
		// resolved first, so that an account and its alias in different chunks are not read twice
		const ids = [...new Set([...query.accountIds, ...survivorOf.keys(), ...survivorOf.values()])];
		const addresses = [...new Set(query.addresses.map((address) => address.toLowerCase()))];
		const { file } = this;
		return {
			startedAt,
			survivorOf,
			enrollments: await file.read(ids, (chunk) =>
				file
					.sql(
						`SELECT * FROM dcs_enrollments WHERE journey = ? AND dry = ? AND account_id ${IN_LIST} ORDER BY account_id, cycle`,
					)
					.all(journey, dry, JSON.stringify(chunk))
					.map(enrollmentOf),
			),
			touches: await file.read(ids, (chunk) =>
				file
					.sql(
						`SELECT * FROM dcs_touches WHERE account_id ${IN_LIST} AND journey = ? AND dry = ? ORDER BY key`,
					)
					.all(JSON.stringify(chunk), journey, dry)
					.map(touchOf),
			),
			events: await file.read(ids, (chunk) =>
				file
					.sql(`SELECT * FROM dcs_events WHERE account_id ${IN_LIST} ORDER BY occurred_at, id`)
					.all(JSON.stringify(chunk))
					.map(eventOf),
			),
			lastEmailAt: new Map(
				await file.read(addresses, (chunk) =>
					file
						.sql(
							`SELECT address, MAX(changed_at) AS at FROM dcs_touches WHERE channel = 'email' AND address ${IN_LIST} AND dry = ? AND ${COUNTS_FOR_CAP} GROUP BY address`,
						)
						.all(JSON.stringify(chunk), dry)
						.map((row): [string, number] => [String(row.address), Number(row.at)]),
				),
			),
			suppressed: new Set(
				await file.read(addresses, (chunk) =>
					file
						.sql(`SELECT address FROM dcs_suppressions WHERE address ${IN_LIST}`)
						.all(JSON.stringify(chunk))
						.map((row) => String(row.address)),
				),
			),
		};
	}

	async linkAliases(links: { alias: string; accountId: string }[], now: number): Promise<void> {
		await this.file.write(links, ({ alias, accountId }) => {
			linkAlias(this.file, alias, accountId, now);
		});
	}

	async enroll(enrollments: Enrollment[]): Promise<boolean[]> {
		return await this.file.write(enrollments, (e) => {
			const { changes } = this.file
				.sql(
					'INSERT INTO dcs_enrollments (journey, dry, account_id, cycle, anchor_at, enrolled_at, state, outcome, ended_at, version) VALUES (?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING',
				)
				.run(
					e.journey,
					e.dry ? 1 : 0,
					e.accountId,
					e.cycle,
					e.anchorAt,
					e.enrolledAt,
					e.state,
					e.outcome ?? null,
					e.endedAt ?? null,
					e.version,
				);
			return changes === 1;
		});
	}

	async end(enrollments: Enrollment[]): Promise<void> {
		await this.file.write(enrollments, (e) => {
			this.file
				.sql(
					"UPDATE dcs_enrollments SET state = 'ended', outcome = ?, ended_at = ?, version = ? WHERE journey = ? AND dry = ? AND account_id = ? AND cycle = ? AND state = 'active'",
				)
				.run(
					e.outcome ?? null,
					e.endedAt ?? null,
					e.version,
					e.journey,
					e.dry ? 1 : 0,
					e.accountId,
					e.cycle,
				);
		});
	}

	async claim(claims: Claim[], now: number): Promise<ClaimResult[]> {
		return await this.file.write(claims, ({ touch, leaseMs, maxAttempts, capMs }): ClaimResult => {
			const { key } = touch;
			const address = touch.address.toLowerCase();
			if (touch.channel === 'email') {
				if (
					this.file.sql('SELECT 1 FROM dcs_suppressions WHERE address = ?').get(address) !==
					undefined
				)
					return { key, claimed: false, why: 'suppressed' };
				if (
					capMs > 0 &&
					this.file
						.sql(
							`SELECT 1 FROM dcs_touches WHERE channel = 'email' AND address = ? AND changed_at > ? AND key <> ? AND dry = ? AND ${COUNTS_FOR_CAP} LIMIT 1`,
						)
						.get(address, now - capMs, key, touch.dry ? 1 : 0) !== undefined
				)
					return { key, claimed: false, why: 'capped' };
			}
			const row = this.file
				.sql(
					`INSERT INTO dcs_touches (${TOUCH_COLUMNS}) VALUES (${TOUCH_MARKS}) ON CONFLICT (key) DO UPDATE SET
					state = 'claimed', channel = excluded.channel, address = excluded.address, due_at = excluded.due_at,
					next_at = NULL, lease_until = excluded.lease_until, attempts = dcs_touches.attempts + 1, changed_at = excluded.changed_at, reasons = excluded.reasons
					WHERE dcs_touches.dry = excluded.dry AND dcs_touches.attempts < ? AND (dcs_touches.state = 'held'
						OR (dcs_touches.state = 'failed' AND dcs_touches.next_at <= excluded.changed_at)
						OR (dcs_touches.state = 'claimed' AND dcs_touches.lease_until <= excluded.changed_at))
					RETURNING attempts`,
				)
				.get(
					...valuesOf({
						...touch,
						state: 'claimed',
						nextAt: undefined,
						leaseUntil: now + leaseMs,
						attempts: 1,
						changedAt: now,
					}),
					maxAttempts,
				);
			return row === undefined
				? { key, claimed: false, why: 'taken' }
				: { key, claimed: true, attempt: Number(row.attempts) };
		});
	}

	async note(touches: Touch[]): Promise<void> {
		await this.file.write(touches, (touch) => {
			this.file
				.sql(
					`INSERT INTO dcs_touches (${TOUCH_COLUMNS}) VALUES (${TOUCH_MARKS}) ON CONFLICT (key) DO UPDATE SET
					state = excluded.state, channel = excluded.channel, address = excluded.address, due_at = excluded.due_at, next_at = excluded.next_at,
					lease_until = NULL, changed_at = excluded.changed_at, reasons = excluded.reasons
					WHERE dcs_touches.dry = excluded.dry AND (dcs_touches.state IN ('held', 'dry')
						OR (dcs_touches.state = 'failed' AND (dcs_touches.next_at IS NOT NULL OR excluded.state = 'lapsed'))
						OR (dcs_touches.state = 'claimed' AND dcs_touches.lease_until <= excluded.changed_at))`,
				)
				.run(...valuesOf(touch));
		});
	}

	async beginSending(keys: string[], now: number): Promise<SendGrant[]> {
		return await this.file.write(keys, (key): SendGrant => {
			const row = this.file
				.sql('SELECT state, dry, lease_until, channel, address FROM dcs_touches WHERE key = ?')
				.get(key);
			if (row === undefined) return 'unknownTouch';
			// a dry run's touch is nobody's to send (P34)
			if (row.dry === 1) return 'notClaimed';
			if (row.state === 'sent') return 'alreadySent';
			if (row.state === 'sending') return 'fateUnknown';
			if (row.state !== 'claimed') return 'notClaimed';
			if (Number(row.lease_until) <= now) return 'leaseEnded';
			if (
				row.channel === 'email' &&
				this.file.sql('SELECT 1 FROM dcs_suppressions WHERE address = ?').get(row.address ?? '') !==
					undefined
			)
				return 'suppressed';
			this.file
				.sql("UPDATE dcs_touches SET state = 'sending', changed_at = ? WHERE key = ?")
				.run(now, key);
			return 'granted';
		});
	}

	async confirm(keys: string[], now: number): Promise<ConfirmResult[]> {
		return await this.file.write(keys, (key): ConfirmResult => {
			const { changes } = this.file
				.sql(
					"UPDATE dcs_touches SET state = 'sent', lease_until = NULL, changed_at = ? WHERE key = ? AND dry = 0 AND state IN ('claimed', 'sending')",
				)
				.run(now, key);
			if (changes === 1) return 'confirmed';
			const row = this.file.sql('SELECT state FROM dcs_touches WHERE key = ?').get(key);
			if (row === undefined) return 'unknownTouch';
			return row.state === 'sent' ? 'alreadySent' : 'notClaimed';
		});
	}

	async fail(failures: Failure[], now: number): Promise<void> {
		await this.file.write(failures, ({ key, reasons, retryAt, keepsAttempt = false }) => {
			this.file
				.sql(
					"UPDATE dcs_touches SET state = 'failed', lease_until = NULL, next_at = ?, changed_at = ?, reasons = ?, attempts = MAX(0, attempts - ?) WHERE key = ? AND dry = 0 AND state IN ('claimed', 'sending')",
				)
				.run(retryAt ?? null, now, JSON.stringify(reasons), keepsAttempt ? 1 : 0, key);
		});
	}

	async suppress(suppressions: { address: string; reason: string }[], now: number): Promise<void> {
		await this.file.write(suppressions, ({ address, reason }) => {
			this.file
				.sql(
					'INSERT INTO dcs_suppressions (address, reason, since) VALUES (?,?,?) ON CONFLICT DO NOTHING',
				)
				.run(address.toLowerCase(), reason, now);
		});
	}

	async secret(): Promise<string> {
		await this.file.migrated();
		return String(
			this.file.sql("SELECT value FROM dcs_settings WHERE name = 'secret'").get()?.value,
		);
	}

	async forgetJourney(journey: string): Promise<void> {
		await this.file.write([journey], () => {
			for (const table of ['dcs_journeys', 'dcs_enrollments', 'dcs_touches'])
				this.file.sql(`DELETE FROM ${table} WHERE journey = ?`).run(journey);
		});
	}

	close(): Promise<void> {
		if (open.get(this.path) === this) open.delete(this.path);
		this.file.close();
		return Promise.resolve();
	}
}

/** A mail that went, is on its way or may have gone. A dry run is capped by what it would have sent. */
const COUNTS_FOR_CAP = "state IN ('claimed', 'sending', 'sent', 'dry')";

const TOUCH_COLUMNS =
	'key, journey, dry, account_id, cycle, step_id, topic, channel, address, state, due_at, next_at, lease_until, attempts, changed_at, reasons';
const TOUCH_MARKS = '?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?';

function valuesOf(t: Touch): (string | number | null)[] {
	return [
		t.key,
		t.journey,
		t.dry ? 1 : 0,
		t.accountId,
		t.cycle,
		t.stepId,
		t.topic,
		t.channel,
		t.address.toLowerCase(),
		t.state,
		t.dueAt,
		t.nextAt ?? null,
		t.leaseUntil ?? null,
		t.attempts,
		t.changedAt,
		JSON.stringify(t.reasons),
	];
}
