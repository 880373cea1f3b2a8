import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect, owner, type N8nClient, type WorkflowFile } from './client';
import { createEventsSecret, eventsPath, withEvents } from './crmEvents';
import { demoFolder } from './folders';
import { startMailbox, type Mailbox } from './mailbox';
import type { Running } from './processes';
import { sendSampleEvents } from './sampleEvents';
import { startN8n } from './server';
import { readWorkflows, withLinks, withMail } from './workflows';

// What `npm start` runs under Node 24, once test/run/start.mjs has installed what was missing.
// README.md tells the address and where the secret stands
const EVENTS_ID = 'digital-cs-demo';
const FIRST = 'journey-onboarding.json';
const started: Running[] = [];
let ending: Promise<void> | undefined;

/** Ends all this started, once; n8n gets a moment to finish what it is doing. */
function end(exitCode: number): Promise<void> {
	ending ??= Promise.all(started.map(async (running) => running.stop(12_000))).then(() =>
		process.exit(exitCode),
	);
	return ending;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.on(signal, () => {
		if (ending === undefined) say('\nStopping n8n and the mailbox …');
		void end(0);
	});
}
// whoever started us may be killed without a word
const parent = process.ppid;
setInterval(() => {
	if (process.ppid !== parent) void end(1);
}, 1000).unref();

main().catch(async (error: unknown) => {
	if (ending !== undefined) return;
	say(`\n${error instanceof Error ? error.message : String(error)}`);
	await end(1);
});

async function main(): Promise<void> {
	const firstTime = !existsSync(join(demoFolder, '.n8n', 'database.sqlite'));
	say(firstTime ? 'Starting n8n for the first time (about half a minute) …' : 'Starting n8n …');
	const mails = join(demoFolder, 'mails');
	mkdirSync(mails, { recursive: true });
	const mailbox = await startMailbox({
		webPort: port('MAILDEV_WEB_PORT'),
		smtpPort: port('MAILDEV_SMTP_PORT'),
		directory: mails,
	});
	watch(mailbox, 'The mailbox');
	const n8n = await startN8n({ userFolder: demoFolder, port: port('N8N_PORT') });
	watch(n8n, 'n8n');
	const client = await connect(n8n.url);
	const secret = eventsSecret();
	const journey = await bringIn(client, mailbox, secret, `${n8n.url}/webhook/digital-cs/link`);
	const before = (await mailbox.mails()).length;
	await sendSampleEvents(client, eventsPath(EVENTS_ID), secret);
	say(addresses(n8n.url, mailbox.url, journey));
	const seen = await mailbox.waitForMails(before + 1, undefined, 60_000).catch(() => undefined);
	if (ending === undefined && firstTime) {
		say(
			seen === undefined
				? '  No mail has arrived yet: open Executions in n8n to see why.'
				: '  The first mails have arrived in the mailbox.',
		);
	}
	await new Promise(() => undefined); // until a signal comes or one of the two ends
}

/**
 * Brings in each workflow that is not there yet, with its mail going to the mailbox; what is there belongs to the user.
 * Events come in at the first journey, for all of them. Gives the id of the journey to look at first.
 */
async function bringIn(
	client: N8nClient,
	mailbox: Mailbox,
	secret: string,
	linkAddress: string,
): Promise<string | undefined> {
	const credential = { name: 'Demo mailbox', type: 'smtp', data: mailbox.smtpCredential };
	const known = await client.findCredential(credential.name, credential.type);
	if (known !== undefined) await client.updateCredential(known, credential); // its port may be another one today
	const credentialId = known ?? (await client.createCredential(credential));
	const eventsSecret = await createEventsSecret(client, secret);
	let first: string | undefined;
	for (const { file, workflow } of readWorkflows()) {
		const mailing = withMail(workflow, { id: credentialId, name: credential.name });
		const ready = withLinks(mailing, linkAddress);
		const isFirst = file === FIRST;
		const id = await bringInOne(
			client,
			isFirst ? withEvents(ready, eventsSecret, EVENTS_ID) : ready,
		);
		if (isFirst) first = id;
	}
	return first;
}

async function bringInOne(client: N8nClient, workflow: WorkflowFile): Promise<string> {
	const there = workflow.id === undefined ? undefined : await client.findWorkflow(workflow.id);
	const id = there === undefined ? await client.importWorkflow(workflow) : (workflow.id ?? '');
	if (there?.active !== true) await client.publish(id);
	return id;
}

/** With what the demo's events are signed: made once, and read by the lines of the README from this file. */
function eventsSecret(): string {
	const file = join(demoFolder, 'events-secret');
	if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
	return readFileSync(file, 'utf8');
}

function watch(running: Running, what: string): void {
	started.push(running);
	void running.exited.then(async (code) => {
		if (ending !== undefined) return;
		say(
			`\n${what} ended by itself (${code}), so the rest is ended too. Its last words:\n${running.logs().split('\n').slice(-15).join('\n')}`,
		);
		await end(1);
	});
}

function addresses(n8nUrl: string, mailboxUrl: string, journeyId: string | undefined): string {
	const journey =
		journeyId === undefined ? '(no workflow in workflows/)' : `${n8nUrl}/workflow/${journeyId}`;
	return `
  n8n          ${n8nUrl}
  The journey  ${journey}
  The mailbox  ${mailboxUrl}

  Login        ${owner.email}
  Password     ${owner.password}

  Look first into the mailbox: the first mails to the sample customers arrive within a minute. Some are held until it
  is office hours where the customer is; that is a rule of the journey, not a fault.
  Why did somebody (not) get a mail? ${n8nUrl}/form/digital-cs-why, with an id such as quartz-quilts.
  Then open the journey: the sticky notes say what each part does and what to replace with your own.
  Tell it something, as your CRM would. One mail is in the mailbox some seconds later:

event='{ "id": "evt-1", "type": "customer_created", "accountId": "my-first",
  "account": { "name": "My First Customer", "contacts": [{ "email": "me@example.com", "role": "admin" }] } }'
curl ${n8nUrl}/webhook/${eventsPath(EVENTS_ID)} -H 'content-type: application/json' -d "$event" -H "x-signature: $(
  printf %s "$event" | openssl dgst -sha256 -hmac "$(cat '${join(demoFolder, 'events-secret')}')" -r | cut -d' ' -f1)"

  Ctrl-C ends everything; npm start brings it back as it was; npm start -- --reset begins anew.
`;
}

function port(variable: string): number {
	return Number(process.env[variable]);
}

function say(text: string): void {
	process.stdout.write(`${text}\n`);
}
