import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import type { Reason } from '../../engine/journeys/memory';
import { tokenOf } from '../../ledger/token';
import { emailAddress, headerText, mailbox } from '../../services/mail/address';
import { unsubscribeAt, type Letter } from '../../services/mail/letter';
import { messageIdOf } from '../../services/mail/messageId';
import { compileSetting, compileText, type FieldSource } from './fields';
import { compileLinks, type LinkSettings } from './links';
import { notWritten } from './reasons';
import { isReason, type Addressed } from './touch';

/** Writes the mail of one item, or says why it cannot. */
export type Writer = (touch: Addressed, item: INodeExecutionData, index: number) => Letter | Reason;

type WriterOptions = LinkSettings & {
	/** Part of every Message-ID: '' where a retry has to carry the same one. */
	attempt: string;
};

/**
 * Compiles the node's parameters once.
 * @throws NodeOperationError naming the parameter that is wrong
 */
export function compileWriter(
	context: IExecuteFunctions,
	{ attempt, ...linkSettings }: WriterOptions,
): Writer {
	const options = rawOptions(context);
	const trusted = options.liquidInExpressions === true;
	const source = (name: string, label: string): FieldSource => ({
		label,
		raw: context.getNodeParameter(name, 0, '', { rawExpressions: true }),
	});
	const text = (from: FieldSource, kind: 'html' | 'plain') =>
		compileText(context, from, kind, trusted);
	const fromEmail = compileSetting(
		context,
		source('fromEmail', 'From Email'),
		address('From Email'),
	);
	const fromName = compileSetting(context, source('fromName', 'From Name'), () => undefined);
	const replyTo = compileSetting(
		context,
		source('replyTo', 'Reply To'),
		optional(address('Reply To')),
	);
	const subject = text(required(context, source('subject', 'Subject')), 'plain');
	const [messageSource, plainSource] = [
		source('message', 'Message'),
		source('plainText', 'Plain Text'),
	];
	if (isBlank(plainSource)) required(context, messageSource);
	const message = text(messageSource, 'html');
	const plainText = text(plainSource, 'plain');
	const ownUnsubscribe = text({ label: 'Unsubscribe URL', raw: options.unsubscribeUrl }, 'plain');
	const linksOf = compileLinks(context, options, linkSettings);

	return (touch, item, index) => {
		const writing = { item, index, scope: scopeOf(item, touch) };
		// nobody unsubscribes from the cases of their own customers
		const url = touch.isNotice ? '' : ownUnsubscribe(writing);
		if (typeof url !== 'string') return url;
		const own = url.trim() === '' ? undefined : unsubscribeAt(url);
		if (url.trim() !== '' && own === undefined) return notWritten.badUnsubscribe();
		const links = linksOf(touch, writing, own);
		if (isReason(links)) return links;
		const { unsubscribe: stop } = links;
		writing.scope = { ...writing.scope, unsubscribeUrl: stop?.url };

		const parts = [fromEmail, fromName, replyTo, subject, message, plainText].map((field) =>
			field(writing),
		);
		const problem = parts.find((part) => typeof part !== 'string');
		if (problem !== undefined) return problem;
		const [from = '', name = '', answers = '', about = '', ...written] = parts.map(String);
		const reply = links.replyTo(answers, from);
		const { html, plain } = links.bodies(written[0] ?? '', written[1] ?? '');
		if (headerText(about) === '') return notWritten.empty('Subject');
		if (html.trim() === '' && plain.trim() === '') return notWritten.empty('Message');
		return {
			from: mailbox(from, name),
			to: touch.to,
			...(reply === '' ? {} : { replyTo: reply }),
			subject: about,
			...(html.trim() === '' ? {} : { html }),
			...(plain.trim() === '' ? {} : { text: plain }),
			messageId: messageIdOf(tokenOf(`${touch.key}${attempt}`), from),
			...(stop === undefined ? {} : { unsubscribe: stop }),
		};
	};
}

function scopeOf({ json }: INodeExecutionData, { isNotice, to }: Addressed): object {
	const { journey, escalation, content } = json;
	const contact =
		typeof journey === 'object' && journey !== null && 'contact' in journey
			? journey.contact
			: undefined;
	// of a notice the colleague: a journey that asked for help may have named the customer's
	const addressee = isNotice ? { email: to.address, name: to.name } : (contact ?? {});
	return { account: json, contact: addressee, journey, escalation, content };
}

/** Whether mails of this node carry links that are answered by this n8n. */
export function makesLinks(context: IExecuteFunctions): boolean {
	const { linkAddress } = rawOptions(context);
	return typeof linkAddress === 'string' && linkAddress.trim() !== '';
}

function rawOptions(context: IExecuteFunctions): Record<string, unknown> {
	const options: unknown = context.getNodeParameter('options', 0, {}, { rawExpressions: true });
	return typeof options === 'object' && options !== null ? { ...options } : {};
}

function address(label: string): (text: string) => Reason | undefined {
	return (text) =>
		emailAddress.safeParse(text).success ? undefined : notWritten.notAnAddress(label);
}

function optional(
	check: (text: string) => Reason | undefined,
): (text: string) => Reason | undefined {
	return (text) => (text === '' ? undefined : check(text));
}

function isBlank({ raw }: FieldSource): boolean {
	return typeof raw !== 'string' || raw.trim() === '' || raw.trim() === '=';
}

function required(context: IExecuteFunctions, source: FieldSource): FieldSource {
	if (!isBlank(source)) return source;
	throw new NodeOperationError(context.getNode(), `'${source.label}' is empty`, {
		description: 'A mail needs a subject, and a message in HTML or plain text.',
	});
}
