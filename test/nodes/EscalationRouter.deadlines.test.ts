import 'reflect-metadata';
import type { IDataObject, INodeType } from 'n8n-workflow';
import type { NodeTypeMap } from '../harness/runWorkflow';
import { noOp } from '../harness/standIns';
import * as opening from '../../nodes/platform/openLedger';
import { closeLedgers, freshUserFolder, ledgerOf } from './CustomerJourney.setup';
import {
	alerted,
	answer,
	asking,
	CHECK,
	codesOf,
	escalationsOf,
	ROUTER,
	routerNode,
	runFlow,
	runRouter,
	TEAM,
	type Given,
} from './EscalationRouter.setup';

beforeEach(freshUserFolder);
afterEach(closeLedgers);

/** A Monday, 10:00 in Berlin: four business hours end at 14:00, three quarters of them at 13:00 (13:00 and 12:00 UTC). */
const MONDAY = '2026-03-02T09:00:00Z';
const ANA = 'ana@vendor.example';
const MARIA = 'maria@vendor.example';

const on = (day: number, utc: string): string => `2026-03-0${String(day)}T${utc}:00Z`;
const escalate = async (parameters: Given = {}): Promise<void> => {
	await runRouter(MONDAY, [asking('acme', 'human_requested')], parameters);
};

/** `event → whom`, for everything that a check tells. */
async function check(at: string, parameters: Given = {}): Promise<string[]> {
	const ran = await runRouter(at, [{}], { operation: 'checkDeadlines', ...parameters });
	if (ran.error !== undefined) throw ran.error;
	return [...ran.of(CHECK.overdue), ...ran.of(CHECK.digest)].map(
		({ event, to }) => `${event as string} → ${to as string}`,
	);
}

describe('Check Deadlines', () => {
	it('tells the owner at 75 % of the time, and when it has run out the next level too, each once', async () => {
		await escalate();
		expect(await check(on(2, '11:59'))).toEqual([]);
		expect(await check(on(2, '12:00'))).toEqual([`nearing → ${ANA}`]);
		expect(await check(on(2, '12:59'))).toEqual([]);
		expect(await check(on(2, '13:00'))).toEqual([`breached → ${ANA}`, `level → ${MARIA}`]);
		for (const at of [on(2, '13:00'), on(2, '15:00'), on(5, '10:00')])
			expect(await check(at)).toEqual([]);
	});

	it('carries the case, its deadline and everything the reader has to know', async () => {
		await escalate();
		const ran = await runRouter(on(2, '13:00'), [{ sweep: 1 }], {
			operation: 'checkDeadlines',
			options: { linkAddress: 'https://n8n.example.com/webhook/digital-cs/case' },
		});
		const [overdue, level] = ran.of(CHECK.overdue);
		expect(overdue).toMatchObject({
			case: 1,
			notify: true,
			channel: 'alert',
			mode: 'live',
			dueAt: '2026-03-02T14:00:00+01:00',
			minutesLeft: 0,
			key: expect.stringContaining('case/1/breached/') as unknown,
			links: { acknowledge: expect.stringContaining('?dcs=') as unknown },
		});
		expect(overdue?.subject).toMatch(/^Overdue: /);
		expect(level?.subject).toMatch(/^Nobody has taken it: /);
		expect(level?.markdown).toContain('The customer asked for a person');
		expect(ran.outputs[CHECK.overdue]?.map(({ json, pairedItem }) => [json.accountId, pairedItem]))
			// the item that came in only starts it
			.toEqual([
				['acme', { item: 0 }],
				['acme', { item: 0 }],
			]);
	});

	it('after missed sweeps tells everybody once, and says nothing of what was near before it ran out', async () => {
		await escalate({
			levels: {
				level: [
					{ name: 'Maria', email: MARIA, after: 0, unit: 'hours', times: 2, every: 4 },
					{ name: 'Vic', email: 'vic@vendor.example', after: 4, unit: 'businessHours' },
				],
			},
		});
		// Monday 14:00 and 18:00 → Tuesday 10:00: Maria's second time and Vic's first
		expect(await check(on(3, '09:00'))).toEqual([
			`breached → ${ANA}`,
			`level → ${MARIA}`,
			'level → vic@vendor.example',
		]);
		expect(await check(on(4, '09:00'))).toEqual([]);
	});

	it('an acknowledgement stops the climb; whoever took it is still told that nobody called', async () => {
		await escalate();
		await answer('acknowledge', on(2, '12:30'), [{ accountId: 'acme' }]);
		const ran = await runRouter(on(2, '13:00'), [{}], { operation: 'checkDeadlines' });
		expect(ran.of(CHECK.overdue)).toMatchObject([
			{ event: 'breached', to: ANA, reasons: [{ code: 'sla_breached', measure: 'touch' }] },
		]);
	});

	it('a human touch leaves nothing to be told', async () => {
		await escalate();
		await answer('recordTouch', on(2, '10:00'), [{ accountId: 'acme' }]);
		for (const at of [on(2, '12:00'), on(2, '13:00'), on(4, '13:00')])
			expect(await check(at)).toEqual([]);
	});

	it('an acknowledgement nobody acts on is stale after eight business hours: the levels are told again', async () => {
		await escalate();
		await answer('acknowledge', on(2, '10:00'), [{ accountId: 'acme' }]);
		// the end of the four hours for a call has been told
		expect(await check(on(2, '13:00'))).toEqual([`breached → ${ANA}`]);
		// 11:00 in Berlin and six hours; two more on Tuesday
		expect(await check(on(3, '09:59'))).toEqual([]);
		expect(await check(on(3, '10:00'))).toEqual([`stale → ${ANA}`, `level → ${MARIA}`]);
		const again = await answer('acknowledge', on(3, '10:30'), [{ accountId: 'acme' }]);
		expect(again.done).toHaveLength(1);
		expect(await check(on(3, '15:00'))).toEqual([]);
		// 11:30 and eight business hours: Wednesday 11:30
		expect(await check(on(4, '10:30'))).toEqual([`stale → ${ANA}`, `level → ${MARIA}`]);
	});

	it('while it waits for the customer the clock stands still, and goes on where it stopped', async () => {
		await escalate();
		await answer('wait', on(2, '10:00'), [{ accountId: 'acme' }]);
		expect(await check(on(4, '08:30'))).toEqual([]);
		// one of four hours was used; Wednesday 10:00 in Berlin and three more
		await answer('wait', on(4, '09:00'), [{ accountId: 'acme' }], { waitAction: 'goOn' });
		expect(await check(on(4, '10:59'))).toEqual([]);
		expect(await check(on(4, '11:00'))).toEqual([`nearing → ${ANA}`]);
		expect(await check(on(4, '12:00'))).toEqual([`breached → ${ANA}`, `level → ${MARIA}`]);
	});

	it('says where nothing is due, and how much was', async () => {
		await escalate();
		const hints = async (at: string): Promise<string> => {
			const ran = await runRouter(at, [{}], { operation: 'checkDeadlines' });
			return ran.hints.map(({ message }) => message).join();
		};
		expect(await hints(on(2, '10:00'))).toContain('Nothing is due');
		expect(await hints(on(2, '13:00'))).toContain('2 notices about deadlines');
	});

	it('tells what is late of alerts that are not urgent together, with a link for each', async () => {
		const alerts = ['a', 'b', 'c'].map((id) => alerted(id));
		const one = { people: { person: [{ name: 'Ana', email: ANA, pools: 'csm' }] }, levels: {} };
		await runRouter(MONDAY, alerts, { ...one, options: { digestCap: 3 } });
		// one business day: Tuesday 10:00
		const ran = await runRouter(on(3, '09:00'), [{}], {
			operation: 'checkDeadlines',
			options: { linkAddress: 'https://n8n.example.com/webhook/case' },
		});
		const [told, ...others] = ran.of(CHECK.overdue);
		expect(others).toEqual([]);
		expect(told).toMatchObject({
			event: 'bundle',
			to: ANA,
			count: 3,
			subject: '3 alerts, all overdue',
			cases: [{ case: 1 }, { case: 2 }, { case: 3 }],
		});
		// what is told of several accounts is in the story of none
		const { log } = await ledgerOf().timeline(['a', 'b', 'c']);
		expect(log.map(({ stepId }) => stepId)).not.toContain('bundle');
		// her own cases need no owner named
		expect(told?.markdown).not.toContain('with Ana');
		const html = told?.html as string;
		expect(html.match(/overdue since/g)).toHaveLength(3);
		expect(html.match(/<a href="https:\/\/n8n\.example\.com[^"]*">Acknowledge<\/a>/g)).toHaveLength(
			3,
		);
	});
});

describe('a notice', () => {
	const confirm = (at: string) => ({
		name: 'Confirm',
		type: 'n8n-nodes-digital-cs.journeyLedger',
		parameters: { operation: 'confirmTouch', options: { now: at } },
	});
	/** Loses everything, as a mail server that is away does behind "continue on error". */
	const loses: INodeType = {
		description: { ...noOp.description, name: 'slack' },
		async execute() {
			return await Promise.resolve([[]]);
		},
	};
	const sender = { name: 'Slack', type: 'n8n-nodes-base.slack' };
	async function flow(at: string, given: Given, lost: boolean): Promise<IDataObject[]> {
		const input = given.operation === 'checkDeadlines' ? [{}] : [asking('acme', 'human_requested')];
		const nodeTypes: NodeTypeMap = lost ? { 'n8n-nodes-base.slack': loses } : {};
		const nodes = [routerNode(at, given), sender, confirm(at)];
		const ran = await runFlow(input, nodes, { nodeTypes });
		return escalationsOf(ran.node(ROUTER).outputs[0]);
	}
	const CHECKING = { operation: 'checkDeadlines' };

	it('that nobody confirms is handed out once more under its key, and then no more', async () => {
		const [first] = await flow(MONDAY, {}, true);
		expect(first).toMatchObject({ attempt: 1, leaseUntil: '2026-03-02T09:15:00.000Z' });
		expect(await flow(on(2, '09:14'), CHECKING, true)).toEqual([]);
		const again = await flow(on(2, '09:15'), CHECKING, true);
		expect(again).toMatchObject([{ key: first?.key, event: 'opened', attempt: 2, to: ANA }]);
		expect(codesOf(again)).toEqual(['handed_out_again']);
		expect(await flow(on(2, '09:40'), CHECKING, true)).toEqual([]);
	});

	it('that was confirmed is not handed out again', async () => {
		await flow(MONDAY, {}, false);
		expect(await flow(on(2, '09:20'), CHECKING, false)).toEqual([]);
	});

	it('of a flow that confirms nothing counts as told when it leaves', async () => {
		await escalate();
		expect(await check(on(2, '09:20'))).toEqual([]);
		const { log } = await ledgerOf().timeline(['acme']);
		expect(log.map(({ touch, what }) => [touch, what])).toContainEqual(['case/1/opened', 'sent']);
	});

	it('is not repeated to whoever acknowledged meanwhile', async () => {
		await flow(MONDAY, {}, true);
		await answer('acknowledge', on(2, '09:10'), [{ accountId: 'acme' }]);
		expect(await flow(on(2, '09:20'), CHECKING, true)).toEqual([]);
	});

	it('of a level is the same policy’s as when the case was opened, whatever the team is now', async () => {
		await escalate();
		const other = {
			...TEAM,
			levels: { level: [{ name: 'New', email: 'new@vendor.example', after: 0, unit: 'hours' }] },
		};
		await runRouter(on(2, '10:00'), [alerted('other')], other);
		expect(await check(on(2, '13:00'))).toContain(`level → ${MARIA}`);
	});
});

describe('Check Deadlines, with much to do', () => {
	it('looks at everything that is due, however much it is', async () => {
		const many = Array.from({ length: 1_003 }, (_each, index) =>
			asking(`a${String(index)}`, 'human_requested', `e${String(index)}`),
		);
		await runRouter(MONDAY, many);
		const told = await check(on(2, '12:00'));
		expect(told.filter((one) => one.startsWith('nearing'))).toHaveLength(1_003);
		expect(await check(on(2, '12:01'))).toEqual([]);
	});
});

describe('a level', () => {
	it('that is told several times is told in the hours between them that its field says', async () => {
		const level = { name: 'Maria', email: MARIA, after: 0, unit: 'hours', times: 2, every: 1 };
		await escalate({ levels: { level: [level] } });
		await check(on(2, '13:00'));
		expect(await check(on(2, '13:59'))).toEqual([]);
		expect(await check(on(2, '14:00'))).toEqual([`level → ${MARIA}`]);
		expect(await check(on(2, '15:00'))).toEqual([]);
	});

	it('whose field was emptied is told again after the usual four', async () => {
		const level = { name: 'Maria', email: MARIA, after: 0, unit: 'hours', times: 2, every: 0 };
		await escalate({ levels: { level: [level] } });
		await check(on(2, '13:00'));
		expect(await check(on(3, '08:59'))).toEqual([]);
		expect(await check(on(3, '09:00'))).toEqual([`level → ${MARIA}`]);
	});
});

describe('an error in between', () => {
	const without = async (act: () => Promise<unknown>): Promise<void> => {
		const real = opening.openLedger;
		jest.spyOn(opening, 'openLedger').mockImplementation(async (...given) => {
			const ledger = await real(...given);
			return new Proxy(ledger, {
				get: (target, name) => {
					if (name === 'timeline')
						return async () => await Promise.reject(new Error('The ledger is away'));
					const value: unknown = Reflect.get(target, name);
					return typeof value === 'function' ? (value.bind(target) as unknown) : value;
				},
			});
		});
		await act();
		jest.restoreAllMocks();
	};

	it('loses no notice, though nothing behind the node confirms any: it is told a quarter of an hour later', async () => {
		await escalate();
		await without(async () => {
			const ran = await runRouter(on(2, '13:00'), [{}], { operation: 'checkDeadlines' });
			expect(ran.error?.message).toContain('The ledger is away');
		});
		expect(await check(on(2, '13:14'))).toEqual([]);
		expect(await check(on(2, '13:15'))).toEqual([`breached → ${ANA}`, `level → ${MARIA}`]);
		expect(await check(on(2, '13:45'))).toEqual([]);
	});

	it('nor one of a case that was opened', async () => {
		await without(async () => {
			await escalate();
		});
		expect(await check(on(2, '09:15'))).toEqual([`opened → ${ANA}`]);
	});
});
