import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { advanceJourney, type Decision } from '../../engine/journeys/advance';
import type { Step } from '../../engine/journeys/definition';
import type { PlannedTouch } from '../../engine/journeys/decideTouches';
import { isForHumans } from '../../engine/journeys/episode';
import { lapse } from '../../engine/journeys/reasons';
import type { ClaimResult, Ledger } from '../../ledger/ledger';
import { readNow } from '../platform/now';
import { openLedger } from '../platform/openLedger';
import { runModeOf } from '../platform/runMode';
import { sayWhatHappened, sayWhatWouldHappen } from './hints';
import { endedItem, previewItem, rejectedItem, touchItem, type TouchMode } from './items';
import { readAccounts, type AccountItem } from './readAccounts';
import { readSettings, type Settings } from './readJourney';
import { claimJourney } from './owner';
import { outputsThatLeadNowhere, refuseTwoSenders, sendersAreOff } from './senders';

/** A run from the editor looks at this many accounts at most. */
const TEST_ACCOUNTS = 10;

type Run = {
	context: IExecuteFunctions;
	settings: Settings;
	mode: TouchMode;
	ledger: Ledger;
	now: number;
	accounts: AccountItem[];
};

export async function executeJourney(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const settings = readSettings(context);
	const now = readNow(context);
	const preview = context.getNodeParameter('operation', 0) === 'preview';
	const runMode = runModeOf(context);
	const items = context.getInputData();
	const { accounts, rejected } = readAccounts(items);
	if (!preview) refuseTwoSenders(context, settings.journey);

	let mode: TouchMode = runMode;
	if (runMode === 'live' && !preview && sendersAreOff(context, settings.journey)) mode = 'dry';
	// a preview reads what customers really got, even from the editor: it writes nothing
	const ledger = await openLedger(context, preview ? 'live' : runMode);
	const page = mode === 'test' && !preview ? accounts.slice(0, TEST_ACCOUNTS) : accounts;
	if (mode === 'test' && !preview && settings.testRuns === 'fresh')
		await ledger.forgetJourney(settings.journey.id);

	if (!preview) await claimJourney(context, ledger, settings, mode, now);
	const run: Run = { context, settings, mode, ledger, now, accounts: page };
	const decisions = await decide(run);
	const rejections = rejected.map((rejection) => rejectedItem(items, rejection));
	if (preview) {
		const list = decisions.map((decision, index) =>
			previewItem(items, page[index], decision, settings.journey),
		);
		sayWhatWouldHappen(context, settings.journey, decisions, rejections.length);
		return [[...list, ...rejections]];
	}
	const claims = await write(run, decisions);
	const emitted = emit(run, decisions, claims.results, items);
	emitted[0]?.push(...rejections);
	sayWhatHappened(context, {
		journey: settings.journey,
		mode,
		decisions,
		claims: claims.results,
		waiting: claims.waiting,
		deadOutputs: claims.deadOutputs,
		testRecipient: settings.testRecipient,
		leftOut: accounts.length - page.length,
		rejected: rejections.length,
	});
	return emitted;
}

async function decide({ settings, mode, ledger, now, accounts }: Run): Promise<Decision[]> {
	const { journey, conditions } = settings;
	const addresses = new Set<string>();
	const ids = new Set<string>();
	for (const { account } of accounts) {
		ids.add(account.accountId);
		for (const alias of account.aliases ?? []) ids.add(alias);
		for (const contact of account.contacts ?? []) addresses.add(contact.email.toLowerCase());
	}
	const memory = await ledger.recall({
		journey: journey.id,
		dry: mode === 'dry',
		accountIds: [...ids],
		addresses: [...addresses],
		now,
	});
	const meetsConditions = (step: Step, index: number): boolean => {
		const condition = conditions.get(step.id);
		const item = accounts[index];
		return condition === undefined || item === undefined || condition(item.json, item.index);
	};
	return advanceJourney(
		journey,
		accounts.map(({ account }) => account),
		memory,
		{ now, dry: mode === 'dry', meetsConditions },
	);
}

const CUSTOMER_CHANNELS = new Set(['email', 'inApp']);

type Written = { results: Map<string, ClaimResult>; waiting: number; deadOutputs: number[] };

/** Enrols before it claims, claims before anything is emitted, and writes down what was not sent last: each can be repeated. */
async function write(
	{ context, settings, mode, ledger, now, accounts }: Run,
	decisions: Decision[],
): Promise<Written> {
	const { journey } = settings;
	await ledger.linkAliases(
		accounts.flatMap(({ account }) =>
			(account.aliases ?? [])
				.filter((alias) => alias !== account.accountId)
				.map((alias) => ({ alias, accountId: account.accountId })),
		),
		now,
	);
	await ledger.recordEvents(
		decisions.flatMap(({ observed }) => observed),
		now,
	);
	await ledger.enroll(decisions.flatMap(({ enroll }) => enroll));
	const planned = decisions.flatMap(({ touches }) => touches);
	const results = new Map<string, ClaimResult>();
	const notes = decisions.flatMap((decision) => decision.notes);
	let waiting = 0;
	const deadOutputs = mode === 'live' ? outputsThatLeadNowhere(context, journey) : [];
	if (mode === 'dry') {
		for (const { touch } of planned) notes.push({ ...touch, state: 'dry', changedAt: now });
	} else {
		// who waits for a human does not wait behind two hundred mails (P05)
		const live = planned
			.filter(({ step }) => !deadOutputs.includes(step.output))
			.sort((a, b) => urgency(a) - urgency(b));
		for (const { touch, step } of planned) {
			// hand-overs, alerts and records are not written off: they stay due until somebody wires them
			if (deadOutputs.includes(step.output) && CUSTOMER_CHANNELS.has(step.channel))
				notes.push({ ...touch, reasons: [lapse.senderDisabled()] });
		}
		waiting = Math.max(0, live.length - settings.touchesPerRun);
		const claims = live.slice(0, settings.touchesPerRun).map(({ touch, capMs, maxAttempts }) => ({
			touch,
			capMs,
			maxAttempts,
			leaseMs: journey.leaseMinutes * 60_000,
		}));
		for (const result of await ledger.claim(claims, now)) results.set(result.key, result);
	}
	await ledger.note(notes);
	await ledger.end(decisions.flatMap(({ end }) => end));
	return { results, waiting, deadOutputs };
}

function urgency({ step }: PlannedTouch): number {
	return isForHumans(step) ? 0 : 1;
}

function emit(
	{ settings, mode, accounts, now }: Run,
	decisions: Decision[],
	results: Map<string, ClaimResult>,
	items: INodeExecutionData[],
): INodeExecutionData[][] {
	const { journey } = settings;
	const outputs: INodeExecutionData[][] = [[]];
	for (const step of journey.steps) {
		while (outputs.length <= step.output) outputs.push([]);
	}
	for (const [position, decision] of decisions.entries()) {
		const source = accounts[position];
		if (source === undefined) continue;
		for (const end of decision.end) outputs[0]?.push(endedItem(items, source, end, decision));
		// without an address of the tester's nothing leaves a test run
		if (mode === 'test' && settings.testRecipient === '') continue;
		for (const planned of decision.touches) {
			const result = results.get(planned.touch.key);
			if (result?.claimed !== true) continue;
			outputs[planned.step.output]?.push(
				touchItem(items, source, decision, planned, {
					journey,
					mode,
					to: recipientOf(planned, mode, settings.testRecipient),
					attempt: result.attempt,
					now,
				}),
			);
		}
	}
	return outputs;
}

function recipientOf(planned: PlannedTouch, mode: TouchMode, testRecipient: string): string {
	if (planned.to === '') return '';
	return mode === 'test' ? testRecipient : planned.to;
}
