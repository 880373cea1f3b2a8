import type { Case, PersonRef } from '../../engine/escalation/case';
import {
	caseLinkUrl,
	CASE_ACTIONS,
	colleagueToken,
	type CaseAction,
} from '../../services/links/caseLink';
import { linkAddress } from '../../services/links/link';
import { own } from '../platform/own';
import { textOf } from '../platform/rows';
import type { Session } from './session';

const DAY_MS = 86_400_000;
const USUAL_DAYS = 14;

/** Makes the links of a notice for whoever gets it; undefined where no webhook answers them. */
export type LinkMaker = (one: Case, to: PersonRef) => Record<CaseAction, string>;

export type Links = { make: LinkMaker | undefined; accountLink: string };

/** An address that cannot be one leaves the notices without links: whoever asks for a person is routed all the same. */
export async function readLinks({ context, ledger, mode, now }: Session): Promise<Links> {
	const options: unknown = context.getNodeParameter('options', 0, {});
	const given = textIn(options, 'linkAddress');
	const accountLink = textIn(options, 'accountLink');
	if (given === '') return { make: undefined, accountLink };
	const base = linkAddress(given);
	if (base === undefined) {
		context.addExecutionHints({
			message:
				"'Link Address' is no https address, so notices leave without links to acknowledge and resolve: enter the production URL of the webhook that answers them. http is taken for localhost only.",
			type: 'warning',
			location: 'outputPane',
		});
		return { make: undefined, accountLink };
	}
	const secret = await ledger.secret();
	const expiresAt = now + (Number(textIn(options, 'linkDays')) || USUAL_DAYS) * DAY_MS;
	const test = mode === 'test';
	const make: LinkMaker = ({ no, reopened }, to) => {
		const link = { no, reopened, to: colleagueToken(to.email, secret), expiresAt, test };
		const url = (action: CaseAction): string => caseLinkUrl(base, { ...link, action }, secret);
		const [acknowledge, touch, resolve] = CASE_ACTIONS;
		return { acknowledge: url(acknowledge), touch: url(touch), resolve: url(resolve) };
	};
	return { make, accountLink };
}

function textIn(options: unknown, name: string): string {
	return textOf(own(options, name));
}
