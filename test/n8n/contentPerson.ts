import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startClaudeStub, type ClaudeStub } from '../harness/claudeStub';
import type { WorkflowFile } from './client';
import { root } from './folders';

export const SELECTOR = 'Content Selector';

/** The rows and the account of which docs/content-selector.md tells. */
function shown(block: string): string {
	const page = readFileSync(join(root, 'docs', 'content-selector.md'), 'utf8');
	const [, after = ''] = page.split(`\`\`\`json ${block}\n`);
	return after.split('\n```')[0] ?? '';
}

/** Content for one account, chosen by Claude. Nothing of it is published. */
export function contentByClaude(
	id: string,
	anthropicApi: { id: string; name: string },
	now: string,
): WorkflowFile {
	const node = (
		name: string,
		type: string,
		position: [number, number],
		parameters: Record<string, unknown>,
		more: object = {},
	): WorkflowFile['nodes'][number] => ({
		id: `${id}-${name}`,
		name,
		type,
		typeVersion: 1,
		position,
		parameters,
		...more,
	});
	const wire = (to: string, index = 0) => ({ node: to, type: 'main', index });
	const code = (jsCode: string): [Record<string, unknown>, object] => [
		{ jsCode },
		{ typeVersion: 2 },
	];
	return {
		id,
		name: 'Content for one account',
		nodes: [
			node('Try it', 'n8n-nodes-base.manualTrigger', [0, 0], {}),
			node(
				'Our accounts',
				'n8n-nodes-base.code',
				[220, -100],
				...code(`return [{ json: ${shown('account')} }]`),
			),
			node(
				'Our catalogue',
				'n8n-nodes-base.code',
				[220, 100],
				...code(`return ${shown('catalogue')}.map((json) => ({ json }))`),
			),
			node(
				SELECTOR,
				'n8n-nodes-digital-cs.contentSelector',
				[480, 0],
				{
					operation: 'select',
					chooseBy: 'claude',
					model: 'claude-haiku-5-5',
					options: { now, monthBudget: 20 },
				},
				{ credentials: { anthropicApi } },
			),
		],
		connections: {
			'Try it': { main: [[wire('Our accounts'), wire('Our catalogue')]] },
			'Our accounts': { main: [[wire(SELECTOR)]] },
			'Our catalogue': { main: [[wire(SELECTOR, 1)]] },
		},
		settings: { executionOrder: 'v1' },
	};
}

/** A stand-in for Claude that writes as it would. */
export async function startWriter(): Promise<ClaudeStub> {
	return await startClaudeStub({
		write: () => ({
			reason: 'Automations does not go well any more, and an admin can repair it today.',
			id: 'automations-repair',
			subject: 'Damit Ihre Automations wieder laufen',
			opening:
				'Eine Automation, die stehen bleibt, hat meist eine von drei Ursachen. Dieser Artikel zeigt Ihnen, wie Sie Ihre finden, damit Aufgaben wieder von selbst weiterlaufen.',
		}),
	});
}
