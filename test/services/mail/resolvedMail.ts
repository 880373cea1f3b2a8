import { createRequire } from 'node:module';
import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod/v4';

const attachment = z.looseObject({ content: z.instanceof(Buffer), contentType: z.string() });
const parsed = z.looseObject({
	headerLines: z.array(z.object({ key: z.string(), line: z.string() })),
	attachments: z.array(attachment).default([]),
});
const parserModule = z.object({
	simpleParser: z.custom<(source: string) => Promise<unknown>>((it) => typeof it === 'function'),
});

export type ResolvedMail = {
	json: IDataObject;
	attachments: { content: Buffer; contentType: string }[];
};

/** A mail as n8n's Email Trigger (IMAP) 2.2 gives it in the format Resolved: mailparser's fields, made JSON-safe. */
export async function resolvedMail(raw: string): Promise<ResolvedMail> {
	const { simpleParser } = parserModule.parse(createRequire(__filename)('mailparser'));
	const mail = parsed.parse(await simpleParser(raw.replace(/\r?\n/g, '\r\n')));
	const { headerLines, attachments, ...fields } = mail;
	const headers = Object.fromEntries(headerLines.map(({ key, line }) => [key, line]));
	const json = JSON.parse(JSON.stringify({ ...fields, headers })) as IDataObject;
	return { json, attachments };
}
