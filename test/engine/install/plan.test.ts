import type { LiveFlow, ShippedFlow } from '../../../engine/install/flow';
import { isMark } from '../../../engine/install/mark';
import { changed, flow, installed, node, situation, wire } from './flows';

const shipped = (one = flow()): ShippedFlow[] => [{ key: 'one', flow: one }];

/** The only workflow after installing this over that. */
function after(one: ReturnType<typeof flow>, workflows: LiveFlow[], wishes = {}) {
	const ran = installed(situation(shipped(one), workflows), wishes);
	const [live] = ran.workflows;
	if (live === undefined) throw new Error('There is none');
	return { ...ran, live, decision: ran.decisions[0] };
}
const first = (): LiveFlow => after(flow(), []).live;

/** What a user did in the editor, on the workflow that is there. */
function edited(live: LiveFlow, changes: Parameters<typeof changed>[1]): LiveFlow {
	return { ...live, ...changed(live, changes) };
}
const newWords = changed(flow(), { Mail: { parameters: { subject: 'Welcome', days: 2 } } });

describe('what is no change of substance', () => {
	it.each<[string, (live: LiveFlow) => LiveFlow]>([
		['nothing at all', (live) => live],
		['moved', (live) => edited(live, { Mail: { position: [300, 20] } })],
		['switched on', (live) => edited(live, { Mail: { disabled: false } })],
		[
			'a credential chosen',
			(live) => edited(live, { Mail: { credentials: { smtp: { id: '1' } } } }),
		],
		['renamed as a whole', (live) => ({ ...live, name: 'Ours' })],
		['another time zone', (live) => ({ ...live, settings: { timezone: 'Europe/Berlin' } })],
		[
			'saved by the editor with empty lists',
			(live) =>
				edited(live, { Every: {}, 'Every hour': { parameters: { options: {}, list: [] } } }),
		],
	])('%s: up to date, and upgraded with a new version', (_what, edit) => {
		const live = edit(first());
		expect(after(flow(), [live]).decision).toMatchObject({ do: 'keep', why: 'upToDate' });
		const { decision, live: now } = after(newWords, [live]);
		expect(decision).toMatchObject({ do: 'update', how: 'upgrade' });
		const mail = now.nodes.find(({ name }) => name === 'Mail');
		const before = live.nodes.find(({ name }) => name === 'Mail');
		expect(mail?.parameters.subject).toBe('Welcome');
		expect(mail?.position).toEqual(before?.position);
		expect(mail?.disabled ?? false).toBe(before?.disabled ?? false);
		expect(mail?.credentials).toEqual(before?.credentials);
		expect(now).toMatchObject({ name: live.name, settings: live.settings });
	});

	it('what the editor leaves out when it saves, because it is the default', () => {
		const unsaved = { one: { [node('bbbbbbbb', '').id]: { leavesOut: ['days'] } } };
		const { workflows } = installed(situation(shipped(), [], { unsaved }));
		const saved = workflows.map((live) =>
			edited(live, { Mail: { parameters: { subject: 'Hello' } } }),
		);
		const { decisions } = installed(situation(shipped(), saved, { unsaved }));
		expect(decisions).toMatchObject([{ do: 'keep', why: 'upToDate' }]);
		const upgrade = installed(situation(shipped(newWords), saved, { unsaved }));
		expect(upgrade.decisions).toMatchObject([{ do: 'update', how: 'upgrade' }]);
		// without that knowledge it asks, and overwrites nothing
		const unknown = installed(situation(shipped(), [])).workflows.map((live) =>
			edited(live, { Mail: { parameters: { subject: 'Hello' } } }),
		);
		expect(installed(situation(shipped(newWords), unknown)).decisions).toMatchObject([
			{ do: 'skip', why: 'changed' },
		]);
	});
});

it('what the editor puts in when it saves, because the default is a list, is no change', () => {
	const steps = { step: [{ id: 'tip', days: 14 }] };
	const unsaved = { one: { [node('bbbbbbbb', '').id]: { putsIn: { steps } } } };
	const [live] = installed(situation(shipped(), [], { unsaved })).workflows;
	if (live === undefined) throw new Error('There is none');
	const saved = (days: number): LiveFlow =>
		edited(live, {
			Mail: {
				parameters: { subject: 'Hello', days: 2, steps: { step: [{ id: 'tip', days }] } },
			},
		});
	const decided = (one: LiveFlow, flows = shipped()): unknown =>
		installed(situation(flows, [one], { unsaved })).decisions[0];
	expect(decided(saved(14))).toMatchObject({ do: 'keep', why: 'upToDate' });
	expect(decided(saved(14), shipped(newWords))).toMatchObject({ do: 'update', how: 'upgrade' });
	// of what was put in only what is another one is told
	expect(decided(saved(7))).toMatchObject({
		why: 'yours',
		changes: [{ details: [{ place: 'parameters.steps.step.0.days', yours: 7 }] }],
	});
});

describe('what is one, and whose it is', () => {
	it.each<[string, (live: LiveFlow) => LiveFlow, object]>([
		[
			'a setting',
			(live) => edited(live, { Mail: { parameters: { subject: 'Ours', days: 2 } } }),
			{
				node: 'Mail',
				where: 'both',
				details: [{ place: 'parameters.subject', yours: 'Ours', shipped: 'Hello' }],
			},
		],
		[
			'a name',
			(live) => ({
				...edited(live, { Mail: { name: 'Letter' } }),
				connections: { 'Every hour': wire('Letter') },
			}),
			{
				node: 'Letter',
				where: 'both',
				details: [{ place: 'name', yours: 'Letter', shipped: 'Mail' }],
			},
		],
		[
			'a retry',
			(live) => edited(live, { Mail: { retryOnFail: true } }),
			{ node: 'Mail', where: 'both', details: [{ place: 'retryOnFail', yours: true }] },
		],
		[
			'a wire taken away',
			(live) => ({ ...live, connections: {} }),
			{
				node: 'Every hour',
				where: 'both',
				details: [{ wire: 'main 0 → Mail 0', where: 'shipped' }],
			},
		],
		[
			'a node added',
			(live) => ({ ...live, nodes: [...live.nodes, node('dddddddd', 'Mine')] }),
			{ node: 'Mine', where: 'yours' },
		],
		[
			'a node removed',
			(live) => ({ ...edited(live, { Mail: undefined }), connections: {} }),
			{ node: 'Mail', where: 'shipped' },
		],
	])('%s: theirs, kept as long as there is nothing new', (_what, edit, change) => {
		const { decision } = after(flow(), [edit(first())]);
		expect(decision).toMatchObject({ do: 'keep', why: 'yours' });
		expect(decision).toHaveProperty(
			'changes',
			expect.arrayContaining([expect.objectContaining({ ...change, by: 'you' })]),
		);
	});

	it('with a new version, is not touched: theirs and ours are told apart', () => {
		const live = edited(first(), { 'Every hour': { parameters: { hours: 2 } } });
		const { decision, live: now } = after(newWords, [live]);
		expect(decision).toMatchObject({
			do: 'skip',
			why: 'changed',
			changes: [
				{ node: 'Every hour', by: 'you' },
				{ node: 'Mail', by: 'us' },
			],
		});
		expect(now).toEqual(live);
	});

	it('the same node changed on both sides is both', () => {
		const live = edited(first(), { Mail: { parameters: { subject: 'Ours', days: 2 } } });
		expect(after(newWords, [live]).decision).toMatchObject({
			do: 'skip',
			changes: [{ node: 'Mail', by: 'both' }],
		});
	});
});

describe('merge', () => {
	const merge = { merge: new Set(['one']) };

	it('takes each node from where it was changed, with the wires that leave it', () => {
		const ours = changed(flow(), { Mail: { parameters: { subject: 'Welcome', days: 2 } } });
		const next = {
			...ours,
			nodes: [...ours.nodes, node('eeeeeeee', 'New at the end')],
			connections: { ...ours.connections, Mail: wire('New at the end') },
		};
		const mine = edited(first(), { 'Every hour': { parameters: { hours: 2 } } });
		const live = {
			...mine,
			nodes: [...mine.nodes, node('dddddddd', 'Mine')],
			connections: { 'Every hour': wire('Mine'), Mine: wire('Mail') },
		};
		const { live: now } = after(next, [live], merge);
		expect(now.nodes.map(({ name }) => name)).toEqual([
			'Every hour',
			'Mail',
			'Overview',
			'New at the end',
			'Mine',
		]);
		expect(now.nodes[0]?.parameters).toEqual({ hours: 2 });
		expect(now.nodes[1]?.parameters.subject).toBe('Welcome');
		expect(now.connections).toEqual({
			'Every hour': wire('Mine'),
			Mine: wire('Mail'),
			Mail: wire('New at the end'),
		});
		expect(after(next, [now]).decision).toMatchObject({ do: 'keep', why: 'yours' });
	});

	it('where both changed it stays theirs', () => {
		const live = edited(first(), { Mail: { parameters: { subject: 'Ours', days: 2 } } });
		const { live: now } = after(newWords, [live], merge);
		expect(now.nodes[1]?.parameters.subject).toBe('Ours');
	});

	it('what they removed stays away, and no wire leads to it', () => {
		const live = { ...edited(first(), { Mail: undefined }), connections: {} };
		const next = changed(flow(), { 'Every hour': { parameters: { hours: 3 } } });
		const { live: now } = after(next, [live], merge);
		expect(now.nodes.map(({ name }) => name)).toEqual(['Every hour', 'Overview']);
		expect(JSON.stringify(now.connections)).not.toContain('Mail');
	});

	it('a renamed node keeps its name, and what is new leads to it', () => {
		const live = {
			...edited(first(), { Mail: { name: 'Letter' } }),
			connections: { 'Every hour': wire('Letter') },
		};
		const next = {
			...flow(),
			nodes: [...flow().nodes, node('eeeeeeee', 'Begin')],
			connections: { ...flow().connections, Begin: wire('Mail') },
		};
		const { live: now } = after(next, [live], merge);
		expect(now.connections).toEqual({ 'Every hour': wire('Letter'), Begin: wire('Letter') });
	});

	it('is refused where nobody noted what was installed', () => {
		const byHand: LiveFlow = {
			...changed(flow(), { Mail: { parameters: { subject: 'Ours' } } }),
			active: false,
			createdAt: '1',
		};
		expect(after(flow(), [byHand]).decision).toMatchObject({
			do: 'skip',
			why: 'changed',
			changes: [{ by: 'unknown' }],
		});
		expect(after(flow(), [byHand], merge).decision).toMatchObject({ do: 'skip', why: 'unmarked' });
	});
});

describe('how a flow is known again', () => {
	const live = (more: Partial<LiveFlow>): LiveFlow => ({
		...flow(),
		id: 'x',
		active: false,
		createdAt: '1',
		...more,
	});
	const newIds = flow().nodes.map((one, place) => ({ ...one, id: `${place}${one.id}` }));

	it.each<[string, LiveFlow]>([
		[
			'imported from the command line, with the id of the file',
			live({ id: 'dcsOne', name: 'Ours' }),
		],
		['imported by the API, with the ids of the nodes', live({ name: 'Ours' })],
		['imported on the canvas, with new ids under the same name', live({ nodes: newIds })],
	])('%s: noted, and upgraded from then on', (_what, byHand) => {
		const { decision, live: now } = after(flow(), [byHand]);
		expect(decision).toMatchObject({ do: 'mend', what: ['mark'] });
		expect(now.nodes.some(({ notes }) => isMark(notes))).toBe(true);
		expect(after(newWords, [now]).decision).toMatchObject({ do: 'update', how: 'upgrade' });
	});

	it('its mark outlives new ids and a new name, as an export and an import give them', () => {
		const nodes = first().nodes.map((one, place) => ({ ...one, id: `${place}${one.id}` }));
		const moved = { ...first(), nodes, name: 'Elsewhere' };
		expect(after(newWords, [moved]).decision).toMatchObject({ do: 'update', how: 'upgrade' });
	});

	it('another workflow of the same name is not it', () => {
		const { decisions, workflows } = installed(
			situation(shipped(), [live({ nodes: [node('99999999', 'Else')] })]),
		);
		expect(decisions).toMatchObject([{ do: 'create' }]);
		expect(workflows).toHaveLength(2);
	});

	it('of a duplicate the older is kept up to date, and the other one is named and left alone', () => {
		const copy = { ...first(), id: 'copy', createdAt: '9' };
		const { decisions, workflows } = installed(situation(shipped(newWords), [copy, first()]));
		expect(decisions).toMatchObject([
			{ do: 'update', found: { live: { id: 'wf0' } }, copies: [{ id: 'copy' }] },
		]);
		expect(workflows[0]).toEqual(copy);
	});

	it('an archived one counts as deleted', () => {
		expect(
			installed(situation(shipped(), [{ ...first(), isArchived: true }])).decisions,
		).toMatchObject([{ do: 'create' }]);
	});
});

describe('published workflows', () => {
	it('are left alone unless that is wished, changed or not', () => {
		const live = { ...first(), active: true };
		expect(after(newWords, [live]).decision).toMatchObject({ do: 'skip', why: 'active' });
		expect(after(newWords, [live], { overwrite: new Set(['one']) }).decision).toMatchObject({
			do: 'skip',
			why: 'active',
		});
		expect(after(newWords, [live], { updateActive: true }).decision).toMatchObject({
			do: 'update',
		});
		expect(after(flow(), [live]).decision).toMatchObject({ do: 'keep' });
	});
});

describe('flows that call others', () => {
	const caller = flow({
		id: 'dcsCaller',
		nodes: [
			node('aaaa0000', 'Call', {
				parameters: {
					workflowId: { __rl: true, mode: 'list', value: 'dcsOne', cachedResultName: 'One' },
				},
			}),
			node('cccc0000', 'Overview', { type: 'n8n-nodes-base.stickyNote' }),
		],
		connections: {},
	});
	const both: ShippedFlow[] = [
		{ key: 'caller', flow: caller },
		{ key: 'one', flow: flow() },
	];
	const target = (workflows: LiveFlow[]): unknown =>
		workflows.find(({ nodes }) => nodes.some(({ name }) => name === 'Call'))?.nodes[0]?.parameters
			.workflowId;

	it('come after them, and are pointed at the id that n8n gave', () => {
		const { decisions, workflows } = installed(situation(both, []));
		expect(decisions.map(({ key }) => key)).toEqual(['one', 'caller']);
		expect(target(workflows)).toMatchObject({ value: 'wf0' });
	});

	it('are pointed at one that comes later, and at one that was made anew', () => {
		const alone = installed(situation(both, []), { only: new Set(['caller']) }).workflows;
		expect(target(alone)).toMatchObject({ value: 'dcsOne' });
		const then = installed(situation(both, alone));
		expect(then.decisions).toMatchObject([{ do: 'create' }, { do: 'mend', what: ['links'] }]);
		expect(target(then.workflows)).toMatchObject({ value: 'wf1' });
		const again = then.workflows.filter(
			({ name, nodes }) => name !== 'One' || nodes[0]?.name === 'Call',
		);
		const fresh = installed(situation(both, [{ ...again[0], id: 'wf9' } as LiveFlow]));
		expect(target(fresh.workflows)).toMatchObject({ value: 'wf1' });
		expect(installed(situation(both, fresh.workflows)).decisions).toMatchObject([
			{ do: 'keep' },
			{ do: 'keep', why: 'upToDate' },
		]);
	});

	it('one that the user chose anew from the list is the same, with what the editor notes beside it', () => {
		const { workflows } = installed(situation(both, []));
		const value = workflows[0]?.id;
		const chosen = { __rl: true, mode: 'id', value, cachedResultUrl: '/workflow/1' };
		const mine = workflows.map((live) =>
			edited(live, { Call: { parameters: { workflowId: chosen } } }),
		);
		expect(installed(situation(both, mine)).decisions[1]).toMatchObject({ why: 'upToDate' });
	});

	it('one that the user pointed elsewhere stays there', () => {
		const { workflows } = installed(situation(both, []));
		const mine = workflows.map((live) =>
			edited(live, {
				Call: { parameters: { workflowId: { __rl: true, mode: 'list', value: 'own' } } },
			}),
		);
		const { decisions } = installed(situation(both, mine));
		expect(decisions[1]).toMatchObject({ do: 'keep', why: 'yours' });
	});
});
