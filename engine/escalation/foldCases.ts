import { currentReasons, type Case, type CaseReason } from './case';
import { isCapped } from './dailyCap';
import { weightOf } from './joinReasons';
import { isPaused } from './nextStep';
import { nextRound } from './tellings';
import type { Pause } from './target';

/**
 * Two open cases of records that turned out to be one account become one (P08, P32): `into`, the older, keeps its number,
 * owner and policy and gets the reasons and clocks of the other, which ends as merged. What was told of either is not
 * told again; where two people had them, both are to be told; it counts as acknowledged only where both were; what either waited for the customer counts for both, and
 * it still waits only where both do.
 * @param accountId of the record that survived; `now` in ms since 1970
 */
export function foldCases(
	{ into, other, accountId }: { into: Case; other: Case; accountId: string },
	now: number,
): { into: Case; closed: Case } {
	const { kind, priority } = weightOf([into, other]);
	const acknowledgement = other.acknowledgement === undefined ? undefined : into.acknowledgement;
	// the surviving record knows best, else the newer case
	const isOwn = into.accountId === accountId;
	const climbed = climbOf(into, other);
	const merged: Case = {
		...into,
		kind,
		priority,
		facts: isOwn ? { ...other.facts, ...into.facts } : { ...into.facts, ...other.facts },
		escalatedAt: earliest(into.escalatedAt, other.escalatedAt),
		...reasonsOf(into, other),
		untold: newsOf(into, other),
		clocks: [...into.clocks, ...other.clocks],
		pauses: together(into, other, now),
		acknowledgement,
		firstTouchAt: earliest(into.firstTouchAt, other.firstTouchAt),
		lastTouchAt: latest(into.lastTouchAt, other.lastTouchAt),
		climb: acknowledgement === undefined ? climbed.climb : undefined,
		told: [...into.told, ...toldOfClocks(other, into.clocks.length), ...climbed.told],
	};
	const waits = isCapped(merged) && [into.digest, other.digest].includes('waiting');
	const closed: Case = {
		...other,
		open: false,
		resolvedAt: now,
		outcome: 'merged',
		mergedInto: into.no,
		pauses: ended(other.pauses, now),
		climb: undefined,
		pending: [],
		digest: undefined,
		untold: undefined,
		nextLook: undefined,
	};
	return { into: { ...merged, digest: waits ? 'waiting' : into.digest }, closed };
}

/** What neither's people were told yet; and whoever loses a case by this hears of it. */
function newsOf(into: Case, other: Case): Case['untold'] {
	const { no, owner: to } = other;
	const merged = { event: 'merged' as const, no, to };
	const news = [
		...(into.untold ?? []),
		...(other.untold ?? []),
		// who keeps it has to know as well: what was acknowledged may not be any more
		...(to.email === into.owner.email ? [] : [merged, { ...merged, to: into.owner }]),
	];
	return news.length === 0 ? undefined : news;
}

/** What is settled in either first, then what this opening is about; of what both hold, one. */
function reasonsOf(into: Case, other: Case): Pick<Case, 'reasons' | 'settled'> {
	const current = [into, other].flatMap(currentReasons);
	const settled = [into, other].flatMap((one) => one.reasons.slice(0, one.settled ?? 0));
	const seen = new Set(current.map(({ key }) => key));
	const once = (reasons: readonly CaseReason[]): CaseReason[] => [
		...new Map(reasons.map((reason) => [reason.key, reason])).values(),
	];
	const past = once(settled).filter(({ key }) => !seen.has(key));
	return {
		reasons: [...past, ...once(current)],
		...(past.length > 0 ? { settled: past.length } : {}),
	};
}

/** What was told of the clocks of a case when they stand behind so many others. */
function toldOfClocks({ told }: Case, behind: number): string[] {
	return told.flatMap((id) => {
		const [, what, clock] = /^((?:nearing|breached)\/\w+)\/(\d+)$/.exec(id) ?? [];
		return what === undefined ? [] : [`${what}/${behind + Number(clock)}`];
	});
}

/** Where only the other climbs, that climb goes on, as the next round of this one. */
function climbOf(into: Case, other: Case): { climb: Case['climb']; told: string[] } {
	if (into.climb !== undefined || other.climb === undefined) return { climb: into.climb, told: [] };
	const round = nextRound(into);
	const before = `level/${other.climb.round}/`;
	const told = other.told
		.filter((id) => id.startsWith(before))
		.map((id) => `level/${round}/${id.slice(before.length)}`);
	return { climb: { round, from: other.climb.from }, told };
}

/** All times at which either waited, in order and apart from each other. */
function together(into: Case, other: Case, now: number): Case['pauses'] {
	const still = isPaused(into) && isPaused(other);
	const all = [...ended(into.pauses, now), ...ended(other.pauses, now)].toSorted(
		(a, b) => a.from - b.from,
	);
	const apart: { from: number; to: number }[] = [];
	for (const { from, to } of all) {
		const last = apart.at(-1);
		if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
		else apart.push({ from, to });
	}
	const last = apart.at(-1);
	return still && last !== undefined ? [...apart.slice(0, -1), { from: last.from }] : apart;
}

function ended(pauses: readonly Pause[], now: number): { from: number; to: number }[] {
	return pauses.map(({ from, to }) => ({ from, to: to ?? Math.max(from, now) }));
}

function earliest(a: number | undefined, b: number | undefined): number | undefined {
	return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}

function latest(a: number | undefined, b: number | undefined): number | undefined {
	return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}
