/** A mail as it came over the wire: header lines (unfolded), and the decoded parts by content type. */
export type ReadMail = {
	headers: { name: string; value: string }[];
	header(name: string): string | undefined;
	html: string | undefined;
	text: string | undefined;
};

/** Reads what nodemailer writes: one text part, or a multipart/alternative of two. */
export function readMail(raw: string): ReadMail {
	const { headers, body } = split(raw);
	const header = headerOf(headers);
	const boundary = /boundary="([^"]+)"/.exec(header('content-type') ?? '')?.[1];
	const parts = boundary === undefined ? [raw] : body.split(`--${boundary}`).slice(1, -1);
	const byType = new Map(
		parts.map((part) => {
			const read = split(part.replace(/^\r\n/, ''));
			const of = headerOf(read.headers);
			const type = /^[^;]*/.exec(of('content-type') ?? '')?.[0] ?? '';
			return [type, decode(read.body, of('content-transfer-encoding') ?? '7bit')];
		}),
	);
	return { headers, header, html: byType.get('text/html'), text: byType.get('text/plain') };
}

function split(raw: string): { headers: ReadMail['headers']; body: string } {
	const end = raw.indexOf('\r\n\r\n');
	const lines = raw
		.slice(0, end)
		.replace(/\r\n[ \t]+/g, ' ')
		.split('\r\n');
	const headers = lines.map((line) => {
		const colon = line.indexOf(':');
		return { name: line.slice(0, colon).toLowerCase(), value: line.slice(colon + 1).trim() };
	});
	return { headers, body: raw.slice(end + 4) };
}

function headerOf(headers: ReadMail['headers']): (name: string) => string | undefined {
	return (name) => headers.find((header) => header.name === name.toLowerCase())?.value;
}

function decode(body: string, encoding: string): string {
	switch (encoding.toLowerCase()) {
		case 'base64':
			return Buffer.from(body, 'base64').toString('utf8');
		case 'quoted-printable': {
			const bytes = body
				.replace(/=\r\n/g, '')
				.replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)));
			return Buffer.from(bytes, 'latin1').toString('utf8');
		}
		default:
			return body;
	}
}
