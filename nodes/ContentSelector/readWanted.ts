import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { show } from '../../engine/accounts/show';
import { localDay, dateOf } from '../../engine/health/history/localDay';
import type { Words } from '../../engine/escalation/routing/words';
import { readProfile, type Profile } from '../../engine/content/profile';
import { variantFor, type Variant } from '../../engine/content/variants';
import { usualRoles } from '../../engine/journeys/recipient';
import { compileFieldPath, type FieldReader } from '../platform/fieldPath';
import { own } from '../platform/own';
import { readId } from '../platform/readId';
import { readText } from '../platform/readText';
import { isObject, textOf } from '../platform/rows';
import type { Settings } from './readSettings';

/** Whom content is chosen for. */
export type Wanted = {
	readonly index: number;
	readonly accountId: string;
	/** Of the touch, or of the account, the contact and the day: the same is asked once. */
	readonly key: string;
	/** Whether a journey handed out the touch. */
	readonly isTouch: boolean;
	/** A dry run writes nothing down (P34). */
	readonly dry: boolean;
	/** Lower-case address; of an account without a contact `account/` and its id. */
	readonly contact: string;
	readonly profile: Profile;
	readonly variant: Variant | undefined;
};
export type WantedReader = (
	json: IDataObject,
	index: number,
) => Wanted | { readonly index: number; readonly problem: string };

/** Compiles how an item's account, its contact and its touch are read. */
export function compileWanted(
	context: IExecuteFunctions,
	{ experiment, variants }: Settings,
	words: Words,
	now: number,
): WantedReader {
	const readAccount: FieldReader = compileFieldPath(
		readText(context, 'accountField') || 'accountId',
	);
	const zone = context.getTimezone();
	return (json, index) => {
		const accountId = readId(readAccount(json));
		if (accountId === undefined)
			return { index, problem: `has no account id (found ${show(readAccount(json))})` };
		const touch = json.journey;
		const touchKey = readId(own(touch, 'key'));
		const recipient = own(touch, 'contact');
		const contact = isObject(recipient) ? recipient : contactOf(json.contacts);
		const address = textOf(contact?.email).toLowerCase();
		const band = own(json.health, 'band');
		const profile = readProfile(json, contact, { band, zone, words });
		const who = address === '' ? `account/${accountId}` : address;
		const day = dateOf(localDay(now, zone));
		return {
			index,
			accountId,
			key: touchKey ?? `content/${accountId}/${who}/${day}`,
			isTouch: touchKey !== undefined,
			dry: own(touch, 'mode') === 'dry',
			contact: who,
			profile,
			variant: variantFor(experiment, accountId, variants),
		};
	};
}

const ROLES = usualRoles('education');

/** Whom a journey would write to (P11); outside of one, content is chosen for the same person. */
function contactOf(contacts: unknown): IDataObject | undefined {
	if (!Array.isArray(contacts)) return undefined;
	const reachable = contacts
		.filter(isObject)
		.filter(({ status = 'active', unsubscribed }) => status === 'active' && unsubscribed !== true);
	for (const role of ROLES) {
		const contact = reachable.find((one) => (one.role ?? 'user') === role);
		if (contact !== undefined) return contact;
	}
	return reachable[0];
}
