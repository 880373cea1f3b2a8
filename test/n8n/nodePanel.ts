import type { Locator, Page } from 'playwright-core';

/** The open panel of a node, used as a person uses it. Fields are named by their path: `signals.signal[0].weight`. */
export type NodePanel = {
	field: (path: string) => Locator;
	fill: (path: string, text: string) => Promise<void>;
	/** Scrolls the settings so that this field is the first. */
	top: (path: string) => Promise<void>;
	/** Chooses from a drop-down. */
	choose: (path: string, option: string) => Promise<void>;
	/** Adds a row to a list, by the words on its button. */
	addRow: (list: string, words: string) => Promise<void>;
	/** Adds a setting to the last collection of a list's last row. */
	addSetting: (list: string, setting: string) => Promise<void>;
	/** Executes this node, and waits until it has given something out. */
	execute: () => Promise<void>;
	/** What the output pane shows as JSON; it draws no more than there is room for in the window. */
	json: () => Promise<string>;
	/** Brings a piece of the output into sight. */
	show: (text: string) => Promise<void>;
};

/** The wheel, in pixels, until what is looked for comes up. */
const TURN = 200;
const MOST_TURNS = 50;
/** Where the first of a pane stands, below its head. */
const TOP = 150;

export function nodePanel(page: Page): NodePanel {
	const field = (path: string): Locator =>
		page.locator(`[data-parameter-path="parameters.${path}"]`).first();
	const listed = (list: string): Locator =>
		page.locator(`[data-test-id="fixed-collection-${list}"]`);
	const output = page.locator('[data-test-id="output-panel"]');
	/** Turns the wheel over a pane until a piece of it is the first. */
	const toTop = async (pane: Locator, piece: Locator): Promise<void> => {
		await pane.hover();
		await page.mouse.wheel(0, ((await piece.boundingBox())?.y ?? TOP) - TOP);
		await page.waitForTimeout(300);
		await page.mouse.move(0, 0);
	};
	return {
		field,
		fill: async (path, text) => {
			const input = field(path).locator('input').first();
			await input.scrollIntoViewIfNeeded();
			await input.fill(text);
			await input.blur();
		},
		top: async (path) => {
			await toTop(page.locator('[data-test-id="node-parameters"]'), field(path));
		},
		choose: async (path, option) => {
			await field(path).locator('input').first().click();
			const options = page.getByRole('option', { name: option });
			await options.filter({ visible: true }).first().click();
		},
		addRow: async (list, words) => {
			const button = listed(list).getByText(words, { exact: true }).last();
			await button.scrollIntoViewIfNeeded();
			await button.click();
			await page.waitForTimeout(500); // the new row unfolds
		},
		addSetting: async (list, setting) => {
			const button = listed(list).locator('[data-test-id="collection-parameter-add"]').last();
			await button.scrollIntoViewIfNeeded();
			await button.click();
			const options = page.locator('[data-test-id="collection-parameter-option"]');
			await options.filter({ hasText: setting, visible: true }).first().click();
		},
		execute: async () => {
			const accepted = page.waitForResponse((response) =>
				/\/rest\/workflows\/[^/]+\/run/.test(response.url()),
			);
			await page.click('[data-test-id="node-execute-button"]');
			await accepted;
			await page.waitForTimeout(500);
			await page.waitForSelector('[data-test-id="stop-execution-button"]', {
				state: 'detached',
				timeout: 60_000,
			});
			await output
				.getByText(/\d+ items?/)
				.first()
				.waitFor();
		},
		json: async () => {
			await output.locator('[data-test-id="radio-button-json"]').click();
			await page.waitForTimeout(800);
			return (await output.innerText()).replaceAll(/\s+/g, ' ');
		},
		show: async (text) => {
			const found = output.getByText(text).first();
			await output.hover();
			// the pane draws what is near, so that what is far has to be come upon
			for (let turn = 0; turn < MOST_TURNS && (await found.count()) === 0; turn++) {
				await page.mouse.wheel(0, TURN);
				await page.waitForTimeout(100);
			}
			await toTop(output, found);
		},
	};
}
