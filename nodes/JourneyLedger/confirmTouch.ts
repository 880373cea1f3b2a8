import type { IExecuteFunctions, INode, INodeExecutionData, Workflow } from 'n8n-workflow';
import { z } from 'zod/v4';
import type { Reason } from '../../engine/journeys/memory';
import type { ConfirmResult } from '../../ledger/ledger';
import { withAdded } from '../platform/items';
import { readNow } from '../platform/now';
import { openLedger } from '../platform/openLedger';
import { runModeOf, type RunMode } from '../platform/runMode';
import { handedOutIn, readerOfHandedOut } from '../platform/handedOut';
import { handsOut, isJourney } from '../platform/nodeKinds';
import { cameOverEnabledNodes } from '../platform/origins';
import { workflowOf } from '../platform/wiring';

const REFUSED: Record<Exclude<ConfirmResult, 'confirmed' | 'alreadySent'>, Reason> = {
	unknownTouch: {
		code: 'unknownTouch',
		text: 'The ledger knows no such touch: the item did not come from a Customer Journey or Escalation Router of this kind of run.',
	},
	notClaimed: {
		code: 'notClaimed',
		text: 'The touch is not handed out: it lapsed, failed or was never claimed.',
	},
};

/** The part of n8n's data proxy used here; n8n types it as `any`. */
type DataProxy = { $: (nodeName: string) => { itemMatching: (index: number) => unknown } };

type Found = { key: string; mode: string };

/**
 * Confirms what another node sent. The key stands on the item, or on the one it came from at the nearest Customer Journey
 * or Escalation Router.
 */
export async function confirmTouches(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const now = readNow(context);
	const mode = runModeOf(context);
	const done: INodeExecutionData[] = [];
	const notDone: INodeExecutionData[] = [];
	const refuse = (index: number, reason: Reason): void => {
		const item = items[index];
		if (item !== undefined)
			notDone.push(withAdded(item, index, 'ledger', { confirmed: false, reasons: [reason] }));
	};
	if (senderWasDisabled(context)) {
		for (const index of items.keys()) {
			refuse(index, {
				code: 'senderDisabled',
				text: 'The sender before this node is disabled and let the item through: nothing was sent, so nothing is confirmed.',
			});
		}
		return [done, notDone];
	}
	const find = finderOf(context);
	const keys: string[] = [];
	const sources: number[] = [];
	for (const index of items.keys()) {
		const found = find(index);
		const reason = whyNot(found, mode);
		if (reason !== undefined || found === undefined) refuse(index, reason ?? REFUSED.unknownTouch);
		else {
			keys.push(found.key);
			sources.push(index);
		}
	}
	const results = await (await openLedger(context, mode)).confirm(keys, now);
	for (const [position, index] of sources.entries()) {
		const result = results[position] ?? 'unknownTouch';
		const item = items[index];
		if (item === undefined) continue;
		if (result === 'confirmed' || result === 'alreadySent') {
			done.push(
				withAdded(item, index, 'ledger', {
					confirmed: true,
					key: keys[position],
					repeated: result === 'alreadySent',
					reasons: [],
				}),
			);
		} else refuse(index, REFUSED[result]);
	}
	return [done, notDone];
}

function whyNot(found: Found | undefined, mode: RunMode): Reason | undefined {
	if (found === undefined) {
		return {
			code: 'noKey',
			text: 'No touch key: neither the item nor the one it came from at a Customer Journey or Escalation Router carries journey.key or escalation.key.',
		};
	}
	if (found.mode !== mode) {
		return {
			code: 'otherRun',
			text: `The touch belongs to a ${found.mode} run and this is a ${mode} run: nothing is confirmed.`,
		};
	}
	return undefined;
}

function senderWasDisabled(context: IExecuteFunctions): boolean {
	const workflow = workflowOf(context);
	if (workflow === undefined) return false;
	const from = context.getInputSourceData();
	return !cameOverEnabledNodes(context, workflow, from, (node) => isOrigin(workflow, node));
}

/** Where touches and notices come from: what hands them out, or what starts a workflow that only sends. */
function isOrigin(workflow: Workflow, node: INode): boolean {
	return (
		handsOut(node) ||
		(node.disabled !== true && workflow.getParentNodes(node.name, 'main', 1).length === 0)
	);
}

/**
 * Senders such as Send Email replace the item. One data proxy for the whole execution then leads back to the item at
 * what handed it out, which is an order of magnitude cheaper than an expression per item.
 */
function finderOf(context: IExecuteFunctions): (index: number) => Found | undefined {
	const items = context.getInputData();
	const read = readerOfHandedOut(context);
	// n8n lists the farthest first
	const origins = context.getParentNodes(context.getNode().name).filter(handsOut).reverse();
	const proxy: DataProxy | undefined =
		origins.length === 0 ? undefined : context.getWorkflowDataProxy(0);
	const itemAt = (origin: string, index: number): object | undefined => {
		try {
			return jsonOf(proxy?.$(origin).itemMatching(index));
		} catch {
			// n8n throws where an item's origin is lost, ambiguous or in another branch; without a key that is said on its output
			return undefined;
		}
	};
	return (index) => {
		const item = items[index]?.json;
		const own = item === undefined ? undefined : read(item);
		// a router that tells nobody of an item has taken what a journey before it handed out
		if (own?.of === 'notice') return foundIn(own.said);
		const found = foundIn(own?.said);
		if (found !== undefined) return found;
		for (const origin of origins) {
			const before = itemAt(origin.name, index);
			if (before === undefined) continue;
			const { of, said } = handedOutIn(before, isJourney(origin));
			const there = foundIn(said);
			if (there !== undefined || of === 'notice') return there;
		}
		return undefined;
	};
}

function jsonOf(item: unknown): object | undefined {
	if (typeof item !== 'object' || item === null || !('json' in item)) return undefined;
	return typeof item.json === 'object' && item.json !== null ? item.json : undefined;
}

const foundSchema = z.looseObject({ key: z.string().min(1), mode: z.string() });

function foundIn(said: unknown): Found | undefined {
	const { data } = foundSchema.safeParse(said);
	return data === undefined ? undefined : { key: data.key, mode: data.mode };
}
