import { changesSomething, kindOf } from './kinds';
import { at, isExpression, rowOf, textAt, textsOf, type Text } from './parameters';
import type { WorkflowNode } from './workflow';

/**
 * person: an address, a number or a chat of somebody · event: begins a campaign for a person · room: where a team reads ·
 * list: everybody on it
 */
type Channel = 'person' | 'event' | 'room' | 'list';

/** A node that writes to somebody by itself. */
export type Sends = {
	readonly channel: Channel;
	/** What says who gets it. */
	readonly recipients: readonly Text[];
};

type NodeRow = {
	readonly channel: Channel;
	/** Of `resource:operation`, either of them empty where the export leaves it out. */
	readonly does: RegExp;
	/** Parameters that say who gets it. */
	readonly to: RegExp;
};

const MAIL: NodeRow = {
	channel: 'person',
	does: /^(message|e?mail|sms|):(send|sendHtml|sendTemplate|sendAndWait|reply|create|)$|^draft:send$/,
	to: /^((to|cc|bcc|send_?to)(e?mails?|addresses|recipients|list|email|addressesui|recipientsui)*|rece?ipients?(b?cc)?)$/i,
};
const PHONE: NodeRow = {
	channel: 'person',
	does: /^(sms|mms|call|voice|):(send|make|)$/,
	to: /^(to|recipients)$/,
};
const room = (does: RegExp, to: RegExp): NodeRow => ({ channel: 'room', does, to });

/** By the last part of the node's type: n8n's own, and community nodes of the same name. */
const NODES: ReadonlyMap<string, NodeRow> = new Map([
	['awsSes', MAIL],
	['brevo', MAIL],
	['emailSend', MAIL],
	['gmail', MAIL],
	['mailgun', MAIL],
	['mailjet', MAIL],
	['mandrill', MAIL],
	['microsoftOutlook', MAIL],
	['postmark', MAIL],
	['sendGrid', MAIL],
	['sendInBlue', MAIL],
	['messageBird', PHONE],
	['mocean', PHONE],
	['msg91', PHONE],
	['plivo', PHONE],
	['sms77', PHONE],
	['twilio', PHONE],
	['vonage', PHONE],
	['telegram', { channel: 'person', does: /^(message|):(send\w*|)$/, to: /^chatId$/ }],
	[
		'whatsApp',
		{ channel: 'person', does: /^(message|):(send\w*|)$/, to: /^recipientPhoneNumber$/ },
	],
	['customerIo', { channel: 'event', does: /^event:(track|)$/, to: /^customerId$/ }],
	['mailchimp', { channel: 'list', does: /^campaign:(re)?send$/, to: /^$/ }],
	// to a contact by the number that Mautic gave it, of which nobody knows who that is
	[
		'mautic',
		{ channel: 'list', does: /^(segmentEmail:send|contact:sendEmail)$/, to: /^contactId$/ },
	],
	['ciscoWebex', room(/^(message|):(create|)$/, /^(toPerson(Email|Id)|roomId)$/)],
	['discord', room(/^message:(send\w*|)$|^:send/, /^(channelId|userId)$/)],
	['googleChat', room(/^message:(create|sendAndWait|)$/, /^spaceId$/)],
	['mattermost', room(/^(message|):(post\w*|)$/, /^(channelId|userId)$/)],
	[
		'microsoftTeams',
		room(/^(channel|chat)Message:(create|reply|sendAndWait|)$/, /^ch(at|annel)Id$/),
	],
	['rocketchat', room(/^(chat|):(postMessage|)$/, /^channel$/)],
	['slack', room(/^(message|):(post|schedule|send\w*|)$/, /^(channelId|channel|user)$/)],
]);

/** Addresses to which a POST sends; `inAddress` where they name the recipient too. */
const HOSTS: readonly { channel: Channel; at: RegExp; inAddress?: boolean }[] = [
	{
		channel: 'list',
		at: /\bapi\.mailchimp\.com\/3\.0\/campaigns\/[^]*\/actions\/send|\bapi\.brevo\.com\/v3\/emailCampaigns\/[^]*\/sendNow/,
	},
	{ channel: 'person', at: /\bapi\.hubapi\.com\/[^]*(single-?send|single-?email|\/threads\/)/i },
	{ channel: 'person', at: /\bapi(\.\w+)?\.intercom\.io\/(messages|conversations)(?!\/search)/ },
	{
		channel: 'person',
		at: /\bapi\.(brevo|sendinblue)\.com\/v3\/(smtp\/email|transactionalSMS|whatsapp)/i,
	},
	{ channel: 'person', at: /\bmandrillapp\.com\/api\/1\.\d\/messages\/send/ },
	{ channel: 'person', at: /\bapi(\.eu)?\.sendgrid\.com\/v3\/mail\/send/ },
	{ channel: 'person', at: /\bapi\.postmarkapp\.com\/email/ },
	{ channel: 'person', at: /\bapi(\.eu)?\.mailgun\.net\/v\d\/[^]*\/messages/ },
	{ channel: 'person', at: /\bapi\.(us\.)?mailjet\.com\/v3(\.1)?\/send/ },
	{ channel: 'person', at: /\bapi(\.eu)?\.sparkpost\.com\/api\/v1\/transmissions/ },
	{ channel: 'person', at: /\bapi\.resend\.com\/emails/ },
	{ channel: 'person', at: /\bapi\.twilio\.com\/[^]*\/(Messages|Calls)\b/ },
	{ channel: 'person', at: /\b(rest|api)\.nexmo\.com\/|\brest\.messagebird\.com\/messages/ },
	{ channel: 'person', at: /\bapi\.plivo\.com\/[^]*\/(Message|Call)\b/ },
	{ channel: 'person', at: /\bgraph\.facebook\.com\/[^]*\/messages/ },
	{ channel: 'person', at: /\bgraph\.microsoft\.com\/[^]*\/sendMail\b/i },
	{ channel: 'person', at: /\bgmail\.googleapis\.com\/[^]*\/send\b/ },
	{ channel: 'person', at: /\bapi\.telegram\.org\/[^]*\/send/ },
	{ channel: 'person', at: /\bapi(-eu)?\.customer\.io\/v1\/(send|campaigns\/[^]*\/triggers)/ },
	{ channel: 'event', at: /\btrack(-eu)?\.customer\.io\/[^]*\/events/, inAddress: true },
	{ channel: 'room', at: /\bhooks\.slack\.com\/|\bslack\.com\/api\/chat\.post/, inAddress: true },
	{
		channel: 'room',
		at: /\.webhook\.office\.com\/|\bdiscord\.com\/api\/webhooks/,
		inAddress: true,
	},
	{ channel: 'room', at: /\bgraph\.microsoft\.com\/[^]*\/messages/, inAddress: true },
	// the whole address is in the item: $json.slackWebhook
	{ channel: 'room', at: /^=\s*\{\{[^}]*(slack|teams|discord)\w*\s*\}\}$/i, inAddress: true },
];

/** How services call what says who gets a message. */
const RECIPIENT_KEY =
	/^(to|cc|bcc|e-?mails?|email_?address|recipients?|to_?recipients|phone(_?number)?|mobile|msisdn|chat_?id|channel|user|user_?id|customer_?id|identifiers|destinations?)$/i;

export const isRecipientKey = (name: string): boolean => RECIPIENT_KEY.test(name);

/** What a node sends by itself; undefined of one that sends nothing, or of which nobody can know. */
export function sendsOf(node: WorkflowNode): Sends | undefined {
	return kindOf(node) === 'httpRequest' ? sentByRequest(node) : sentByNode(node);
}

function sentByNode(node: WorkflowNode): Sends | undefined {
	const row = NODES.get(kindOf(node));
	if (row === undefined) return undefined;
	if (!row.does.test(`${textAt(node, ['resource'])}:${textAt(node, ['operation'])}`))
		return undefined;
	const recipients = textsOf(node).filter(
		({ path, text }) => text.trim() !== '' && path.some((name) => row.to.test(name)),
	);
	return { channel: row.channel, recipients };
}

function sentByRequest(node: WorkflowNode): Sends | undefined {
	const url = textAt(node, ['url']);
	const row = HOSTS.find((host) => host.at.test(url));
	if (row === undefined || !changesSomething(node)) return undefined;
	const recipients = textsOf(node).flatMap(({ path, text }): Text[] => {
		const [field = ''] = path;
		if (field === 'url') return row.inAddress === true ? [{ path, text }] : [];
		if (!/body|query/i.test(field)) return [];
		if (path.at(-1) !== 'value') return valuesIn(text).map((value) => ({ path, text: value }));
		const name = at(rowOf(node, path), 'name');
		const says = typeof name === 'string' && isRecipientKey(name);
		return says ? [{ path, text }] : [];
	});
	return { channel: row.channel, recipients };
}

/** An object that says who writes, or who gets the answers. */
const FROM = /\b(from|sender|reply_?to)["']?\s*:\s*(\{[^}]*\}|'[^']*'|"[^"]*")/gi;

export function withoutFrom(text: string): string {
	return text.replace(FROM, '');
}

/** What stands behind the names of recipients in a body: JSON, or an expression that makes one. */
function valuesIn(body: string): string[] {
	const text = withoutFrom(body);
	// in JSON only a part of it is worked out
	const isWorkedOut = isExpression(text);
	return [...text.matchAll(/(["']?)([\w-]+)\1\s*:\s*/g)].flatMap((found) => {
		if (!isRecipientKey(found[2] ?? '')) return [];
		const value = valueAt(text, found.index + found[0].length);
		return [isWorkedOut ? `=${value}` : value];
	});
}

/** From a place to the comma or bracket that ends the value there. */
function valueAt(text: string, start: number): string {
	let depth = 0;
	let quote = '';
	for (let index = start; index < text.length; index += 1) {
		const mark = text.charAt(index);
		if (quote !== '') {
			if (mark === quote) quote = '';
		} else if (/["'`]/.test(mark)) quote = mark;
		else if (/[([{]/.test(mark)) depth += 1;
		else if (/[)\]}]/.test(mark)) depth -= 1;
		if (depth < 0 || (depth === 0 && quote === '' && mark === ',')) return text.slice(start, index);
	}
	return text.slice(start);
}

const OF_ITEM =
	/(?:\$json|(?:\$input|\$\([^)]*\))\.(?:item|first\(\)|last\(\)|itemMatching\([^)]*\)|all\(\)\[\d+\])\.json|\$node\[[^\]]*\]\.json)(?:(?:\?\.|\.)?\[[^\]]*\]|(?:\?\.|\.)\w+)*/g;
/** A segment that names whoever looks after the account; or, in Telegram, whoever has just written. */
const COLLEAGUE =
	/\w*(owner|csm|assignee|manager|colleague|team|staff|employee|approver|reviewer|operations|internal|escalation)\w*|\bmessage\b.*\b(chat|from)\b/i;

/** What an expression takes from its item, as `$json.contacts[0].email`, but for what belongs to colleagues. */
export function ofCustomers(text: string): string[] {
	if (!isExpression(text)) return [];
	return [...text.matchAll(OF_ITEM)]
		.map(([path]) => path)
		.filter((path) => path.includes('.') || path.includes('['))
		.filter((path) => !COLLEAGUE.test(path));
}

/** Of a team's rooms only those that by their name are shared with the customer. */
const SHARED = /contact|customer|client|shared|connect|admin|e-?mail|phone|sponsor|champion/i;

/** Whether it goes to whomever its items name, as to a colleague's fixed address it does not. */
export function goesToCustomers({ channel, recipients }: Sends): boolean {
	if (channel === 'list') return true;
	const named = recipients.flatMap(({ text }) => ofCustomers(text));
	return channel === 'room' ? named.some((path) => SHARED.test(path)) : named.length > 0;
}
