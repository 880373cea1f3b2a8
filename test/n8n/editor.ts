import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { owner } from './client';

type Login = { email: string; password: string };

export type Editor = {
	page: Page;
	/** Imports a file into a new workflow, as a person does: by the menu beside its name. */
	importFile: (file: string) => Promise<void>;
	/** Opens that menu. */
	openImport: () => Promise<void>;
	/** Opens a workflow and waits until its canvas is drawn. */
	open: (workflowId: string) => Promise<void>;
	/** Fits the whole workflow into the window. */
	fit: () => Promise<void>;
	/** Executes the workflow from the trigger with this name, and waits until the run has ended. */
	run: (trigger: string) => Promise<void>;
	/** Opens the panel of a node, or closes the one that is open. */
	openNode: (name: string) => Promise<void>;
	closeNode: () => Promise<void>;
	/** Nodes that the canvas marks as having succeeded, or failed, in the run it shows. */
	outcome: () => Promise<{ succeeded: string[]; failed: string[] }>;
	/** What the canvas writes at a node's outputs, in their order. */
	outputNames: (node: string) => Promise<string[]>;
	/** Nodes whose settings, says the canvas, have changed since the run it shows. */
	outOfDate: () => Promise<string[]>;
	screenshot: (file: string) => Promise<void>;
	close: () => Promise<void>;
};

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const CHANNELS = ['chromium', 'chrome', 'msedge'] as const;

/** Signs in to n8n's editor in a headless Chromium. */
export async function openEditor(
	url: string,
	{
		width = 1400,
		height = 800,
		scale = 1,
		login = owner,
	}: { width?: number; height?: number; scale?: number; login?: Login } = {},
): Promise<Editor> {
	const browser = await launchBrowser();
	const context = await browser.newContext({
		viewport: { width, height },
		deviceScaleFactor: scale,
	});
	const page = await context.newPage();
	await page.goto(`${url}/signin`);
	await page.fill('input[name=emailOrLdapLoginId]', login.email);
	await page.fill('input[name=password]', login.password);
	await page.click('button:has-text("Sign in")');
	await page.waitForURL((address) => !address.pathname.startsWith('/signin'));
	const marked = async (status: 'success' | 'error' | 'warning'): Promise<string[]> => {
		const mark = page.locator(`[data-test-id="canvas-node-status-${status}"]`);
		const nodes = await page.locator('[data-test-id="canvas-node"]', { has: mark }).all();
		const names = nodes.map(async (node) => await node.getAttribute('data-node-name'));
		return (await Promise.all(names)).map((name) => name ?? '');
	};
	const openImport = async (): Promise<void> => {
		await page.goto(`${url}/workflow/new`);
		await page.click('[data-test-id="workflow-menu"]');
		await page.hover('[data-test-id="workflow-menu-item-import"]');
		await page.waitForSelector('[data-test-id="workflow-menu-item-import-from-file"]');
	};
	return {
		page,
		open: async (workflowId) => {
			await page.goto(`${url}/workflow/${workflowId}`);
			await page.waitForSelector('[data-test-id="canvas-node"]');
			await page.waitForTimeout(1500); // the canvas moves its nodes into place after it has drawn them
		},
		openImport,
		importFile: async (file) => {
			await openImport();
			const chosen = page.waitForEvent('filechooser');
			await page.click('[data-test-id="workflow-menu-item-import-from-file"]');
			await (await chosen).setFiles(file);
			await page.waitForSelector('[data-test-id="canvas-node"]');
			await page.waitForTimeout(1500); // the canvas moves its nodes into place after it has drawn them
		},
		outcome: async () => ({
			succeeded: await marked('success'),
			failed: await marked('error'),
		}),
		fit: async () => {
			await page.click('[data-test-id="zoom-to-fit"]');
			await page.waitForTimeout(800);
		},
		run: async (trigger) => {
			const accepted = page.waitForResponse((response) =>
				/\/rest\/workflows\/[^/]+\/run/.test(response.url()),
			);
			// each trigger shows a button of its own while the pointer is on it
			await page.hover(`[data-test-id="canvas-node"]:has-text("${trigger}")`);
			await page.click(`[data-test-id="execute-workflow-button-${trigger}"]`);
			await accepted;
			await page.waitForTimeout(500);
			await page.waitForSelector('[data-test-id="stop-execution-button"]', {
				state: 'detached',
				timeout: 60_000,
			});
			await page.waitForSelector('[data-test-id="clear-execution-data-button"]');
		},
		openNode: async (name) => {
			await page
				.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`)
				.first()
				.dblclick();
			await page.waitForSelector('[data-test-id="ndv-close-button"]');
			await page.waitForTimeout(500); // the panel slides in
		},
		closeNode: async () => {
			await page.click('[data-test-id="ndv-close-button"]');
			await page.waitForSelector('[data-test-id="ndv-close-button"]', { state: 'detached' });
		},
		outputNames: async (node) => {
			const handle = `[data-test-id="canvas-node-output-handle"][data-node-name="${node}"]`;
			const labels = await page.locator(handle).allInnerTexts();
			return labels.map((label) => label.split('\n')[0]?.trim() ?? '');
		},
		outOfDate: async () => await marked('warning'),
		screenshot: async (file) => {
			await page.screenshot({ path: file });
		},
		close: async () => {
			await browser.close();
		},
	};
}

/**
 * A headless Chromium: the one CHROMIUM names, one on the PATH, or one that playwright knows of.
 * @throws Error with one sentence that says what to install
 */
export async function launchBrowser(): Promise<Browser> {
	const args = [
		'--no-sandbox',
		'--disable-gpu',
		'--disable-quic',
		'--no-first-run',
		'--disable-background-networking',
		'--disable-component-update',
		'--disable-sync',
	];
	const executablePath = process.env.CHROMIUM ?? findOnPath();
	if (executablePath !== undefined)
		return await chromium.launch({ executablePath, args, headless: true });
	for (const channel of CHANNELS) {
		try {
			return await chromium.launch({ channel, args, headless: true });
		} catch {
			// not installed: the next one
		}
	}
	throw new Error(
		'No browser was found: install Chromium or Google Chrome (Debian and Ubuntu: apt-get install chromium), or set CHROMIUM to its path',
	);
}

function findOnPath(): string | undefined {
	const folders = (process.env.PATH ?? '').split(delimiter);
	return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) =>
		existsSync(path),
	);
}
