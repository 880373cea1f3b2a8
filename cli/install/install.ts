import type { ShippedFlow } from '../../engine/install/flow';
import { planInstall, type Plan, type Wishes } from '../../engine/install/plan';
import { unsavedPlaces } from '../../engine/install/unsaved';
import { EXIT, flowNames, isWanted } from './wishes';
import { carryOut, type Outcome } from './carryOut';
import { keyringOf } from './keyring';
import { accessOf } from '../n8nApi/access';
import type { N8nApi } from '../n8nApi/n8nApi';
import { N8nTrouble } from '../n8nApi/trouble';
import { liveFlows, liveFlowsAfterwards } from './liveFlows';
import { asJson, leftToDo, sayLeft } from './report';
import { sayFailure, sayOutcome } from './sayOutcome';
import { sayPack } from './sayPack';
import { sayPlan } from './sayPlan';
import { packVersion, shippedFlows } from './shippedFlows';
import type { Surroundings } from './surroundings';

export type InstallOptions = {
	url: string;
	apiKey?: string;
	only?: string;
	overwrite?: string;
	merge?: string;
	beside?: string;
	updateActive?: boolean;
	credential?: string[];
	yes?: boolean;
	dryRun?: boolean;
	json?: boolean;
};

/** What it installs; another one in tests. */
export type Package = { version: string; flows: readonly ShippedFlow[] };

/** Installs or upgrades the flows. @returns the exit code; what is wrong is said in a sentence, and nothing is thrown */
export async function install(
	options: InstallOptions,
	surroundings: Surroundings,
	pack: Package = { version: packVersion(), flows: shippedFlows() },
): Promise<number> {
	try {
		return await installInto(accessOf(options, surroundings.complain), options, surroundings, pack);
	} catch (error) {
		if (!(error instanceof N8nTrouble)) throw error;
		surroundings.complain(`${error.message}.\n`);
		return EXIT.failed;
	}
}

async function installInto(
	api: N8nApi,
	options: InstallOptions,
	surroundings: Surroundings,
	pack: Package,
): Promise<number> {
	const { tell, complain } = surroundings;
	const say = options.json === true ? () => undefined : tell;
	const wishes = wishesOf(options, pack);
	const state = await api.pack();
	say(`${sayPack(api.url, state, pack.version)}\n`);
	const workflows = await liveFlows(api, (name) =>
		complain(`“${name}” has nodes of this pack and is not as n8n makes workflows: left alone.\n`),
	);
	const keyring = await keyringOf(api, workflows, options.credential ?? [], say);
	const around = { version: pack.version, keyring, unsaved: unsavedPlaces };
	const decide = (there: typeof workflows): Plan =>
		planInstall({ shipped: pack.flows, workflows: there, ...around }, wishes);
	const plan = decide(workflows);
	say(`${sayPlan(plan.decisions, { isAsked: options.yes !== true || options.dryRun === true })}\n`);
	const left = (outcomes: Outcome[], there: typeof workflows, ids = plan.ids) =>
		leftToDo(plan, outcomes, there, { keyring, ids });

	if (!hasWork(plan)) {
		say('Nothing to do: all is as it should be, or was left alone for the reason given.\n');
		if (options.json === true) tell(asJson(api, plan, [], left([], workflows)));
		else sayLeft(left([], workflows), api, tell);
		return EXIT.ok;
	}
	if (!state.there && options.dryRun !== true)
		throw new N8nTrouble(
			'missing',
			'Nothing was changed: install the package first, then run this again',
		);
	if (!(await isWanted('Do this?', options, surroundings))) {
		if (options.json === true) tell(asJson(api, plan, [], left([], workflows)));
		complain('Nothing was changed. To do this, run the same command with --yes.\n');
		return options.dryRun === true ? EXIT.ok : EXIT.notAsked;
	}
	// while the question stood there, somebody may have saved what would now be overwritten
	if (options.yes !== true && stampOf(decide(await liveFlows(api))) !== stampOf(plan))
		throw new N8nTrouble(
			'refused',
			'Workflows were changed in n8n in the meantime, so nothing was done: run this again',
		);
	const { outcomes, ids } = await carryOut(plan, around, api, (outcome) =>
		say(sayOutcome(outcome, api.url)),
	);
	const failed = outcomes.filter(({ went }) => went !== 'done');
	if (failed.length > 0) complain(await sayFailure(outcomes, api));
	const isReached = outcomes.every(({ went }) => went !== 'untried');
	const there = isReached ? await liveFlowsAfterwards(api) : undefined;
	const todos = there === undefined ? [] : left(outcomes, there, ids);
	if (options.json === true) tell(asJson(api, plan, outcomes, todos));
	else sayLeft(todos, api, tell);
	if (failed.length === 0 && there === undefined)
		complain(
			`All of this was done. Then the n8n at ${api.url} did not answer any more: run the same command again to see what is left to do.\n`,
		);
	return failed.length > 0 || there === undefined ? EXIT.failed : EXIT.ok;
}

function hasWork({ decisions }: Plan): boolean {
	return decisions.some(({ do: what }) => what !== 'keep' && what !== 'skip');
}

/** What a plan rests on: each flow, what happens to it, and the version of it that was looked at. */
function stampOf({ decisions }: Plan): string {
	return decisions
		.map((one) => {
			const live = 'found' in one ? one.found.live : undefined;
			return [one.key, one.do, live?.id, live?.versionId, live?.active].join(' ');
		})
		.join('\n');
}

function wishesOf(options: InstallOptions, { flows }: Package): Wishes {
	const known = flows.map(({ key }) => key);
	return {
		only: flowNames(options.only, '--only', known),
		overwrite: flowNames(options.overwrite, '--overwrite', known),
		merge: flowNames(options.merge, '--merge', known),
		beside: flowNames(options.beside, '--beside', known),
		updateActive: options.updateActive === true,
	};
}
