import type { Case } from './case';
import type { CheckedCase, Letter } from './checkCase';
import { isCapped } from './dailyCap';
import { groupBy } from './families';
import type { Notice } from './memory';
import type { Outbox } from './outbox';

/** Cases after their people were told, and with what. */
export type ToldAll = { readonly cases: ReadonlyMap<number, Case>; readonly notices: Notice[] };

type Due = { readonly no: number; readonly letter: Letter };

/**
 * Hands out what cases have to tell. An escalation or an urgent alert has a notice of its own for everybody. What one
 * person is to be told of other alerts is one notice: a missed target, an acknowledgement that went stale and a level are
 * always told; a mere reminder only where the day's single notices are not used up, and where whoever is reminded was
 * told of the alert at all, which otherwise the digest does.
 */
export function tellAll(checked: readonly CheckedCase[], outbox: Outbox): ToldAll {
	const cases = new Map(checked.map(({ case: one }) => [one.no, one]));
	const caseOf = ({ no }: Due): Case => {
		const one = cases.get(no);
		if (one === undefined) throw new RangeError(`There is no case ${no}`);
		return one;
	};
	const notices: Notice[] = [];
	const done = (after: readonly Case[], notice: Notice | undefined): void => {
		for (const one of after) cases.set(one.no, one);
		if (notice !== undefined) notices.push(notice);
	};
	const reminders: Due[] = [];
	for (const { case: one, letters } of checked)
		for (const letter of letters) {
			const due = { no: one.no, letter };
			const { to, message } = letter;
			const isNews = message.event === 'raised' || message.event === 'merged';
			if (isCapped(one) && !isNews) {
				reminders.push(due);
				continue;
			}
			const told =
				message.event === 'raised'
					? outbox.toOwner(caseOf(due), message)
					: outbox.toPerson(caseOf(due), to, message);
			done([told.case], told.notice);
		}
	for (const its of groupBy(reminders, ({ letter }) => letter.to.email).values()) {
		const due = its.filter(({ no, letter }) => {
			return letter.message.event !== 'nearing' || cases.get(no)?.digest !== 'waiting';
		});
		const [first, ...others] = due;
		if (first === undefined) continue;
		const { to, message } = first.letter;
		const areMere = due.every(({ letter }) => letter.message.event === 'nearing');
		if (areMere && !outbox.admits(to.email)) continue;
		if (others.length === 0) {
			const told = outbox.toPerson(caseOf(first), to, message);
			done([told.case], told.notice);
		} else {
			const all = due.map((each) => ({ case: caseOf(each), message: each.letter.message }));
			const told = outbox.inOne(all, to);
			done(told.cases, told.notice);
		}
	}
	return { cases, notices };
}
