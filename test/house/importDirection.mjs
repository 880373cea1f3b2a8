import { dirname, relative, resolve, sep } from 'node:path';

/**
 * Which way imports go (design, "The house"): what each folder may import of ours and of others. Folders that are not
 * named here (test, bench) may import all.
 */
const MAY_IMPORT = {
	engine: {
		folders: ['engine'],
		// the last three are pure arithmetic for Backtest and Calibrate (CONTRIBUTING, "Runtime dependencies")
		packages: ['zod/v4', 'luxon', 'd3-array', 'd3-shape', 'quadprog'],
	},
	ledger: { folders: ['ledger', 'engine'], packages: ['zod/v4', 'pg', 'node:*'] },
	services: {
		folders: ['services', 'engine'],
		packages: [
			'zod/v4',
			'node:*',
			'@anthropic-ai/sdk',
			'@anthropic-ai/sdk/*',
			'nodemailer',
			'nodemailer/*',
			'liquidjs',
			'html-to-text',
		],
	},
	nodes: {
		folders: ['nodes', 'engine', 'ledger', 'services'],
		packages: ['n8n-workflow', 'zod/v4', 'luxon', 'node:path', 'node:crypto'],
	},
	cli: {
		folders: ['cli', 'engine', 'services'],
		packages: ['zod/v4', 'node:*', 'commander', 'csv-parse/sync', 'cli-table3'],
	},
	credentials: { folders: ['credentials'], packages: ['n8n-workflow'] },
};

/** ESLint rule: every import, export-from, `import()`, `import type` and `require` keeps to the table. */
export const importDirection = {
	meta: {
		type: 'problem',
		schema: [],
		messages: {
			folder:
				'{{from}}/ may not import {{to}}/: the arrows go nodes → engine, nodes → ledger → engine, nodes → services, cli → engine, cli → services.',
			package: '{{from}}/ may not import {{to}}: it may use {{allowed}}.',
		},
	},
	create(context) {
		const from = folderOf(context.cwd, context.filename);
		const allowed = MAY_IMPORT[from];
		if (allowed === undefined) return {};
		const check = (node) => {
			if (node?.type !== 'Literal' || typeof node.value !== 'string') return;
			const name = node.value;
			if (name.startsWith('.')) {
				const to = folderOf(context.cwd, resolve(dirname(context.filename), name));
				if (!allowed.folders.includes(to))
					context.report({ node, messageId: 'folder', data: { from, to } });
			} else if (
				!allowed.packages.some((one) =>
					one.endsWith('*') ? name.startsWith(one.slice(0, -1)) : name === one,
				)
			) {
				context.report({
					node,
					messageId: 'package',
					data: { from, to: name, allowed: allowed.packages.join(', ') },
				});
			}
		};
		return {
			ImportDeclaration: (node) => check(node.source),
			ExportNamedDeclaration: (node) => check(node.source),
			ExportAllDeclaration: (node) => check(node.source),
			ImportExpression: (node) => check(node.source),
			TSImportType: (node) => check(node.source ?? node.argument?.literal),
			TSExternalModuleReference: (node) => check(node.expression),
			'CallExpression[callee.name="require"]': (node) => check(node.arguments[0]),
		};
	},
};

function folderOf(root, file) {
	return relative(root, file).split(sep)[0];
}
