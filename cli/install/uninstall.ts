import { planUninstall, type Removal } from '../../engine/install/uninstall';
import { unsavedPlaces } from '../../engine/install/unsaved';
import { accessOf } from '../n8nApi/access';
import type { N8nApi } from '../n8nApi/n8nApi';
import { N8nTrouble } from '../n8nApi/trouble';
import { EXIT, flowNames, isWanted } from './wishes';
import { liveFlows } from './liveFlows';
import type { Package } from './install';
import { sayChanges } from './sayChanges';
import { packVersion, shippedFlows } from './shippedFlows';
import type { Surroundings } from './surroundings';

/** How long n8n may take to unpublish. */
const UNPUBLISHING_MS = [500, 1000, 2000, 4000, 8000];

export type UninstallOptions = {
	url: string;
	apiKey?: string;
	yes?: boolean;
	dryRun?: boolean;
	json?: boolean;
};

/** Removes the flows, or those that are named. @returns the exit code; nothing is thrown that a user can cause */
export async function uninstall(
	names: readonly string[],
	options: UninstallOptions,
	surroundings: Surroundings,
	pack: Package = { version: packVersion(), flows: shippedFlows() },
): Promise<number> {
	const { tell, complain } = surroundings;
	const say = options.json === true ? () => undefined : tell;
	try {
		const known = pack.flows.map(({ key }) => key);
		const named = flowNames(names.join(','), 'uninstall', known);
		const api = accessOf(options, complain);
		const removals = planUninstall(pack.flows, await liveFlows(api), {
			unsaved: unsavedPlaces,
			named,
		});
		say(`n8n at ${api.url}\n\n${sayRemovals(removals)}\n`);
		const going = removals.filter((one) => one.do === 'remove');
		const report = (removed: readonly Removal[]): void => {
			if (options.json === true) tell(asJson(api, removals, removed));
		};
		if (going.length === 0) {
			say('Nothing to remove.\n');
			report([]);
			return EXIT.ok;
		}
		if (!(await isWanted('Remove them, with their executions?', options, surroundings))) {
			report([]);
			complain('Nothing was removed. To do this, run the same command with --yes.\n');
			return options.dryRun === true ? EXIT.ok : EXIT.notAsked;
		}
		const removed: Removal[] = [];
		try {
			for (const one of going) {
				await removeOne(one, api);
				removed.push(one);
				say(`✓ removed  ${one.key}  “${one.live.name}”\n`);
			}
		} finally {
			report(removed);
		}
		say(
			'What the ledger remembers of customers stays, as do credentials and the package itself.\n',
		);
		return EXIT.ok;
	} catch (error) {
		if (!(error instanceof N8nTrouble)) throw error;
		complain(
			`${error.message}.\nA workflow is removed whole or not at all; one that was published may be unpublished by now, and still there. When the trouble is over, run the same command again.\n`,
		);
		return EXIT.failed;
	}
}

async function removeOne({ live }: Removal, api: N8nApi): Promise<void> {
	const remove = async (): Promise<void> => {
		try {
			await api.remove(live.id);
		} catch (error) {
			// somebody else was faster
			if (!(error instanceof N8nTrouble && error.kind === 'missing')) throw error;
		}
	};
	if (live.active) await api.unpublish(live.id);
	// n8n refuses to delete what is published, and for a moment what just was, perhaps by a run before this one
	for (const pause of UNPUBLISHING_MS) {
		try {
			await remove();
			return;
		} catch (error) {
			if (!(error instanceof N8nTrouble && error.kind === 'busy')) throw error;
			await new Promise((resolve) => setTimeout(resolve, pause));
		}
	}
	await remove();
}

function sayRemovals(removals: readonly Removal[]): string {
	if (removals.length === 0) return '  No workflow of this pack is there.\n';
	return removals
		.flatMap((one) => {
			const line = `  ${one.do.padEnd(6)}  ${one.key}  “${one.live.name}” (${one.live.id})${whyOf(one)}`;
			const changes = one.do === 'keep' && one.why === 'changed' ? sayChanges(one.changes) : [];
			return [line, ...changes.map((change) => `            ${change}`)];
		})
		.map((line) => `${line}\n`)
		.join('');
}

function whyOf(removal: Removal): string {
	if (removal.do === 'remove')
		return removal.live.active ? ': it is published, and you named it' : '';
	const anyway = `; to remove it all the same: uninstall ${removal.key}`;
	switch (removal.why) {
		case 'active':
			return `: it is published${anyway}`;
		case 'changed':
			return `: changed in your n8n${anyway}`;
		case 'unmarked':
			return `: imported by hand, and not as shipped now${anyway}`;
		case 'called':
			return `: ${removal.by.join(', ')} call${removal.by.length === 1 ? 's' : ''} it${anyway}`;
		case 'copy':
			return ': another workflow of the same flow; delete it in n8n if you do not need it';
	}
}

function asJson(
	{ url }: N8nApi,
	removals: readonly Removal[],
	removed: readonly Removal[],
): string {
	const flows = removals.map((removal) => {
		const { key, live, ...rest } = removal;
		return { flow: key, workflow: live.id, ...rest, removed: removed.includes(removal) };
	});
	return `${JSON.stringify({ url, flows }, undefined, 2)}\n`;
}
