import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod/v4';
import { install, type InstallOptions, type Package } from '../../cli/install/install';
import { uninstall } from '../../cli/install/uninstall';
import { liveFlowSchema, type LiveFlow } from '../../engine/install/flow';
import { unsavedPlaces } from '../../engine/install/unsaved';
import { readMark } from '../../engine/install/mark';
import { insist } from '../../services/patience';
import { changeNode, packageBefore, packageNow } from '../cli/install/packages';
import { connect, type N8nClient } from './client';
import { startCuttingProxy, type CuttingProxy } from './cuttingProxy';
import { openEditor } from './editor';
import { startN8n, type N8nServer } from './server';

const userFolder = mkdtempSync(join(tmpdir(), 'digital-cs-'));
let n8n: N8nServer;
let client: N8nClient;
let key: string;
let proxy: CuttingProxy;

const makeKey = async (allowed: (scope: string) => boolean): Promise<string> => {
	const scopes = z.array(z.string()).parse(await client.rest('GET', '/api-keys/scopes'));
	const made = await client.rest('POST', '/api-keys', {
		label: `key ${String(Math.random())}`,
		expiresAt: null,
		scopes: scopes.filter(allowed),
	});
	return z.looseObject({ rawApiKey: z.string() }).parse(made).rawApiKey;
};

beforeAll(async () => {
	n8n = await startN8n({ userFolder });
	client = await connect(n8n.url);
	key = await makeKey(() => true);
	proxy = await startCuttingProxy(n8n.url);
});
afterAll(async () => {
	await proxy.close();
	await n8n.stop();
	rmSync(userFolder, { recursive: true, force: true });
});

type Ran = { code: number; told: string; complained: string };

async function run(
	options: Partial<InstallOptions> = {},
	pack: Package = packageNow(),
): Promise<Ran> {
	const ran = { told: '', complained: '' };
	const code = await install(
		{ url: n8n.url, apiKey: key, yes: true, ...options },
		{
			tell: (text) => (ran.told += text),
			complain: (text) => (ran.complained += text),
			ask: undefined,
		},
		pack,
	);
	return { code, ...ran };
}
async function remove(names: string[] = [], url = n8n.url): Promise<Ran> {
	const ran = { told: '', complained: '' };
	const code = await uninstall(
		names,
		{ url, apiKey: key, yes: true },
		{
			tell: (text) => (ran.told += text),
			complain: (text) => (ran.complained += text),
			ask: undefined,
		},
		packageNow(),
	);
	return { code, ...ran };
}

const stampedSchema = liveFlowSchema.extend({ updatedAt: z.string() });
async function all(): Promise<z.infer<typeof stampedSchema>[]> {
	return z
		.object({ data: z.array(stampedSchema) })
		.parse(await client.api('GET', '/workflows?limit=250')).data;
}
const keys = packageNow().flows.map(({ key: name }) => name);
const keysThere = async (): Promise<(string | undefined)[]> =>
	(await all()).map((live) => readMark(live)?.flow).sort();
/** Without what a published flow writes into itself: its schedule may come round in the middle of a test. */
async function find(name: string): Promise<LiveFlow> {
	const found = (await all()).find((live) => readMark(live)?.flow === name);
	if (found === undefined) throw new Error(`No workflow of ${name}`);
	const { staticData: _itsOwn, ...flow } = found;
	return flow;
}
const nodeOf = (live: LiveFlow, name: string): LiveFlow['nodes'][number] => {
	const node = live.nodes.find((one) => one.name === name);
	if (node === undefined) throw new Error(`No node ${name}`);
	return node;
};
const clear = async (): Promise<void> => {
	for (const { id, active } of await all()) {
		if (active) await client.unpublish(id);
		await insist(async () => await client.deleteWorkflow(id), [1000, 2000, 4000, 8000]);
	}
};
/** Saves a workflow as the editor would. */
const save = async (live: LiveFlow): Promise<void> => {
	const { id, name, nodes, connections, settings } = live;
	await client.rest('PATCH', `/workflows/${id}`, { name, nodes, connections, settings });
};

describe('into an empty n8n', () => {
	beforeAll(clear);

	test('all flows are there, inactive, pointed at each other; the second run changes nothing', async () => {
		const { code, told } = await run();
		expect(code).toBe(0);
		expect(told).toContain('the package n8n-nodes-digital-cs');
		expect(await keysThere()).toEqual(keys);
		const first = await all();
		expect(first.filter(({ active }) => active)).toEqual([]);
		const desk = await find('ops-escalation-desk');
		const calls = first.flatMap(({ nodes }) =>
			nodes.filter(({ type }) => type === 'n8n-nodes-base.executeWorkflow'),
		);
		expect(calls.length).toBeGreaterThan(1);
		for (const call of calls)
			expect(call.parameters).toMatchObject({ workflowId: { value: desk.id } });

		const again = await run();
		expect(again.code).toBe(0);
		expect(again.told).toContain('Nothing to do');
		const stamps = (lives: typeof first): string[] =>
			lives.map(({ id, updatedAt, versionId }) => `${id} ${updatedAt} ${String(versionId)}`).sort();
		expect(stamps(await all())).toEqual(stamps(first));
	});

	test('each publishes as it was installed', async () => {
		for (const live of await all()) {
			await client.publish(live.id);
			await client.unpublish(live.id);
		}
		expect((await run()).told).toContain('Nothing to do');
	});

	test('the only smtp credential is put in; a key that may not list credentials says so', async () => {
		await run();
		const id = await client.createCredential({
			name: 'Our mail',
			type: 'smtp',
			data: { host: '127.0.0.1', port: 25, user: 'u', password: 'p', secure: false },
		});
		expect((await run()).told).toContain('credentials put in that are there by now');
		const welcome = nodeOf(await find('journey-onboarding'), 'Mail: welcome');
		expect(welcome.credentials).toMatchObject({ smtp: { id, name: 'Our mail' } });
		expect((await run()).told).toContain('Nothing to do');
		const less = await makeKey((scope) => !scope.startsWith('credential:'));
		expect((await run({ apiKey: less })).told).toContain('may not list credentials');
	});
});

/** Flows in which there is every type of node, and every parameter that the editor puts in. */
function oneOfEach(): string[] {
	const traits = new Map(
		packageNow().flows.map(({ key: name, flow }) => [
			name,
			flow.nodes.flatMap(({ id, type, typeVersion }) => [
				`${type} ${typeVersion}`,
				...Object.keys(unsavedPlaces[name]?.[id]?.putsIn ?? {}),
			]),
		]),
	);
	const missing = new Set([...traits.values()].flat());
	const chosen: string[] = [];
	while (missing.size > 0) {
		const counts = [...traits].map(([name, its]) => ({
			name,
			count: new Set(its.filter((trait) => missing.has(trait))).size,
		}));
		const { name } = counts.reduce((best, one) => (one.count > best.count ? one : best));
		chosen.push(name);
		for (const trait of traits.get(name) ?? []) missing.delete(trait);
	}
	return chosen;
}

// what it makes of the others follows from n8n's descriptions of the nodes: test/n8n/unsaved.test.ts
test('a save in the editor is no change, whatever the type of node; the mark is still there', async () => {
	expect((await run()).complained).toBe('');
	const editor = await openEditor(n8n.url);
	try {
		for (const name of oneOfEach()) {
			const { id } = await find(name);
			await editor.page.goto(`${n8n.url}/workflow/${id}`);
			await editor.page.waitForSelector('[data-test-id="canvas-node"]');
			const saved = editor.page.waitForResponse(
				(response) =>
					response.request().method() === 'PATCH' &&
					response.url().includes(`/rest/workflows/${id}`),
			);
			// tidies up, so that there is something to save: each node stands elsewhere
			await editor.page.keyboard.press('Shift+Alt+KeyT');
			await editor.page.keyboard.press('Control+s');
			expect((await saved).ok()).toBe(true);
		}
	} finally {
		await editor.close();
	}
	const { told } = await run();
	expect(told).toContain(`keep    ${keys.length} flows, up to date`);
	expect(told).toContain('Nothing to do');
});

describe('into one with an older version that its users changed', () => {
	const welcome = async (): Promise<unknown> =>
		nodeOf(await find('journey-onboarding'), 'Mail: welcome').parameters.subject;
	const shippedWelcome = (): unknown =>
		packageNow()
			.flows.find(({ key: name }) => name === 'journey-onboarding')
			?.flow.nodes.find(({ name }) => name === 'Mail: welcome')?.parameters.subject;

	beforeEach(async () => {
		await clear();
		await run({}, packageBefore());
		expect(await welcome()).toBe('Hello');
	});

	test('what nobody changed is upgraded; place, switch, webhook and name stay', async () => {
		const live = await find('journey-onboarding');
		changeNode(live, 'Mail: welcome', (node) => {
			node.position = [4000, 4000];
			node.disabled = false;
		});
		await save({ ...live, name: 'Our onboarding' });
		const hook = nodeOf(live, 'CRM events').webhookId;
		expect(hook).toBeTruthy();
		expect((await run()).code).toBe(0);
		const now = await find('journey-onboarding');
		expect(now).toMatchObject({ id: live.id, name: 'Our onboarding', active: false });
		expect(await welcome()).toBe(shippedWelcome());
		expect(nodeOf(now, 'Mail: welcome')).toMatchObject({ position: [4000, 4000] });
		expect(nodeOf(now, 'Mail: welcome').disabled ?? false).toBe(false);
		expect(nodeOf(now, 'CRM events').webhookId).toBe(hook);
		expect(await keysThere()).toEqual(keys);
		expect((await run()).told).toContain('Nothing to do');
	});

	test('a changed one is not touched, merged where that is wished, and never published along the way', async () => {
		const live = await find('journey-onboarding');
		changeNode(live, 'Mail: nudge', (node) => {
			node.parameters = { ...node.parameters, subject: 'Our own words' };
		});
		await save(live);
		const before = await find('journey-onboarding');
		const { told } = await run();
		expect(await find('journey-onboarding')).toEqual(before);
		expect(told).toMatch(/yours\s+'Mail: nudge'\n\s+subject: "Our own words" in your n8n/);
		expect((await run({ merge: 'journey-onboarding' })).code).toBe(0);
		const now = await find('journey-onboarding');
		expect(await welcome()).toBe(shippedWelcome());
		expect(nodeOf(now, 'Mail: nudge').parameters.subject).toBe('Our own words');
		expect(now.active).toBe(false);
		expect((await run()).told).toContain('Nothing to do');
	});

	test('a published one runs on as it is until --update-active, which publishes the new one', async () => {
		const { id } = await find('journey-onboarding');
		await client.publish(id);
		expect((await run()).told).toMatch(/skip\s+journey-onboarding .*it is published: not touched/);
		expect(await welcome()).toBe('Hello');
		expect(await run({ updateActive: true })).toMatchObject({ code: 0, complained: '' });
		const now = await find('journey-onboarding');
		expect(now).toMatchObject({ active: true });
		expect(now.activeVersionId).toBe(now.versionId);
		expect(await welcome()).toBe(shippedWelcome());
		expect((await run()).told).toContain('Nothing to do');
	});

	test('what its user has not published yet is never published by an upgrade', async () => {
		const { id } = await find('journey-onboarding');
		await client.publish(id);
		const live = await find('journey-onboarding');
		changeNode(live, 'Mail: welcome', (node) => (node.disabled = false));
		await save(live);
		const draft = await find('journey-onboarding');
		expect(draft.versionId).not.toBe(draft.activeVersionId);
		const { told } = await run({ updateActive: true });
		expect(told).toMatch(/skip\s+journey-onboarding .*changes of yours that are not published/);
		expect(await find('journey-onboarding')).toEqual(draft);
	});

	test('a new one beside a changed one is another workflow, with an address of its own', async () => {
		const live = await find('journey-onboarding');
		changeNode(live, 'Mail: nudge', (node) => {
			node.parameters = { ...node.parameters, subject: 'Our own words' };
		});
		await save(live);
		await run({ beside: 'journey-onboarding' });
		const both = (await all()).filter((one) => readMark(one)?.flow === 'journey-onboarding');
		expect(both).toHaveLength(2);
		expect(new Set(both.map((one) => nodeOf(one, 'CRM events').webhookId)).size).toBe(2);
		await run({ beside: 'journey-onboarding' });
		expect(await all()).toHaveLength(keys.length + 1);
	});
});

describe('a wire that is cut half-way', () => {
	const few = ['ops-escalation-desk', 'ops-replies-and-bounces', 'ops-retention'];
	const only = few.join(',');
	const through = async (pack?: Package): Promise<Ran> => await run({ url: proxy.url, only }, pack);
	/** The version before: its note Overview said something else, in each flow. */
	const before: Package = {
		version: '0.1.0',
		flows: packageNow().flows.map(({ key: name, flow }) => {
			const older = structuredClone(flow);
			changeNode(older, 'Overview', (node) => (node.parameters.content = 'Before'));
			return { key: name, flow: older };
		}),
	};
	const versions = async (): Promise<(string | undefined)[]> =>
		(await all()).map((live) => readMark(live)?.version).sort();
	const flowsThere = async (): Promise<LiveFlow[]> =>
		(await all()).map(({ updatedAt: _then, ...live }) => live);
	const cuts = few.flatMap((_key, nth) =>
		(['before', 'after'] as const).map((when) => ({ when, nth })),
	);

	beforeEach(async () => {
		await clear();
	});
	afterEach(async () => {
		proxy.mend();
		expect((await through()).code).toBe(0);
		expect(await keysThere()).toEqual(few);
		expect(await versions()).toEqual(few.map(() => packageNow().version));
		expect((await through()).told).toContain('Nothing to do');
	});

	test.each(cuts)('$when creating no. $nth', async ({ when, nth }) => {
		proxy.cutAt(nth, when, 'write');
		const { code, complained } = await through();
		expect(code).toBe(1);
		expect(complained).toContain('run the same command again');
		const whole = when === 'before' ? nth : nth + 1;
		expect(await versions()).toEqual(few.slice(0, whole).map(() => packageNow().version));
	});

	test.each(cuts)('$when updating no. $nth', async ({ when, nth }) => {
		await run({ only }, before);
		proxy.cutAt(nth, when, 'write');
		const { code, complained } = await through();
		expect(code).toBe(1);
		expect(complained).toContain('run the same command again');
		const whole = when === 'before' ? nth : nth + 1;
		expect(await versions()).toEqual(
			few.map((_key, place) => (place < few.length - whole ? '0.1.0' : packageNow().version)),
		);
		for (const live of await all()) {
			const isOld = readMark(live)?.version === '0.1.0';
			expect(nodeOf(live, 'Overview').parameters.content === 'Before').toBe(isOld);
		}
	});

	// the pack, the packages, the workflows, the credentials
	test.each([0, 1, 2, 3])('before looking, at call %i: nothing is done', async (nth) => {
		await run({ only }, before);
		const there = await flowsThere();
		proxy.cutAt(nth, 'before', 'read');
		const { code, complained } = await through();
		expect(code).toBe(1);
		expect(complained).toContain('cannot be reached');
		expect(await flowsThere()).toEqual(there);
	});

	test('after all is done: it says so', async () => {
		proxy.cutAt(4, 'before', 'read');
		const { code, complained } = await through();
		expect(code).toBe(1);
		expect(complained).toContain('All of this was done');
		expect(await keysThere()).toEqual(few);
	});
});

describe('uninstalling over a wire that is cut', () => {
	const few = ['ops-retention', 'ops-sla-watch'];
	/** What may be there on the way: the first one is published, and n8n has to unpublish it before it deletes it. */
	const onTheWay = [
		['ops-retention, published', 'ops-sla-watch'],
		['ops-retention', 'ops-sla-watch'],
		['ops-sla-watch'],
		[],
	];
	afterEach(() => proxy.mend());

	test.each(
		[0, 1, 2].flatMap((nth) => (['before', 'after'] as const).map((when) => ({ when, nth }))),
	)(
		'$when call no. $nth: it says what to do, and the next run completes',
		async ({ when, nth }) => {
			await clear();
			await run({ only: few.join(',') });
			await client.publish((await find('ops-retention')).id);
			proxy.cutAt(nth, when, 'write');
			const { code, complained } = await remove(few, proxy.url);
			expect(code).toBe(1);
			expect(complained).toContain('run the same command again');
			const there = (await all()).map(
				(live) => `${String(readMark(live)?.flow)}${live.active ? ', published' : ''}`,
			);
			expect(onTheWay).toContainEqual(there.sort());
			if (nth === 0) expect(there).toHaveLength(2);
			proxy.mend();
			// n8n now and then answers 500 where it has to unpublish what it deletes: again, as we say then
			await insist(async () => {
				expect((await remove(few, proxy.url)).complained).toBe('');
			}, [1000, 2000, 4000, 8000]);
			expect(await all()).toEqual([]);
		},
	);
});

describe('keys and addresses that do not do', () => {
	test.each<[string, () => Promise<Partial<InstallOptions>>, RegExp]>([
		[
			'a wrong key',
			async () => await Promise.resolve({ apiKey: 'wrong' }),
			/does not know the API key/,
		],
		[
			'a key that may not create',
			async () => ({ apiKey: await makeKey((scope) => scope !== 'workflow:create') }),
			/needs the scope workflow:create/,
		],
		[
			'a page that is not n8n’s',
			async () => await Promise.resolve({ url: `${n8n.url}/elsewhere` }),
			/No n8n API at/,
		],
	])('%s', async (_what, options, words) => {
		await clear();
		const { code, complained } = await run(await options());
		expect(code).toBe(1);
		expect(complained).toMatch(words);
		expect(await all()).toEqual([]);
	});
});

test('uninstall takes away what is as it was installed, and names what stays', async () => {
	await run();
	const education = await find('journey-education');
	await client.publish(education.id);
	const renewal = await find('journey-renewal');
	changeNode(renewal, 'Mail: reminder', (node) => {
		node.parameters = { ...node.parameters, subject: 'Ours' };
	});
	await save(renewal);
	const { code, told } = await remove();
	expect(code).toBe(0);
	expect(told).toMatch(/keep\s+journey-education .*it is published/);
	expect(told).toMatch(/keep\s+journey-renewal .*changed in your n8n/);
	expect(await keysThere()).toEqual(['journey-education', 'journey-renewal']);
	expect((await remove(['journey-education', 'journey-renewal'])).complained).toBe('');
	expect(await all()).toEqual([]);
});

test('where the package is missing nothing is created, and it says how to install it', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'digital-cs-'));
	const bare = await startN8n({ userFolder: folder, pack: false });
	try {
		const other = await connect(bare.url);
		const made = await other.rest('POST', '/api-keys', {
			label: 'key',
			expiresAt: null,
			scopes: await other.rest('GET', '/api-keys/scopes'),
		});
		const { rawApiKey } = z.looseObject({ rawApiKey: z.string() }).parse(made);
		const { code, told } = await run({ url: bare.url, apiKey: rawApiKey });
		expect(code).toBe(1);
		expect(told).toMatch(/is not installed there[\s\S]*N8N_UNVERIFIED_PACKAGES_ENABLED=true/);
		expect(await other.api('GET', '/workflows')).toMatchObject({ data: [] });
	} finally {
		await bare.stop();
		rmSync(folder, { recursive: true, force: true });
	}
});
