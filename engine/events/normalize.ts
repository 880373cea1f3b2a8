import { hearCustomerio } from './customerio';
import { happenedAt } from './happenedAt';
import type { Delivery, Heard, Listener } from './heard';
import { hearHubspot } from './hubspot';
import { hearIntercom } from './intercom';
import { hearOwn, hearStandardWebhooks } from './own';
import { hearPagerduty } from './pagerduty';
import { idOf, inOrder, present, timeOf } from './read';
import { ruleFor, typeOf, type EventRule } from './rules';
import { hearSalesforce } from './salesforce';
import { hearSegment } from './segment';
import { hearStripe } from './stripe';
import { ACCOUNT_KINDS, UNKNOWN, type AccountKey, type CustomerEvent, type Sender } from './types';

const LISTENERS: Readonly<Record<Sender, Listener>> = {
	customerio: hearCustomerio,
	hmac: hearOwn,
	hubspot: hearHubspot,
	intercom: hearIntercom,
	pagerduty: hearPagerduty,
	salesforce: hearSalesforce,
	segment: hearSegment,
	standardWebhooks: hearStandardWebhooks,
	stripe: hearStripe,
};

export type Normalizing = Delivery & {
	/** When it was received, ms since 1970: when it happened, where the sender does not say. */
	receivedAt: number;
	rules?: readonly EventRule[];
	/** Whether the sender's own id of an account is the account id of the journeys. */
	keyIsAccount?: boolean;
	/** Of a text, a short one that is the same for the same text and no other: the engine does not know how. */
	digest: (text: string) => string;
};

/**
 * The events in a body of a sender, in its order, at least one unless the body is an empty list. Nothing is dropped: what
 * no journey understands, or is not what the sender describes, has the type `unknown` and comes with what was sent.
 * @param body as JSON has it; of an outbound message of Salesforce its text
 */
export function normalize(sender: Sender, body: unknown, how: Normalizing): CustomerEvent[] {
	const told = new Map<string, unknown>();
	return LISTENERS[sender](body, how).flatMap((heard) => {
		const rule = ruleFor(heard, how.rules ?? []);
		if (rule !== undefined && heard.besides === true) return [];
		const once = rule === undefined ? idOf(heard.once) : undefined;
		const id = once ?? idOf(heard.id) ?? how.digest(asText([sender, heard.identity ?? heard.raw]));
		const before = told.get(id);
		told.set(id, before ?? heard.raw);
		// two different things under one id would be taken for one and its repeat
		const isOther =
			once === undefined && before !== undefined && asText(before) !== asText(heard.raw);
		return [eventOf(sender, isOther ? how.digest(asText([id, heard.raw])) : id, heard, rule, how)];
	});
}

/** The same for the same content, in whatever order its fields are. */
function asText(content: unknown): string {
	return JSON.stringify(inOrder(content));
}

function eventOf(
	sender: Sender,
	id: string,
	heard: Heard,
	rule: EventRule | undefined,
	how: Normalizing,
): CustomerEvent {
	const { names, accountKey, contact, severity, hard, human, raw } = heard;
	const accountId =
		heard.accountId ??
		(how.keyIsAccount === true && isAccount(accountKey) ? accountKey.id : undefined);
	const step = rule?.step ?? heard.step;
	const type = typeOf(heard, rule) ?? UNKNOWN;
	const told = timeOf(heard.occurredAt) ?? how.receivedAt;
	return {
		id,
		type,
		...(accountId === undefined ? {} : { accountId }),
		...(accountKey === undefined ? {} : { accountKey }),
		...(contact === undefined ? {} : { contact }),
		occurredAt: new Date(happenedAt(type, told, how.receivedAt)).toISOString(),
		source: sender,
		sourceType: names[0],
		...(step === undefined ? {} : { step }),
		...(severity === undefined ? {} : { severity }),
		...(hard === undefined ? {} : { hard }),
		...(human === undefined ? {} : { human }),
		data: present(heard.data ?? {}),
		raw,
	};
}

function isAccount(key: AccountKey | undefined): key is AccountKey {
	return key !== undefined && ACCOUNT_KINDS.has(key.kind);
}
