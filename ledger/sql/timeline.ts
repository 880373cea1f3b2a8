import type { Enrollment } from '../../engine/journeys/memory';
import type { LogEntry } from '../ledger';
import { askForTexts, type Work } from './database';
import { ENROLLMENT_COLUMNS, enrollmentOf, reader, storable } from './rows';

/** Enrolments in every journey, live and dry, by account, journey and cycle. */
export function* allEnrollmentsOf(accountIds: readonly string[]): Work<Enrollment[]> {
	const names = Object.keys(ENROLLMENT_COLUMNS).join(', ');
	const rows = yield* askForTexts(
		accountIds,
		(among) => `SELECT ${names} FROM dcs_enrollments WHERE account_id ${among}`,
	);
	return rows
		.map(enrollmentOf)
		.sort((a, b) => a.enrolledAt - b.enrolledAt || (a.journey < b.journey ? -1 : 1));
}

/** Every decision that was written down, in the order in which it was. */
export function* logOf(accountIds: readonly string[]): Work<LogEntry[]> {
	const rows = yield* askForTexts(
		accountIds,
		(among) =>
			`SELECT l.id, l.account_id, l.touch, l.at, l.what, l.next_at, l.reasons, t.journey, t.dry, t.step_id, t.topic, t.channel FROM dcs_log AS l JOIN dcs_touches AS t ON t.key = l.touch WHERE l.account_id ${among} ORDER BY l.id`,
	);
	return rows.map((row) => {
		const r = reader('log entry', row);
		return {
			accountId: r.text('account_id'),
			journey: r.text('journey'),
			dry: r.number('dry') === 1,
			stepId: r.text('step_id'),
			topic: r.text('topic'),
			channel: r.text('channel'),
			touch: r.text('touch'),
			at: r.number('at'),
			what: r.text('what'),
			nextAt: r.optionalNumber('next_at'),
			reasons: r.reasons('reasons'),
		};
	});
}

/** Whose contact somebody is, by the latest mail that was thought of, else by the record that told of an unsubscribe. */
export function* accountsNaming(addresses: readonly string[]): Work<(string | undefined)[]> {
	const asked = addresses.map((address) => storable(address.toLowerCase()));
	const unsubscribed = yield* askForTexts(
		asked,
		(among) =>
			`SELECT address, source FROM dcs_suppressions WHERE source LIKE 'account/%' AND address ${among} ORDER BY since, source`,
	);
	const thought = yield* askForTexts(
		asked,
		(among) =>
			`SELECT address, account_id FROM dcs_touches WHERE channel = 'email' AND address ${among} ORDER BY changed_at, account_id`,
	);
	// the last word counts
	const accounts = new Map([
		...unsubscribed.map(({ address, source }): [string, string] => [
			String(address),
			String(source).slice('account/'.length),
		]),
		...thought.map(({ address, account_id }): [string, string] => [
			String(address),
			String(account_id),
		]),
	]);
	return asked.map((address) => accounts.get(address));
}
