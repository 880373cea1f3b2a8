import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from './client';
import { openEditor, type Editor } from './editor';
import { nodePanel, type NodePanel } from './nodePanel';
import { addRule, changeSignals, HEALTH, scoreAndTiers, TIERS } from './operationsPerson';
import { startN8n, type N8nServer } from './server';

describe('an operations person in the editor of the real n8n', () => {
	const userFolder = mkdtempSync(join(tmpdir(), 'digital-cs-'));
	let n8n: N8nServer;
	let editor: Editor;
	let panel: NodePanel;

	beforeAll(async () => {
		n8n = await startN8n({ userFolder });
		const client = await connect(n8n.url);
		const id = await client.importWorkflow(scoreAndTiers('dcsEditorScore0001'));
		// high enough for an account to be read without scrolling
		editor = await openEditor(n8n.url, { height: 3000 });
		panel = nodePanel(editor.page);
		await editor.open(id);
		await editor.fit();
		await editor.run('Try it');
	});
	afterAll(async () => {
		await editor.close();
		await n8n.stop();
		rmSync(userFolder, { recursive: true, force: true });
	});

	test('changes a weight, adds a signal, runs the node and reads score and reasons', async () => {
		await editor.openNode(HEALTH);
		const before = await panel.json();
		// license use: 40 % is a third of the way from 20 % to 80 %, so 6.7 of 20 points
		expect(before).toContain('"score": 87');
		expect(before).toContain('License use is 40 %, which earns 7 of 20 points');

		await changeSignals(panel);
		await panel.execute();

		// all weights are 125 now: license use earns 5.3 of 16, and 24 days overdue a fifth of 12
		const after = await panel.json();
		expect(after).toContain('"score": 80');
		expect(after).toContain('"band": "green"');
		expect(after).toContain('License use is 40 %, which earns 5 of 16 points');
		expect(after).toContain('Days overdue is 24, which earns 2 of 12 points');
		await editor.closeNode();
	});

	test('adds a rule with a condition, runs Tier Gate and reads tier and reason', async () => {
		const { page } = editor;
		await editor.openNode(TIERS);
		await panel.execute();
		await page.getByText('1 account is undecided').first().waitFor();
		await addRule(panel);
		await panel.execute();

		await page.getByText('1 Digital Branch (1 item)').click();
		const found = await panel.json();
		expect(found).toContain('"accountId": "olive"');
		expect(found).toMatch(/"tier": \{ "tier": "digital", "name": "Digital", "output": 1/);
		expect(found).toMatch(/ARR is [^"]*10,000: Digital/);
		expect(await page.getByText('account is undecided').count()).toBe(0);
		await editor.closeNode();
		expect(await editor.outputNames(TIERS)).toEqual([
			'Undecided',
			'1 Digital',
			'2 Pooled',
			'3 High-Touch',
		]);
	});
});
