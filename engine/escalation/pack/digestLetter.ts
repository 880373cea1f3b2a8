import { sayTime } from '../../calendar/localTime';
import type { Case } from '../case';
import type { Notice } from '../memory';
import { mainReason, nextDue } from '../nextStep';
import { compileSla } from '../sla';
import { slaOf } from '../slaOf';
import { sectionOf, type Letter } from './letter';

/** More than these nobody reads in a mail; the rest is counted. */
const MOST_LINES = 30;

/** What waited for the digest, the most money first, each on a line; @param now ms since 1970 */
export function digestLetter({ cases }: Pick<Notice, 'cases'>, now: number): Letter {
	const more = cases.length - MOST_LINES;
	const lines = cases.slice(0, MOST_LINES).map((one) => lineOf(one, now));
	if (more > 0) lines.push(`and ${String(more)} more: List Open shows them all`);
	return {
		title: titleOf(cases.length),
		actions: [],
		sections: [sectionOf('Beyond the single notices of the day', lines)],
		links: [],
	};
}

/** The honest count. */
function titleOf(count: number): string {
	return count === 1 ? 'And 1 more alert' : `And ${String(count)} more alerts`;
}

function lineOf(one: Case, now: number): string {
	const { no, accountId, facts, priority } = one;
	const due = nextDue(slaOf(one, now))?.dueAt;
	const parts = [
		`Case ${String(no)}, ${facts.name ?? accountId} (${priority})`,
		mainReason(one)?.text ?? '',
		...(facts.arr === undefined ? [] : [`ARR ${facts.arr.toLocaleString('en-US')}`]),
		...(due === undefined ? [] : [`due ${sayTime(due, compileSla(one.sla).policy.calendar.zone)}`]),
	];
	return parts.filter((part) => part !== '').join('; ');
}
