import type { AccountPreset } from '../preset';
import type { Cell, Row } from '../row';
import { otherRecordProblem } from '../sourceProblems';
import { byKey, type SourceRow, type Summaries, type Summarize } from '../summary';
import { momentOf, partsOf, textOf } from './read';

/**
 * Group calls, https://segment.com/docs/connections/spec/group: every user of an account makes them, so of each trait the
 * last word counts, whichever call it came in; null takes a trait back. Traits are read as columns of a file are.
 */
const summarizeGroups: Summarize = (rows, keyOf) => {
	const calls: SourceRow[] = [];
	const rejected: Summaries['rejected'] = [];
	for (const one of rows) {
		const kind = textOf(one.row.type);
		if (kind === undefined || kind === 'group') calls.push(one);
		else rejected.push({ index: one.index, why: (place) => otherRecordProblem(place, kind) });
	}
	const { groups, keyless } = byKey(calls, keyOf);
	const summaries = [...groups].map(([key, of]) => ({
		key,
		of,
		row: { ...traitsOf(of), accountId: key },
	}));
	return { summaries, rejected, keyless };
};

function traitsOf(of: readonly SourceRow[]): Record<string, Cell> {
	const traits: Record<string, Cell> = {};
	const inTime = of.toSorted((a, b) => timeOf(a.row) - timeOf(b.row));
	for (const { row } of inTime)
		for (const [name, cell] of Object.entries(partsOf(row.traits)))
			if (name !== '__proto__') traits[name] = cell;
	return traits;
}

/** A call that does not say when comes before all that do. */
function timeOf({ timestamp, originalTimestamp, receivedAt }: Row): number {
	return momentOf(timestamp) ?? momentOf(originalTimestamp) ?? momentOf(receivedAt) ?? 0;
}

export const SEGMENT: AccountPreset = {
	id: 'segmentGroup',
	name: 'Segment Group',
	description: 'Group calls as Segment sends or stores them; of each trait the last word counts',
	headers: true,
	paths: { accountId: ['groupId', 'group_id', 'traits.id'] },
	summarize: summarizeGroups,
};
