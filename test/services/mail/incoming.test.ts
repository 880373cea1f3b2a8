import { tokenOf } from '../../../ledger/token';
import { readIncoming, type Incoming } from '../../../services/mail/incoming';
import { resolvedMail } from './resolvedMail';
import {
	complaint,
	deliveryReport,
	proseBounce,
	reply,
	UNRELATED,
	type Report,
} from './returnedMails';

const token = tokenOf('onboarding/1/acct-1/welcome/');

async function read(raw: string): Promise<Incoming | undefined> {
	const { json, attachments } = await resolvedMail(raw);
	return readIncoming(
		json,
		attachments.map(({ content }) => content.toString('latin1')),
	);
}

describe('a reply', () => {
	it.each([
		['by its references', reply({ token })],
		[
			'by In-Reply-To alone',
			reply({ token }, { references: `In-Reply-To: <${token}@vendor.example>` }),
		],
		[
			'by References alone',
			reply({ token }, { references: `References: <${token}@vendor.example>` }),
		],
		['though a mail program wrote the token in capitals', reply({ token: token.toUpperCase() })],
		[
			'by the reply address, where the references are gone',
			reply({ token }, { references: '', to: `Vendor <success+${token}@vendor.example>` }),
		],
		[
			'written by a person with an unlucky subject',
			reply({ token }, { subject: 'Re: out of the box ideas' }),
		],
		['that says it is not automatic', reply({ token }, { headers: 'Auto-Submitted: no' })],
	])('is a person’s and finds its touch %s', async (_how, raw) => {
		expect(await read(raw)).toMatchObject({ kind: 'reply', tokens: [token] });
	});

	it.each([
		['Auto-Submitted', { headers: 'Auto-Submitted: auto-replied' }],
		['X-Autoreply', { headers: 'X-Autoreply: yes' }],
		['X-Autorespond', { headers: 'X-Autorespond: Re: Welcome' }],
		['Precedence', { headers: 'Precedence: auto_reply' }],
		['an English subject', { subject: 'Out of Office: Welcome' }],
		['Outlook’s subject', { subject: 'Automatic reply: Welcome' }],
		['a German subject', { subject: 'Automatische Antwort: Welcome' }],
		['a German subject of another kind', { subject: 'Abwesenheitsnotiz' }],
		['a French subject', { subject: 'Réponse automatique : Welcome' }],
		['a Spanish subject', { subject: 'Respuesta automática: Welcome' }],
		['an Italian subject', { subject: 'Risposta automatica: Welcome' }],
		['a Dutch subject', { subject: 'Automatisch antwoord: Welcome' }],
		['a Japanese subject', { subject: '=?utf-8?B?6Ieq5YuV5b+c562U?=: Welcome' }],
	])('is a robot’s by %s', async (_sign, over) => {
		expect(await read(reply({ token }, over))).toMatchObject({
			kind: 'autoReply',
			tokens: [token],
		});
	});

	it('that answers none of our mails is none', async () => {
		expect(await read(UNRELATED)).toMatchObject({ kind: 'other', tokens: [] });
	});
});

describe('a bounce', () => {
	it.each(['message/rfc822', 'text/rfc822-headers'] as const)(
		'finds its touch in the returned %s',
		async (returned) => {
			expect(await read(deliveryReport({ token }, { returned }))).toMatchObject({
				kind: 'bounce',
				hard: true,
				status: '5.1.1',
				tokens: [token],
			});
		},
	);

	it('finds its touch by References, where nothing is returned', async () => {
		const headers = `In-Reply-To: <${token}@vendor.example>\nReferences: <${token}@vendor.example>`;
		const raw = deliveryReport({ token }, { returned: 'none', headers });
		expect(await read(raw)).toMatchObject({ kind: 'bounce', hard: true, tokens: [token] });
	});

	it('in prose finds its touch in its text, and its code is believed', async () => {
		expect(await read(proseBounce({ token }))).toMatchObject({
			kind: 'bounce',
			hard: true,
			status: '5.1.1',
			tokens: [token],
		});
	});

	it.each<[string, string, { hard: boolean; status: string }]>([
		['behind the code of SMTP', 'said: 550 5.1.1 no such user', { hard: true, status: '5.1.1' }],
		['behind it with a dash', 'said: 550-5.1.1 no such user', { hard: true, status: '5.1.1' }],
		['at the start of a line', '5.2.1 mailbox disabled', { hard: true, status: '5.2.1' }],
		[
			'of the sender',
			'said: 550 5.1.8 Sender address rejected: Domain not found',
			{ hard: false, status: '5.1.8' },
		],
		[
			'never in an IP address',
			'host mx.customer.example[85.5.1.12] said: 452 mailbox full',
			{ hard: false, status: '' },
		],
		[
			'never in an IP address that begins a line',
			'5.1.1.12 said: 452 mailbox full',
			{ hard: false, status: '' },
		],
		[
			'never in an IP address behind a code',
			'said: 552 5.1.1.7 mailbox full',
			{ hard: false, status: '' },
		],
		['never in a version', 'by Mailer 5.1.1: mailbox full', { hard: false, status: '' }],
	])('in prose has its status %s', async (_where, words, expected) => {
		const raw = proseBounce({ token }).replace(/^Sorry.*$/m, words);
		expect(await read(raw)).toMatchObject({ kind: 'bounce', ...expected, tokens: [token] });
	});

	it.each<[string, Report, object]>([
		['no such mailbox', { status: '5.1.1' }, { kind: 'bounce', hard: true }],
		['no such domain', { status: '5.1.2' }, { kind: 'bounce', hard: true }],
		['mailbox switched off', { status: '5.2.1' }, { kind: 'bounce', hard: true }],
		['an address that cannot be', { status: '5.1.3' }, { kind: 'bounce', hard: true }],
		['mailbox moved away', { status: '5.1.6' }, { kind: 'bounce', hard: true }],
		['a domain that takes no mail', { status: '5.1.10' }, { kind: 'bounce', hard: true }],
		['our own address is wrong', { status: '5.1.7' }, { kind: 'bounce', hard: false }],
		['our own domain is wrong', { status: '5.1.8' }, { kind: 'bounce', hard: false }],
		['something about an address', { status: '5.1.0' }, { kind: 'bounce', hard: false }],
		['access denied', { status: '5.4.1' }, { kind: 'bounce', hard: false }],
		['no way there', { status: '5.4.4' }, { kind: 'bounce', hard: false }],
		['a limit on what we send', { status: '5.4.5' }, { kind: 'bounce', hard: false }],
		['no reason given', { status: '5.0.0' }, { kind: 'bounce', hard: false }],
		['mailbox full', { status: '5.2.2' }, { kind: 'bounce', hard: false }],
		['too big', { status: '5.3.4' }, { kind: 'bounce', hard: false }],
		['taken for spam', { status: '5.7.1' }, { kind: 'bounce', hard: false }],
		['given up after days', { status: '4.4.1' }, { kind: 'bounce', hard: false }],
		['still being tried', { status: '4.4.1', action: 'delayed' }, { kind: 'delay' }],
	])('%s', async (_what, report, expected) => {
		expect(await read(deliveryReport({ token }, report))).toMatchObject({
			...expected,
			tokens: [token],
		});
	});

	it('is none where the report says that the mail arrived', async () => {
		const raw = deliveryReport({ token }, { action: 'delivered', status: '2.0.0' });
		expect(await read(raw)).toMatchObject({ kind: 'autoReply' });
	});

	it('is none, and no reply, where a mail program reports that the mail was displayed', async () => {
		const receipt = reply({ token }).replace(
			'Content-Type: text/plain; charset=utf-8',
			'Content-Type: multipart/report; report-type=disposition-notification; boundary="B1"',
		);
		expect(await read(receipt)).toMatchObject({ kind: 'autoReply', tokens: [token] });
	});

	it('is none where a person quotes one', async () => {
		const raw = reply({ token }).replace(
			'Thank you',
			'I got this: Action: failed\nAction: failed\nStatus: 5.1.1\n',
		);
		expect(await read(raw)).toMatchObject({ kind: 'reply' });
	});
});

it('a complaint finds its touch in the mail that was reported', async () => {
	expect(await read(complaint({ token }))).toMatchObject({ kind: 'complaint', tokens: [token] });
});

it.each([undefined, null, 'text', {}, { raw: 'abc' }, { textPlain: 'a', metadata: {} }])(
	'%j is no mail in the resolved format',
	(json) => {
		expect(readIncoming(json, [])).toBeUndefined();
	},
);
