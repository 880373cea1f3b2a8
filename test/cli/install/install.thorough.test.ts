import { install, type InstallOptions } from '../../../cli/install/install';
import { uninstall, type UninstallOptions } from '../../../cli/install/uninstall';
import { readMark } from '../../../engine/install/mark';
import type { LiveFlow } from '../../../engine/install/flow';
import { shippedFlows } from '../../../cli/install/shippedFlows';
import { startN8nStub, type N8nStub } from './n8nStub';
import { changeNode, packageBefore, packageNow } from './packages';

let stub: N8nStub;
beforeEach(async () => {
	stub = await startN8nStub();
});
afterEach(async () => {
	await stub.close();
});

type Ran = { code: number; told: string; complained: string };

async function run(
	options: Partial<InstallOptions> = { yes: true },
	pack = packageNow(),
	ask?: (question: string) => Promise<string>,
): Promise<Ran> {
	const ran = { told: '', complained: '' };
	const code = await install(
		{ url: stub.url, apiKey: stub.key, ...options },
		{
			tell: (text) => (ran.told += text),
			complain: (text) => (ran.complained += text),
			ask,
		},
		pack,
	);
	return { code, ...ran };
}

async function runUninstall(
	names: string[],
	options: Partial<UninstallOptions> = { yes: true },
): Promise<Ran> {
	const ran = { told: '', complained: '' };
	const code = await uninstall(
		names,
		{ url: stub.url, apiKey: stub.key, ...options },
		{
			tell: (text) => (ran.told += text),
			complain: (text) => (ran.complained += text),
			ask: undefined,
		},
		packageNow(),
	);
	return { code, ...ran };
}

const keys = shippedFlows().map(({ key }) => key);
const find = (key: string): LiveFlow => {
	const found = [...stub.workflows.values()].filter((live) => readMark(live)?.flow === key);
	expect(found).toHaveLength(1);
	const [only] = found;
	if (only === undefined) throw new Error(`No workflow of ${key}`);
	return only;
};
const nodeOf = (live: LiveFlow, name: string): LiveFlow['nodes'][number] => {
	const node = live.nodes.find((one) => one.name === name);
	if (node === undefined) throw new Error(`No node ${name}`);
	return node;
};
const state = (): string => JSON.stringify([...stub.workflows.values()]);

describe('install into an empty n8n', () => {
	it('creates each flow once, inactive, with those that call the desk pointed at its id', async () => {
		const { code, told } = await run();
		expect(code).toBe(0);
		expect([...stub.workflows.values()].map((live) => readMark(live)?.flow).sort()).toEqual(keys);
		expect([...stub.workflows.values()].some(({ active }) => active)).toBe(false);
		const desk = find('ops-escalation-desk').id;
		const calls = [...stub.workflows.values()].flatMap(({ nodes }) =>
			nodes.filter(({ type }) => type === 'n8n-nodes-base.executeWorkflow'),
		);
		expect(calls.length).toBeGreaterThan(1);
		for (const { parameters } of calls)
			expect(parameters).toMatchObject({ workflowId: { value: desk } });
		expect(told).toContain('Still to do, by hand');
	});

	it('changes nothing the second time, and says so', async () => {
		await run();
		const before = state();
		const writes = stub.writes().length;
		const { code, told } = await run();
		expect(code).toBe(0);
		expect(stub.writes()).toHaveLength(writes);
		expect(state()).toBe(before);
		expect(told).toContain('Nothing to do');
	});

	it('shows what it would do and stops where nobody can be asked', async () => {
		const { code, told, complained } = await run({});
		expect(code).toBe(2);
		expect(told).toMatch(/create\s+journey-onboarding/);
		expect(complained).toContain('--yes');
		expect(stub.writes()).toEqual([]);
	});

	it('asks at a terminal, and takes only yes for yes', async () => {
		expect((await run({}, packageNow(), async () => await Promise.resolve(''))).code).toBe(2);
		expect(stub.writes()).toEqual([]);
		expect((await run({}, packageNow(), async () => await Promise.resolve('y'))).code).toBe(0);
		expect(stub.workflows.size).toBe(keys.length);
	});

	it('does nothing where somebody saved a workflow while the question stood there', async () => {
		await run({ yes: true }, packageBefore());
		const writes = stub.writes().length;
		const { code, complained } = await run({}, packageNow(), async () => {
			changeNode(find('journey-onboarding'), 'Mail: nudge', (node) => {
				node.parameters = { ...node.parameters, subject: 'Just now' };
			});
			return await Promise.resolve('y');
		});
		expect(code).toBe(1);
		expect(complained).toContain('changed in n8n in the meantime');
		expect(stub.writes()).toHaveLength(writes);
	});

	it('a dry run writes nothing, whatever else is said', async () => {
		expect((await run({ dryRun: true, yes: true })).code).toBe(0);
		expect(stub.writes()).toEqual([]);
	});

	it('installs one alone; what it calls is pointed at when that comes', async () => {
		await run({ yes: true, only: 'journey-onboarding' });
		expect(stub.workflows.size).toBe(1);
		const { told } = await run({ yes: true, only: 'journey-onboarding' });
		expect(told).toContain(
			'‘Or: escalation desk’ calls the flow ops-escalation-desk, which is not installed',
		);
		await run();
		const call = nodeOf(find('journey-onboarding'), 'Or: escalation desk');
		expect(call.parameters).toMatchObject({
			workflowId: { value: find('ops-escalation-desk').id },
		});
		expect((await run()).told).toContain('Nothing to do');
	});

	it('does nothing where the package is missing, and says how to install it', async () => {
		stub.pack = { there: false };
		const { code, told } = await run();
		expect(code).toBe(1);
		expect(stub.writes()).toEqual([]);
		expect(told).toMatch(/Community nodes[\s\S]*N8N_UNVERIFIED_PACKAGES_ENABLED=true/);
	});

	it('is not stopped by what other tools made, and names what it cannot compare', async () => {
		const strange = { id: 'a', name: 'Theirs', nodes: [{ type: 7 }], active: false };
		const ours = { ...strange, id: 'b', name: 'Odd', nodes: [{ type: 'n8n-nodes-digital-cs.x' }] };
		for (const one of [strange, ours]) stub.workflows.set(one.id, one as unknown as LiveFlow);
		const { code, complained } = await run();
		expect(code).toBe(0);
		expect(complained).toMatch(/“Odd” has nodes of this pack .*left alone/);
		expect(complained).not.toContain('Theirs');
		expect(stub.workflows.size).toBe(keys.length + 2);
		expect(stub.workflows.get('b')).toEqual(ours);
	});

	it('touches no workflow of the user’s own that has the same name', async () => {
		const own = { id: 'own', name: 'Onboarding to first value', nodes: [], connections: {} };
		const live = { ...own, active: true, createdAt: '2020-01-01' };
		stub.workflows.set('own', live);
		await run();
		expect(stub.workflows.get('own')).toEqual(live);
		expect(find('journey-onboarding').id).not.toBe('own');
	});

	it('says of a few flows all that is left to do, and of many how much', async () => {
		await run();
		const many = (await run()).told.split('\n');
		expect(many).toContain(`  keep    ${keys.length} flows, up to date`);
		expect(many.join('\n')).toMatch(/made-up data +example addresses +credentials +to enable\n/);
		expect(many.length).toBeLessThan(60);
		const { told } = await run({ yes: true, only: 'ops-sla-watch' });
		expect(told).toMatch(/Choose the credentials .* “SMTP account” in ‘Mail: reminder’/);
		expect(told).toMatch(/Enable what you use of ‘Mail: reminder’ and ‘Mail: the queue’/);
	});

	it('says that the package there is another version than the flows', async () => {
		stub.pack = { there: true, version: '0.1.0' };
		expect((await run({ dryRun: true })).told).toMatch(
			/0\.1\.0 is there\. These flows are those of 0\.2\.0/,
		);
	});
});

describe('credentials', () => {
	const smtp = { id: 'cred1', name: 'Our mail', type: 'smtp' };
	const inWelcome = (): unknown => nodeOf(find('journey-onboarding'), 'Mail: welcome').credentials;

	it('puts in the only one of a type', async () => {
		stub.credentials = [smtp];
		await run();
		expect(inWelcome()).toEqual({ smtp: { id: 'cred1', name: 'Our mail' } });
	});

	it('leaves it open where there are two, says so, and takes the one that is named', async () => {
		stub.credentials = [smtp, { id: 'cred2', name: 'Another', type: 'smtp' }];
		const { told } = await run();
		expect(inWelcome()).toEqual({ smtp: { id: null, name: 'SMTP account' } });
		expect(told).toMatch(
			/Several of the type of: “SMTP account” \(smtp\)\..*--credential smtp=<id>/,
		);
		await run({ yes: true, credential: ['smtp=cred2'] });
		expect(inWelcome()).toEqual({ smtp: { id: 'cred2', name: 'Another' } });
	});

	it('takes the one of the very name among several', async () => {
		stub.credentials = [smtp, { id: 'cred2', name: 'SMTP account', type: 'smtp' }];
		await run();
		expect(inWelcome()).toEqual({ smtp: { id: 'cred2', name: 'SMTP account' } });
	});

	it('puts in one that was made later with the next run', async () => {
		await run();
		stub.credentials = [smtp];
		const { told } = await run();
		expect(told).toContain('credentials put in that are there by now');
		expect(inWelcome()).toEqual({ smtp: { id: 'cred1', name: 'Our mail' } });
		expect((await run()).told).toContain('Nothing to do');
	});

	it('never puts in a password that may be for something else', async () => {
		stub.credentials = [{ id: 'basic', name: 'Our wiki', type: 'httpBasicAuth' }];
		await run();
		expect(state()).not.toContain('"basic"');
	});

	it('never puts in one sender’s secret for another’s', async () => {
		stub.credentials = [
			{ id: 'secret', name: 'Customer events secret', type: 'digitalCsWebhookSecretApi' },
		];
		await run();
		const secretOf = (key: string, name: string): unknown => nodeOf(find(key), name).credentials;
		expect(secretOf('journey-onboarding', 'CRM events')).toMatchObject({
			digitalCsWebhookSecretApi: { id: 'secret' },
		});
		expect(secretOf('ops-community', 'Community events')).toMatchObject({
			digitalCsWebhookSecretApi: { id: null },
		});
	});

	it('says which it put in', async () => {
		stub.credentials = [smtp];
		expect((await run()).told).toContain('In the nodes: “Our mail” (smtp).');
	});

	it('knows those that workflows use where the key may not list them, and says so', async () => {
		stub.credentials = [smtp];
		await run({ yes: true, only: 'ops-sla-watch' });
		stub.mayList = false;
		const { told } = await run();
		expect(told).toContain('may not list credentials');
		expect(inWelcome()).toEqual({ smtp: { id: 'cred1', name: 'Our mail' } });
	});
});

describe('install over an older version', () => {
	const welcome = (): unknown =>
		nodeOf(find('journey-onboarding'), 'Mail: welcome').parameters.subject;

	beforeEach(async () => {
		await run({ yes: true }, packageBefore());
		expect(welcome()).toBe('Hello');
	});

	it('upgrades what nobody changed; place, credential, webhook, switch, name and time zone stay', async () => {
		const live = find('journey-onboarding');
		live.name = 'Our onboarding';
		live.settings = { ...live.settings, timezone: 'Europe/Berlin' };
		changeNode(live, 'Mail: welcome', (node) => {
			node.position = [11, 12];
			node.disabled = false;
			node.credentials = { smtp: { id: 'mine', name: 'Mine' } };
		});
		changeNode(live, 'Overview', (node) => (node.parameters = { ...node.parameters, width: 1234 }));
		const hook = nodeOf(live, 'CRM events').webhookId;
		const { code, told } = await run();
		expect(code).toBe(0);
		expect(told).toMatch(/update\s+journey-onboarding\s+you changed nothing in it/);
		const now = find('journey-onboarding');
		expect(now).toMatchObject({
			id: live.id,
			name: 'Our onboarding',
			settings: { timezone: 'Europe/Berlin' },
		});
		expect(welcome()).toBe(packageSubject());
		expect(nodeOf(now, 'Mail: welcome')).toMatchObject({
			position: [11, 12],
			credentials: { smtp: { id: 'mine', name: 'Mine' } },
		});
		expect(nodeOf(now, 'Mail: welcome').disabled ?? false).toBe(false);
		expect(nodeOf(now, 'Mail: nudge').disabled).toBe(true);
		expect(nodeOf(now, 'Overview').parameters.width).toBe(1234);
		expect(nodeOf(now, 'CRM events').webhookId).toBe(hook);
		expect(now.nodes.map(({ name }) => name)).not.toContain('Gone since');
		expect(find('ops-content-review').active).toBe(false);
		expect((await run()).told).toContain('Nothing to do');
	});

	describe('that its user changed', () => {
		beforeEach(() => {
			changeNode(find('journey-onboarding'), 'Mail: nudge', (node) => {
				node.parameters = { ...node.parameters, subject: 'Our own words' };
			});
			changeNode(find('journey-onboarding'), 'Mail: welcome', (node) => {
				node.position = [5, 5];
			});
		});

		it('does not touch it, shows both changes, and says how to go on', async () => {
			const before = JSON.stringify(find('journey-onboarding'));
			const { code, told } = await run();
			expect(code).toBe(0);
			expect(JSON.stringify(find('journey-onboarding'))).toBe(before);
			expect(told).toMatch(
				/skip\s+journey-onboarding\s+changed in your n8n, and there is a new version: not touched/,
			);
			expect(told).toMatch(/yours\s+'Mail: nudge'\n\s+subject: "Our own words" in your n8n/);
			expect(told).toMatch(/new\s+'Mail: welcome'\n\s+subject: "Hello" in your n8n/);
			expect(told).toMatch(/new\s+'Gone since' is no longer part of the flow/);
			for (const option of ['--merge', '--beside', '--overwrite'])
				expect(told).toContain(`${option} journey-onboarding`);
			expect(find('ops-content-review')).toBeDefined();
			expect((await run()).told).toContain('Nothing to do');
		});

		it('--merge takes over what is new and keeps what is theirs', async () => {
			await run({ yes: true, merge: 'journey-onboarding' });
			const now = find('journey-onboarding');
			expect(welcome()).toBe(packageSubject());
			expect(nodeOf(now, 'Mail: nudge').parameters.subject).toBe('Our own words');
			expect(now.nodes.map(({ name }) => name)).not.toContain('Gone since');
			expect(JSON.stringify(now.connections)).not.toContain('Gone since');
			const { told } = await run();
			expect(told).toMatch(/keep\s+journey-onboarding\s+changed by you, and nothing new in it/);
			expect(told).toContain('Nothing to do');
		});

		it('--overwrite puts the shipped one in its place', async () => {
			await run({ yes: true, overwrite: 'journey-onboarding' });
			expect(welcome()).toBe(packageSubject());
			expect(state()).not.toContain('Our own words');
			expect((await run()).told).toContain('Nothing to do');
		});

		it('--beside leaves it and installs the new one beside, once', async () => {
			const before = JSON.stringify(find('journey-onboarding'));
			await run({ yes: true, beside: 'journey-onboarding' });
			const both = [...stub.workflows.values()].filter(
				(live) => readMark(live)?.flow === 'journey-onboarding',
			);
			expect(both.map(({ name }) => name)).toEqual([
				'Onboarding to first value',
				'Onboarding to first value (0.2.0)',
			]);
			expect(JSON.stringify(both[0])).toBe(before);
			const hooks = both.map((live) => nodeOf(live, 'CRM events').webhookId);
			expect(new Set(hooks).size).toBe(2);
			const writes = stub.writes().length;
			await run({ yes: true, beside: 'journey-onboarding' });
			expect(stub.writes()).toHaveLength(writes);
			// theirs is deleted at last: the other takes its place
			stub.workflows.delete(both[0]?.id ?? '');
			expect((await run()).told).toContain('Nothing to do');
		});
	});

	it('does not touch a published one that has changes its user has not published', async () => {
		const live = Object.assign(find('journey-onboarding'), { active: true, activeVersionId: 'v0' });
		const before = JSON.stringify(live);
		const { told } = await run({ yes: true, updateActive: true, overwrite: 'journey-onboarding' });
		expect(told).toMatch(/skip\s+journey-onboarding .*changes of yours that are not published/);
		expect(JSON.stringify(find('journey-onboarding'))).toBe(before);
	});

	it('publishes none that was published only after it looked', async () => {
		await run({}, packageNow(), async () => await Promise.resolve('y'));
		expect(stub.writes().filter((one) => one.startsWith('PUT'))).toEqual([
			expect.stringMatching(/\/workflows\/[\w-]+\?publishIfActive=false$/),
		]);
	});

	it('gets on with an n8n that cannot be told whether to publish', async () => {
		stub.knowsDrafts = false;
		expect((await run()).code).toBe(0);
		expect(welcome()).toBe(packageSubject());
	});

	it('does not touch a published one without --update-active', async () => {
		const live = find('journey-onboarding');
		live.active = true;
		live.activeVersionId = live.versionId;
		const { told } = await run();
		expect(welcome()).toBe('Hello');
		expect(told).toMatch(
			/skip\s+journey-onboarding\s+there is something new, and it is published: not touched/,
		);
		await run({ yes: true, updateActive: true });
		expect(welcome()).toBe(packageSubject());
		expect(find('journey-onboarding').active).toBe(true);
	});
});

function packageSubject(): unknown {
	const flow = shippedFlows().find(({ key }) => key === 'journey-onboarding')?.flow;
	return flow?.nodes.find(({ name }) => name === 'Mail: welcome')?.parameters.subject;
}

describe('a failure half-way', () => {
	// the real n8n has them all, at every call (test/n8n/install.test.ts)
	const few = ['ops-escalation-desk', 'ops-replies-and-bounces', 'ops-retention', 'ops-sla-watch'];
	const only = few.join(',');
	const there = (): (string | undefined)[] =>
		[...stub.workflows.values()].map((live) => readMark(live)?.flow).sort();
	const nths = few.map((_key, nth) => nth);

	it.each(nths.flatMap((nth) => (['cut', 500] as const).map((fault) => ({ nth, fault }))))(
		'$fault at call $nth: it says what is done and what to do, and the next run completes without a double',
		async ({ nth, fault }) => {
			stub.fail(nth, fault);
			const { code, complained } = await run({ yes: true, only });
			expect(code).toBe(1);
			expect(stub.workflows.size).toBe(nth);
			expect(complained).toMatch(/run the same command again/);
			stub.recover();
			expect((await run({ yes: true, only })).code).toBe(0);
			expect(there()).toEqual(few);
			expect((await run({ yes: true, only })).told).toContain('Nothing to do');
		},
	);

	it.each(nths)(
		'the answer to call %i is lost: it looks again and says that it was created all the same',
		async (nth) => {
			stub.fail(nth, 'cutAfter');
			const { code, complained } = await run({ yes: true, only });
			expect(code).toBe(1);
			expect(complained).toContain('It was created all the same');
			expect((await run({ yes: true, only })).code).toBe(0);
			expect(there()).toEqual(few);
		},
	);

	it('asks again after a while where it has asked too often', async () => {
		stub.fail(1, 429);
		expect(await run({ yes: true, only })).toMatchObject({ code: 0, complained: '' });
		expect(there()).toEqual(few);
	});

	it('after all was done: it says that it was', async () => {
		// the pack, the packages, the workflows, the credentials
		stub.cutReadsAfter(4);
		const { code, complained } = await run({ yes: true, only });
		expect(code).toBe(1);
		expect(complained).toContain('All of this was done');
		expect(there()).toEqual(few);
	});

	it('one that n8n refuses does not keep the others back', async () => {
		stub.fail(3, 400);
		const { code, complained } = await run();
		expect(code).toBe(1);
		expect(stub.workflows.size).toBe(keys.length - 1);
		expect(complained).toContain('n8n refused it with 400: So be it');
		expect((await run()).code).toBe(0);
		expect(stub.workflows.size).toBe(keys.length);
	});

	it('an upgrade that is cut leaves each flow old or new, and the next run completes', async () => {
		await run({ yes: true }, packageBefore());
		for (const nth of [0, 1]) {
			stub.fail(nth, 'cut');
			expect((await run()).code).toBe(1);
			stub.recover();
		}
		expect((await run()).code).toBe(0);
		expect((await run()).told).toContain('Nothing to do');
		expect(nodeOf(find('journey-onboarding'), 'Mail: welcome').parameters.subject).toBe(
			packageSubject(),
		);
	});
});

describe('what is wrong is said in a sentence, and never with the key', () => {
	it.each<[string, Partial<InstallOptions>, RegExp]>([
		['a wrong key', { apiKey: 'wrong-key-123' }, /does not know the API key.*Settings, n8n API/],
		['a key that was copied badly', { apiKey: 'wrong-key-123…' }, /copy it once more/],
		['no address', { url: 'n8n' }, /--url n8n is no address/],
		['nobody there', { url: 'http://127.0.0.1:59' }, /cannot be reached \(ECONNREFUSED\)/],
		[
			'an unknown flow',
			{ only: 'journey-onbording' },
			/there is no flow journey-onbording\. There are: journey-/,
		],
		[
			'a credential without a type',
			{ credential: ['abc'] },
			/--credential abc: give it as smtp=<id>/,
		],
	])('%s', async (_what, options, words) => {
		const { code, told, complained } = await run({ yes: true, ...options });
		expect(code).toBe(1);
		expect(complained).toMatch(words);
		expect(told + complained).not.toMatch(/wrong-key-123|n8n-key-of-the-test/);
		expect(stub.writes()).toEqual([]);
	});

	it('a key that may not create', async () => {
		stub.fail(0, 403);
		const { code, complained } = await run();
		expect(code).toBe(1);
		expect(complained).toMatch(/needs the scope workflow:create/);
		expect(complained).toContain('It was not created.');
	});

	it('--json is one document, and does nothing without --yes', async () => {
		const dry = await run({ json: true });
		expect(dry.code).toBe(2);
		expect(stub.writes()).toEqual([]);
		const { told } = await run({ json: true, yes: true });
		const { flows } = JSON.parse(told) as {
			flows: { flow: string; went: string; todos: object[] }[];
		};
		expect(flows.map(({ flow }) => flow).sort()).toEqual(keys);
		expect(flows.every(({ went }) => went === 'done')).toBe(true);
	});
});

describe('uninstall', () => {
	beforeEach(async () => {
		await run();
	});

	it('removes what is as it was installed', async () => {
		expect((await runUninstall([])).code).toBe(0);
		expect(stub.workflows.size).toBe(0);
		expect((await runUninstall([])).told).toContain('Nothing to remove');
	});

	it('asks before, and removes nothing on a dry run', async () => {
		expect((await runUninstall([], {})).code).toBe(2);
		expect((await runUninstall([], { dryRun: true, yes: true })).code).toBe(0);
		expect(stub.workflows.size).toBe(keys.length);
	});

	it('keeps what is published or changed and whom it calls, says so, and removes what is named', async () => {
		find('journey-education').active = true;
		changeNode(find('journey-renewal'), 'Or: escalation desk', (node) => (node.disabled = false));
		changeNode(find('journey-renewal'), 'Mail: reminder', (node) => {
			node.parameters = { ...node.parameters, subject: 'Ours' };
		});
		const { told } = await runUninstall([]);
		expect(told).toMatch(/keep\s+journey-education .*: it is published/);
		expect(told).toMatch(/keep\s+journey-renewal .*: changed in your n8n/);
		expect(told).toMatch(
			/keep\s+ops-escalation-desk .*calls it; to remove it all the same: uninstall ops-escalation-desk/,
		);
		expect([...stub.workflows.values()].map((live) => readMark(live)?.flow).sort()).toEqual([
			'journey-education',
			'journey-renewal',
			'ops-escalation-desk',
		]);
		await runUninstall(['journey-education', 'journey-renewal']);
		expect([...stub.workflows.values()].map((live) => readMark(live)?.flow)).toEqual([
			'ops-escalation-desk',
		]);
	});

	it('leaves alone what is not of this pack', async () => {
		const own = { ...find('ops-retention'), id: 'own', name: 'Own', nodes: [], connections: {} };
		stub.workflows.set('own', own);
		await runUninstall([]);
		expect([...stub.workflows.keys()]).toEqual(['own']);
	});
});
