import type { IDataObject } from 'n8n-workflow';
import { connectionsOf, runWorkflow } from '../harness/runWorkflow';
import {
	account,
	closeLedgers,
	emitted,
	freshUserFolder,
	JOURNEY,
	journeyOf,
	NODE_TYPES,
	runJourney,
} from './CustomerJourney.setup';

beforeEach(freshUserFolder);
afterEach(closeLedgers);

const on = (date: string) => `2026-${date}T09:00:00Z`;
const customer = (renewalDate: string) =>
	account('a', {
		renewalDate,
		termMonths: 12,
		executiveSponsor: 'Ann',
		health: { band: 'green' },
	});
/** T-60 of 6 May is Saturday 7 March, of 15 June Thursday 16 April. */
const SOON = customer('2026-05-06');
const LATER = customer('2026-06-15');
const OUTPUTS = [1, 2, 3, 4, 5];
const run = (input: IDataObject, date: string, parameters = {}) =>
	runJourney({
		input: [input],
		now: on(date),
		parameters: { preset: 'renewal', journeyId: 'renewal', ...parameters },
		behind: OUTPUTS.map((output) => ({
			name: `Channel ${String(output)}`,
			type: 'n8n-nodes-base.slack',
		})),
		wires: OUTPUTS.map((output) => ({ from: JOURNEY, output, to: `Channel ${String(output)}` })),
	});

it('a reminder that is held when the renewal date moves later is withdrawn, says so, and goes at its new time (P27)', async () => {
	expect(emitted(await run(SOON, '03-07'))).toEqual([]);

	const preview = await run(LATER, '03-08', { operation: 'preview' });
	expect(preview.node(JOURNEY).outputs[0]?.[0]?.json.journey).toMatchObject({
		state: 'nothingDue',
		not: [{ step: 'Reminder', reasons: [{ code: 'noLongerDue' }] }],
	});
	expect(emitted(await run(LATER, '03-08'))).toEqual([]);
	// nothing new to say
	const again = await run(LATER, '03-09', { operation: 'preview' });
	expect(again.node(JOURNEY).outputs[0]?.[0]?.json.journey).toMatchObject({ not: [] });

	const lookedUp = await runWorkflow({
		mode: 'manual',
		nodes: [
			{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
			{ name: 'Accounts', type: 'test.items' },
			{
				name: 'Look Up',
				type: 'n8n-nodes-digital-cs.journeyLedger',
				parameters: { operation: 'lookUp', options: { now: on('03-08') } },
			},
		],
		connections: connectionsOf([
			{ from: 'Start', to: 'Accounts' },
			{ from: 'Accounts', to: 'Look Up' },
		]),
		nodeTypes: NODE_TYPES,
		sources: { Accounts: [{ accountId: 'a' }] },
	});
	const told = lookedUp.node('Look Up').outputs[0]?.[0]?.json.ledger as {
		waiting: object[];
		timeline: { what: string; step?: string; reasons?: { text: string }[] }[];
	};
	expect(told.waiting).toEqual([]);
	expect(told.timeline.filter(({ step }) => step === 'reminder').map(({ what }) => what)).toEqual([
		'held',
		'withdrawn',
	]);
	expect(told.timeline.at(-1)?.reasons?.[0]?.text).toContain('due no longer');

	const due = await run(LATER, '04-16');
	expect(emitted(due)).toHaveLength(1);
	expect(journeyOf(due.node(JOURNEY).outputs[2]?.[0]).step).toBe('reminder');
});
