import type { IExecuteFunctions, INodeExecutionData, NodeExecutionHint } from 'n8n-workflow';
import { compileCircumstances } from '../../engine/health/history/circumstances';
import { localDay } from '../../engine/health/history/localDay';
import { onceADay, type Hold } from '../../engine/health/history/massHold';
import { sweepAccounts, type SweptPage } from '../../engine/health/history/sweep';
import type { HealthModel } from '../../engine/health/model';
import type { Scorer, ScorerOptions } from '../../engine/health/scoreAccounts';
import type { HealthRow, HealthSweeps, HealthTotals, Ledger } from '../../ledger/ledger';
import { tellsAlarm } from '../platform/alarm';
import { compileFieldPath } from '../platform/fieldPath';
import { inTurns } from '../platform/inTurns';
import { withAdded } from '../platform/items';
import { openLedger } from '../platform/openLedger';
import { runModeOf, type RunMode } from '../platform/runMode';
import {
	sayWhatIsDamaged,
	sayWhatIsHeld,
	sayWhatIsLate,
	sayWhatIsUnknown,
	sayWhatIsUnread,
	sayWhatIsUnreadable,
	sayWhatIsUnwritten,
	sayWhoIsNobody,
} from './hints';
import { idField, readIds } from './readIds';
import { refuseTheFuture } from './refuseTheFuture';

/** Somebody else has to write to the same accounts in between every time; each time it is somebody's turn. */
const MOST_RETRIES = 10;

type Settings = {
	compile: (history?: ScorerOptions['history']) => Scorer;
	now: number;
	zone: string;
};

type Run = Settings & {
	context: IExecuteFunctions;
	model: HealthModel;
	ledger: Ledger;
	mode: RunMode;
	day: number;
	/** A tool of an AI agent looks and leaves no trace. */
	readsOnly: boolean;
	ids: readonly (string | undefined)[];
};

/** Scores every item with what is remembered of it, and remembers what follows: read and written in bulk. */
export async function scoreWithMemory(
	context: IExecuteFunctions,
	model: HealthModel,
	settings: Settings,
): Promise<[INodeExecutionData[], INodeExecutionData[]]> {
	const items = context.getInputData();
	const ids = readIds(context);
	// an agent that asks for a score must not make it the day's
	const readsOnly = context.getNode().type.endsWith('Tool');
	const mode = runModeOf(context);
	const { now, zone } = settings;
	if (mode === 'live' && !readsOnly) refuseTheFuture(context, now);
	const ledger = await openLedger(context, readsOnly ? 'live' : mode);
	const run: Run = {
		...settings,
		...{ context, model, ledger, mode, readsOnly, ids },
		day: localDay(now, zone),
	};
	const testRuns = context.getNodeParameter('options.testRuns', 0, 'fresh');
	if (mode === 'test' && !readsOnly && testRuns !== 'continue') await ledger.forgetHealth(model.id);

	const scored: INodeExecutionData[] = Array.from(items);
	const damaged = new Set<string>();
	let alarm: { hold: Hold; firstHeld: number } | undefined;
	let late = 0;
	let places = items.map((_item, place) => place);
	for (let retries = 0; places.length > 0 && retries <= MOST_RETRIES; retries++) {
		const { healths, hold, firstHeld, ...found } = await sweep(run, places);
		for (const [index, place] of places.entries()) {
			const item = items[place];
			const health = healths[index];
			if (item === undefined || health === undefined) continue;
			scored[place] = withAdded(item, place, 'health', health);
		}
		if (hold !== undefined) alarm ??= { hold, firstHeld: places[firstHeld] ?? 0 };
		if (retries === 0) context.addExecutionHints(...found.hints);
		for (const accountId of found.damaged) damaged.add(accountId);
		if (retries === 0) late = found.late;
		places = places.filter((place) => found.outOfDate.has(ids[place]));
	}
	if (places.length > 0)
		context.addExecutionHints(
			...sayWhatIsUnwritten(new Set(places.map((place) => ids[place])).size),
		);
	if (damaged.size > 0) context.addExecutionHints(...sayWhatIsDamaged([...damaged]));
	if (late > 0) context.addExecutionHints(...sayWhatIsLate(late));
	const nobody = ids.filter((id) => id === undefined).length;
	if (nobody > 0) context.addExecutionHints(...sayWhoIsNobody(nobody, idField(context)));
	if (alarm === undefined) return [scored, []];
	context.addExecutionHints(...sayWhatIsHeld(alarm.hold));
	// from what is so, not from who did it: where an execution died before this, the next one brings the alarm
	const once = onceADay(now, zone);
	const isOurs = !readsOnly && (await tellsAlarm(context, ledger, { mode, output: 1, now, once }));
	return [scored, isOurs ? [alarmItem(run, alarm.hold, alarm.firstHeld)] : []];
}

type Sweep = Pick<SweptPage, 'healths' | 'hold' | 'firstHeld'> & {
	/** What could not be read. */
	hints: NodeExecutionHint[];
	damaged: readonly string[];
	late: number;
	/** Accounts whose memory somebody else changed meanwhile. */
	outOfDate: ReadonlySet<string | undefined>;
};

async function sweep(run: Run, places: readonly number[]): Promise<Sweep> {
	const { context, model, ledger, mode, day, ids, now, zone, readsOnly, compile } = run;
	const items = context.getInputData();
	const named = [...new Set(places.flatMap((place) => ids[place] ?? []))];
	const { sweeps, rows } = await ledger.recallHealth(model.id, named);
	const known = new Map(named.map((id, index) => [id, rows[index]]));
	const startedDay = sweeps?.startedDay ?? day;
	const holds = context.getNodeParameter('options.holdMassTriggers', 0, true) === true;
	// whoever tries a flow wants to see what it does: nothing is only listed, nothing held
	const isTry = mode === 'test';
	const circumstances = compileCircumstances(compileFieldPath, now, zone);
	const page = await inTurns(
		sweepAccounts(
			places.map((place) => {
				const accountId = ids[place];
				const facts = items[place]?.json ?? {};
				return {
					accountId,
					facts,
					known: accountId === undefined ? undefined : known.get(accountId),
				};
			}),
			{
				model,
				compile,
				circumstancesOf: circumstances.of,
				now,
				zone,
				startedDay,
				raisesBaseline: isTry,
				mayHold: holds && !(isTry && startedDay === day),
			},
		),
	);
	const { healths, changes, hold, firstHeld } = page.decide(
		await totalsWith(page, run, named.length > 0, sweeps),
	);
	const { damaged, late, scorer } = page;
	const hints = [
		...sayWhatIsUnknown(scorer.tally()),
		...sayWhatIsUnread(scorer.unread()),
		...sayWhatIsUnreadable(circumstances.unreadable, model),
	];
	const found = { healths, hold, firstHeld, hints, damaged, late };
	const outOfDate = new Set<string>();
	if (readsOnly || changes.size === 0) return { ...found, outOfDate };
	const written = await ledger.rememberHealth(
		model.id,
		[...changes].map(([accountId, { state }]): HealthRow => {
			const revision = (known.get(accountId)?.revision ?? 0) + 1;
			return { accountId, day, revision, state };
		}),
	);
	const lost: HealthTotals = { scored: 0, triggered: 0 };
	for (const [index, [accountId, { scored, triggered }]] of [...changes].entries()) {
		if (written[index] === true) continue;
		outOfDate.add(accountId);
		if (scored) lost.scored--;
		if (triggered) lost.triggered--;
	}
	if (lost.scored < 0 || lost.triggered < 0) await ledger.countHealth(model.id, day, lost);
	return { ...found, outOfDate };
}

/**
 * The day's totals with those of this page, counted before anything is decided on them: of pages swept at the same time
 * only the first may think that it is the first. Whoever dies before it writes is counted twice, which holds too early
 * rather than too late.
 */
async function totalsWith(
	{ scored, triggered }: HealthTotals,
	{ model, ledger, day, readsOnly }: Run,
	hasNames: boolean,
	sweeps: HealthSweeps | undefined,
): Promise<HealthTotals> {
	const before = sweeps?.day === day ? sweeps : { scored: 0, triggered: 0 };
	const isNews = scored > 0 || triggered > 0 || (sweeps === undefined && hasNames);
	if (isNews && !readsOnly) return await ledger.countHealth(model.id, day, { scored, triggered });
	return { scored: before.scored + scored, triggered: before.triggered + triggered };
}

function alarmItem(
	{ model, now }: Run,
	{ why, triggered, scored, text }: Hold,
	firstHeld: number,
): INodeExecutionData {
	const reason = { code: 'mass_trigger_held', why, triggered, scored, text };
	const at = new Date(now).toISOString();
	const alarm = { model: { id: model.id, version: model.version }, at, reasons: [reason] };
	return { json: { alarm }, pairedItem: { item: firstHeld } };
}
