import 'reflect-metadata';
import type { IDataObject } from 'n8n-workflow';
import { TierGate } from '../../nodes/TierGate/TierGate.node';
import { runNode } from '../harness/runWorkflow';
import { closeLedgers, freshUserFolder } from './CustomerJourney.setup';
import { answer, runRouter } from './EscalationRouter.setup';

beforeEach(freshUserFolder);
afterEach(closeLedgers);

const DAY_0 = Date.parse('2026-03-02T09:00:00Z');
const on = (day: number): string => new Date(DAY_0 + day * 86_400_000).toISOString();
const acme = (score = 70, steadyDays = 0): IDataObject => ({
	accountId: 'acme',
	arr: 2_000,
	health: { score, band: 'yellow', steadyDays },
});

async function tierOn(day: number, account: IDataObject): Promise<unknown> {
	const ran = await runNode(new TierGate(), {
		mode: 'trigger',
		input: [account],
		parameters: { options: { now: on(day) } },
	});
	if (ran.error !== undefined) throw ran.error;
	return (ran.outputs.flat()[0]?.json.tier as IDataObject).tier;
}

const escalate = async (code: string, kind = 'escalation'): Promise<void> => {
	const ran = await runRouter(on(0), [acme(50)], {
		reasonSource: 'own',
		reasonText: 'Nobody engaged for two weeks',
		reasonCode: code,
		kind,
	});
	if (ran.error !== undefined) throw ran.error;
};

describe('a health escalation (P35)', () => {
	it('makes the account human-led until its case is resolved and it was well for 14 days', async () => {
		expect(await tierOn(0, acme(50))).toBe('techTouch');
		await escalate('health_not_recovered');
		expect(await tierOn(1, acme(50))).toBe('highTouch');
		expect(await tierOn(20, acme(70, 15))).toBe('highTouch');
		await answer('resolve', on(20), [acme()]);
		expect(await tierOn(21, acme(70, 13))).toBe('highTouch');
		expect(await tierOn(22, acme(64, 14))).toBe('highTouch');
		expect(await tierOn(23, acme(70, 14))).toBe('techTouch');
	});

	it('is over at once where somebody hands the account back', async () => {
		await escalate('health_not_recovered');
		await answer('resolve', on(3), [acme()]);
		expect(await tierOn(3, acme(70, 2))).toBe('highTouch');
		await answer('handBack', on(3), [acme(70, 2)], { onlyIfStable: false });
		expect(await tierOn(3, acme(70, 2))).toBe('techTouch');
	});

	it('that comes back elevates the account once more', async () => {
		await escalate('health_not_recovered');
		await answer('handBack', on(1), [acme()], { onlyIfStable: false });
		expect(await tierOn(1, acme())).toBe('techTouch');
		await runRouter(on(2), [acme(40)], {
			reasonSource: 'own',
			reasonText: 'It fell again',
			reasonCode: 'health_not_recovered',
		});
		expect(await tierOn(2, acme(40))).toBe('highTouch');
	});
});

it.each([
	['a reason that is not health', 'billing_dispute', 'escalation'],
	['an alert', 'health_dropped', 'alert'],
])('%s elevates nobody', async (_what, code, kind) => {
	await escalate(code, kind);
	expect(await tierOn(1, acme())).toBe('techTouch');
});
