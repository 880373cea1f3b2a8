import type { Reason } from '../journeys/memory';
import { compilePeers, type Member, type PeerGroup } from './peers';
import type { ClosedPeriod } from './period';

/** A team's figures in the closed period; NaN where one is not known. */
export type Team = Member & {
	/** Of the period before it, in the same order. */
	readonly previous: readonly number[];
	/** Why no figure is known, where that has one reason for all. */
	readonly why?: Reason | undefined;
};

/** One figure of a team beside those of similar teams. */
export type Figure = {
	readonly label: string;
	readonly value: number | null;
	readonly previous: number | null;
	readonly change: number | null;
	/** In percent of the previous one. */
	readonly changePercent: number | null;
	readonly peers: {
		/** The median, to two digits. */
		readonly typical: number;
		readonly count: number;
		readonly group: PeerGroup;
		readonly own: 'above' | 'below' | 'equal';
	} | null;
	readonly reasons: readonly Reason[];
};

export type Benchmark = {
	/** Whether there was any use in the period: nothing is told without behavior behind it (R80). */
	readonly used: boolean;
	readonly figures: readonly Figure[];
};

const GROUP_WORDS: Record<PeerGroup, string> = {
	plan_and_size: 'teams of the same plan and size',
	plan: 'teams of the same plan',
	all: 'all teams',
};

/**
 * Puts each team's figures beside those of similar teams (R53), in the order given.
 * @param labels of the figures; the first one says whether a team used the product at all
 * @param least how many others there have to be
 */
export function benchmark(
	teams: readonly Team[],
	labels: readonly string[],
	period: ClosedPeriod,
	least: number,
): Benchmark[] {
	const peersOf = compilePeers(teams, least);
	return teams.map((team) => ({
		used: (team.figures[0] ?? NaN) > 0,
		figures: labels.map((label, place) => {
			const value = team.figures[place] ?? NaN;
			const previous = team.previous[place] ?? NaN;
			const moved = { label, value: known(value), ...changeOf(value, previous) };
			if (value !== value)
				return { ...moved, peers: null, reasons: [team.why ?? sayUnknown(label)] };
			const found = peersOf(team, place);
			if ('tooFew' in found)
				return { ...moved, peers: null, reasons: [sayTooFew(found.count, least)] };
			const { typical, count, group } = found;
			const own = value > typical ? 'above' : value < typical ? 'below' : 'equal';
			const reason = sayCompared(moved, { typical, count, group }, period);
			return { ...moved, peers: { typical, count, group, own }, reasons: [reason] };
		}),
	}));
}

function changeOf(
	value: number,
	previous: number,
): Pick<Figure, 'previous' | 'change' | 'changePercent'> {
	const change = value - previous;
	const percent = previous > 0 ? Math.round((change / previous) * 100) + 0 : NaN;
	// figures with decimals are told as they are, and not with the dust of a subtraction
	const told = Math.round(change * 1e6) / 1e6;
	return { previous: known(previous), change: known(told), changePercent: known(percent) };
}

function known(value: number): number | null {
	return value === value ? value : null;
}

function sayUnknown(label: string): Reason {
	return { code: 'figure_unknown', text: `Nobody knows how many ${label} it had` };
}

function sayTooFew(count: number, least: number): Reason {
	const text = `Only ${String(count)} other ${count === 1 ? 'team has' : 'teams have'} this figure, and there have to be ${String(least)}, so that nobody can be recognized`;
	return { code: 'too_few_peers', count, least, text };
}

function sayCompared(
	{ label, value }: Pick<Figure, 'label' | 'value'>,
	{ typical, count, group }: { typical: number; count: number; group: PeerGroup },
	{ from, to }: ClosedPeriod,
): Reason {
	const text = `${String(value)} ${label} from ${from} to ${to}; ${GROUP_WORDS[group]} typically have ${String(typical)}`;
	return { code: 'compared', group, count, typical, text };
}
