import type { Page } from 'playwright-core';

const FORM_PATH = 'form/digital-cs-preview';

export type PreviewFile = string | { name: string; mimeType: string; buffer: Buffer };
/** One customer's line of the answer: name, what is due (one entry per step), why. */
export type AnswerLine = { name: string; steps: string[]; why: string };
/** The answer page: its heading, and its lines by the title of their section. */
export type Answer = { heading: string; sections: Map<string, AnswerLine[]> };

/** Fills in the form of workflows/ops-preview-csv.json as a person does, and waits for its answer page. */
export async function askForPreview(
	page: Page,
	n8nUrl: string,
	{ file, asOf }: { file: PreviewFile; asOf?: string },
): Promise<void> {
	await page.goto(`${n8nUrl}/${FORM_PATH}`);
	await page.getByLabel('Customers').setInputFiles(file);
	if (asOf !== undefined) await page.getByLabel('As of').fill(asOf);
	await page.getByRole('button', { name: 'Show me' }).click();
	await page.getByText('nothing is remembered.').waitFor({ timeout: 60_000 });
	await page.locator('header h1').waitFor();
}

export async function readAnswer(page: Page): Promise<Answer> {
	const sections = new Map<string, AnswerLine[]>();
	for (const section of await page.locator('section').all()) {
		const lines: AnswerLine[] = [];
		for (const row of await section.locator('tr').all()) {
			const [name = '', steps = '', why = ''] = await row.locator('th, td').allInnerTexts();
			lines.push({ name, steps: steps.split('\n').filter((step) => step !== ''), why });
		}
		sections.set(await section.locator('h2').innerText(), lines);
	}
	return { heading: await page.locator('header').innerText(), sections };
}
