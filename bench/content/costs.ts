import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { selectorSettingsSchema } from '../../engine/content/settings';
import { openSqliteLedger } from '../../ledger/sqlite';
import { startClaudeStub, type ClaudeStub } from '../../test/harness/claudeStub';
import { dice } from '../../test/harness/dice';
import { note, report } from '../figures';
import { catalogue } from './catalogue';
import { sayDifferences } from './differences';
import { askEach } from './naive';
import { accountOf, BETWEEN, customers, live, NOW, type Customer } from './program';
import { sweep, type Asked } from './sweep';

const ACCOUNTS = 10_000;
const THOUSANDS = ACCOUNTS / 1_000;
/** Customers are drawn independently, so that the first thousand are as good as any. */
const NAIVE = 1_000;

const items = catalogue(NOW);
const rows = items.map((item) => ({ ...item }));

/**
 * What Claude costs for 10,000 accounts and 500 contents, per 1,000 accounts: two sweeps two weeks apart, each Submit
 * Batch, Collect Batch and Select, over HTTP with a stub that counts tokens and bills as the service does. Beside it one
 * call for each account, with the whole catalogue, and with the account's own eight best.
 */
export async function benchCosts(): Promise<void> {
	const all = customers(ACCOUNTS, items, selectorSettingsSchema.parse({}));
	sayDifferences(all, items);
	const [first, second] = await twoSweeps(all);
	const stub = await startClaudeStub({ write });
	try {
		const some = all.slice(0, NAIVE);
		const naive = await askEach(some, items, 'catalogue', stub);
		const shortlist = await askEach(some, items, 'shortlist', stub);
		report({
			figure: 'content.calls',
			value: first.requests / THOUSANDS,
			unit: 'requests',
			peers: {
				secondSweep: second.requests / THOUSANDS,
				naive: naive.calls,
				naiveShortlist: shortlist.calls,
			},
		});
		report({
			figure: 'content.questions',
			value: first.questions / THOUSANDS,
			unit: 'answers',
			peers: {
				secondSweep: second.questions / THOUSANDS,
				naive: naive.calls,
				naiveShortlist: shortlist.calls,
			},
		});
		report({
			figure: 'content.cost',
			value: dollars(first.dollars / THOUSANDS),
			unit: '$',
			peers: {
				secondSweep: dollars(second.dollars / THOUSANDS),
				naive: dollars(naive.dollars),
				naiveShortlist: dollars(shortlist.dollars),
			},
		});
	} finally {
		await stub.close();
	}
}

async function twoSweeps(all: readonly Customer[]): Promise<[Asked, Asked]> {
	const folder = mkdtempSync(join(tmpdir(), 'digital-cs-bench-'));
	process.env.N8N_USER_FOLDER = folder;
	const ledger = openSqliteLedger(join(folder, '.n8n', 'digital-cs.sqlite'));
	const stub = await startClaudeStub({ batchMs: 60_000, write });
	try {
		await remember(ledger, all);
		const first = await swept(all, NOW, stub);
		const roll = dice(14);
		for (const one of all) {
			const chosen = items.find(({ id }) => id === first.chosen.get(one.accountId));
			live(one, chosen, NOW, roll);
		}
		stub.advance(BETWEEN);
		return [first, await swept(all, NOW + BETWEEN, stub)];
	} finally {
		await stub.close();
		await ledger.close();
		rmSync(folder, { recursive: true, force: true });
	}
}

async function swept(all: readonly Customer[], now: number, stub: ClaudeStub): Promise<Asked> {
	const asked = await sweep(
		all.map((one) => accountOf(one, now)),
		rows,
		now,
		stub,
	);
	const { questions, requests, dollars: cost, chosen } = asked;
	const saved = 1 - questions / chosen.size;
	note(
		`Sweep: ${String(chosen.size)} contents chosen with ${String(questions)} answers in ${String(requests)} requests for $${cost.toFixed(3)}; the memo saved ${(saved * 100).toFixed(1)} %`,
	);
	return asked;
}

const AT_ONCE = 2_000;

/** What the program sent before, as its ledger has it. */
async function remember(
	ledger: ReturnType<typeof openSqliteLedger>,
	all: readonly Customer[],
): Promise<void> {
	const picks = all.flatMap(({ accountId, seen }) =>
		seen.map(({ contentId, kind, at }) => ({
			key: `content/${accountId}/${String(at)}`,
			accountId,
			contact: `ann@company-${accountId.slice(4)}.example`,
			contentId,
			kind,
			at,
			experiment: '',
			variant: '',
			content: '{}',
		})),
	);
	for (let start = 0; start < picks.length; start += AT_ONCE) {
		const page = picks.slice(start, start + AT_ONCE);
		const none = { keys: [], contacts: [], since: 0 };
		await ledger.pickContent(none, () => ({ picks: page, answer: undefined }));
	}
}

/** As long as a model writes: what it says is billed, ours and that of the others alike. */
function write(pick: Record<string, unknown>): Record<string, unknown> {
	return {
		...pick,
		reason:
			'They have worked with boards for a while and nobody on the team uses this yet, so it is the next small step.',
		subject: 'A small step that saves your team time every week',
		opening:
			'Your boards are well kept, and there is one thing that would make them work harder for you. This short guide shows how others set it up, what they would do again, and how to try it with one project first.',
	};
}

/** To a hundredth of a cent. */
function dollars(value: number): number {
	return Math.round(value * 10_000) / 10_000;
}
