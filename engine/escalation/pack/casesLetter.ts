import { sayTime } from '../../calendar/localTime';
import type { Case } from '../case';
import type { Notice } from '../memory';
import { mainReason, nextDue } from '../nextStep';
import { compileSla } from '../sla';
import { slaOf } from '../slaOf';
import { sectionOf, type Action, type Letter, type Line } from './letter';

/** More than these nobody reads in a mail; the rest is counted. */
const MOST_LINES = 30;

/**
 * Several cases in one notice, what is due first before the rest, each on a line with what to do about it: what waited for
 * the digest, or what one person is told together.
 * @param actionOf the link that a line leads to; `now` in ms since 1970
 */
export function casesLetter(
	{ event, cases, to }: Pick<Notice, 'event' | 'cases' | 'to'>,
	actionOf: (one: Case) => Action | undefined,
	now: number,
): Letter {
	const isDigest = event === 'digest';
	const more = cases.length - MOST_LINES;
	const pressing = cases.toSorted((a, b) => dueOf(a, now) - dueOf(b, now));
	const lines: Line[] = pressing.slice(0, MOST_LINES).map((one) => {
		const action = actionOf(one);
		const text = lineOf(one, isDigest || one.owner.email === to.email ? '' : one.owner.name, now);
		return action === undefined ? { text } : { text, action };
	});
	if (more > 0) lines.push({ text: `and ${String(more)} more: List Open shows them all` });
	const heading = isDigest ? 'Beyond the single notices of the day' : 'Their time runs out';
	return {
		title: titleOf(isDigest, cases, now),
		actions: [],
		sections: [sectionOf(heading, lines)],
		links: [],
	};
}

/** The honest count. */
function titleOf(isDigest: boolean, cases: readonly Case[], now: number): string {
	const count = cases.length;
	const alerts = count === 1 ? '1 alert' : `${String(count)} alerts`;
	if (isDigest) return count === 1 ? 'And 1 more alert' : `And ${String(count)} more alerts`;
	const late = cases.filter((one) => dueOf(one, now) <= now).length;
	return late === 0
		? `${alerts} near their end`
		: `${alerts}, ${late === count ? 'all' : String(late)} overdue`;
}

/** Infinity where nothing is. */
function dueOf(one: Case, now: number): number {
	return nextDue(slaOf(one, now))?.dueAt ?? Infinity;
}

/** @param owner where it is not the reader's own */
function lineOf(one: Case, owner: string, now: number): string {
	const { no, accountId, facts, priority } = one;
	const due = dueOf(one, now);
	const { zone } = compileSla(one.sla);
	const parts = [
		`Case ${String(no)}, ${facts.name ?? accountId} (${priority})`,
		...(due === Infinity ? [] : [`${due <= now ? 'overdue since' : 'due'} ${sayTime(due, zone)}`]),
		...(owner === '' ? [] : [`with ${owner}`]),
		mainReason(one)?.text ?? '',
		...(facts.arr === undefined ? [] : [`ARR ${facts.arr.toLocaleString('en-US')}`]),
	];
	return parts.filter((part) => part !== '').join('; ');
}
