import { TIER_EVENTS, type HandOver, type TierEvent } from '../../engine/tiers/elevation';
import { survivorsOf } from './aliases';
import { ask, askForTexts, type Work } from './database';
import { GIVEN_TO_HUMAN } from './handOvers';
import { reader } from './rows';

/** Survivors among the accounts, looked for only where anybody was ever merged. */
export function* mergedAmong(accountIds: readonly string[]): Work<[string, string][]> {
	const [merged] = yield* ask('SELECT 1 FROM dcs_aliases LIMIT 1');
	return merged === undefined ? [] : yield* survivorsOf(accountIds);
}

/** Live hand-overs of these journeys to people. */
export function* healthHandOversOf(
	accountIds: readonly string[],
	journeys: readonly string[],
): Work<HandOver[]> {
	if (journeys.length === 0) return [];
	const named = journeys.map((_journey, index) => `?${index + 1}`).join(', ');
	const rows = yield* askForTexts(
		accountIds,
		(among) =>
			`SELECT account_id, key, state, changed_at FROM dcs_touches WHERE ${GIVEN_TO_HUMAN} AND dry = 0 AND journey IN (${named}) AND account_id ${among}`,
		{ values: journeys },
	);
	return rows.map((row) => {
		const r = reader('touch', row);
		return {
			accountId: r.text('account_id'),
			key: r.text('key'),
			state: r.oneOf('state', ['claimed', 'sending', 'sent']),
			at: r.number('changed_at'),
		};
	});
}

/** What was remembered of elevations of these accounts. */
export function* tierEventsOf(accountIds: readonly string[]): Work<TierEvent[]> {
	return yield* eventsOfTypes(accountIds, TIER_EVENTS);
}

export function* resolvedCasesOf(accountIds: readonly string[]): Work<TierEvent[]> {
	return yield* eventsOfTypes(accountIds, ['case_resolved']);
}

function* eventsOfTypes(
	accountIds: readonly string[],
	types: readonly string[],
): Work<TierEvent[]> {
	const named = types.map((_type, index) => `?${index + 1}`).join(', ');
	const rows = yield* askForTexts(
		accountIds,
		(among) =>
			`SELECT account_id, type, id, occurred_at FROM dcs_events WHERE type IN (${named}) AND account_id ${among}`,
		{ values: types },
	);
	return rows.map((row) => {
		const r = reader('event', row);
		return {
			accountId: r.text('account_id'),
			type: r.text('type'),
			id: r.text('id'),
			occurredAt: r.number('occurred_at'),
		};
	});
}
