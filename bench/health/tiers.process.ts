import { createHash } from 'node:crypto';
import { z } from 'zod/v4';
import { PAGE } from './accounts';
import { TIER_CONTENDERS, tierAccounts } from './tierContenders';

/** As many accounts from the first on are compared. */
const COMPARED = 20_000;

/** One contender in a process of its own: none slows another down. */
async function main(): Promise<void> {
	const [name, count] = z.tuple([z.string(), z.coerce.number()]).parse(process.argv.slice(2));
	const contender = TIER_CONTENDERS[name];
	if (contender === undefined) throw new Error(`There is no contender ${name}`);
	const hash = createHash('sha256');
	let cpu = 0;
	// results of a page are there as long as the page is, as in n8n
	for (let from = 0; from < count; from += PAGE) {
		const accounts = tierAccounts(from, Math.min(PAGE, count - from));
		const start = process.cpuUsage();
		const results = await contender.assign(accounts);
		const { user, system } = process.cpuUsage(start);
		cpu += user + system;
		if (results.length !== accounts.length) throw new Error(`${name} lost accounts`);
		for (const result of results.slice(0, Math.max(0, COMPARED - from))) {
			const { tier, name: called, output, text } = contender.foundOf(result);
			hash.update(`${tier} ${called} ${output} ${text}\n`);
		}
	}
	process.stdout.write(
		JSON.stringify({ perSecond: (count / cpu) * 1e6, digest: hash.digest('hex') }),
	);
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
