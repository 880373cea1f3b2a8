import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { compileCircumstances } from '../../engine/health/history/circumstances';
import { localDay } from '../../engine/health/history/localDay';
import type { Hold } from '../../engine/health/history/massHold';
import { sweepAccounts, type SweptAccount } from '../../engine/health/history/sweep';
import type { HealthModel } from '../../engine/health/model';
import type { Scorer, ScorerOptions } from '../../engine/health/scoreAccounts';
import type { HealthChange, HealthRow, Ledger } from '../../ledger/ledger';
import { compileFieldPath } from '../platform/fieldPath';
import { inTurns } from '../platform/inTurns';
import { withAdded } from '../platform/items';
import { openLedger } from '../platform/openLedger';
import { runModeOf, type RunMode } from '../platform/runMode';
import { sayWhatIsHeld, sayWhatIsUnknown, sayWhoIsNobody } from './hints';
import { idField, readIds } from './readIds';

/** Somebody else has to write to the same accounts in between every time; each time it is somebody's turn. */
const MOST_ROUNDS = 10;

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

/** What a round is about: places of items, each account at most once. */
type Round = { places: number[]; later: number[] };

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
	const ledger = await openLedger(context, readsOnly ? 'live' : mode);
	const { now, zone } = settings;
	const run: Run = {
		...settings,
		...{ context, model, ledger, mode, readsOnly, ids },
		day: localDay(now, zone),
	};
	const testRuns = context.getNodeParameter('options.testRuns', 0, 'fresh');
	if (mode === 'test' && !readsOnly && testRuns !== 'continue') await ledger.forgetHealth(model.id);

	const scored: INodeExecutionData[] = Array.from(items);
	let hold: Hold | undefined;
	let firstHeld = 0;
	let places = items.map((_item, place) => place);
	for (let count = 0; count < MOST_ROUNDS && places.length > 0; count++) {
		const round = eachOnce(places, ids);
		const { swept, scorer, ...found } = await sweep(run, round.places);
		for (const [index, place] of round.places.entries()) {
			const item = items[place];
			const health = swept[index]?.health;
			if (item === undefined || health === undefined) continue;
			scored[place] = withAdded(item, place, 'health', health);
		}
		if (found.hold !== undefined) {
			firstHeld = hold === undefined ? (round.places[found.firstHeld] ?? 0) : firstHeld;
			hold = found.hold;
		}
		if (count === 0) context.addExecutionHints(...sayWhatIsUnknown(scorer.tally()));
		places = [...found.outOfDate.map((index) => round.places[index] ?? 0), ...round.later];
	}
	const nobody = ids.filter((id) => id === undefined).length;
	if (nobody > 0) context.addExecutionHints(...sayWhoIsNobody(nobody, idField(context)));
	if (hold === undefined) return [scored, []];
	context.addExecutionHints(...sayWhatIsHeld(hold));
	const isOurs = !readsOnly && (await ledger.claimHealthAlarm(model.id, run.day));
	return [scored, isOurs ? [alarmItem(run, hold, firstHeld)] : []];
}

/** One account in two items is scored twice, one after the other: the first makes the day's score. */
function eachOnce(places: readonly number[], ids: readonly (string | undefined)[]): Round {
	const seen = new Set<string>();
	const round: Round = { places: [], later: [] };
	for (const place of places) {
		const id = ids[place];
		if (id === undefined) round.places.push(place);
		else if (seen.has(id)) round.later.push(place);
		else {
			seen.add(id);
			round.places.push(place);
		}
	}
	return round;
}

type Sweep = {
	swept: SweptAccount[];
	scorer: Scorer;
	hold: Hold | undefined;
	firstHeld: number;
	/** Whose memory somebody else changed meanwhile. */
	outOfDate: number[];
};

async function sweep(run: Run, places: readonly number[]): Promise<Sweep> {
	const { context, model, ledger, mode, day, ids, now, zone, readsOnly, compile } = run;
	const items = context.getInputData();
	const named = places.flatMap((place) => ids[place] ?? []);
	const { sweeps, rows } = await ledger.recallHealth(model.id, named);
	let next = 0;
	const known = places.map((place): HealthRow | undefined =>
		ids[place] === undefined ? undefined : rows[next++],
	);
	const isFirstDay = sweeps === undefined || sweeps.startedDay === day;
	const holds = context.getNodeParameter('options.holdMassTriggers', 0, true) === true;
	const { page, scorer } = await inTurns(
		sweepAccounts(
			places.map((place, index) => ({
				accountId: ids[place],
				facts: items[place]?.json ?? {},
				known: known[index],
			})),
			{
				model,
				compile,
				circumstancesOf: compileCircumstances(compileFieldPath, now, zone),
				now,
				zone,
				before: sweeps?.day === day ? sweeps : { scored: 0, triggered: 0 },
				// whoever tries a flow wants to see what it does: nothing is only listed
				isFirst: isFirstDay && mode === 'live',
				mayHold: holds && !isFirstDay,
			},
		),
	);
	const changed: number[] = [];
	const changes: HealthChange[] = [];
	for (const [index, { state, scored, triggered }] of page.accounts.entries()) {
		const accountId = ids[places[index] ?? 0];
		if (state === undefined || accountId === undefined || readsOnly) continue;
		const revision = (known[index]?.revision ?? 0) + 1;
		changed.push(index);
		changes.push({ accountId, day, revision, state, scored, triggered });
	}
	const written = changes.length === 0 ? [] : await ledger.rememberHealth(model.id, day, changes);
	return {
		swept: page.accounts,
		scorer,
		hold: page.hold,
		firstHeld: page.accounts.findIndex(({ triggered }) => triggered),
		outOfDate: changed.filter((_index, place) => written[place] !== true),
	};
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
