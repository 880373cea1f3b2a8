import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { benchmark, type Team } from '../../engine/benchmarks/benchmark';
import { readNumber } from '../../engine/health/cells';
import { fold } from '../../engine/health/curveSchema';
import { readLocal } from '../../engine/health/instant';
import type { Reason } from '../../engine/journeys/memory';
import type { FieldReader } from '../platform/fieldPath';
import { withAdded } from '../platform/items';
import { readId } from '../platform/readId';
import { sayPeers } from './hints';
import { isCustomer } from './isCustomer';
import { readPeers, type PeerSettings } from './readPeers';

/** Each account with its figures beside those of similar teams (R53). Reads nothing but its items. */
export function peerBenchmarks(context: IExecuteFunctions): INodeExecutionData[][] {
	const settings = readPeers(context);
	const { period, figures, least } = settings;
	const items = context.getInputData();
	const teamOf = compileTeam(settings);
	const seen = new Set<string>();
	const teams = items.map(({ json }) => {
		const accountId = readId(json.accountId);
		const isFirst = accountId !== undefined && !seen.has(accountId);
		if (accountId !== undefined) seen.add(accountId);
		// the same team twice would be two of its peers
		return teamOf(json, isFirst);
	});
	const labels = figures.map(({ label }) => label);
	const found = benchmark(teams, labels, period, least);
	const { closedAt: _closedAt, ...told } = period;
	let compared = 0;
	const added = items.map((item, index) => {
		const { used = false, figures: its = [] } = found[index] ?? {};
		if (its.some(({ peers }) => peers !== null)) compared++;
		const size = teams[index]?.size ?? '';
		return withAdded(item, index, 'report', { period: told, used, size, figures: its });
	});
	const stale = teams.filter(({ why }) => why !== undefined).length;
	context.addExecutionHints(
		...sayPeers({ accounts: items.length, compared, stale, period: told.id, least }),
	);
	return [added];
}

/** Compiles how an account is read as a team. */
function compileTeam({
	figures,
	planOf,
	sizeOf,
	asOf,
	period,
	zone,
}: PeerSettings): (json: IDataObject, isFirst: boolean) => Team {
	const before: Reason = {
		code: 'figures_too_old',
		period: period.id,
		text: `The figures were made before the ${period.unit} was over`,
	};
	return (json, isFirst) => {
		const madeAt = readLocal(asOf(json), zone);
		const isOld = madeAt < period.closedAt;
		const read = (reader: FieldReader | undefined): number =>
			reader === undefined || isOld ? NaN : figureOf(reader(json));
		const plan = planOf(json);
		return {
			plan: typeof plan === 'string' ? fold(plan) : '',
			size: sizeOf(json),
			figures: figures.map(({ of }) => read(of)),
			previous: figures.map(({ before: reader }) => read(reader)),
			counts: isFirst && isCustomer(json),
			...(isOld ? { why: before } : {}),
		};
	};
}

/** A figure below zero, or none, is not known. */
function figureOf(value: unknown): number {
	const figure = readNumber(value);
	return figure >= 0 && figure < Infinity ? figure : NaN;
}
