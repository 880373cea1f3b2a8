import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod/v4';
import { note, report } from '../figures';
import { benchTiers } from './tiers';
import { benchNode } from './node';

const ACCOUNTS = 1_000_000;
/** The rules engine takes too long for all of them. */
const FEWER = 20_000;
const ROUNDS = 3;

const measuredSchema = z.object({
	perSecond: z.number(),
	rssMb: z.number(),
	digest: z.string(),
});
type Measured = z.infer<typeof measuredSchema>;

export async function bench(): Promise<void> {
	benchEngine();
	benchTiers();
	await benchNode();
}

/**
 * Health Score's engine over 1,000,000 accounts with explanations, in pages as n8n would hand them over, beside a plain
 * loop, the code of a Code node, and json-rules-engine. Figures are accounts per second of processor time, of each the
 * best of three processes in turn. A peer that comes to another score, band or reason spoils the run.
 */
function benchEngine(): void {
	const best = new Map<string, Measured>();
	for (let round = 0; round < ROUNDS; round++) {
		for (const name of ['ours', 'loop', 'codeNode', 'jsonRulesEngine']) {
			const measured = measure(name, name === 'jsonRulesEngine' ? FEWER : ACCOUNTS);
			const { perSecond, rssMb } = measured;
			note(`${name}: ${Math.round(perSecond)} accounts a second, ${Math.round(rssMb)} MB`);
			if (perSecond > (best.get(name)?.perSecond ?? 0)) best.set(name, measured);
		}
	}
	const of = (name: string): Measured => {
		const found = best.get(name);
		if (found === undefined) throw new Error(`${name} was not measured`);
		return found;
	};
	const ours = of('ours');
	for (const [name, { digest }] of best) {
		if (digest === ours.digest) continue;
		throw new Error(`${name} and Health Score differ, so they do not do the same`);
	}
	const peers = Object.fromEntries(
		['loop', 'codeNode', 'jsonRulesEngine'].map((name) => [name, Math.round(of(name).perSecond)]),
	);
	report({
		figure: 'health.engine.1m',
		value: Math.round(ours.perSecond),
		unit: 'per second',
		peers,
	});
	report({ figure: 'health.engine.rss', value: Math.round(ours.rssMb), unit: 'MB' });
}

function measure(name: string, accounts: number): Measured {
	const script = join(__dirname, 'score.process.ts');
	const output = execFileSync(
		process.execPath,
		['--import', 'tsx', script, name, String(accounts)],
		{ encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
	);
	const found: unknown = JSON.parse(output);
	return measuredSchema.parse(found);
}
