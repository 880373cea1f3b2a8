import 'reflect-metadata';
import type { INodeParameters, INodeType } from 'n8n-workflow';
import { EscalationRouter } from '../../nodes/EscalationRouter/EscalationRouter.node';
import { runNode } from '../harness/runWorkflow';
import { closeLedgers, freshUserFolder } from './CustomerJourney.setup';
import { answer, escalationsOf, TEAM } from './EscalationRouter.setup';

beforeEach(freshUserFolder);
afterEach(closeLedgers);

const OWN = { reasonSource: 'own', reasonText: 'Please call', reasonCode: 'request' };
const HOUR = 3_600_000;
/** Of a Monday in Berlin. */
const at = (hour: number): string => `2026-03-02T${String(hour).padStart(2, '0')}:00:00+01:00`;

/** The router in an execution that began so many hours ago, as n8n says of one that is retried. */
function begunBefore(hours: number): INodeType {
	const router = new EscalationRouter();
	return {
		description: router.description,
		async execute() {
			const began = this.getExecutionContext();
			if (began === undefined) throw new Error('n8n says nothing of the execution');
			this.getExecutionContext = () => ({
				...began,
				establishedAt: began.establishedAt - hours * HOUR,
			});
			return await router.execute.call(this);
		},
	};
}

async function call(
	now: string,
	{ hours = 0, ...over }: INodeParameters & { hours?: number } = {},
): Promise<unknown[]> {
	const ran = await runNode(begunBefore(hours), {
		mode: 'trigger',
		input: [{ accountId: 'acme', ticket: 't1' }],
		settings: { timezone: 'Europe/Berlin' },
		parameters: { ...TEAM, ...OWN, ...over, options: { now } },
	});
	if (ran.error !== undefined) throw ran.error;
	return ran.outputs.flatMap(escalationsOf).map(({ what, notify }) => [what, notify]);
}
const resolve = async (now: string): Promise<void> => {
	await answer('resolve', now, [{ accountId: 'acme' }]);
};

describe('Every Item, without a Reason ID Field', () => {
	it('is one need a day as long as its case is open, and a new one once it was resolved', async () => {
		expect(await call(at(9))).toEqual([['opened', true]]);
		expect(await call(at(10))).toEqual([['known', false]]);
		await resolve(at(11));
		expect(await call(at(12))).toEqual([['reopened', true]]);
		expect(await call(at(13))).toEqual([['known', false]]);
	});

	it('is nothing new where an execution of before is retried after the case was resolved', async () => {
		await call(at(9));
		await resolve(at(11));
		expect(await call(at(12), { hours: 3 })).toEqual([['known', false]]);
		expect(await call(at(12))).toEqual([['reopened', true]]);
	});

	it('with one, the same is known for good', async () => {
		const given = { reasonKeyField: 'ticket' };
		await call(at(9), given);
		await resolve(at(11));
		expect(await call(at(12), given)).toEqual([['known', false]]);
	});
});
