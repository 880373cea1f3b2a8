import { join } from 'node:path';
import { DAY_MS } from '../../engine/calendar/zone';
import { openSqliteLedger } from '../../ledger/sqlite';
import { note } from '../figures';
import { benchNode as node, seconds, TOLD, withSweeps, worst, type Sweep } from '../sweeps';
import { catalogue } from './catalogue';
import { BETWEEN, NOW } from './program';
import { FEATURES } from './product';

const ACCOUNTS = 100_000;
const TURNS = 3;
/** Accounts were sent none to ten contents before. */
const MOST_SEEN = 10;

const items = catalogue(NOW);

/**
 * *Select* by rules over 100,000 accounts and 500 contents in one execution of the real n8n on SQLite that saves nothing of
 * it, every account with what it was sent before; three sweeps two weeks apart, each of which writes down what was chosen.
 */
export async function benchNode(): Promise<void> {
	const rows = JSON.stringify(items.map((json) => ({ json })));
	const selector = node('Content Selector', 'n8n-nodes-digital-cs.contentSelector', 1, {
		operation: 'select',
		chooseBy: 'rules',
		options: { now: `={{ ${TOLD}.now }}` },
	});
	const content = node('Catalogue', 'n8n-nodes-base.code', 2, { jsCode: `return ${rows};` });
	const toSweep = {
		name: 'content',
		accounts: ACCOUNTS_CODE,
		node: selector,
		inputs: [content],
		outputs: [0],
		seed,
	};
	await withSweeps(toSweep, async (sweep) => {
		const sweeps: Sweep[] = [];
		for (let turn = 0; turn < TURNS; turn++) {
			const swept = await sweep({ now: new Date(NOW + turn * BETWEEN).toISOString() });
			const [selected = 0, nothing = 0, notRead] = swept.counts;
			if (selected + nothing !== ACCOUNTS || notRead !== 0 || selected < ACCOUNTS / 2)
				throw new Error(`The sweep gave ${swept.counts.join(', ')} items`);
			note(`In n8n, sweep ${String(turn + 1)}: ${JSON.stringify(swept)}`);
			sweeps.push(swept);
		}
		note(
			`In n8n: ${String(seconds(Math.min(...sweeps.map(({ ms }) => ms))))} s, at most ${String(worst(sweeps, 'blockMs'))} ms without a pause and ${String(worst(sweeps, 'rssMB'))} MB`,
		);
	});
}

const PAGE = 2_000;

async function seed(userFolder: string): Promise<void> {
	note(`Filling a ledger with what ${String(ACCOUNTS)} accounts were sent`);
	const ledger = openSqliteLedger(join(userFolder, '.n8n', 'digital-cs.sqlite'));
	const PER_PAGE = Math.floor((PAGE * 2) / MOST_SEEN);
	for (let from = 0; from < ACCOUNTS; from += PER_PAGE) {
		const picks = Array.from({ length: PER_PAGE }, (_none, place) => from + place).flatMap((i) =>
			Array.from({ length: i % (MOST_SEEN + 1) }, (_none, back) => {
				const item = items[(i * 7 + back * 13) % items.length];
				return {
					key: `content/acc-${String(i)}/${String(back)}`,
					accountId: `acc-${String(i)}`,
					contact: `ann@company-${String(i)}.example`,
					contentId: item?.id ?? '',
					kind: item?.kind ?? 'article',
					at: NOW - (back + 1) * 14 * DAY_MS,
					experiment: '',
					variant: '',
					content: '{}',
				};
			}),
		);
		const none = { keys: [], contacts: [], since: 0 };
		await ledger.pickContent(none, () => ({ picks, answer: undefined }));
	}
	await ledger.close();
}

/** Accounts of all plans, stages, roles and languages, with features in use: made by a formula in n8n's own Code node. */
const ACCOUNTS_CODE = `const features = ${JSON.stringify(FEATURES.map(({ name }) => name))};
const items = [];
for (let i = 0; i < ${String(ACCOUNTS)}; i++) {
	const plan = i % 20 === 0 ? 3 : i % 20 < 4 ? 2 : i % 20 < 10 ? 1 : 0;
	const had = [13, 26, 36, 40][plan];
	items.push({ json: {
		accountId: 'acc-' + i,
		name: 'Company ' + i,
		arr: 1000 + (i * 37) % 90000,
		currency: 'USD',
		plan: ['Starter', 'Team', 'Business', 'Enterprise'][plan],
		lifecycleStage: ['onboarding', 'adopting', 'established', 'established', 'renewing'][i % 5],
		contacts: [{ email: 'ann@company-' + i + '.example', name: 'Ann', role: ['admin', 'user', 'champion', 'decisionMaker'][i % 4], locale: ['en-US', 'de-DE', 'en-GB', 'fr-FR', 'es-MX', 'ja-JP', 'pt-BR'][i % 7] }],
		usage: { activeUsers: 40 + i % 20, featuresUsed: features.slice(0, had).filter((_name, place) => (i * 31 + place * place * 17) % 100 < 80 / (1 + place / 8)) },
		health: { band: ['green', 'yellow', 'green', 'red'][i % 4] },
	} });
}
return items;`;
