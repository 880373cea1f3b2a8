import 'reflect-metadata';
import type { IDataObject } from 'n8n-workflow';
import { JourneyLedger } from '../../nodes/JourneyLedger/JourneyLedger.node';
import { runNode } from '../harness/runWorkflow';
import { eventOf, touchOf } from '../ledger/rows';
import {
	account,
	closeLedgers,
	freshUserFolder,
	ledgerOf,
	NOW,
	runJourney,
} from './CustomerJourney.setup';

beforeEach(freshUserFolder);
afterEach(closeLedgers);

const now = Date.parse(NOW);
const TIER = [{ code: 'tier_not_allowed', text: 'onboarding is not for tier highTouch' }];

type Told = {
	found: boolean;
	accountId?: string;
	notIn?: { journey: string; reasons: { code: string; text: string }[] }[];
	heldByGate?: object[];
	reasons?: { code: string; text: string }[];
};

async function lookUp(id: string, journeyId = ''): Promise<Told> {
	const { outputs } = await runNode(new JourneyLedger(), {
		input: [{ accountId: id }],
		mode: 'manual',
		parameters: { operation: 'lookUp', journeyId, options: { now: NOW } },
	});
	return outputs.flat()[0]?.json.ledger as Told;
}
const codesOf = ({ reasons = [] }: Told): string[] => reasons.map(({ code }) => code);
const notIn = async (id: string): Promise<string[]> =>
	((await lookUp(id)).notIn ?? []).flatMap(({ reasons }) => reasons.map(({ code }) => code));

describe('Look Up of an account that got nothing', () => {
	it('says why the journey has not taken it in, as of when, and when it looks again', async () => {
		await runJourney({ input: [account('acme', { startedAt: '2026-03-20' })] });
		const told = await lookUp('acme');
		expect(told).toMatchObject({ found: true, accountId: 'acme', heldByGate: [] });
		expect(told.notIn).toEqual([
			{
				journey: 'onboarding',
				dry: false,
				asOf: NOW,
				// midnight in Berlin
				lookAgainAt: '2026-03-19T23:00:00Z',
				reasons: [
					expect.objectContaining({
						code: 'notStarted',
						text: expect.stringMatching(
							/^Not enrolled yet: the contract starts .*2026-03-20/,
						) as string,
					}),
				],
			},
		]);
		expect(told.reasons).toBeUndefined();
	});

	it.each<[string, IDataObject, string[]]>([
		['an excluded one', { excluded: true }, ['excluded']],
		['one that left', { lifecycleStage: 'churned' }, ['churned']],
		['one whose beginning nobody knows', { createdAt: undefined }, ['noStartDate']],
		['one from long before the journey ran', { createdAt: '2025-03-02' }, ['beforeGoLive']],
		['one that the CRM says rests', { pausedUntil: '2026-03-09' }, ['paused']],
		['none of one that is on its way', {}, []],
	])('tells the reason of %s', async (_whom, over, codes) => {
		await runJourney({ input: [account('acme', over)] });
		expect(await notIn('acme')).toEqual(codes);
	});

	it('tells what was decided last, and nothing once the account is in', async () => {
		await runJourney({ input: [account('acme', { startedAt: '2026-03-20' })] });
		await runJourney({ input: [account('acme', { excluded: true })] });
		expect(await notIn('acme')).toEqual(['excluded']);
		await runJourney({ input: [account('acme')] });
		expect(await notIn('acme')).toEqual([]);
	});

	it('of a merged record tells what was decided on the account it is part of', async () => {
		await runJourney({ input: [account('old', { excluded: true })] });
		const [old, whole] = [account('old'), account('new', { aliases: ['old'] })];
		await runJourney({ input: [{ ...whole, startedAt: '2026-03-20' }, old] });
		const told = await lookUp('old');
		expect(told).toMatchObject({ accountId: 'new', mergedInto: 'new' });
		expect(await notIn('old')).toEqual(['notStarted']);
	});

	it('says that a gate holds it, before which journey, since when and why', async () => {
		await ledgerOf().rememberHolds(
			['onboarding', 'renewal'],
			[{ accountId: 'acme', reasons: TIER }],
			now,
		);
		const hold = { since: NOW, reasons: TIER };
		// it is decided on: there is nothing else to say
		expect(codesOf(await lookUp('acme'))).toEqual([]);
		expect(await lookUp('acme')).toMatchObject({
			found: true,
			notIn: [],
			heldByGate: [
				{ ...hold, journey: 'onboarding' },
				{ ...hold, journey: 'renewal' },
			],
		});
		expect((await lookUp('acme', 'renewal')).heldByGate).toEqual([{ ...hold, journey: 'renewal' }]);
	});

	it('says that somebody paused it, though nothing was ever decided on it', async () => {
		await ledgerOf().pause([{ scope: 'account', id: 'acme', reason: 'They asked us to' }], now);
		const told = await lookUp('acme');
		expect(told).toMatchObject({
			found: true,
			paused: [{ what: 'account', reason: 'They asked us to' }],
		});
		expect(codesOf(told)).toEqual(['unknownAccount']);
		expect((await lookUp('other')).found).toBe(false);
	});

	it('finds it by the address of somebody who was never written to, where the ledger knows whose it is', async () => {
		const contacts = [{ email: 'Ann@acme.example', role: 'admin', unsubscribed: true }];
		await runJourney({ input: [account('acme', { contacts, startedAt: '2026-03-20' })] });
		await ledgerOf().note([touchOf('t', { accountId: 'held', address: 'bo@held.example' })]);
		expect(await lookUp('ann@acme.example')).toMatchObject({ found: true, accountId: 'acme' });
		expect((await lookUp('ann@acme.example')).notIn).toHaveLength(1);
		expect(await lookUp('bo@held.example')).toMatchObject({ found: true, accountId: 'held' });
	});

	it('says of an address nobody knows what to ask instead', async () => {
		const told = await lookUp('dot@acme.example');
		expect(codesOf(told)).toEqual(['unknownAddress']);
		expect(told.reasons?.[0]?.text).toMatch(/Ask by the id of the account/);
		// an event of no account names it, and says no more whose it is
		await ledgerOf().recordEvents(
			[eventOf('e', { accountId: '', contact: 'dot@acme.example' })],
			now,
		);
		const heard = await lookUp('dot@acme.example');
		expect([heard.found, codesOf(heard)]).toEqual([true, ['unknownAddress']]);
	});

	it('says so where nothing, or only an event, is known of it', async () => {
		expect(await lookUp('nobody')).toEqual({
			found: false,
			reasons: [expect.objectContaining({ code: 'unknownAccount' })],
		});
		await ledgerOf().recordEvents([eventOf('e', { accountId: 'heard' })], now);
		const heard = await lookUp('heard');
		expect([heard.found, codesOf(heard)]).toEqual([true, ['undecided']]);
	});

	it('names the journeys that have run where one is asked about that has not', async () => {
		const first = await lookUp('acme', 'onbording');
		expect(first.reasons?.[0]).toMatchObject({
			code: 'unknownJourney',
			text: "No journey 'onbording' has run here; nor has any other: publish the flow of one.",
		});
		await runJourney({ input: [account('acme', { startedAt: '2026-03-20' })] });
		await ledgerOf().rememberHolds(['renewal'], [{ accountId: 'a', reasons: TIER }], now);
		const told = await lookUp('acme', 'onbording');
		expect(told.reasons?.[0]?.text).toBe(
			"No journey 'onbording' has run here; those that have: onboarding, renewal.",
		);
		expect(codesOf(await lookUp('acme', 'onboarding'))).toEqual([]);
		expect(codesOf(await lookUp('acme', 'renewal'))).not.toContain('unknownJourney');
	});
});
