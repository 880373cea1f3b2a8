import type { CrmFacts } from '../../engine/crm/facts';
import type { CaseMemory } from '../../engine/escalation/memory';
import type {
	Enrollment,
	JourneyEvent,
	JourneyMemory,
	Sweep,
	Touch,
	Waiting,
} from '../../engine/journeys/memory';
import type { EscalationMemory } from '../../engine/tiers/elevation';
import type {
	AgendaEntry,
	ArrivedEvent,
	CaseDecision,
	CaseQuery,
	Claim,
	ClaimResult,
	ConfirmResult,
	ContentBatch,
	ContentDecision,
	ContentMemory,
	ContentPick,
	ContentQuery,
	CrmTold,
	DueQuery,
	EnrolledQuery,
	Gated,
	HealthRow,
	HealthSweeps,
	HealthTotals,
	Failure,
	InboxBatch,
	InboxOutcome,
	InboxQuery,
	JourneyOwner,
	JourneyRun,
	KeptAnswer,
	Ledger,
	MailClue,
	MailTrace,
	PauseOf,
	PauseScope,
	Ramp,
	RecallQuery,
	Removed,
	Spending,
	SendGrant,
	Suppression,
	SuppressionSource,
	Timeline,
} from '../ledger';
import {
	allowAgain,
	heldEmails,
	lastEmails,
	secretOf,
	suppress,
	suppressedAmong,
	unsuppress,
	type HeldEmail,
} from './addresses';
import { countTriggers, due, outsideOf, schedule, triggersOf } from './agenda';
import { linkAliases, survivorsOf, type AliasLink } from './aliases';
import { caseMemory } from './cases';
import { changeCases, forgetCases } from './changeCases';
import {
	addSpent,
	answersOf,
	closeBatch,
	contentMemory,
	openBatches,
	picksOf,
	rememberAnswers,
	rememberBatch,
	writePicks,
} from './content';
import { crmCursor, crmFacts, knownAccounts, moveCrmCursor, rememberTiers, toldCrm } from './crm';
import { CHUNK, inChunks, type Database, type Work } from './database';
import { begin, end, enroll, enrolledAccounts, enrollmentsOf, startOf } from './enrollments';
import { healthHandOversOf, mergedAmong, resolvedCasesOf, tierEventsOf } from './escalations';
import { eventsOf, knownEvents, recordEvents } from './events';
import { handedOutSince } from './guard';
import { countHealth, forgetHealth, healthOf, rememberHealth, sweepsOf } from './health';
import { gateHoldsOf, knownJourneys, rememberHolds } from './gateHolds';
import { forgetHandled, holdOn, receive, settle, takeUp } from './inbox';
import { openCasesOf } from './openCases';
import { pause, Pauses, pausesAt, resume } from './pauses';
import { erasePeople } from './people';
import { eraseAccounts, forgetSome, startAfresh } from './privacy';
import { both, NOTHING } from './removed';
import { accountsNaming, allEnrollmentsOf, logOf } from './timeline';
import {
	beginTouches,
	byToken,
	claimTouches,
	confirmTouches,
	failTouches,
	noteTouches,
	touchesOf,
} from './touches';
import { nobodysEvents, traceMails } from './traces';

const ALONE = { alone: true };
const READ_ONLY = { readOnly: true };

/** The ledger on a database that speaks SQL: which work each operation does, in how many transactions. */
export class SqlLedger implements Ledger {
	constructor(
		private readonly database: Database,
		private readonly onClose: () => void = () => undefined,
	) {}

	async knownEvents(events: JourneyEvent[]): Promise<(string | undefined)[]> {
		return await this.read(events, knownEvents);
	}

	async recordEvents(events: JourneyEvent[], receivedAt: number): Promise<boolean[]> {
		return await inChunks(this.database, events, (chunk) => recordEvents(chunk, receivedAt));
	}

	async begin(run: JourneyRun, now: number): Promise<JourneyOwner> {
		return await this.database.transaction(() => begin(run, now));
	}

	async recall(query: RecallQuery): Promise<JourneyMemory> {
		const { journey, dry, accountIds, addresses, now, triggersSince, messagesSince } = query;
		const startedAt = await this.database.transaction(() => startOf(journey, dry), READ_ONLY);
		const survivorOf = new Map(await this.read(accountIds, survivorsOf));
		// resolved first, so that an account and its alias in different chunks are not read twice
		const ids = [...new Set([...accountIds, ...survivorOf.keys(), ...survivorOf.values()])];
		const lowerCase = [...new Set(addresses.map((address) => address.toLowerCase()))];
		const touches = await this.read(ids, (chunk) => touchesOf(chunk, journey, dry));
		const held = await this.read(lowerCase, (chunk) => heldEmails(chunk, dry, now));
		const pauses = new Pauses(await this.pauses(now));
		return {
			startedAt: startedAt ?? now,
			...(messagesSince === undefined
				? {}
				: {
						handedOut: await this.database.transaction(
							() => handedOutSince(journey, dry, messagesSince),
							READ_ONLY,
						),
					}),
			...(triggersSince === undefined
				? {}
				: { sweep: await this.sweepBesides(ids, journey, dry, triggersSince) }),
			survivorOf,
			enrollments: await this.read(ids, (chunk) => enrollmentsOf(chunk, journey, dry)),
			touches: touches.filter((touch) => touch.journey === journey),
			handOvers: touches.filter((touch) => touch.journey !== journey),
			openCases: await this.read(ids, openCasesOf),
			events: await this.read(ids, eventsOf),
			lastEmails: new Map(await this.read(lowerCase, (chunk) => lastEmails(chunk, dry))),
			waiting: waitingOf(held.filter((email) => email.journey !== journey)),
			stopped: pauses.stopped,
			pausedAccounts: pauses.accounts,
			pausedAddresses: pauses.addresses,
			suppressed: new Set(
				await this.read(lowerCase, function* (chunk) {
					return [...(yield* suppressedAmong(chunk))];
				}),
			),
		};
	}

	/** The agenda of the journey without that of these accounts, which the decision knows better. */
	private async sweepBesides(
		ids: string[],
		journey: string,
		dry: boolean,
		since: number,
	): Promise<Sweep> {
		const all = await this.database.transaction(
			() => countTriggers(journey, dry, since),
			READ_ONLY,
		);
		const own = await this.read(ids, (chunk) => triggersOf(chunk, journey, dry, since));
		return own.reduce(
			(rest, { decided, triggered }) => ({
				decided: rest.decided - decided,
				triggered: rest.triggered - triggered,
			}),
			all,
		);
	}

	async linkAliases(links: AliasLink[], now: number): Promise<void> {
		await inChunks(this.database, links, (chunk) => linkAliases(chunk, now), ALONE);
	}

	async enroll(enrollments: Enrollment[]): Promise<boolean[]> {
		return await inChunks(this.database, enrollments, (chunk) => enroll(chunk));
	}

	async enrolledAccounts(query: EnrolledQuery): Promise<string[]> {
		return await this.database.transaction(() => enrolledAccounts(query), READ_ONLY);
	}

	async end(enrollments: Enrollment[]): Promise<void> {
		await inChunks(this.database, enrollments, (chunk) => end(chunk));
	}

	async claim(claims: Claim[], now: number, ramp?: Ramp): Promise<ClaimResult[]> {
		return await inChunks(this.database, claims, (chunk) => claimTouches(chunk, now, ramp), ALONE);
	}

	async note(touches: Touch[]): Promise<void> {
		await inChunks(this.database, touches, (chunk) => noteTouches(chunk), ALONE);
	}

	async beginSending(keys: string[], now: number, resend = false): Promise<SendGrant[]> {
		return await inChunks(this.database, keys, (chunk) => beginTouches(chunk, now, resend));
	}

	async confirm(keys: string[], now: number): Promise<ConfirmResult[]> {
		return await inChunks(this.database, keys, (chunk) => confirmTouches(chunk, now));
	}

	async fail(failures: Failure[], now: number): Promise<void> {
		await inChunks(this.database, failures, (chunk) => failTouches(chunk, now));
	}

	async suppress(suppressions: Suppression[], now: number): Promise<void> {
		await inChunks(this.database, suppressions, (chunk) => suppress(chunk, now));
	}

	async allowAgain(addresses: string[]): Promise<boolean[]> {
		return await inChunks(this.database, addresses, allowAgain);
	}

	async unsuppress(words: SuppressionSource[]): Promise<void> {
		await inChunks(this.database, words, unsuppress);
	}

	async touchesByToken(tokens: string[]): Promise<(Touch | undefined)[]> {
		return await this.read(tokens, byToken);
	}

	async traceMails(clues: MailClue[]): Promise<(MailTrace | undefined)[]> {
		return await this.read(clues, traceMails);
	}

	async nobodysEvents(about: string[]): Promise<JourneyEvent[]> {
		return await this.read(about, nobodysEvents);
	}

	async pause(pauses: PauseOf[], now: number): Promise<void> {
		await inChunks(this.database, pauses, (chunk) => pause(chunk, now));
	}

	async resume(pauses: { scope: PauseScope; id: string }[]): Promise<boolean[]> {
		return await inChunks(this.database, pauses, resume);
	}

	async pauses(now: number): Promise<PauseOf[]> {
		return await this.database.transaction(() => pausesAt(now), READ_ONLY);
	}

	async schedule(run: { journey: string; dry: boolean }, entries: AgendaEntry[]): Promise<void> {
		await inChunks(this.database, entries, (chunk) => schedule(run, chunk));
	}

	async due(query: DueQuery): Promise<string[]> {
		return await this.database.transaction(() => due(query), READ_ONLY);
	}

	async rememberHolds(journeys: string[], gated: Gated[], now: number): Promise<void> {
		for (const journey of journeys)
			await inChunks(this.database, gated, (chunk) => rememberHolds(journey, chunk, now));
	}

	async knownJourneys(): Promise<string[]> {
		return await this.database.transaction(knownJourneys, READ_ONLY);
	}

	async accountsOf(addresses: string[]): Promise<(string | undefined)[]> {
		return await this.read(addresses, accountsNaming);
	}

	async escalations(query: {
		accountIds: string[];
		journeys: string[];
	}): Promise<EscalationMemory> {
		const { accountIds, journeys } = query;
		const survivorOf = new Map(await this.read(accountIds, mergedAmong));
		const ids = [...new Set([...accountIds, ...survivorOf.keys(), ...survivorOf.values()])];
		const handOvers = await this.read(ids, (chunk) => healthHandOversOf(chunk, journeys));
		const noted = await this.read(ids, tierEventsOf);
		const concerned = new Set([...handOvers, ...noted].map(({ accountId }) => accountId));
		// the case of a merged record may have been resolved under the name of another
		const families = new Set([...concerned].map((id) => survivorOf.get(id) ?? id));
		const named = [...survivorOf.keys()].filter((id) => families.has(survivorOf.get(id) ?? id));
		const resolved = await this.read(
			[...new Set([...families, ...concerned, ...named])],
			resolvedCasesOf,
		);
		return { handOvers, events: [...noted, ...resolved], survivorOf };
	}

	async recallHealth(
		model: string,
		accountIds: string[],
	): Promise<{ sweeps: HealthSweeps | undefined; rows: (HealthRow | undefined)[] }> {
		const sweeps = await this.database.transaction(() => sweepsOf(model), READ_ONLY);
		return { sweeps, rows: await this.read(accountIds, (chunk) => healthOf(model, chunk)) };
	}

	async countHealth(model: string, day: number, totals: HealthTotals): Promise<HealthTotals> {
		return await this.database.transaction(() => countHealth(model, day, totals));
	}

	async rememberHealth(model: string, rows: HealthRow[]): Promise<boolean[]> {
		return await inChunks(this.database, rows, (chunk) => rememberHealth(model, chunk));
	}

	async forgetHealth(model: string): Promise<void> {
		await this.database.transaction(() => forgetHealth(model));
	}

	async cases(query: CaseQuery): Promise<CaseMemory> {
		return await this.database.transaction(() => caseMemory(query), READ_ONLY);
	}

	async changeCases<Answer>(
		query: CaseQuery,
		decide: CaseDecision<Answer>,
		handOverKeys: string[] = [],
	): Promise<Answer> {
		return await this.database.transaction(() => changeCases(query, decide, handOverKeys), ALONE);
	}

	async forgetCases(): Promise<void> {
		await this.database.transaction(forgetCases, ALONE);
	}

	async contentMemory(query: ContentQuery): Promise<ContentMemory> {
		return await this.database.transaction(() => contentMemory(query), READ_ONLY);
	}

	async pickContent<Answer>(query: ContentQuery, decide: ContentDecision<Answer>): Promise<Answer> {
		return await this.database.transaction(function* (): Work<Answer> {
			const { picks, answer } = decide(yield* contentMemory(query));
			yield* writePicks(picks);
			return answer;
		}, ALONE);
	}

	async contentPicks(
		experiment: string,
		since: number,
	): Promise<(ContentPick & { sentAt: number })[]> {
		return await this.database.transaction(() => picksOf(experiment, since), READ_ONLY);
	}

	async recallAnswers(signatures: string[], now: number): Promise<(string | undefined)[]> {
		return await this.read(signatures, (chunk) => answersOf(chunk, now));
	}

	async rememberAnswers(answers: KeptAnswer[]): Promise<void> {
		await inChunks(this.database, answers, function* (chunk): Work<never[]> {
			yield* rememberAnswers(chunk);
			return [];
		});
	}

	async addSpent(month: string, microDollars: number): Promise<number> {
		return await this.database.transaction(() => addSpent(month, microDollars));
	}

	async rememberBatch(batch: ContentBatch): Promise<void> {
		await this.database.transaction(() => rememberBatch(batch));
	}

	async openBatches(): Promise<ContentBatch[]> {
		return await this.database.transaction(openBatches, READ_ONLY);
	}

	async closeBatch(id: string, now: number, spent?: Spending): Promise<boolean> {
		return await this.database.transaction(() => closeBatch(id, now, spent));
	}

	async rememberTiers(tiers: { accountId: string; tier: string }[], now: number): Promise<void> {
		await inChunks(this.database, tiers, (chunk) => rememberTiers(chunk, now));
	}

	async knownAccounts(after: string, limit: number): Promise<string[]> {
		return await this.database.transaction(() => knownAccounts(after, limit), READ_ONLY);
	}

	async crmFacts(target: string, accountIds: string[]): Promise<CrmFacts[]> {
		return await this.read(accountIds, (chunk) => crmFacts(target, chunk));
	}

	async toldCrm(target: string, told: CrmTold[], now: number): Promise<void> {
		await inChunks(this.database, told, (chunk) => toldCrm(target, chunk, now));
	}

	async crmCursor(target: string): Promise<string> {
		return await this.database.transaction(() => crmCursor(target), READ_ONLY);
	}

	async moveCrmCursor(target: string, accountId: string): Promise<void> {
		await this.database.transaction(() => moveCrmCursor(target, accountId));
	}

	async receive(inbox: string, events: ArrivedEvent[], now: number): Promise<boolean[]> {
		return await inChunks(this.database, events, (chunk) => receive(inbox, chunk, now));
	}

	async takeUp(query: InboxQuery): Promise<InboxBatch | undefined> {
		return await this.database.transaction(() => takeUp(query), ALONE);
	}

	async holdOn(inbox: string, key: string, until: number): Promise<boolean> {
		return await this.database.transaction(() => holdOn(inbox, key, until));
	}

	async settle(inbox: string, key: string, outcome: InboxOutcome): Promise<void> {
		await this.database.transaction(() => settle(inbox, key, outcome));
	}

	async forgetHandled(before: number): Promise<number> {
		let all = 0;
		for (;;) {
			const some = await this.database.transaction(() => forgetHandled(before, CHUNK));
			if (some === 0) return all;
			all += some;
			await new Promise(setImmediate);
		}
	}

	async timeline(accountIds: string[]): Promise<Timeline> {
		const survivorOf = new Map(await this.read(accountIds, survivorsOf));
		const ids = [...new Set([...accountIds, ...survivorOf.keys(), ...survivorOf.values()])];
		return {
			survivorOf,
			enrollments: await this.read(ids, allEnrollmentsOf),
			events: await this.read(ids, eventsOf),
			log: await this.read(ids, logOf),
			outside: await this.read(ids, outsideOf),
			gateHolds: await this.read(ids, gateHoldsOf),
		};
	}

	async erase(who: { accountIds: string[]; addresses: string[] }): Promise<Removed> {
		const removed = [
			...(await inChunks(this.database, who.accountIds, eraseAccounts, ALONE)),
			...(await inChunks(this.database, who.addresses, erasePeople, ALONE)),
		];
		return removed.reduce(both, NOTHING);
	}

	async forgetBefore(before: number, keepTypes: string[]): Promise<Removed> {
		let removed = NOTHING;
		for (;;) {
			const some = await this.database.transaction(() => forgetSome(before, keepTypes), ALONE);
			removed = both(removed, some);
			if (Object.values(some).every((count) => count === 0)) return removed;
			await new Promise(setImmediate);
		}
	}

	async secret(): Promise<string> {
		return await this.database.transaction(secretOf, READ_ONLY);
	}

	async startAfresh(journey: string, since: number): Promise<void> {
		await this.database.transaction(() => startAfresh(journey, since), ALONE);
	}

	private async read<Given, Answer>(
		given: readonly Given[],
		work: (chunk: readonly Given[]) => Work<Answer[]>,
	): Promise<Answer[]> {
		return await inChunks(this.database, given, work, READ_ONLY);
	}

	async close(): Promise<void> {
		this.onClose();
		await this.database.close();
	}
}

function waitingOf(held: readonly HeldEmail[]): Map<string, Waiting[]> {
	const waiting = new Map<string, Waiting[]>();
	for (const { address, journey, priority, nextAt } of held) {
		const list = waiting.get(address) ?? [];
		list.push({ journey, priority, nextAt });
		waiting.set(address, list);
	}
	return waiting;
}
