import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { readNumber, UNREADABLE } from '../../engine/accounts/cell';
import { readLimits } from '../../engine/accounts/limits';
import { localDay } from '../../engine/health/history/localDay';
import { readLocal } from '../../engine/health/instant';
import { readLimitsMemory, writeLimitsMemory, type LimitsMemory } from '../../engine/limits/memory';
import { nameOf, type Plan } from '../../engine/limits/plans';
import {
	watchLimits as watch,
	type PlanLimits,
	type WatchOptions,
} from '../../engine/limits/watch';
import type { HealthRow, Ledger } from '../../ledger/ledger';
import { withAdded } from '../platform/items';
import { LIMITS_MODEL } from '../platform/limitsModel';
import { readNow } from '../platform/now';
import { openLedger } from '../platform/openLedger';
import { isObject, readRows, textOf } from '../platform/rows';
import { runModeOf } from '../platform/runMode';
import { sayWhoIsNobody } from './hints';
import { idField, readIds } from './readIds';
import { refuseTheFuture } from './refuseTheFuture';

const MOST_RETRIES = 10;
/** P09: who comes this long after go-live and was a customer before was there before. */
const GO_LIVE_DAYS = 14;

type Run = Pick<WatchOptions, 'plans' | 'currency' | 'now' | 'zone' | 'atOnce'> & {
	context: IExecuteFunctions;
	ledger: Ledger;
	day: number;
	/** A tool of an AI agent looks and leaves no trace. */
	readsOnly: boolean;
	ids: readonly (string | undefined)[];
};

/**
 * Adds `limits` to every item: which limits of its plan the account is near (P29), and what an upgrade would be (P30). Read
 * and written in bulk. The second output has the accounts that were near before anybody watched, each once (P09).
 */
export async function watchPlanLimits(
	context: IExecuteFunctions,
): Promise<[INodeExecutionData[], INodeExecutionData[]]> {
	const items = context.getInputData();
	const now = readNow(context);
	const zone = context.getTimezone();
	const plans = readPlans(context);
	const code = textOf(context.getNodeParameter('currency', 0, '')).toUpperCase();
	const currency = code === '' ? undefined : code;
	const readsOnly = context.getNode().type.endsWith('Tool');
	const mode = runModeOf(context);
	if (mode === 'live' && !readsOnly) refuseTheFuture(context, now);
	const ledger = await openLedger(context, readsOnly ? 'live' : mode);
	const isAfresh =
		mode === 'test' &&
		!readsOnly &&
		context.getNodeParameter('options.testRuns', 0, 'fresh') !== 'continue';
	if (isAfresh) await ledger.forgetHealth(LIMITS_MODEL);
	const ids = readIds(context);
	const day = localDay(now, zone);
	const run: Run = {
		context,
		ledger,
		plans,
		currency,
		now,
		zone,
		day,
		readsOnly,
		ids,
		atOnce: isAfresh,
	};
	const told: INodeExecutionData[] = Array.from(items);
	const listed = new Set<number>();
	let places = items.map((_item, place) => place);
	for (let retries = 0; places.length > 0 && retries <= MOST_RETRIES; retries++)
		places = await sweep(run, places, told, listed);
	const nobody = ids.filter((id) => id === undefined).length;
	if (nobody > 0) context.addExecutionHints(...sayWhoIsNobody(nobody, idField(context)));
	return [told, told.filter((_item, place) => listed.has(place))];
}

/** Tells of the items at these places; gives back those whose memory somebody else changed meanwhile. */
async function sweep(
	run: Run,
	places: readonly number[],
	told: INodeExecutionData[],
	listed: Set<number>,
): Promise<number[]> {
	const { context, ledger, ids, zone, day, readsOnly } = run;
	const items = context.getInputData();
	const named = [...new Set(places.flatMap((place) => ids[place] ?? []))];
	const { sweeps, rows } = await ledger.recallHealth(LIMITS_MODEL, named);
	if (sweeps === undefined && named.length > 0 && !readsOnly)
		await ledger.countHealth(LIMITS_MODEL, day, { scored: 0, triggered: 0 });
	const startedDay = sweeps?.startedDay ?? day;
	const known = new Map(named.map((id, index) => [id, rows[index]]));
	const latest = new Map<string, LimitsMemory>();
	const news: number[] = [];
	for (const place of places) {
		const item = items[place];
		if (item === undefined) continue;
		const id = ids[place];
		const row = id === undefined ? undefined : known.get(id);
		const before =
			id === undefined
				? undefined
				: (latest.get(id) ?? (row === undefined ? undefined : readLimitsMemory(row.state)));
		const isBaseline = wasThereBefore(item.json, startedDay, day, zone);
		const { limits, memory, listed: isNews } = watch(item.json, before, { ...run, isBaseline });
		told[place] = withAdded(item, place, 'limits', besides(item.json.limits, limits));
		if (id !== undefined && memory !== undefined) latest.set(id, memory);
		if (isNews) news.push(place);
	}
	if (readsOnly || latest.size === 0) return [];
	const written = await ledger.rememberHealth(
		LIMITS_MODEL,
		[...latest].map(([accountId, memory]): HealthRow => {
			const revision = (known.get(accountId)?.revision ?? 0) + 1;
			return { accountId, day, revision, state: writeLimitsMemory(memory) };
		}),
	);
	const outOfDate = new Set([...latest.keys()].filter((_id, index) => written[index] !== true));
	const isLate = (place: number): boolean => outOfDate.has(ids[place] ?? '');
	for (const place of news) if (!isLate(place)) listed.add(place);
	return places.filter(isLate);
}

/** Whether what holds of a new account held at go-live already, as far as anybody can tell (P09). */
function wasThereBefore(
	account: Readonly<Record<string, unknown>>,
	startedDay: number,
	day: number,
	zone: string,
): boolean {
	if (day <= startedDay) return true;
	const since = Math.max(
		...[account.startedAt, account.createdAt]
			.map((value) => readLocal(value, zone))
			.filter((at) => at === at),
	);
	return Number.isFinite(since)
		? localDay(since, zone) <= startedDay
		: day - startedDay < GO_LIVE_DAYS;
}

/** What a flow brings along of its own stays, where nothing is known here. */
function besides(own: unknown, limits: PlanLimits): object {
	return isObject(own) ? { ...own, ...limits } : limits;
}

/** @throws NodeOperationError naming the plan whose limits cannot be read, or that stands there twice */
function readPlans(context: IExecuteFunctions): Plan[] {
	const seen = new Set<string>();
	return readRows(context, 'plans', 'plan').map(({ name, price, selfService, limits }, index) => {
		const refuse = (message: string, description: string): never => {
			throw new NodeOperationError(context.getNode(), message, { description });
		};
		const plan = textOf(name);
		if (plan === '')
			return refuse(
				`Plan ${String(index + 1)} has no name`,
				"Enter it as the accounts' plan is called.",
			);
		if (seen.has(nameOf(plan)))
			return refuse(`Plan '${plan}' stands in the list twice`, 'Remove one of the two.');
		seen.add(nameOf(plan));
		const allowed = readLimits(textOf(limits), figureOf);
		if (allowed === undefined)
			return refuse(
				`The limits of plan '${plan}' cannot be read`,
				'Write them as in "seats 50; projects 10", or leave them empty.',
			);
		return {
			name: plan,
			// the editor writes 0 where nobody entered a price; only the smallest plan may be free
			...(typeof price === 'number' && (price > 0 || index === 0) ? { price } : {}),
			selfService: selfService !== false,
			// of a plan one figure is what it allows
			limits: new Map(
				Object.entries(allowed).flatMap(([limit, { used, allowed: most = used }]) =>
					most === undefined ? [] : [[nameOf(limit), most] as const],
				),
			),
		};
	});
}

function figureOf(cell: unknown): number | undefined {
	const figure = readNumber(cell);
	return figure === UNREADABLE ? undefined : figure;
}
