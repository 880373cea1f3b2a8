import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod/v4';
import { doctorCommand } from '../../cli/doctor/command';
import { doctor, type DoctorOptions } from '../../cli/doctor/doctor';
import { copyOf, node } from '../engine/doctor/change';
import { root } from '../n8n/folders';
import { readWorkflow, readWorkflows } from '../n8n/workflows';

const folder = mkdtempSync(join(tmpdir(), 'doctor-'));
afterAll(() => rmSync(folder, { recursive: true }));

const KEY = 'n8n-key-of-a-test';
const NOW = Date.parse('2026-11-20T09:00:00Z');

type Ran = { code: number; told: string; complained: string };

async function run(files: string[], options: DoctorOptions = {}, colored = false): Promise<Ran> {
	const ran = { told: '', complained: '' };
	const code = await doctor(files, options, {
		tell: (text) => (ran.told += text),
		complain: (text) => (ran.complained += text),
		colored,
		now: () => NOW,
	});
	return { code, ...ran };
}

function fileWith(name: string, content: unknown): string {
	const path = join(folder, name);
	writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
	return path;
}

const fine = (): object => copyOf(readWorkflow('ops-retention.json'));

/** One error, at the welcome mail. */
function retrying(): object {
	const file = copyOf(readWorkflow('journey-onboarding.json'));
	node(file, 'Mail: welcome').retryOnFail = true;
	return file;
}

/** One warning, at the mail to operations. */
function longAgo(): object {
	const file = copyOf(readWorkflow('journey-onboarding.json'));
	node(file, 'Mail: operations').notes = 'Reviewed: 2020-02-29';
	return file;
}

describe('doctor, on files', () => {
	test('without any looks at all that the pack ships, and finds nothing', async () => {
		const { code, told, complained } = await run([]);
		expect([code, complained]).toEqual([0, '']);
		const shipped = readWorkflows();
		for (const { workflow } of shipped) expect(told).toContain(`✓ ${workflow.name}`);
		expect(told).toContain(`${String(shipped.length)} workflows, nothing wrong`);
	});

	test('says which workflow, which node, what was found and what to do', async () => {
		const files = [fileWith('fine.json', fine()), fileWith('retrying.json', retrying())];
		const { code, told } = await run(files);
		expect(code).toBe(1);
		expect(told).toContain('✓ Retention: forget old records');
		expect(told).toMatch(/✗ Onboarding to first value {2}.*retrying\.json/);
		expect(told).toMatch(/error sender-retries\n.*'Mail: welcome'.*\n.*→ Switch Retry On Fail off/);
		expect(told).toContain('2 workflows: 1 error, 0 warnings');
	});

	test('reads a folder, and a list as n8n exports all workflows at once', async () => {
		fileWith('fine.json', fine());
		const inFolder = await run([folder]);
		expect(inFolder.told).toContain('fine.json');
		const list = await run([fileWith('all.json', [fine(), retrying()])]);
		expect(list.code).toBe(1);
		expect(list.told).toContain('all.json, workflow 2');
	});

	test('tells machines the same', async () => {
		const { code, told } = await run([fileWith('retrying.json', retrying())], { json: true });
		expect(code).toBe(1);
		expect(JSON.parse(told)).toMatchObject({
			errors: 1,
			warnings: 0,
			workflows: [
				{
					workflow: 'Onboarding to first value',
					findings: [{ rule: 'sender-retries', severity: 'error', node: 'Mail: welcome' }],
				},
			],
		});
	});

	test('a warning alone is no failure, unless asked for', async () => {
		const files = [fileWith('long-ago.json', longAgo())];
		expect(await run(files)).toMatchObject({
			code: 0,
			told: expect.stringMatching(/! .*\n.*warning/) as string,
		});
		expect((await run(files, { strict: true })).code).toBe(1);
	});

	test('colors are for terminals', async () => {
		const files = [fileWith('retrying.json', retrying())];
		expect((await run(files)).told).not.toContain('\u001b');
		expect((await run(files, {}, true)).told).toContain('\u001b[31merror');
	});

	test('a file that is no JSON costs no other its look, and is no pass', async () => {
		const files = [fileWith('cut.json', '{ "nodes": ['), fileWith('fine.json', fine())];
		const { code, told, complained } = await run(files);
		expect(code).toBe(2);
		expect(told).toContain('✓ Retention');
		expect(complained).toMatch(/cut\.json cannot be read as JSON/);
	});

	test('a path that is not there is said', async () => {
		const { code, complained } = await run([join(folder, 'none.json')]);
		expect(code).toBe(2);
		expect(complained).toMatch(/none\.json cannot be opened/);
	});
});

describe('doctor, on a running n8n', () => {
	type Answer = (request: IncomingMessage, response: ServerResponse) => void;
	let server: Server;
	let url = '';
	let answer: Answer;
	let asked: string[];
	const send = (response: ServerResponse, body: unknown, status = 200): void => {
		response.writeHead(status, { 'content-type': 'application/json' });
		response.end(JSON.stringify(body));
	};
	/** As n8n answers: two pages, the second one on its cursor. */
	const pages =
		(first: object[], second: object[]): Answer =>
		(request, response) => {
			if (request.headers['x-n8n-api-key'] !== KEY) send(response, {}, 401);
			else if (request.url?.includes('cursor=next') === true)
				send(response, { data: second, nextCursor: null });
			else send(response, { data: first, nextCursor: 'next' });
		};
	beforeEach(async () => {
		asked = [];
		server = createServer((request, response) => {
			asked.push(request.url ?? '');
			answer(request, response);
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
	});
	afterEach(async () => {
		await new Promise((resolve) => server.close(resolve));
	});
	const live = async (options: DoctorOptions = {}): Promise<Ran> =>
		await run([], { url, apiKey: KEY, ...options });
	const foreign = { id: 'F', name: 'Invoices', nodes: [], connections: {}, settings: {} };

	test('reads page after page, and leaves out what is archived or not of this pack', async () => {
		const archived = { ...retrying(), id: 'old', isArchived: true };
		answer = pages([{ ...fine(), id: 'A' }, foreign, archived], [{ ...retrying(), id: 'B' }]);
		const { code, told } = await live();
		expect(code).toBe(1);
		const page = '/api/v1/workflows?excludePinnedData=true&limit=100';
		expect(asked).toEqual([page, `${page}&cursor=next`]);
		expect(told).toContain(`${url}/workflow/B`);
		expect(told).not.toContain('Invoices');
		expect(told).not.toContain('/workflow/old');
		expect((await live({ all: true })).told).toContain('Invoices');
	});

	test('looks at what is published, and at the draft where that was changed since', async () => {
		const { nodes, connections, ...draft } = copyOf(fine());
		const broken = copyOf(retrying());
		const published = { versionId: 'v1', nodes: broken.nodes, connections: broken.connections };
		const workflow = { ...draft, nodes, connections, id: 'A', active: true };
		answer = pages([{ ...workflow, versionId: 'v2', activeVersion: published }], []);
		const changed = await live();
		expect(changed.code).toBe(1);
		expect(changed.told).toMatch(/✗ .*\/workflow\/A\n.*sender-retries/);
		expect(changed.told).toMatch(/✓ .*\/workflow\/A, not published yet/);
		const same = { versionId: 'v2', nodes, connections };
		answer = pages([{ ...workflow, versionId: 'v2', activeVersion: same }], []);
		expect((await live()).told).toContain('1 workflow, nothing wrong');
	});

	test('takes an address as people copy it', async () => {
		answer = pages([{ ...fine(), id: 'A' }], []);
		for (const tail of ['/', '/api/v1', '/api/v1/'])
			expect((await live({ url: `${url}${tail}` })).code).toBe(0);
	});

	test.each<[string, Answer, RegExp]>([
		['a wrong key', (_, response) => send(response, {}, 401), /does not know the API key/],
		['a key without the scope', (_, response) => send(response, {}, 403), /scope workflow:list/],
		['no API', (_, response) => send(response, {}, 404), /No n8n API at/],
		['trouble', (_, response) => send(response, {}, 503), /answered 503/],
		[
			'a login page',
			(_, response) => response.end('<html>Log in</html>'),
			/No n8n API at .* a proxy asks for a login first/,
		],
		[
			'another address',
			(_, response) => response.writeHead(302, { location: 'https://evil.example.com' }).end(),
			/leads on to https:\/\/evil\.example\.com/,
		],
		['nothing of this pack', pages([foreign], []), /None of the 1 workflows .* --all/],
		[
			'the same page for ever',
			(_, response) => send(response, { data: [], nextCursor: 'next' }),
			/same page again and again/,
		],
	])('%s: exit code 2, and what to do', async (_what, its, words) => {
		answer = its;
		const { code, told, complained } = await live();
		expect([code, told]).toEqual([2, '']);
		expect(complained).toMatch(words);
		expect(complained).not.toContain(KEY);
	});

	test('nobody there is said too', async () => {
		const gone = await run([], { url: 'http://127.0.0.1:1', apiKey: KEY });
		expect(gone.code).toBe(2);
		expect(gone.complained).toMatch(/127\.0\.0\.1:1 cannot be reached/);
	});

	test.each<[string, string[], DoctorOptions, RegExp]>([
		['no key', [], { url: 'http://127.0.0.1:1' }, /API key is needed.*N8N_API_KEY/],
		['no address', [], { url: 'n8n.example.com', apiKey: KEY }, /is no address.*such as https/],
		['files besides', ['x.json'], { url: 'http://127.0.0.1:1', apiKey: KEY }, /not both/],
	])('%s: refused with what to do', async (_what, files, options, words) => {
		const { code, complained } = await run(files, options);
		expect(code).toBe(2);
		expect(complained).toMatch(words);
		expect(asked).toEqual([]);
	});
});

test('--help names every option, and both ways to give the key', () => {
	const help = doctorCommand().helpInformation();
	for (const word of [
		'[files...]',
		'--url',
		'--api-key',
		'N8N_API_KEY',
		'--all',
		'--json',
		'--strict',
	])
		expect(help).toContain(word);
});

test('npx finds the command', () => {
	const text = readFileSync(join(root, 'package.json'), 'utf8');
	const { bin } = z.object({ bin: z.record(z.string(), z.string()) }).parse(JSON.parse(text));
	expect(bin).toEqual({ 'n8n-nodes-digital-cs': 'dist/cli/main.js' });
});
