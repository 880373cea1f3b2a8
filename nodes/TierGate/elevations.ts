import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { TierAssignment } from '../../engine/tiers/assignTiers';
import { elevate, sayReturned } from '../../engine/tiers/elevate';
import {
	elevationsToNote,
	foldStandings,
	isReturning,
	returnToNote,
	type ReturnTerms,
	type Standing,
	type TierEvent,
} from '../../engine/tiers/elevation';
import { within, type Facts } from '../../engine/tiers/facts';
import type { RankOf, Tier } from '../../engine/tiers/policy';
import type { Ledger } from '../../ledger/ledger';
import { openLedger } from '../platform/openLedger';
import { readId } from '../platform/readId';
import { runModeOf, writtenAt } from '../platform/runMode';

export type ElevationSettings = {
	humanLed: Tier;
	rankOf: RankOf;
	journeys: string[];
	terms: ReturnTerms;
};

/** How one execution elevates accounts, and lets them go back (R17, P35). */
export class Elevations {
	/** Accounts that are human-led only because of an escalation. */
	elevated = 0;
	/** Of those, how many nothing tells how long they have been well. */
	withoutDays = 0;
	returning = 0;
	private readonly notes: TierEvent[];

	constructor(
		private readonly ledger: Ledger,
		private readonly standings: ReadonlyMap<string, Standing>,
		private readonly survivorOf: ReadonlyMap<string, string>,
		noted: TierEvent[],
		private readonly settings: ElevationSettings,
		private readonly times: { now: number; receivedAt: number; zone: string },
	) {
		this.notes = noted;
	}

	/** Undefined for the many accounts that were never escalated. */
	standingOf(account: Facts): Standing | undefined {
		if (this.standings.size === 0) return undefined;
		const id = readId(account.accountId);
		return id === undefined ? undefined : this.standings.get(this.survivorOf.get(id) ?? id);
	}

	/** The tier of an account that was escalated. */
	apply(assignment: TierAssignment, account: Facts, standing: Standing): TierAssignment {
		const { settings } = this;
		const { terms } = settings;
		const { now, zone } = this.times;
		if (standing.state === 'returned') return sayReturned(assignment, standing.at, zone);
		const health = {
			score: within(account.health, 'score'),
			steadyDays: within(account.health, 'steadyDays'),
		};
		if (isReturning(standing, health, terms)) {
			this.returning++;
			this.notes.push(returnToNote(readId(account.accountId) ?? '', standing, now));
			return sayReturned(assignment, now, zone);
		}
		const elevated = elevate(assignment, settings, standing, health, terms, zone);
		if (elevated !== assignment) {
			this.elevated++;
			if (typeof health.steadyDays !== 'number') this.withoutDays++;
		}
		return elevated;
	}

	/**
	 * Writes down who was elevated and who goes back; once, however many executions do. And the tier of each account, which
	 * the CRM is to show.
	 */
	async remember(tiers: ReadonlyMap<string, string>): Promise<void> {
		if (tiers.size > 0) {
			const rows = [...tiers].map(([accountId, tier]) => ({ accountId, tier }));
			await this.ledger.rememberTiers(rows, this.times.receivedAt);
		}
		if (this.notes.length > 0) await this.ledger.recordEvents(this.notes, this.times.receivedAt);
	}
}

/** What the ledger knows of escalations of the accounts of these items, read at once. */
export async function readElevations(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	settings: ElevationSettings,
	now: number,
): Promise<Elevations> {
	const mode = runModeOf(context);
	const ledger = await openLedger(context, mode);
	const ids = new Set<string>();
	const merged: [string, string][] = [];
	for (const { json } of items) {
		const id = readId(json.accountId);
		if (id === undefined) continue;
		ids.add(id);
		if (!Array.isArray(json.aliases)) continue;
		for (const given of json.aliases) {
			const alias = readId(given);
			if (alias === undefined || alias === id) continue;
			ids.add(alias);
			merged.push([alias, id]);
		}
	}
	const memory = await ledger.escalations({ accountIds: [...ids], journeys: settings.journeys });
	// records that the CRM calls merged may not have been told to the ledger yet
	const survivorOf = new Map(memory.survivorOf);
	for (const [alias, id] of merged) {
		if (!survivorOf.has(alias)) survivorOf.set(alias, survivorOf.get(id) ?? id);
	}
	const known = { ...memory, survivorOf };
	return new Elevations(
		ledger,
		foldStandings(known, now),
		survivorOf,
		elevationsToNote(known),
		settings,
		{
			now,
			receivedAt: writtenAt(mode, now),
			zone: context.getTimezone(),
		},
	);
}
