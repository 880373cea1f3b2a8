import type { TestNode, Wire } from '../harness/runWorkflow';
import {
	account,
	closeLedgers,
	emitted,
	freshUserFolder,
	hintsOf,
	JOURNEY,
	NOW,
	OUTPUTS,
	recalled,
	runJourney,
	wiredUp,
} from './CustomerJourney.setup';

beforeEach(freshUserFolder);
afterEach(closeLedgers);

describe('a sender that is switched off (P34)', () => {
	const input = [account('a')];

	it('all of them: a dry run, nothing leaves, what it would have sent is noted; switched on, it is a go-live', async () => {
		const off = wiredUp((output) => output <= 6);
		const dry = await runJourney({ input, ...off });
		expect(emitted(dry)).toEqual([]);
		expect(hintsOf(dry)).toContain('Dry run');
		expect((await recalled('live', ['a'])).touches).toEqual([]);
		expect(
			(await recalled('live', ['a'], true)).touches.map(({ state, attempts }) => [state, attempts]),
		).toEqual([['dry', 0]]);
		expect(emitted(await runJourney({ input }))).toEqual(['1: welcome a → admin@a.example']);
	});

	it('an import without any wire is a dry run too', async () => {
		expect(emitted(await runJourney({ input, behind: [], wires: [] }))).toEqual([]);
		expect((await recalled('live', ['a'])).touches).toEqual([]);
	});

	it('a disabled node in between hands on what nobody did: also dry', async () => {
		const { behind, wires } = wiredUp();
		const gates = OUTPUTS.map((output) => ({
			name: `Gate ${String(output)}`,
			type: 'n8n-nodes-base.noOp',
			disabled: true,
		}));
		const through = wires.flatMap((wire, index) => [
			{ ...wire, to: gates[index]?.name ?? '' },
			{ from: gates[index]?.name ?? '', to: wire.to },
		]);
		expect(
			emitted(await runJourney({ input, behind: [...behind, ...gates], wires: through })),
		).toEqual([]);
		expect((await recalled('live', ['a'])).touches).toEqual([]);
	});

	it.each<[string, boolean, string[]]>([
		['disabled: a dry run, though `done` leads on', true, []],
		['enabled: it goes', false, ['1: welcome a → admin@a.example']],
	])('in a Loop Over Items, %s', async (_what, disabled, expected) => {
		const run = await runJourney({
			input,
			behind: [
				{ name: 'Loop', type: 'n8n-nodes-base.splitInBatches' },
				{ name: 'Send', type: 'n8n-nodes-base.slack', disabled },
				{ name: 'Done', type: 'n8n-nodes-base.noOp' },
			],
			wires: [
				{ from: JOURNEY, output: 1, to: 'Loop' },
				{ from: 'Loop', output: 0, to: 'Done' },
				{ from: 'Loop', output: 1, to: 'Send' },
				{ from: 'Send', to: 'Loop' },
			],
		});
		expect(emitted(run)).toEqual(expected);
		expect((await recalled('live', ['a'])).touches).toHaveLength(expected.length);
	});

	it('behind the `done` of a Loop Over Items that hands its items round: it goes', async () => {
		const run = await runJourney({
			input,
			behind: [
				{ name: 'Loop', type: 'n8n-nodes-base.splitInBatches' },
				{ name: 'Pass', type: 'n8n-nodes-base.noOp' },
				{ name: 'Send', type: 'n8n-nodes-base.slack' },
			],
			wires: [
				{ from: JOURNEY, output: 1, to: 'Loop' },
				{ from: 'Loop', output: 1, to: 'Pass' },
				{ from: 'Pass', to: 'Loop' },
				{ from: 'Loop', output: 0, to: 'Send' },
			],
		});
		expect(emitted(run)).toEqual(['1: welcome a → admin@a.example']);
	});

	it('one of them: what is due there lapses for good, the rest goes', async () => {
		const off = wiredUp((output) => output === 1);
		const run = await runJourney({
			input: [account('a'), account('b', { createdAt: '2026-02-27T10:00:00' })],
			...off,
		});
		expect(emitted(run)).toEqual(['2: set-up-guide b → admin@b.example']);
		expect(hintsOf(run)).toMatch(/Output 1 \('Welcome'\) leads to no enabled node/);
		expect(
			(await recalled('live', ['a'])).touches.map(({ state, reasons }) => [
				state,
				reasons[0]?.code,
			]),
		).toEqual([['lapsed', 'senderDisabled']]);
		expect(emitted(await runJourney({ input }))).toEqual([]);
	});

	it('of a hand-over: it is not written off, but comes as soon as somebody is wired to it', async () => {
		const unsubscribed = [
			account('a', {
				contacts: [{ email: 'x@a.example', role: 'admin', status: 'active', unsubscribed: true }],
			}),
		];
		const run = await runJourney({ input: unsubscribed, ...wiredUp((output) => output === 8) });
		expect(emitted(run)).toEqual([]);
		expect(hintsOf(run)).toMatch(/Output 8 .* hand-overs and alerts wait/);
		expect(emitted(await runJourney({ input: unsubscribed }))).toHaveLength(1);
	});
});

describe("a sender with n8n's Retry On Fail (rule 5: it would send a batch again)", () => {
	const input = [account('a')];
	const { behind, wires } = wiredUp();
	const sender = (name: string, type: string, over: object = {}): TestNode => ({
		name,
		type,
		retryOnFail: true,
		...over,
	});
	const confirm = {
		name: 'Confirm',
		type: 'n8n-nodes-digital-cs.journeyLedger',
		parameters: { operation: 'confirmTouch' },
	};
	const only = (...nodes: TestNode[]): TestNode[] => [...behind.slice(1), ...nodes];
	const through = (...names: string[]): Wire[] => [
		...wires.slice(1),
		...names.map((to, index) =>
			index === 0 ? { from: JOURNEY, output: 1, to } : { from: names[index - 1] ?? '', to },
		),
	];

	it.each<[string, TestNode[], Wire[]]>([
		['a mail node', only(sender('Mail', 'n8n-nodes-base.emailSend')), through('Mail')],
		[
			'any node before Confirm Touch, also behind others',
			only(
				{ name: 'Pass', type: 'n8n-nodes-base.noOp' },
				sender('Mail', 'n8n-nodes-base.slack'),
				confirm,
			),
			through('Pass', 'Mail', 'Confirm'),
		],
	])('is named in a hint: %s', async (_what, nodes, wired) => {
		const run = await runJourney({ input, behind: nodes, wires: wired });
		expect(emitted(run)).toHaveLength(1);
		expect(hintsOf(run)).toMatch(/Retry On Fail is on at 'Mail': .*Switch it off/);
	});

	it.each<[string, TestNode[], Wire[]]>([
		[
			'switched off',
			only(sender('Mail', 'n8n-nodes-base.emailSend', { retryOnFail: false })),
			through('Mail'),
		],
		[
			'of a node that only reads before the sender',
			only(sender('Read', 'n8n-nodes-base.slack'), {
				name: 'Mail',
				type: 'n8n-nodes-base.emailSend',
			}),
			through('Read', 'Mail'),
		],
		['of Confirm Touch itself', only({ ...confirm, retryOnFail: true }), through('Confirm')],
	])('is not spoken of: %s', async (_what, nodes, wired) => {
		const run = await runJourney({ input, behind: nodes, wires: wired });
		expect(hintsOf(run)).not.toContain('Retry On Fail');
	});
});

describe('an n8n that dies again and again before a message leaves', () => {
	const sweepsOf = async (sender: string): Promise<string[][]> => {
		const { behind, wires } = wiredUp();
		const senders = behind.map((node) =>
			node.type.endsWith('journeyEmail') ? { ...node, type: sender } : node,
		);
		const sent: string[][] = [];
		for (let sweep = 0; sweep < 6; sweep++) {
			const now = new Date(Date.parse(NOW) + sweep * 31 * 60_000).toISOString();
			// nothing is ever begun or confirmed, as when the machine is gone right after the claim
			const run = await runJourney({ input: [account('a')], now, behind: senders, wires });
			sent.push(emitted(run).map((line) => line.split(' ')[1] ?? ''));
		}
		return sent;
	};

	it('writes nobody off where Journey Email follows: what it has not begun went nowhere', async () => {
		const sweeps = await sweepsOf('n8n-nodes-digital-cs.journeyEmail');
		expect(sweeps).toEqual(Array.from({ length: 6 }, () => ['welcome']));
	});

	it('asks a human after three attempts where another sender follows: it may have sent each time', async () => {
		const sweeps = await sweepsOf('n8n-nodes-base.emailSend');
		expect(sweeps.slice(0, 4)).toEqual([['welcome'], ['welcome'], ['welcome'], ['reach-by-hand']]);
	});
});
