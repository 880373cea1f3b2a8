import { askForRows, askForTexts, type Work } from './database';

/** A mail that went, is on its way or may have gone. A dry run is capped by what it would have sent. */
export const COUNTS_FOR_CAP = "state IN ('claimed', 'sending', 'sent', 'dry')";

/** Those of the lower-case addresses that get no automated e-mail (P12). */
export function* suppressedAmong(addresses: readonly string[]): Work<Set<string>> {
	if (addresses.length === 0) return new Set();
	const rows = yield* askForTexts(
		addresses,
		(rows) =>
			`SELECT address FROM dcs_suppressions WHERE address IN (SELECT text FROM ${rows} AS r)`,
	);
	return new Set(rows.map(({ address }) => String(address)));
}

/** Lower-case address → time of the last automated e-mail that counts (P04). */
export function* lastEmails(addresses: readonly string[], dry: boolean): Work<[string, number][]> {
	const rows = yield* askForTexts(
		addresses,
		(rows) =>
			`SELECT address, MAX(changed_at) AS at FROM dcs_touches WHERE channel = 'email' AND dry = ?1 AND ${COUNTS_FOR_CAP} AND address IN (SELECT text FROM ${rows} AS r) GROUP BY address`,
		{ values: [dry ? 1 : 0] },
	);
	return rows.map(({ address, at }) => [String(address), Number(at)]);
}

export function* suppress(
	suppressions: readonly { address: string; reason: string }[],
	now: number,
): Work<never[]> {
	yield* askForRows(
		{ address: 'text', reason: 'text' },
		suppressions.map(({ address, reason }) => ({ address: address.toLowerCase(), reason })),
		(r) =>
			`INSERT INTO dcs_suppressions (address, reason, since) SELECT address, reason, ?1 FROM ${r} AS r WHERE true ON CONFLICT (address) DO NOTHING`,
		{ values: [now] },
	);
	return [];
}
