import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import { show } from '../../engine/accounts/show';
import type { PersonRef } from '../../engine/escalation/case';
import type { Notice } from '../../engine/escalation/memory';
import type { Reason } from '../../engine/journeys/memory';
import { emailAddress } from '../../services/mail/address';
import { textPerItem } from '../platform/textPerItem';
import { readLinks } from './links';
import { readDelivery, touchFields, type Delivery } from './notices';
import { ANSWER_OUTPUTS } from './outputs';
import { packsFor } from './pack';
import { DRY_RUN, TELLS_NOBODY } from './routeHints';
import type { Session } from './session';

/** Whom an item names as the new owner of its case, or why it names none. */
export type OwnerReader = (json: IDataObject, index: number) => PersonRef | { refused: Reason };

/** @throws NodeOperationError where a fixed text is no address */
export function compileNewOwner(context: IExecuteFunctions): OwnerReader {
	const readEmail = textPerItem(context, 'newOwnerEmail');
	const readName = textPerItem(context, 'newOwnerName');
	const raw = context.getNode().parameters.newOwnerEmail;
	const isFixed = typeof raw !== 'string' || !raw.startsWith('=');
	if (isFixed && !emailAddress.safeParse(readEmail({}, 0)).success)
		throw new NodeOperationError(
			context.getNode(),
			`'New Owner E-Mail' is no e-mail address (found ${show(readEmail({}, 0))})`,
			{ description: 'Enter whom the cases are to go to. Nothing was changed.' },
		);
	return (json, index) => {
		const given = readEmail(json, index);
		if (!emailAddress.safeParse(given).success) {
			const text = `New Owner E-Mail is no e-mail address (found ${show(given)})`;
			return { refused: { code: 'no_new_owner', text } };
		}
		const email = given.toLowerCase();
		return { email, name: readName(json, index) || email };
	};
}

/** How those are told who have a case from now on: like owners of a case that is opened. */
export type Teller = {
	readonly delivery: Delivery;
	/** Gives what the item of a notice carries, of those that are not among them too. */
	readonly tell: (notices: readonly Notice[]) => Promise<(notice: Notice) => object>;
};

/** @throws NodeOperationError for a test recipient that is no address, and where two senders would tell the same */
export async function openTeller(session: Session): Promise<Teller> {
	const delivery = readDelivery(session, [ANSWER_OUTPUTS.done]);
	const links = await readLinks(session);
	const hint = delivery.dry ? DRY_RUN : delivery.testRecipient === '' ? TELLS_NOBODY : undefined;
	if (hint !== undefined)
		session.context.addExecutionHints({
			message: hint,
			type: 'warning',
			location: 'outputPane',
		});
	return {
		delivery,
		async tell(notices) {
			delivery.told.push(...notices);
			const pack = await packsFor(
				session,
				links,
				notices.flatMap(({ cases }) => cases),
			);
			const told = new Set(notices);
			return (notice) =>
				told.has(notice)
					? { ...touchFields(notice, session, delivery), ...pack(notice, undefined) }
					: { notify: false, mode: session.mode };
		},
	};
}
