/** Mails that come back, as mail systems write them. `token` stands for the touch. */

export type MailParts = { token: string; domain?: string };

const id = ({ token, domain = 'vendor.example' }: MailParts): string => `<${token}@${domain}>`;

export function reply(
	parts: MailParts,
	over: { headers?: string; subject?: string; to?: string; references?: string } = {},
): string {
	const references =
		over.references ?? `In-Reply-To: ${id(parts)}\nReferences: <first@x.example> ${id(parts)}`;
	return `Return-Path: <jo@customer.example>
From: Jo Doe <jo@customer.example>
To: ${over.to ?? 'success@vendor.example'}
Subject: ${over.subject ?? 'Re: Welcome'}
Date: Mon, 2 Mar 2026 12:00:00 +0100
Message-ID: <reply-${parts.token.slice(0, 8)}@customer.example>
${references === '' ? '' : `${references}\n`}${over.headers === undefined ? '' : `${over.headers}\n`}MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Thank you, can you call me?
`;
}

export type Report = {
	action?: 'failed' | 'delayed' | 'delivered';
	status?: string;
	/** The content type of the part that holds the mail, or none at all. */
	returned?: 'message/rfc822' | 'text/rfc822-headers' | 'none';
	headers?: string;
	from?: string;
};

/** RFC 3464, as Postfix writes it: nothing in the headers leads to the mail. */
export function deliveryReport(parts: MailParts, report: Report = {}): string {
	const { action = 'failed', status = '5.1.1', returned = 'message/rfc822' } = report;
	return `Return-Path: <>
From: ${report.from ?? 'MAILER-DAEMON@mx.example (Mail Delivery System)'}
To: success@vendor.example
Subject: ${action === 'delayed' ? 'Delayed Mail (still being retried)' : 'Undelivered Mail Returned to Sender'}
Date: Mon, 2 Mar 2026 10:00:00 +0000 (UTC)
Message-ID: <dsn-${parts.token.slice(0, 8)}@mx.example>
Auto-Submitted: auto-replied
${report.headers === undefined ? '' : `${report.headers}\n`}MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
	boundary="B1"

--B1
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.example.

--B1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; jo@customer.example
Action: ${action}
Status: ${status}
Diagnostic-Code: smtp; 550 ${status} refused

${
	returned === 'none'
		? ''
		: `--B1
Content-Type: ${returned}

From: Vendor <success@vendor.example>
To: jo@customer.example
Subject: Welcome
Message-ID: ${id(parts)}
Content-Type: text/plain

${returned === 'message/rfc822' ? 'Hello Jo\n' : ''}
`
}--B1--
`;
}

/** RFC 5965: somebody pressed "spam". */
export function complaint(parts: MailParts): string {
	return `Return-Path: <>
From: <staff@provider.example>
To: success@vendor.example
Subject: Complaint about message
Message-ID: <arf@provider.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="B1"

--B1
Content-Type: text/plain

This is an e-mail abuse report.

--B1
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: Provider/1.0
Version: 1

--B1
Content-Type: message/rfc822

From: Vendor <success@vendor.example>
Message-ID: ${id(parts)}
Subject: Welcome

Hello Jo

--B1--
`;
}

/** A bounce in prose, as qmail writes it: no report, the mail below. */
export function proseBounce(parts: MailParts): string {
	return `Return-Path: <>
From: MAILER-DAEMON@qmail.example
To: success@vendor.example
Subject: failure notice
Message-ID: <prose@qmail.example>

Hi. This is the qmail-send program at qmail.example.
<jo@customer.example>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

From: Vendor <success@vendor.example>
Message-ID: ${id(parts)}
Subject: Welcome

Hello Jo
`;
}

/** A mail that answers nothing of ours. */
export const UNRELATED = `Return-Path: <news@shop.example>
From: Shop <news@shop.example>
To: success@vendor.example
Subject: Our new offers
Message-ID: <offer-1@shop.example>
Content-Type: text/plain

Buy now.
`;
