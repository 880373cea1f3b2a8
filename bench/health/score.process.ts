import { createHash } from 'node:crypto';
import { z } from 'zod/v4';
import { page, PAGE } from './accounts';
import { codeNode } from './codeNode';
import type { Contender } from './contender';
import { jsonRulesEngine } from './jsonRulesEngine';
import { loop } from './loop';
import { ours } from './ours';

/** As many accounts from the first on are compared. */
export const COMPARED = 20_000;

const CONTENDERS: Record<string, Contender> = { ours, loop, codeNode, jsonRulesEngine };

/** One contender in a process of its own: none slows another down, and memory is its own. */
async function main(): Promise<void> {
	const [name, count] = z.tuple([z.string(), z.coerce.number()]).parse(process.argv.slice(2));
	const contender = CONTENDERS[name];
	if (contender === undefined) throw new Error(`There is no contender ${name}`);
	const hash = createHash('sha256');
	let cpu = 0;
	// results of a page are there as long as the page is, as in n8n
	for (let from = 0; from < count; from += PAGE) {
		const accounts = page(from, Math.min(PAGE, count - from));
		const start = process.cpuUsage();
		const results = await contender.score(accounts);
		const { user, system } = process.cpuUsage(start);
		cpu += user + system;
		if (results.length !== accounts.length) throw new Error(`${name} lost accounts`);
		for (const result of results.slice(0, Math.max(0, COMPARED - from))) {
			const { score, band, top } = contender.foundOf(result);
			hash.update(`${score} ${band} ${top.map(({ signal }) => signal).join()}\n`);
		}
	}
	const perSecond = (count / cpu) * 1e6;
	const rssMb = process.resourceUsage().maxRSS / 1024;
	process.stdout.write(JSON.stringify({ perSecond, rssMb, digest: hash.digest('hex') }));
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
