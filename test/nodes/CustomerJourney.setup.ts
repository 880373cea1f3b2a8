import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject, INode, INodeParameters, INodeType } from 'n8n-workflow';
import type { JourneyMemory } from '../../engine/journeys/memory';
import { openSqliteLedger } from '../../ledger/sqlite';
import type { Ledger } from '../../ledger/ledger';
import { CustomerJourney } from '../../nodes/CustomerJourney/CustomerJourney.node';
import { JourneyLedger } from '../../nodes/JourneyLedger/JourneyLedger.node';
import { ONBOARDING_STEPS } from '../../engine/journeys/presets/onboarding';
import { noOp } from '../harness/standIns';
import {
	connectionsOf,
	runWorkflow,
	type RunOptions,
	type TestItems,
	type TestNode,
	type Wire,
	type WorkflowRun,
} from '../harness/runWorkflow';

/** A Monday, 10:00 in Berlin. */
export const NOW = '2026-03-02T09:00:00Z';
export const TEAM = 'team@vendor.example';
export const TESTER = 'tester@vendor.example';

const folders: string[] = [];

/** Points n8n's user folder at an empty one, so that the nodes open ledgers nobody has used. */
export function freshUserFolder(): void {
	const folder = mkdtempSync(join(tmpdir(), 'customer-journey-'));
	folders.push(folder);
	process.env.N8N_USER_FOLDER = folder;
}

export async function closeLedgers(): Promise<void> {
	for (const folder of folders.splice(0)) {
		for (const file of ['digital-cs.sqlite', 'digital-cs-test.sqlite'])
			await openSqliteLedger(join(folder, '.n8n', file)).close();
		rmSync(folder, { recursive: true, force: true });
	}
}

export function ledgerOf(mode: 'live' | 'test' = 'live'): Ledger {
	const file = mode === 'live' ? 'digital-cs.sqlite' : 'digital-cs-test.sqlite';
	return openSqliteLedger(join(process.env.N8N_USER_FOLDER ?? '', '.n8n', file));
}

/** What a ledger holds about accounts, without leaving a trace. */
export async function recalled(
	mode: 'live' | 'test',
	accountIds: string[],
	dry = false,
	addresses: string[] = [],
): Promise<JourneyMemory> {
	const query = { journey: 'onboarding', addresses, now: 0 };
	return await ledgerOf(mode).recall({ ...query, accountIds, dry });
}

/** An account created today, with an admin of its own. */
export function account(id: string, over: IDataObject = {}): IDataObject {
	return {
		accountId: id,
		createdAt: '2026-03-02T10:00:00',
		contacts: [{ email: `admin@${id}.example`, name: 'Ada', role: 'admin' }],
		plan: 'pro',
		...over,
	};
}

/** Takes a mail for sent and, like n8n's own Send Email, replaces the item. */
const replacingSender: INodeType = {
	description: { ...noOp.description, name: 'emailSend' },
	async execute() {
		return await Promise.resolve([
			this.getInputData().map((_item, item) => ({ json: { accepted: 1 }, pairedItem: { item } })),
		]);
	},
};

/** Loop Over Items for a batch that holds all: on `loop`, and when it comes back, on `done`. */
const once: INodeType = {
	description: { ...noOp.description, name: 'splitInBatches', outputs: ['main', 'main'] },
	async execute() {
		const context = this.getContext('node');
		const back = context.began === true;
		context.began = true;
		const items = this.getInputData();
		return await Promise.resolve(back ? [items, []] : [[], items]);
	},
};

/** If: the first item is true, the others are not. */
const route: INodeType = {
	description: { ...noOp.description, name: 'if', outputs: ['main', 'main'] },
	async execute() {
		const [first, ...others] = this.getInputData().map(({ json }, item) => ({
			json,
			pairedItem: { item },
		}));
		return await Promise.resolve([first === undefined ? [] : [first], others]);
	},
};

export const NODE_TYPES = {
	'n8n-nodes-digital-cs.customerJourney': new CustomerJourney(),
	'n8n-nodes-digital-cs.journeyLedger': new JourneyLedger(),
	// its own tests send real mail; here it only has to be seen
	'n8n-nodes-digital-cs.journeyEmail': noOp,
	'n8n-nodes-base.emailSend': replacingSender,
	'n8n-nodes-base.slack': noOp,
	'n8n-nodes-base.code': noOp,
	'n8n-nodes-base.splitInBatches': once,
	'n8n-nodes-base.if': route,
};

export const JOURNEY = 'Customer Journey';
/** Output numbers of the onboarding preset. */
export const OUTPUTS = [...new Set(ONBOARDING_STEPS.map(({ output }) => output))];

/** The preset's steps as they stand in the node's list when it is dropped onto the canvas. */
export function rows(): INodeParameters[] {
	const steps = new CustomerJourney().description.properties.find(({ name }) => name === 'steps');
	const { step } = steps?.default as { step: INodeParameters[] };
	return structuredClone(step);
}

export type JourneyToRun = RunOptions & {
	input: TestItems;
	now?: string;
	parameters?: INodeParameters;
	options?: INodeParameters;
	onError?: INode['onError'];
	/** Nodes behind the journey; by default one enabled Journey Email per e-mail output and a Slack node per other. */
	behind?: TestNode[];
	wires?: Wire[];
};

/** Where each output of the preset leads: `Sender 1` … behind the e-mail steps, `Channel 7` … behind the others. */
export function wiredUp(disabled: (output: number) => boolean = () => false): {
	behind: TestNode[];
	wires: Wire[];
} {
	const isMail = (output: number): boolean =>
		ONBOARDING_STEPS.some((step) => step.output === output && step.channel === 'email');
	const behind = OUTPUTS.map((output) => ({
		name: `Channel ${String(output)}`,
		type: isMail(output) ? 'n8n-nodes-digital-cs.journeyEmail' : 'n8n-nodes-base.slack',
		disabled: disabled(output),
	}));
	const wires = OUTPUTS.map((output) => ({
		from: JOURNEY,
		output,
		to: `Channel ${String(output)}`,
	}));
	return { behind, wires };
}

/** Runs Start → Accounts → Customer Journey → channels; live (`trigger`) unless told otherwise. */
export async function runJourney(toRun: JourneyToRun): Promise<WorkflowRun> {
	const { input, now = NOW, parameters, options, onError, ...run } = toRun;
	const usual = wiredUp();
	const { behind = usual.behind, wires = usual.wires } = run;
	return await runWorkflow({
		mode: 'trigger',
		settings: { timezone: 'Europe/Berlin' },
		...run,
		input: undefined,
		nodes: [
			{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
			{ name: 'Accounts', type: 'test.items' },
			{
				name: JOURNEY,
				type: 'n8n-nodes-digital-cs.customerJourney',
				onError,
				parameters: {
					team: TEAM,
					...parameters,
					options: { timezone: 'Europe/Berlin', now, ...options },
				},
			},
			...behind,
		],
		connections: connectionsOf([
			{ from: 'Start', to: 'Accounts' },
			{ from: 'Accounts', to: JOURNEY },
			...wires,
		]),
		nodeTypes: NODE_TYPES,
		sources: { Accounts: input },
	});
}

export type JourneyJson = {
	key: string;
	to: string;
	mode: string;
	step: string;
	state?: string;
	outcome?: string;
	attempt: number;
	contact?: { email: string };
	reasons: { code: string; text: string }[];
	now: { step: string }[];
	later: { step: string; at?: string; reasons: { code: string }[] }[];
};

export function journeyOf(item: { json: IDataObject } | undefined): JourneyJson {
	return item?.json.journey as JourneyJson;
}

/** `output: step account → to`, for everything that left on a step's output. */
export function emitted(run: WorkflowRun): string[] {
	return run.node(JOURNEY).outputs.flatMap((items, output) =>
		output === 0
			? []
			: items.map((item) => {
					const { step, to } = journeyOf(item);
					return `${String(output)}: ${step} ${JSON.stringify(item.json.accountId).replaceAll('"', '')} → ${to}`;
				}),
	);
}

export const hintsOf = (run: WorkflowRun, node = JOURNEY): string =>
	run
		.node(node)
		.hints.map(({ message }) => message)
		.join('\n');

/** Where every output leads to a channel. */
export const channels = (count = 6) => ({
	behind: Array.from({ length: count }, (_nothing, index) => ({
		name: `Channel ${String(index + 1)}`,
		type: 'n8n-nodes-base.slack',
	})),
	wires: Array.from({ length: count }, (_nothing, index) => ({
		from: JOURNEY,
		output: index + 1,
		to: `Channel ${String(index + 1)}`,
	})),
});

/** The same, and output 0 leads to one as well, where operations hear what is said there. */
export const heardChannels = (): Pick<JourneyToRun, 'behind' | 'wires'> => {
	const { behind, wires } = channels();
	return {
		behind: [...behind, { name: 'Operations', type: 'n8n-nodes-base.slack' }],
		wires: [...wires, { from: JOURNEY, to: 'Operations' }],
	};
};
