import { credentialsOf, type Credential, type Keyring } from '../../engine/install/credentials';
import type { LiveFlow, ShippedFlow } from '../../engine/install/flow';
import { planInstall, type Wishes } from '../../engine/install/plan';
import { unsavedPlaces } from '../../engine/install/unsaved';
import { accessOf, EXIT, flowNames, isAgreed } from './access';
import { carryOut, type Outcome } from './carryOut';
import type { N8nApi } from './n8nApi';
import { asJson, leftToDo, sayLeft } from './report';
import { sayFailure, sayOutcome } from './sayOutcome';
import { sayPack } from './sayPack';
import { sayPlan } from './sayPlan';
import { packVersion, shippedFlows } from './shippedFlows';
import type { Surroundings } from './surroundings';
import { N8nTrouble } from './trouble';

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
	const { tell, complain } = surroundings;
	try {
		const wishes = wishesOf(options, pack);
		const api = accessOf(options, surroundings);
		const state = await api.pack();
		const say = options.json === true ? () => undefined : tell;
		say(`${sayPack(api.url, state, pack.version)}\n`);
		const workflows = await api.workflows();
		const keyring = await keyringOf(api, workflows, options.credential ?? [], say);
		const around = { version: pack.version, keyring, unsaved: unsavedPlaces };
		const plan = planInstall({ shipped: pack.flows, workflows, ...around }, wishes);
		say(`\n${sayPlan(plan.decisions)}\n`);
		const isToDo = plan.decisions.some(({ do: what }) => !['keep', 'skip'].includes(what));
		const report = async (outcomes: Outcome[], ids: ReadonlyMap<string, string>): Promise<void> => {
			const after = outcomes.some(({ went }) => went === 'done')
				? await api.workflows()
				: workflows;
			const left = leftToDo(plan, outcomes, after, { keyring, ids });
			if (options.json === true) tell(asJson(api, plan, outcomes, left));
			else if (outcomes.length > 0 || !isToDo) sayLeft(left, api, tell);
		};
		if (!isToDo) {
			say(
				'Nothing to do: everything is as it should be, or was left alone for the reason given.\n',
			);
			await report([], plan.ids);
			return EXIT.ok;
		}
		if (!state.there && options.dryRun !== true)
			throw new N8nTrouble(
				'missing',
				'Nothing was changed: install the package first, then run this again',
			);
		if (options.dryRun === true || options.yes !== true) {
			const isYes =
				options.dryRun !== true &&
				options.json !== true &&
				(await isAgreed('Do this?', surroundings));
			if (!isYes) {
				await report([], plan.ids);
				complain('Nothing was changed. To do this, run the same command with --yes.\n');
				return options.dryRun === true ? EXIT.ok : EXIT.notAsked;
			}
		}
		const { outcomes, ids } = await carryOut(plan, around, api, (outcome) =>
			say(sayOutcome(outcome, api.url)),
		);
		const failed = outcomes.filter(({ went }) => went !== 'done');
		if (failed.length > 0) complain(await sayFailure(outcomes, api));
		const canBeAsked = outcomes.every(
			(one) => one.went !== 'failed' || one.trouble.kind === 'refused',
		);
		if (canBeAsked) await report(outcomes, ids);
		else if (options.json === true) tell(asJson(api, plan, outcomes, []));
		return failed.length > 0 ? EXIT.failed : EXIT.ok;
	} catch (error) {
		if (!(error instanceof N8nTrouble)) throw error;
		complain(`${error.message}.\n`);
		return EXIT.failed;
	}
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

/** The credentials that n8n lists; where the key may not list them, those that its workflows use. */
async function keyringOf(
	api: N8nApi,
	workflows: readonly LiveFlow[],
	named: readonly string[],
	say: (text: string) => void,
): Promise<Keyring> {
	const listed = await api.credentials();
	if (listed === undefined)
		say(
			'The API key may not list credentials (scope credential:list; owners and admins only): those that workflows use already are known, no others.\n',
		);
	const credentials = listed ?? usedIn(workflows);
	const chosen = named.map((text): [string, Credential] => {
		const [, type, id] = /^([^=]+)=(.+)$/.exec(text) ?? [];
		if (type === undefined || id === undefined)
			throw new N8nTrouble('address', `--credential ${text}: give it as smtp=<id>`);
		const known = credentials.find((one) => one.id === id);
		if (known !== undefined && known.type !== type)
			throw new N8nTrouble('address', `--credential ${text}: ${id} is of the type ${known.type}`);
		return [type, known ?? { id, type, name: type }];
	});
	return { credentials, named: new Map(chosen) };
}

function usedIn(workflows: readonly LiveFlow[]): Credential[] {
	const used = workflows.flatMap(({ nodes }) => nodes).flatMap(credentialsOf);
	const known = used.flatMap(({ id, ...rest }) => (id === undefined ? [] : [{ id, ...rest }]));
	return [...new Map(known.map((one) => [one.id, one])).values()];
}
