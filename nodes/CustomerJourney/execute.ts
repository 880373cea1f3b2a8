import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { startOfLocalDate } from '../../engine/calendar/localTime';
import { advanceInTurns, type Decision } from '../../engine/journeys/advance';
import type { PlannedTouch } from '../../engine/journeys/decideTouches';
import { triggersSince } from '../../engine/journeys/massTrigger';
import { isListed } from '../../engine/journeys/ending';
import { rampOf } from '../../engine/journeys/ramp';
import type { Ledger } from '../../ledger/ledger';
import { beganAt } from '../platform/beganAt';
import { sayOfContacts } from '../platform/contactHint';
import { inTurns } from '../platform/inTurns';
import { readNow } from '../platform/now';
import { openLedger } from '../platform/openLedger';
import { runModeOf } from '../platform/runMode';
import { sayWhatHappened, sayWhatWouldHappen } from './hints';
import {
	alarmItem,
	endedItem,
	listedItem,
	previewItem,
	rejectedItem,
	touchItem,
	type TouchMode,
} from './items';
import { whatWaits } from './letOut';
import { readAccounts, type AccountItem } from './readAccounts';
import { conditionsFor } from './readConditions';
import { readSettings, type Settings } from './readJourney';
import { claimJourney } from './owner';
import { rememberUnsubscribes } from './unsubscribes';
import { refuseTwoSenders } from '../platform/twoSenders';
import { sayOfRetries, sendersAreOff } from './senders';
import { write, type Written } from './write';

/** A run from the editor looks at this many accounts at most. */
const TEST_ACCOUNTS = 10;
const HOUR_MS = 3_600_000;

export type Run = {
	context: IExecuteFunctions;
	settings: Settings;
	mode: TouchMode;
	ledger: Ledger;
	now: number;
	accounts: AccountItem[];
};

export async function executeJourney(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const now = readNow(context);
	const preview = context.getNodeParameter('operation', 0) === 'preview';
	const runMode = runModeOf(context);
	const settings = forMode(readSettings(context), preview ? 'live' : runMode);
	const items = context.getInputData();
	const { accounts, rejected, warnings } = await inTurns(readAccounts(items));
	sayOfContacts(context, warnings);
	if (!preview) {
		const outputs = settings.journey.steps.map(({ output }) => output);
		refuseTwoSenders(context, outputs);
	}
	sayOfRetries(context, settings.journey);

	let mode: TouchMode = runMode;
	if (runMode === 'live' && !preview && sendersAreOff(context, settings.journey)) mode = 'dry';
	// a preview reads what customers really got, even from the editor: it writes nothing
	const ledger = await openLedger(context, preview ? 'live' : runMode);
	const page = mode === 'test' && !preview ? accounts.slice(0, TEST_ACCOUNTS) : accounts;
	if (mode === 'test' && !preview && settings.testRuns === 'fresh')
		await ledger.startAfresh(settings.journey.id, beganAt(context));

	if (!preview) {
		await claimJourney(context, ledger, settings, mode, now);
		await rememberUnsubscribes(ledger, page, now);
	}
	const run: Run = { context, settings, mode, ledger, now, accounts: page };
	const { decisions, startedAt, handedOut } = await decide(run, preview);
	const rejections = rejected.map((rejection) => rejectedItem(items, rejection));
	if (preview) {
		const { journey, touchesPerRun } = settings;
		const waits = whatWaits(
			decisions.flatMap(({ touches }) => touches),
			{ ramp: rampOf(journey, startedAt, now), handedOut, touchesPerRun },
		);
		const list = decisions.map((decision, index) =>
			previewItem(items, page[index], decision, { settings, waits, now }),
		);
		sayWhatWouldHappen(context, { journey, decisions, waits, rejected: rejections.length });
		return [[...list, ...rejections]];
	}
	const claims = await write(run, decisions, startedAt);
	const emitted = emit(run, decisions, claims, items);
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
		playedNow: Math.abs(now - Date.now()) > HOUR_MS ? new Date(now).toISOString() : undefined,
	});
	return emitted;
}

/** Whoever tries a flow wants to see its messages: there is no going live in the editor, so nothing is only listed. */
function forMode(settings: Settings, mode: TouchMode): Settings {
	if (mode !== 'test') return settings;
	return { ...settings, journey: { ...settings.journey, atGoLive: 'enroll' } };
}

async function decide(
	{ settings, mode, ledger, now, accounts }: Run,
	preview: boolean,
): Promise<{ decisions: Decision[]; startedAt: number; handedOut: number }> {
	const { journey, checks } = settings;
	const addresses = new Set<string>();
	const ids = new Set<string>();
	for (const { account } of accounts) {
		ids.add(account.accountId);
		for (const alias of account.aliases ?? []) ids.add(alias);
		for (const contact of account.contacts ?? []) addresses.add(contact.email.toLowerCase());
	}
	const since = triggersSince(journey, now);
	const memory = await ledger.recall({
		journey: journey.id,
		dry: mode === 'dry',
		accountIds: [...ids],
		addresses: [...addresses],
		now,
		...(since === undefined ? {} : { triggersSince: since }),
		// a run is told by its claims
		...(preview && journey.rampPerDay > 0
			? { messagesSince: startOfLocalDate(now, 0, journey.timezone) }
			: {}),
	});
	const decisions = await inTurns(
		advanceInTurns(
			journey,
			accounts.map(({ account }) => account),
			memory,
			{ now, dry: mode === 'dry', conditions: conditionsFor(checks, accounts) },
		),
	);
	return { decisions, startedAt: memory.startedAt, handedOut: memory.handedOut ?? 0 };
}

function emit(
	{ settings, mode, accounts, now }: Run,
	decisions: Decision[],
	{ results, alarms }: Written,
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
		if (decision.alarm !== undefined && alarms.has(decision.alarm))
			outputs[0]?.push(alarmItem(items, source, decision.alarm.reason, journey));
		const listed = decision.notes.filter(isListed).map(({ stepId }) => stepId);
		if (listed.length > 0) {
			const steps = journey.steps.filter(({ id }) => listed.includes(id));
			outputs[0]?.push(listedItem(items, source, steps, decision, journey));
		}
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
