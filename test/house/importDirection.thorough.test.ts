import { z } from 'zod/v4';
import { runModule } from './runModule';

type Case = { file: string; code: string; allowed: boolean };
// the text of these files is replaced
const CASES: Case[] = [
	{ file: 'engine/reasons.ts', code: "import { z } from 'zod/v4'; export { z };", allowed: true },
	{ file: 'engine/reasons.ts', code: "export * from './accounts/account';", allowed: true },
	{ file: 'engine/reasons.ts', code: "import { z } from 'zod'; export { z };", allowed: false },
	{
		file: 'engine/reasons.ts',
		code: "import { readFileSync } from 'node:fs'; readFileSync('');",
		allowed: false,
	},
	{
		file: 'engine/reasons.ts',
		code: "import type { Ledger } from '../ledger/ledger'; export type L = Ledger;",
		allowed: false,
	},
	{
		file: 'engine/reasons.ts',
		code: "export type L = import('../ledger/ledger').Ledger;",
		allowed: false,
	},
	{ file: 'engine/reasons.ts', code: "export * from '../nodes/platform/items';", allowed: false },
	{
		file: 'engine/reasons.ts',
		code: "export const load = async () => await import('n8n-workflow');",
		allowed: false,
	},
	{
		file: 'engine/reasons.ts',
		code: "export const load: unknown = require('n8n-workflow');",
		allowed: false,
	},
	{
		file: 'ledger/ledger.ts',
		code: "import { DatabaseSync } from 'node:sqlite'; export { DatabaseSync };",
		allowed: true,
	},
	{ file: 'ledger/ledger.ts', code: "export * from '../engine/reasons';", allowed: true },
	{ file: 'ledger/ledger.ts', code: "export * from '../services/mail/letter';", allowed: false },
	{
		file: 'ledger/ledger.ts',
		code: "import { NodeOperationError } from 'n8n-workflow'; export { NodeOperationError };",
		allowed: false,
	},
	{
		file: 'services/mail/letter.ts',
		code: "import { createTransport } from 'nodemailer'; export { createTransport };",
		allowed: true,
	},
	{ file: 'services/mail/letter.ts', code: "export * from '../../ledger/ledger';", allowed: false },
	{ file: 'nodes/platform/items.ts', code: "export * from '../../ledger/ledger';", allowed: true },
	{
		file: 'nodes/platform/items.ts',
		code: "import { createTransport } from 'nodemailer'; export { createTransport };",
		allowed: false,
	},
	{
		file: 'nodes/platform/items.ts',
		code: "export * from '../../test/harness/runWorkflow';",
		allowed: false,
	},
];

describe('the direction of imports', () => {
	let complaints: boolean[];
	beforeAll(() => {
		const answer = runModule(
			// the rule needs no types, and to know those of the whole project takes the linter ten times as long
			`import { ESLint } from 'eslint';
			import tseslint from 'typescript-eslint';
			const eslint = new ESLint({ overrideConfig: tseslint.configs.disableTypeChecked });
			const found = [];
			for (const { file, code } of input) {
				const [{ messages }] = await eslint.lintText(code, { filePath: file });
				found.push(messages.some(({ ruleId }) => ruleId === 'house/import-direction'));
			}
			answer(found);`,
			CASES,
		);
		complaints = z.array(z.boolean()).parse(answer);
	}, 60_000);

	test.each(
		CASES.map((one, index) => ({ ...one, index, says: one.allowed ? 'allows' : 'forbids' })),
	)('in $file the linter $says $code', ({ index, allowed }) => {
		expect(complaints[index]).toBe(!allowed);
	});
});
