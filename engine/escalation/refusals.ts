import type { Reason } from '../journeys/memory';
import type { Case } from './case';
import { sayAt } from './caseReasons';

/** Why something could not be done with a case. Whoever repeats what was done already is told so. */
export const refusals = {
	unknown: (no: number): Reason => ({
		code: 'case_unknown',
		no,
		text: `There is no case ${no}`,
	}),
	acknowledged: (one: Case): Reason => {
		const { at, by } = one.acknowledgement ?? { at: one.openedAt, by: '' };
		const when = sayAt(one, at);
		const text = `Case ${one.no} was acknowledged already, by ${by} at ${when}`;
		return { code: 'already_acknowledged', no: one.no, by, at: when, text };
	},
	resolved: (one: Case): Reason => {
		const at = sayAt(one, one.resolvedAt ?? one.openedAt);
		const text = `Case ${one.no} was resolved already, at ${at}`;
		return { code: 'already_resolved', no: one.no, at, text };
	},
	paused: (one: Case): Reason => {
		const at = sayAt(one, one.pauses.at(-1)?.from ?? one.openedAt);
		const text = `Case ${one.no} waits for the customer already, since ${at}`;
		return { code: 'already_paused', no: one.no, at, text };
	},
	notPaused: ({ no }: Case): Reason => ({
		code: 'not_paused',
		no,
		text: `Case ${no} does not wait for the customer`,
	}),
	owned: ({ no, owner }: Case): Reason => ({
		code: 'already_theirs',
		no,
		text: `${owner.name} has case ${no} already`,
	}),
	handedBack: ({ no }: Case): Reason => ({
		code: 'already_handed_back',
		no,
		text: `The account of case ${no} was handed back already`,
	}),
	neverHandedOver: ({ no }: Case): Reason => ({
		code: 'never_handed_over',
		no,
		text: `Case ${no} is an alert: the account never left its tier, so it is enough to resolve it`,
	}),
};
