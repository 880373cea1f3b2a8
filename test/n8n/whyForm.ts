import type { Page } from 'playwright-core';

const FORM_PATH = 'form/digital-cs-why';

/** One line of the story: what was done, and why. */
export type StoryLine = { what: string; why: string };
/** Of a journey that does not have the customer: as of when, or since, and why. */
export type NeverInLine = { journey: string; when: string; why: string };
/** The answer page: its heading, what no journey began with, and the lines about a step, in any journey, the newest first. */
export type WhyAnswer = {
	heading: string;
	heldBack: NeverInLine[];
	notIn: NeverInLine[];
	of: (step: string) => StoryLine[];
};

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
	for (const [, done = '', why = ''] of await rowsOf(page, 'What happened')) {
		const [what = '', about = ''] = done.split('\n');
		lines.push({ what, about, why });
	}
	return {
		heading: await page.locator('header').innerText(),
		heldBack: (await rowsOf(page, 'Held back by the gate')).map(asNeverIn),
		notIn: (await rowsOf(page, 'Not in a journey')).map(asNeverIn),
		of: (step) =>
			lines
				.filter(({ about }) => about === step || about.startsWith(`${step} · `))
				.map(({ what, why }) => ({ what, why })),
	};
}

function asNeverIn([journey = '', when = '', why = '']: string[]): NeverInLine {
	return { journey, when, why };
}

/** The cells of each row under a title. */
async function rowsOf(page: Page, title: string): Promise<string[][]> {
	const section = page.locator('section', { has: page.locator('h2', { hasText: title }) });
	const rows = await section.locator('tr').all();
	return await Promise.all(rows.map(async (row) => await row.locator('th, td').allInnerTexts()));
}
