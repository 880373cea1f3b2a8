import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { connect } from './client';
import { launchBrowser } from './editor';
import { root } from './folders';
import { readLedger } from './ledgerRows';
import { askForPreview, readAnswer, type AnswerLine, type PreviewFile } from './previewForm';
import { startN8n, type N8nServer } from './server';
import { readWorkflow } from './workflows';

const TWENTY = join(root, 'docs', 'twenty-accounts.csv');
const csv = (text: string): PreviewFile => ({
	name: 'customers.csv',
	mimeType: 'text/csv',
	buffer: Buffer.from(text),
});

/**
 * The example of the README in a real browser. At 9:00 in New York it is 14:00 in London, 15:00 in Berlin, 6:00 in
 * Los Angeles and 19:30 in Kolkata: the last two are outside sending hours, and 20 November 2026 is a Friday. The
 * expected lines are written from R7, P02, P09, P11, P12, P15 and P26.
 */
describe('twenty accounts from a CSV, previewed in the browser', () => {
	const userFolder = mkdtempSync(join(tmpdir(), 'digital-cs-'));
	let n8n: N8nServer;
	let browser: Browser;
	let page: Page;

	beforeAll(async () => {
		// the day asked for must not depend on where the server or the visitor is
		n8n = await startN8n({ userFolder, env: { TZ: 'Pacific/Kiritimati' } });
		const client = await connect(n8n.url);
		await client.publish(await client.importWorkflow(readWorkflow('ops-preview-csv.json')));
		await client.waitForWebhook('digital-cs-preview', 'POST', 'form');
		browser = await launchBrowser();
		page = await (await browser.newContext({ timezoneId: 'Pacific/Pago_Pago' })).newPage();
	});
	afterAll(async () => {
		await browser.close();
		await n8n.stop();
		rmSync(userFolder, { recursive: true, force: true });
	});

	const remembered = (): number => {
		const { touches, enrollments, journeys, events } = readLedger(userFolder, 'live');
		return touches.length + enrollments.length + journeys.length + events.length;
	};

	describe('as of Friday, 20 November 2026', () => {
		let heading: string;
		let sections: Map<string, AnswerLine[]>;
		const section = (title: string): AnswerLine[] => sections.get(title) ?? [];

		beforeAll(async () => {
			await askForPreview(page, n8n.url, { file: TWENTY, asOf: '2026-11-20' });
			({ heading, sections } = await readAnswer(page));
		});

		test('lists all twenty customers once, as of that day', () => {
			expect(heading).toMatch(/^20 customers on Friday, 20 November 2026\n/);
			expect(heading).toContain('As of 09:00, America/New_York');
			const names = [...sections.values()].flat().map(({ name }) => name);
			expect(new Set(names).size).toBe(20);
			expect(names).toHaveLength(20);
		});

		test('says who would get what now', () => {
			expect(
				section('8 Would get something now').map(({ name, steps }) => [name, steps[0]]),
			).toEqual([
				['Alder Audio', 'Welcome'],
				['Basil Bakery', 'Set-up guide'],
				['Ember Events', 'First results'],
				['Fjord Freight', 'First results'],
				['Grove Garden', 'Reach by hand'], // unsubscribed
				['Juniper Jobs', 'First results'],
				['Pine Pharma', 'Welcome'],
				['Tidal Travel', 'Set-up guide'],
			]);
		});

		test("says what waits for the customer's own office hours, and until when", () => {
			const held = section('5 Held until later');
			expect(held.map(({ name, steps }) => [name, steps[0]])).toEqual([
				['Cobalt Cycles', 'Set-up guide · Fri 20 Nov, 09:00'], // Los Angeles
				['Dune Dental', 'First results · Mon 23 Nov, 09:00'], // Kolkata
				['Harbor Hotels', 'First results · Fri 20 Nov, 09:00'],
				['Ridge Real Estate', 'First results · Fri 20 Nov, 09:00'],
				['Spruce Sports', 'First results · Mon 23 Nov, 09:00'],
			]);
			for (const { why } of held) expect(why).toContain('sending hours');
		});

		test('leaves those alone who began more than 14 days before', () => {
			const nothing = section('4 Nothing now');
			expect(nothing.map(({ name }) => name)).toEqual([
				'Kite Kitchens',
				'Lumen Lighting',
				'Nimbus Networks',
				'Olive Optics',
			]);
			for (const { why } of nothing) expect(why).toContain('more than 14 days before');
		});

		test('gives each row that cannot be read a sentence to act on', () => {
			const unreadable = section('3 Could not be read');
			expect(unreadable.map(({ name }) => name)).toEqual([
				'Iris Interiors',
				'Maple Media',
				'Quartz Quality',
			]);
			const [zone, number, id] = unreadable.map(({ why }) => why);
			expect(zone).toMatch(/^Row 9: .*"Berlin".*Write it as Europe\/Berlin/);
			expect(number).toMatch(/^Row 13: .*a text of 11 characters.*Write digits only/);
			expect(id).toMatch(/^Row 17: .*"Account ID".*is empty/);
		});

		test('remembers nothing', () => {
			expect(remembered()).toBe(0);
		});
	});

	test('another day gives another answer', async () => {
		await askForPreview(page, n8n.url, { file: TWENTY, asOf: '2026-11-23' });
		const { heading, sections } = await readAnswer(page);
		expect(heading).toContain('Monday, 23 November 2026');
		const all = [...sections.values()].flat();
		expect(all.find(({ name }) => name === 'Alder Audio')?.steps[0]).toBe('Set-up guide'); // day 4
	});

	test('a file without rows, and one of unreadable rows only, are answered too', async () => {
		await askForPreview(page, n8n.url, { file: csv('Account ID,Name\n') });
		expect((await readAnswer(page)).heading).toMatch(/^0 customers/);
		await page.getByText('The file has no rows').waitFor();
		await askForPreview(page, n8n.url, { file: csv('Account ID,Name\n,Nobody\n') });
		const { sections } = await readAnswer(page);
		expect(sections.get('1 Could not be read')).toMatchObject([{ name: 'Nobody' }]);
	});

	test.each<[string, string, (text: string) => Buffer]>([
		['semicolons, as Excel saves it in Germany', ';', (text) => Buffer.from(`\ufeff${text}`)],
		['semicolons and no byte order mark', ';', (text) => Buffer.from(text)],
		['semicolons and the letters of Windows', ';', (text) => Buffer.from(text, 'latin1')],
		['tabs', '\t', (text) => Buffer.from(text.replaceAll('\r', ''))],
		['commas and a byte order mark', ',', (text) => Buffer.from(`\ufeff${text}`)],
	])('a file with %s is read', async (_what, mark, encode) => {
		// the other marks stand in quoted headings and cells, where they separate nothing
		const lines = [
			['Account ID', 'Name', 'Created At', '"Note; with, both, of, them"', 'Completed Steps'],
			['A-1', 'Müller & Söhne', '2026-11-19', '"one; two, three"', '"connect-data; invite-team"'],
			['', 'Bäckerei Groß', '2026-11-19', '', ''],
		];
		const text = lines.map((cells) => `${cells.join(mark)}\r\n`).join('');
		const file = { name: 'kunden.csv', mimeType: 'text/csv', buffer: encode(text) };
		await askForPreview(page, n8n.url, { file, asOf: '2026-11-20' });
		const { heading, sections } = await readAnswer(page);
		expect(heading).toMatch(/^2 customers/);
		const unreadable = sections.get('1 Could not be read');
		expect(unreadable).toMatchObject([{ name: 'Bäckerei Groß' }]);
		expect(unreadable?.[0]?.why).toMatch(/^Row 2: .*"Account ID".*is empty/);
		const names = [...sections.values()].flat().map(({ name }) => name);
		expect(names).toContain('Müller & Söhne');
	});

	test('what stands in a cell is shown as text', async () => {
		const name = '<img src=x onerror=alert(1)>';
		await askForPreview(page, n8n.url, {
			file: csv(`Account ID,Name,Created At\nA-1,${name},2026-11-19\n`),
			asOf: '2026-11-20',
		});
		const { sections } = await readAnswer(page);
		expect([...sections.values()].flat()).toMatchObject([{ name }]);
		expect(remembered()).toBe(0);
	});
});
