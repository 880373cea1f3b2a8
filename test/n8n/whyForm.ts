import type { Page } from 'playwright-core';

const FORM_PATH = 'form/digital-cs-why';

/** One line of the story: what was done, and why. */
export type StoryLine = { what: string; why: string };
/** The answer page: its heading, and the lines about a step, in any journey, the newest first. */
export type WhyAnswer = { heading: string; of: (step: string) => StoryLine[] };

/** Fills in the form of workflows/ops-why.json as somebody who is signed in to n8n does, and reads its answer page. */
export async function askWhy(
	page: Page,
	n8nUrl: string,
	{ customer, journey = '' }: { customer: string; journey?: string },
): Promise<WhyAnswer> {
	await page.goto(`${n8nUrl}/${FORM_PATH}`);
	// n8n asks once whether the form may act for whoever is signed in
	const allow = page.getByRole('button', { name: 'Allow access' });
	const field = page.getByLabel('Customer');
	await allow.or(field).first().waitFor();
	if (await allow.isVisible()) await allow.click();
	await field.fill(customer);
	await page.getByLabel('Journey').fill(journey);
	await page.getByRole('button', { name: 'Tell me' }).click();
	await page.locator('header h1').waitFor();
	const lines: (StoryLine & { about: string })[] = [];
	for (const row of await page.locator('section:last-of-type tr').all()) {
		const [, done = '', why = ''] = await row.locator('th, td').allInnerTexts();
		const [what = '', about = ''] = done.split('\n');
		lines.push({ what, about, why });
	}
	return {
		heading: await page.locator('header').innerText(),
		of: (step) =>
			lines
				.filter(({ about }) => about === step || about.startsWith(`${step} · `))
				.map(({ what, why }) => ({ what, why })),
	};
}
