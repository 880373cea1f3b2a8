import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type WorkflowFile } from '../client';
import { CLOCK_PATH, EVENTS, withClockAndCrm } from '../clock';
import { createEventsSecret, eventsPath, tellEvents, withEvents } from '../crmEvents';
import { startFakeCrm } from '../fakeCrm';
import { hasEventsWaiting } from '../ledgerRows';
import { startMailbox, type Mail } from '../mailbox';
import { waitFor } from '../processes';
import { startN8n } from '../server';
import { readWorkflow, withMail } from '../workflows';
import { momentOf, type Delivery, type Life } from './life';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SMTP = 'SMTP account';

export type Play = {
	readonly workflow: WorkflowFile;
	/** Nodes that a sweep begins with, where that is not the CRM. */
	readonly starts?: readonly string[];
	/** Journeys of the same n8n, swept after it in this order. */
	readonly beside?: readonly Beside[];
	/** Where the workflow's own trigger takes events; without it they come by way of another one. */
	readonly webhookId?: string;
	readonly lives: readonly Life[];
	/** ms since 1970: the first and the last sweep. */
	readonly from: number;
	readonly until: number;
	readonly everyHours: number;
	/** The record of a customer in the CRM at a moment; undefined while there is none. */
	readonly record: (life: Life, at: number) => object | undefined;
	/** Which step a mail is of, and whom of the account it went to; `at` is the present in which it went. */
	readonly read: (mail: Mail, at: number) => { step: string; who: string };
	/** Whose a mail is. */
	readonly lifeOf: (mail: Mail) => Life | undefined;
	/** What arrived on another way than by mail since it was asked last. */
	readonly alsoArrived?: () => readonly { lifeId: string; step: string; who: string }[];
	/** Told how far it is. */
	readonly report: (text: string) => void;
};

export type Beside = Pick<Play, 'workflow' | 'starts'> & { readonly minutesLater: number };

export type Played = {
	/** By id of the life. */
	readonly deliveries: ReadonlyMap<string, readonly Delivery[]>;
	/** To whom mails went that belong to nobody. */
	readonly strays: readonly string[];
	/** What operations were told of all customers together. */
	readonly operations: readonly {
		readonly at: number;
		readonly subject: string;
		readonly text: string;
	}[];
	readonly sweeps: number;
};

/**
 * Plays lives on the real n8n: the shipped workflow with its clock moved from sweep to sweep, its CRM over HTTP, its
 * events over its webhook in the hour in which they happen, its mails over SMTP.
 */
export async function play(plan: Play): Promise<Played> {
	const userFolder = mkdtempSync(join(tmpdir(), 'digital-cs-'));
	const [mailbox, crm] = await Promise.all([startMailbox(), startFakeCrm()]);
	const n8n = await startN8n({ userFolder });
	try {
		const client = await connect(n8n.url);
		const id = await client.createCredential({
			name: SMTP,
			type: 'smtp',
			data: mailbox.smtpCredential,
		});
		const secret = await createEventsSecret(client);
		const { webhookId } = plan;
		const own =
			webhookId === undefined ? plan.workflow : withEvents(plan.workflow, secret, webhookId);
		const first = { workflow: own, starts: plan.starts, minutesLater: 0 };
		const journeys = [first, ...(plan.beside ?? [])].map((journey, place) => ({
			...journey,
			clock: place === 0 ? CLOCK_PATH : `${CLOCK_PATH}-${String(place)}`,
		}));
		for (const { workflow, starts, clock } of journeys) {
			const live = withMail(workflow, { id, name: SMTP });
			const onClock = withClockAndCrm(live, crm.url, starts, clock);
			await client.publish(await client.importWorkflow(onClock));
			await client.waitForWebhook(clock);
		}
		const path = eventsPath(webhookId ?? WEBHOOK_ID);
		if (webhookId === undefined)
			await client.publish(
				await client.importWorkflow(withEvents(recordsEvents(), secret, WEBHOOK_ID)),
			);
		await client.waitForWebhook(path);

		const deliveries = new Map<string, Delivery[]>(plan.lives.map((life) => [life.id, []]));
		const strays: string[] = [];
		const operations: Played['operations'][number][] = [];
		const collect = async (at: number): Promise<void> => {
			for (const { lifeId, ...arrived } of plan.alsoArrived?.() ?? [])
				deliveries.get(lifeId)?.push({ at, byMail: false, ...arrived });
			const mails = await mailbox.mails();
			if (mails.length === 0) return;
			for (const mail of mails) {
				if (mail.subject.startsWith('Operations: ')) {
					operations.push({ at, subject: mail.subject, text: mail.text });
					continue;
				}
				const life = plan.lifeOf(mail);
				if (life === undefined) strays.push(`${mail.to.join()}: ${mail.subject}`);
				else deliveries.get(life.id)?.push({ at, byMail: true, ...plan.read(mail, at) });
			}
			await mailbox.clear();
		};
		const events = eventsOf(plan.lives);
		let told = 0;
		let sweeps = 0;
		for (let at = plan.from; at <= plan.until; at += plan.everyHours * HOUR) {
			crm.setAccounts(plan.lives.flatMap((life) => plan.record(life, at) ?? []));
			const next = events.findIndex((event) => event.at > at);
			const until = next < 0 ? events.length : next;
			if (until > told) {
				const now = new Date(at - 1_000).toISOString();
				const some = events.slice(told, until).map(({ event }) => event);
				const { status } = await tellEvents(client, path, some, { now });
				if (status !== 200) throw new Error(`The webhook answered ${String(status)}`);
				told = until;
				await settled(userFolder);
				await collect(at - 1_000);
			}
			for (const { clock, minutesLater } of journeys) {
				const present = at + minutesLater * MINUTE;
				const now = new Date(present).toISOString();
				const { status, body } = await client.callWebhook(clock, { now });
				if (status !== 200)
					throw new Error(`The sweep of ${now} answered ${String(status)}: ${body}`);
				await collect(present);
				if (++sweeps % 100 === 0) plan.report(`${now}: ${String(sweeps)} sweeps`);
			}
		}
		return { deliveries, strays, operations, sweeps };
	} finally {
		await n8n.stop();
		await Promise.all([mailbox.stop(), crm.close()]);
		rmSync(userFolder, { recursive: true, force: true });
	}
}

const WEBHOOK_ID = 'test-events';
const REMEMBER = 'Remember events';
const KEEP = 'Keep unknown events';

/** Events of the CRM for a journey that takes none itself: they are written down for all journeys of this n8n. */
function recordsEvents(): WorkflowFile {
	const nodes = readWorkflow('journey-onboarding.json').nodes.filter(
		({ name }) => name === EVENTS || name === REMEMBER || name === KEEP,
	);
	return {
		name: 'Events',
		nodes,
		connections: {
			[EVENTS]: { main: [REMEMBER, KEEP].map((node) => [{ node, type: 'main', index: 0 }]) },
		},
		settings: { executionOrder: 'v1' },
	};
}

function eventsOf(lives: readonly Life[]): { at: number; event: object }[] {
	return lives
		.flatMap((life) =>
			(life.events ?? []).map(({ at, type, ...more }, place) => {
				const moment = momentOf(life, at);
				const occurredAt = new Date(moment).toISOString();
				const id = `${life.id}-${String(place)}-${type}`;
				return { at: moment, event: { id, type, accountId: life.id, occurredAt, ...more } };
			}),
		)
		.toSorted((a, b) => a.at - b.at);
}

/** Events are answered before they are processed; this waits until they are. */
async function settled(userFolder: string): Promise<void> {
	const isDone = (): true | undefined => (hasEventsWaiting(userFolder) ? undefined : true);
	await waitFor('the events being processed', isDone, { everyMs: 50 });
}
