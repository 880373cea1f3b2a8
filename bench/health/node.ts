import { join } from 'node:path';
import { localDay } from '../../engine/health/history/localDay';
import type { HealthMemory } from '../../engine/health/history/memory';
import { openSqliteLedger } from '../../ledger/sqlite';
import { median, note, report } from '../figures';
import { benchNode as node, seconds, TOLD, withSweeps, worst, type Sweep } from '../sweeps';

const ACCOUNTS = 100_000;
const NOW = Date.parse('2026-03-02T09:00:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const DAYS = 3;
const SCORES_KEPT = 91;
const BASELINE_DAYS = 28;

/**
 * Health Score with memory over 100,000 accounts in one execution of the real n8n that saves nothing of it: the model
 * Product-Led, which compares with 28 days of memory, on accounts of which 13 weeks are remembered. The first sweep of a
 * day reads and writes every account; beside it the second one of the same day, and the same without memory.
 */
export async function benchNode(): Promise<void> {
	const healthScore = node('Health Score', 'n8n-nodes-digital-cs.healthScore', 1, {
		model: 'productLed',
		remember: `={{ ${TOLD}.remember }}`,
		options: { now: `={{ ${TOLD}.now }}` },
	});
	await withSweeps(
		{ name: 'health', accounts: ACCOUNTS_CODE, node: healthScore, seed },
		async (sweep) => {
			const sweepOnce = async (now: number, remember: boolean): Promise<Sweep> => {
				const swept = await sweep({ now: new Date(now).toISOString(), remember });
				if (swept.counts[0] !== ACCOUNTS || swept.counts[1] !== 0)
					throw new Error(`The sweep gave ${swept.counts.join(' and ')} items`);
				return swept;
			};
			const times = { first: [] as number[], second: [] as number[], without: [] as number[] };
			const sweeps: Sweep[] = [];
			for (let day = 0; day < DAYS; day++) {
				const now = NOW + day * DAY;
				const first = await sweepOnce(now, true);
				const second = await sweepOnce(now + HOUR, true);
				const without = await sweepOnce(now, false);
				note(`Day ${day + 1}: ${JSON.stringify({ first, second, without })}`);
				times.first.push(first.ms);
				times.second.push(second.ms);
				times.without.push(without.ms);
				sweeps.push(first, second);
			}
			report({
				figure: 'health.node.100k',
				value: seconds(median(times.first)),
				unit: 's',
				peers: {
					sameDayAgain: seconds(median(times.second)),
					withoutMemory: seconds(median(times.without)),
				},
			});
			note(`At most ${worst(sweeps, 'blockMs')} ms without a pause`);
			note(`At most ${worst(sweeps, 'rssMB')} MB`);
		},
	);
}

/** What is remembered of every account the day before: a score and a number of users a day. */
async function seed(userFolder: string): Promise<void> {
	note(`Filling a ledger with the memory of ${ACCOUNTS} accounts`);
	const ledger = openSqliteLedger(join(userFolder, '.n8n', 'digital-cs.sqlite'));
	const day = localDay(NOW, 'UTC') - 1;
	const hex = (score: number): string => score.toString(16).padStart(2, '0');
	const PAGE = 20_000;
	for (let from = 0; from < ACCOUNTS; from += PAGE) {
		const page = Array.from({ length: PAGE }, (_nothing, place) => from + place);
		const changes = page.map((i) => {
			const memory: HealthMemory = {
				scores: Array.from({ length: SCORES_KEPT }, (_none, back) =>
					hex(62 + ((i + back * 3) % 30)),
				).join(''),
				band: 'yellow',
				since: day - 30,
				steady: 3,
				values: {
					weeklyUsers: Array.from(
						{ length: BASELINE_DAYS + 1 },
						(_none, back) => 20 + ((i + back) % 50),
					),
				},
			};
			const state = JSON.stringify(memory);
			return { accountId: `acc-${i}`, day, revision: 1, state };
		});
		await ledger.countHealth('product-led', day, { scored: PAGE, triggered: 0 });
		await ledger.rememberHealth('product-led', changes);
	}
	await ledger.close();
}

/** Accounts of which a few drop every day, made by a formula: the day of `now` moves every figure a little. */
const ACCOUNTS_CODE = `const { now: text } = ${TOLD};
const now = Date.parse(text);
const day = Math.floor(now / 86400000);
const at = (days) => new Date(now - days * 86400000).toISOString();
const asOf = at(0.5);
const items = [];
for (let i = 0; i < ${ACCOUNTS}; i++) {
	const bought = 10 + (i % 90);
	const falls = (i + day) % 50 === 0;
	items.push({ json: {
		accountId: 'acc-' + i,
		name: 'Company ' + i,
		arr: 1000 + (i * 37) % 90000,
		currency: 'USD',
		plan: ['starter', 'team', 'business'][i % 3],
		lifecycleStage: 'adopting',
		executiveSponsor: 'Somebody',
		createdAt: '2024-01-15',
		renewalDate: at(-(i % 365)),
		usage: { activeUsers: falls ? 5 : 40 + (i + day) % 20, events: falls ? 60 : 300 + (i * 7 + day) % 100, previousEvents: 320, lastActiveAt: at(falls ? 25 : (i * 5) % 4), asOf, adoption: ((i * 11) % 97) / 97 },
		support: { openTickets: i % 7, openP1: i % 20 === 0 ? 1 : 0 },
		sentiment: { nps: ((i * 17) % 101) * 2 - 100, csat: 1 + ((i * 3) % 40) / 10 },
		licences: { bought, used: Math.floor(bought * 0.7) },
	} });
}
return items;`;
