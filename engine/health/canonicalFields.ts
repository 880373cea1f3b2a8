type Facts = Readonly<Record<string, unknown>>;
type Read = (facts: Facts) => unknown;

/**
 * The fields of the canonical account that a score usually looks at, each with its name written out: the JavaScript
 * engine remembers where a *named* field lies, which makes reading it ten times faster than by a name in a variable.
 */
export const CANONICAL_PARENTS: ReadonlyMap<string, Read> = new Map<string, Read>([
	['usage', (account) => account.usage],
	['support', (account) => account.support],
	['sentiment', (account) => account.sentiment],
	['licences', (account) => account.licences],
]);

export const CANONICAL_FIELDS: ReadonlyMap<string, Read> = new Map<string, Read>([
	['arr', (account) => account.arr],
	['renewalDate', (account) => account.renewalDate],
	['usage.activeUsers', (usage) => usage.activeUsers],
	['usage.events', (usage) => usage.events],
	['usage.previousEvents', (usage) => usage.previousEvents],
	['usage.lastActiveAt', (usage) => usage.lastActiveAt],
	['usage.asOf', (usage) => usage.asOf],
	['usage.adoption', (usage) => usage.adoption],
	['support.openTickets', (support) => support.openTickets],
	['support.openP1', (support) => support.openP1],
	['sentiment.nps', (sentiment) => sentiment.nps],
	['sentiment.csat', (sentiment) => sentiment.csat],
	['licences.bought', (licences) => licences.bought],
	['licences.used', (licences) => licences.used],
]);

/** The reader of any other field, by its name. */
export function byName(name: string): Read {
	return (facts) => facts[name];
}
