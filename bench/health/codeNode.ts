import { compileFunction } from 'node:vm';
import { z } from 'zod/v4';
import { codeForAllItems } from '../nodes/peers';
import { NOW } from './accounts';
import type { Contender } from './contender';

const run: unknown = compileFunction(codeForAllItems(NOW), ['$input']);
const healthSchema = z.object({
	score: z.number().nullable(),
	band: z.string(),
	reasons: z.array(z.object({ code: z.string(), signal: z.string() })),
});
const itemsSchema = z.array(z.object({ json: z.object({ health: z.unknown() }) }));

/** What somebody would write into a Code node, in this process: n8n's own costs of running one come on top. */
export const codeNode: Contender = {
	score: (accounts) => {
		const input = { all: () => accounts.map((account) => ({ json: account })) };
		const items: unknown = typeof run === 'function' ? Reflect.apply(run, undefined, [input]) : [];
		const list: unknown[] = Array.isArray(items) ? items : [];
		return list;
	},
	foundOf: (item) => {
		const { score, band, reasons } = healthSchema.parse(itemsSchema.parse([item])[0]?.json.health);
		return { score, band, top: reasons.filter(({ code }) => code === 'signal_lowers') };
	},
};
