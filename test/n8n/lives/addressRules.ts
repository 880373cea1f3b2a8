import { DateTime } from 'luxon';

/** A mail as it left: everything that is to be known of it, read from the mailbox. */
export type Message = {
	/** ms since 1970 */
	readonly at: number;
	readonly address: string;
	/** The account it is about. */
	readonly account: string;
	/** IANA zone of the account. */
	readonly zone: string;
	readonly step: string;
	readonly is: MessageKind;
};
/**
 * What a mail is to the rules. To a customer: `atOnce` welcome and celebration · `service` intervention, onboarding, renewal ·
 * `expansion`, `education`, `survey` and `campaign`, which are marketing · `digest`, which they subscribed to. To us: `case` an escalation · `sales` one with sales · `alert`.
 */
export type MessageKind =
	| 'atOnce'
	| 'service'
	| 'expansion'
	| 'education'
	| 'survey'
	| 'campaign'
	| 'digest'
	| 'case'
	| 'sales'
	| 'alert';

/** What customers and we did, in ms since 1970. */
export type Facts = {
	/** When the cases of an account were resolved. */
	readonly resolvedAt: (account: string) => readonly number[];
	readonly unsubscribedAt: (address: string) => number | undefined;
};

const MARKETING: ReadonlySet<MessageKind> = new Set([
	'expansion',
	'education',
	'survey',
	'campaign',
]);
const AUTOMATED: ReadonlySet<MessageKind> = new Set(['atOnce', 'service', 'digest', ...MARKETING]);
const DAY = 86_400_000;
const WEEK_OF_DATES = 7;
const TWO_WEEKS_OF_DATES = 14;

/** Whatever in a mailbox is against P02, P04, P06, P08, P12 or P24, a line for each; written from the rules, with nothing of the engine. */
export function violationsIn(mailbox: readonly Message[], facts: Facts): string[] {
	const inOrder = mailbox.toSorted((a, b) => a.at - b.at);
	const automated = inOrder.filter(({ is }) => AUTOMATED.has(is));
	return [
		...[...by(automated, 'address').values()].flatMap(tooMany),
		...[...by(inOrder, 'account').values()].flatMap((messages) => duringCases(messages, facts)),
		...automated.flatMap((message) => unwanted(message, facts)),
		...automated.filter(isUntimely).map((message) => `P02: ${say(message)}`),
	];
}

/** P02: what answers the customer at once goes at any time. */
function isUntimely({ at, zone, is }: Message): boolean {
	const { weekday, hour } = DateTime.fromMillis(at, { zone });
	return is !== 'atOnce' && (weekday > 5 || hour < 9 || hour >= 17);
}

/** P04 and P24, of the automated mails to one address. */
function tooMany(messages: readonly Message[]): string[] {
	return messages.flatMap((message, place) => {
		if (message.is === 'atOnce') return [];
		return messages.slice(0, place).flatMap((before) => {
			const found: string[] = [];
			if (message.at - before.at < DAY)
				found.push(`P04, 24 hours: ${say(message)} after ${say(before)}`);
			const dates = datesBetween(before.at, message.at, message.zone);
			// a digest obeys the 24 hours, and neither counts nor waits for the seven days
			const isKept = MARKETING.has(message.is) && before.is !== 'digest';
			if (isKept && dates < WEEK_OF_DATES)
				found.push(`P04, 7 days: ${say(message)} after ${say(before)}`);
			const areTips = message.is === 'education' && before.is === 'education';
			if (areTips && dates < TWO_WEEKS_OF_DATES)
				found.push(`P24: ${say(message)} after ${say(before)}`);
			return found;
		});
	});
}

/** P06 and P08, of all mails about one account. */
function duringCases(messages: readonly Message[], facts: Facts): string[] {
	return messages.flatMap((message, place) => {
		const resolved = facts.resolvedAt(message.account);
		const isOpen = (one: Message): boolean =>
			!resolved.some((at) => at > one.at && at <= message.at);
		const open = messages.slice(0, place).filter(isOpen);
		const found: string[] = [];
		const human = open.find(({ is }) => is === 'case');
		const sales = open.find(({ is }) => is === 'sales');
		const isSilenced = AUTOMATED.has(message.is) && message.is !== 'atOnce';
		if (human !== undefined && isSilenced)
			found.push(`P06: ${say(message)} while ${say(human)} is open`);
		if (sales !== undefined && message.is === 'expansion')
			found.push(`P06, sales: ${say(message)} while ${say(sales)} is open`);
		const isHandOver = message.is === 'case' || message.is === 'sales';
		if (human !== undefined && isHandOver)
			found.push(`P08: ${say(message)} while ${say(human)} is open`);
		if (sales !== undefined && message.is === 'sales')
			found.push(`P08, sales: ${say(message)} while ${say(sales)} is open`);
		return found;
	});
}

/** P12 */
function unwanted(message: Message, facts: Facts): string[] {
	const at = facts.unsubscribedAt(message.address);
	return at !== undefined && at <= message.at ? [`P12: ${say(message)}, unsubscribed`] : [];
}

function datesBetween(from: number, to: number, zone: string): number {
	const dateOf = (at: number): DateTime => DateTime.fromMillis(at, { zone }).startOf('day');
	return Math.round(dateOf(to).diff(dateOf(from), 'days').days);
}

function say({ at, step, account, address }: Message): string {
	return `${step} of ${account} to ${address} on ${new Date(at).toISOString().slice(0, 16)}`;
}

function by(
	messages: readonly Message[],
	key: 'address' | 'account',
): ReadonlyMap<string, Message[]> {
	const groups = new Map<string, Message[]>();
	for (const message of messages)
		groups.set(message[key], [...(groups.get(message[key]) ?? []), message]);
	return groups;
}
