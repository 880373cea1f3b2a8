import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod/v4';
import { note, report } from '../figures';

const ACCOUNTS = 1_000_000;
/** The rules engine takes too long for all of them. */
const FEWER = 20_000;
const ROUNDS = 3;
const PEERS = ['loop', 'jsonRulesEngine'];

const measuredSchema = z.object({ perSecond: z.number(), digest: z.string() });
type Measured = z.infer<typeof measuredSchema>;

/**
 * Assign Tier's engine over 1,000,000 accounts with reasons, in pages as n8n would hand them over, beside a loop with the
 * preset's figures in its code and json-rules-engine. Figures are accounts per second of processor time, of each the best
 * of three processes in turn. A peer that comes to another tier or reason spoils the run.
 */
export function benchTiers(): void {
	const best = new Map<string, Measured>();
	for (let round = 0; round < ROUNDS; round++) {
		for (const name of ['ours', ...PEERS]) {
			const measured = measure(name, name === 'jsonRulesEngine' ? FEWER : ACCOUNTS);
			note(`tiers, ${name}: ${Math.round(measured.perSecond)} accounts a second`);
			if (measured.perSecond > (best.get(name)?.perSecond ?? 0)) best.set(name, measured);
		}
	}
	const of = (name: string): Measured => {
		const found = best.get(name);
		if (found === undefined) throw new Error(`${name} was not measured`);
		return found;
	};
	for (const name of PEERS) {
		if (of(name).digest !== of('ours').digest)
			throw new Error(`${name} and Tier Gate differ, so they do not do the same`);
	}
	report({
		figure: 'tiers.engine.1m',
		value: Math.round(of('ours').perSecond),
		unit: 'per second',
		peers: Object.fromEntries(PEERS.map((name) => [name, Math.round(of(name).perSecond)])),
	});
}

function measure(name: string, accounts: number): Measured {
	const script = join(__dirname, 'tiers.process.ts');
	const output = execFileSync(
		process.execPath,
		['--import', 'tsx', script, name, String(accounts)],
		{ encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
	);
	const found: unknown = JSON.parse(output);
	return measuredSchema.parse(found);
}
