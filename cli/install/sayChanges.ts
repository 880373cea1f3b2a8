import type { Detail, NodeChange } from '../../engine/install/difference';

const LONGEST = 60;
const DETAILS = 6;
const KEY = /(?<=\b(?:bearer|basic) )[^\s"']+|\b[\w-]{32,}\b/gi;

/** What is apart, a line for each node, each of its settings and wires below it. */
export function sayChanges(changes: readonly NodeChange[]): string[] {
	return changes.flatMap((change) => {
		const more = change.details.length - DETAILS;
		return [
			`${whose(change)} '${change.node}'${where(change)}`,
			...change.details.slice(0, DETAILS).map((detail) => `    ${sayDetail(detail)}`),
			...(more > 0 ? [`    … and ${more} more`] : []),
		];
	});
}

function whose({ by }: NodeChange): string {
	if (by === 'you') return 'yours   ';
	if (by === 'us') return 'new     ';
	return by === 'both' ? 'both    ' : 'differs ';
}

function where({ where: side, by }: NodeChange): string {
	if (side === 'both') return by === 'both' ? ': changed by you and in the new version' : '';
	if (side === 'yours') {
		if (by === 'us') return ' is no longer part of the flow';
		return by === 'you' ? ' was added by you' : ' is only in yours';
	}
	if (by === 'us') return ' is added';
	return by === 'you' ? ' was removed by you' : ' is not in yours';
}

function sayDetail(detail: Detail): string {
	if ('wire' in detail) {
		return `wire ${detail.where === 'yours' ? 'in your n8n' : 'as shipped'}: ${detail.wire}`;
	}
	const { place, yours, shipped } = detail;
	return `${place.replace(/^parameters\./, '')}: ${short(yours)} in your n8n, ${short(shipped)} as shipped`;
}

/** Long texts are cut; what looks like a key is not shown, though its place is a credential and not a node. */
function short(value: unknown): string {
	if (value === undefined) return 'nothing';
	const text = JSON.stringify(value).replace(KEY, '•••');
	return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}
