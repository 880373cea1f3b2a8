import 'reflect-metadata';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { GateHold } from '../../ledger/ledger';
import { TierGate } from '../../nodes/TierGate/TierGate.node';
import { runNode, type NodeRun } from '../harness/runWorkflow';
import { closeLedgers, freshUserFolder, ledgerOf } from './CustomerJourney.setup';

const NOW = '2026-03-02T09:00:00Z';
const HOUR = 3_600_000;

beforeEach(freshUserFolder);
afterEach(closeLedgers);

const big = { accountId: 'big', tier: { tier: 'highTouch', name: 'High-Touch' } };
const small = { accountId: 'small', tier: { tier: 'pooled', name: 'Pooled' } };

async function gate(
	input: readonly IDataObject[],
	parameters: INodeParameters = { rememberForJourneys: 'onboarding' },
	{ mode = 'trigger', now = Date.parse(NOW) }: { mode?: 'trigger' | 'manual'; now?: number } = {},
): Promise<NodeRun> {
	return await runNode(new TierGate(), {
		mode,
		input,
		parameters: {
			operation: 'gateMotion',
			motion: 'onboarding',
			tiers: ['pooled'],
			...parameters,
			options: { now: new Date(now).toISOString() },
		},
	});
}

const holds = async (mode: 'live' | 'test' = 'live'): Promise<GateHold[]> =>
	(await ledgerOf(mode).timeline(['big', 'small'])).gateHolds;
const whom = async (): Promise<string[]> =>
	(await holds()).map(({ accountId, journey }) => `${accountId} ${journey}`);

describe('Remember for Journeys', () => {
	it('notes whom the gate holds, since when and why, until it passes', async () => {
		const run = await gate([big, small, {}]);
		expect(run.error).toBeUndefined();
		expect(run.outputs.map((items) => items.length)).toEqual([2, 1]);
		expect(await holds()).toEqual([
			{
				accountId: 'big',
				journey: 'onboarding',
				since: Date.parse(NOW),
				reasons: [{ code: 'tier_not_allowed', text: 'onboarding is not for tier highTouch' }],
			},
		]);
		const later = { now: Date.parse(NOW) + HOUR };
		await gate([{ ...big, tier: undefined }, small], undefined, later);
		expect(await holds()).toMatchObject([
			{ since: Date.parse(NOW), reasons: [{ code: 'tier_unknown' }] },
		]);
		await gate([{ ...big, tier: small.tier }, small], undefined, later);
		expect(await holds()).toEqual([]);
	});

	it('may be several journeys behind one gate', async () => {
		await gate([big], { rememberForJourneys: 'quarterly-touch, value-readout' });
		expect(await whom()).toEqual(['big quarterly-touch', 'big value-readout']);
	});

	it('takes an account that comes twice as the journey does: one item that passes is enough', async () => {
		const passing = { ...big, tier: small.tier };
		await gate([big, passing]);
		expect(await holds()).toEqual([]);
		await gate([passing, big]);
		expect(await holds()).toEqual([]);
	});

	it('empty, or in a run from the editor, notes nothing', async () => {
		await gate([big], {});
		await gate([big], undefined, { mode: 'manual' });
		expect([...(await holds()), ...(await holds('test'))]).toEqual([]);
	});

	it('decides all the same where the ledger cannot be reached, and says so', async () => {
		process.env.EXECUTIONS_MODE = 'queue'; // in which no process sees the file of another
		try {
			const run = await gate([big, small]);
			expect(run.error).toBeUndefined();
			expect(run.outputs.map((items) => items.length)).toEqual([1, 1]);
			expect(run.hints.map(({ message }) => message)).toEqual([
				'Decided, but whom this gate holds is not remembered for Look Up: The SQLite ledger does not work in queue mode',
			]);
		} finally {
			delete process.env.EXECUTIONS_MODE;
		}
	});
});
