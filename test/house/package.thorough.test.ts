import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import 'reflect-metadata';
import { PackageDirectoryLoader } from 'n8n-core';
import {
	safeParseWorkflowStructure,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { outputsOf } from '../harness/outputs';
import { readWorkflows } from '../n8n/workflows';
import { root } from './runModule';

const NODES = [
	'accountProfile',
	'contentSelector',
	'customerEventTrigger',
	'customerJourney',
	'escalationRouter',
	'healthScore',
	'journeyEmail',
	'journeyLedger',
	'tierGate',
];
/** Nodes that contact customers or change what is remembered; they refuse to be a tool of an AI agent. */
const ACTING = [
	'contentSelector',
	'customerEventTrigger',
	'customerJourney',
	'escalationRouter',
	'journeyEmail',
	'journeyLedger',
	'tierGate',
];

const loader = new PackageDirectoryLoader(root);

function typeOf(name: string): INodeType {
	const { type } = loader.getNode(name);
	if (!('execute' in type) && !('trigger' in type)) throw new Error(`${name} does nothing`);
	return type;
}

const descriptionOf = (name: string): INodeTypeDescription => typeOf(name).description;

describe('the built package, loaded as n8n loads it', () => {
	beforeAll(async () => {
		execFileSync(process.execPath, ['test/run/build.mjs'], { cwd: root, stdio: 'pipe' });
		await loader.loadAll();
	}, 120_000);

	test('holds the nodes it promises, and no others', () => {
		expect(Object.keys(loader.known.nodes).sort()).toEqual(NODES);
	});

	test('brings its command line, and of that nothing that is for the repository only', () => {
		const run = (...args: string[]): string =>
			execFileSync(process.execPath, [join(root, 'dist', 'cli', 'main.js'), ...args], {
				encoding: 'utf8',
			});
		expect(run('doctor')).toContain(`${String(readWorkflows().length)} workflows, nothing wrong`);
		const [first] = readFileSync(join(root, 'dist', 'cli', 'main.js'), 'utf8').split('\n');
		expect(first).toBe('#!/usr/bin/env node');
		for (const folder of ['backtest', 'evaluate'])
			expect(existsSync(join(root, 'dist', 'cli', folder))).toBe(false);
	});

	describe.each(NODES)('%s', (name) => {
		test('has an icon for light and one for dark, both in the package', () => {
			const { iconUrl } = descriptionOf(name);
			if (typeof iconUrl !== 'object') throw new Error('one icon for both');
			for (const url of [iconUrl.light, iconUrl.dark]) {
				expect(existsSync(join(root, url.replace('icons/n8n-nodes-digital-cs/', '')))).toBe(true);
			}
			expect(iconUrl.light).not.toBe(iconUrl.dark);
		});

		test('can be searched by words people use: codex with categories and aliases', () => {
			const codex = descriptionOf(name).codex;
			expect(codex?.categories?.length).toBeGreaterThan(0);
			expect(codex?.alias?.length).toBeGreaterThan(2);
		});

		test('says on the canvas what it is set to do', () => {
			expect(descriptionOf(name).subtitle).toBeTruthy();
		});

		test('has outputs, and none of them is the error output that n8n would append', () => {
			const outputs = outputsOf(typeOf(name));
			expect(outputs.length).toBeGreaterThan(0);
			expect(JSON.stringify(outputs)).not.toMatch(/"(category|type)":"error"/);
		});

		test('evaluates no expression where it chooses its operation', () => {
			const selectors = descriptionOf(name).properties.filter(
				(property) =>
					['operation', 'model', 'source', 'mode'].includes(property.name) &&
					// what an account has is data
					property.typeOptions?.loadOptionsMethod === undefined,
			);
			expect(selectors.filter(({ noDataExpression }) => noDataExpression !== true)).toEqual([]);
		});

		test('is offered to AI agents only if it merely reads', () => {
			const isTool = descriptionOf(name).usableAsTool === true;
			expect(isTool && ACTING.includes(name)).toBe(false);
		});

		test('has a page in docs', () => {
			const page = `${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.md`;
			expect(existsSync(join(root, 'docs', page))).toBe(true);
		});
	});
});

describe.each(readWorkflows())('$file', ({ workflow }) => {
	test('is a workflow as the server checks it', () => {
		const parsed = safeParseWorkflowStructure(workflow);
		expect(parsed).toMatchObject({ success: true });
	});

	test('has an id of its own, is imported inactive, and carries no credential of anybody', () => {
		expect(workflow.id).toMatch(/^[A-Za-z0-9]{8,36}$/);
		expect(workflow.active ?? false).toBe(false);
		const ids = workflow.nodes.flatMap(({ credentials }) => Object.values(credentials ?? {}));
		expect(
			ids.filter(
				(one) => typeof one === 'object' && one !== null && 'id' in one && one.id !== null,
			),
		).toEqual([]);
	});

	test('saves no data of successful executions and names its time zone', () => {
		expect(workflow.settings).toMatchObject({
			saveDataSuccessExecution: 'none',
			timezone: expect.stringContaining('/') as unknown,
		});
	});

	test('uses only node types that n8n or this pack have', () => {
		const ours = new Set(NODES.map((name) => `n8n-nodes-digital-cs.${name}`));
		const strange = workflow.nodes.filter(
			({ type }) => !type.startsWith('n8n-nodes-base.') && !ours.has(type),
		);
		expect(strange.map(({ type }) => type)).toEqual([]);
	});
});
