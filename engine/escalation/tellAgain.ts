import type { Case } from './case';
import { sayAgain, sayBundle, sayDigest } from './caseReasons';
import type { CheckedCase } from './checkCase';
import { richestFirst } from './digests';
import type { Notice } from './memory';
import { addressOf, againKey, sharedBy } from './pending';
import { compileSla } from './sla';
import type { ToldAll } from './tellAll';

/**
 * Lost notices once more, unless whoever they are for is told of the case anyway. Those of several cases, with the ones of
 * them that nobody has taken note of since.
 * @returns the cases with the keys of everything that was handed out
 */
export function tellAgain(
	checked: readonly CheckedCase[],
	told: ToldAll,
): { cases: Case[]; notices: Notice[] } {
	const reached = new Set(
		told.notices.flatMap(({ to, cases }) => cases.map(({ no }) => `${no}/${to.email}`)),
	);
	const single: Notice[] = [];
	const shared = new Map<
		string,
		Omit<Notice, 'attempt' | 'reasons' | 'cases'> & { cases: Case[] }
	>();
	const cases = checked.map(({ case: { no }, lost }) => {
		const one = told.cases.get(no);
		if (one === undefined) throw new RangeError(`There is no case ${no}`);
		const sla = compileSla(one.sla);
		const keys = lost.flatMap(({ key, attempt }) => {
			const address = addressOf(one, key, sla) ?? sharedBy(one, key, sla);
			if (address === undefined || reached.has(`${no}/${address.to.email}`)) return [];
			const { event, to } = address;
			if (event !== 'digest' && event !== 'bundle')
				single.push({ key, event, to, cases: [one], attempt, reasons: [sayAgain(attempt)] });
			else {
				const known = shared.get(key) ?? { key: againKey(key, no), event, to, cases: [] };
				known.cases.push(one);
				shared.set(key, known);
				return [known.key];
			}
			return [key];
		});
		return keys.length === 0 ? one : { ...one, pending: [...one.pending, ...keys] };
	});
	const together = [...shared.values()].map((notice): Notice => {
		const count = notice.cases.length;
		const what = notice.event === 'digest' ? sayDigest(count) : sayBundle(count);
		const reasons = [what, sayAgain(2)];
		return { ...notice, attempt: 1, cases: notice.cases.toSorted(richestFirst), reasons };
	});
	return { cases, notices: [...single, ...together] };
}
