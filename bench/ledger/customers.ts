import { join } from 'node:path';
import { openSqliteLedger } from '../../ledger/sqlite';
import { claimOf, DAY, enrollmentOf, MINUTE, touchOf } from '../../test/ledger/rows';

/** A Tuesday, 10:00 in Berlin: mails may go. */
export const NOW = Date.parse('2026-03-03T09:00:00Z');
/** After this long an unconfirmed sweep's claims are free again, so that the next one has as much to do. */
export const BETWEEN_SWEEPS = 31 * MINUTE;
/** What is due in a sweep: the accounts are spread evenly over so many days, and one day's are due. */
export const DUE_SHARE = 1 / 20;

/** The journey of the bench, as rows of the node: three mails, the last on day 10, and a hand-over that nobody reaches. */
export const STEPS = [
	{ name: 'Welcome', id: 'welcome', output: 1, channel: 'email', days: 0 },
	{ name: 'Guide', id: 'guide', output: 2, channel: 'email', days: 5 },
	{ name: 'Results', id: 'results', output: 3, channel: 'email', days: 10 },
	{ name: 'Call', id: 'call', output: 4, channel: 'human', days: 20 },
].map((step) => ({
	...step,
	when: 'daysAfterStart',
	more: { attempts: 10, staleAfterDays: 30 },
}));

/** JavaScript that makes the accounts `from` (included) to `to` (not included), each with two contacts, usage and support. */
export const ACCOUNTS_CODE = `const at = (days) => new Date(${NOW} - days * 86400000).toISOString();
const items = [];
for (let i = from; i < to; i++) {
	items.push({ json: {
		accountId: 'acc-' + i,
		name: 'Company ' + i,
		arr: 1000 + (i * 37) % 90000,
		currency: 'USD',
		plan: ['starter', 'team', 'business'][i % 3],
		lifecycleStage: 'onboarding',
		timezone: ['Europe/Berlin', 'Europe/Paris', 'Europe/London'][i % 3],
		startedAt: at(i % 20),
		contacts: [
			{ email: 'ann@company-' + i + '.example', name: 'Ann', role: 'admin' },
			{ email: 'bob@company-' + i + '.example', name: 'Bob', role: 'user' },
		],
		usage: { activeUsers: i % 50, events: (i * 7) % 400, lastActiveAt: at((i * 5) % 40) },
		support: { openTickets: i % 7 },
	} });
}
return items;`;

/** What the ledger holds when the sweep begins: everybody enrolled, and sent what was due until yesterday. */
export async function seed(userFolder: string, accounts: number): Promise<void> {
	const ledger = openSqliteLedger(join(userFolder, '.n8n', 'digital-cs.sqlite'));
	const PAGE = 50_000;
	for (let from = 0; from < accounts; from += PAGE) {
		const page = Array.from({ length: Math.min(PAGE, accounts - from) }, (_nothing, i) => from + i);
		await ledger.enroll(
			page.map((i) =>
				enrollmentOf(`acc-${i}`, {
					anchorAt: NOW - (i % 20) * DAY,
					enrolledAt: NOW - (i % 20) * DAY,
				}),
			),
		);
		for (const { id, days } of STEPS) {
			// what is due today is what the sweep is there for
			const sent = page.filter((i) => i % 20 >= days && !(id === 'results' && i % 20 === days));
			const keys = sent.map((i) => `onboarding/1/acc-${i}/${id}/`);
			const then = NOW - 2 * DAY;
			await ledger.claim(
				sent.map((i, index) =>
					claimOf(
						touchOf(keys[index] ?? '', {
							accountId: `acc-${i}`,
							stepId: id,
							address: `ann@company-${i}.example`,
							dueAt: NOW - ((i % 20) - days) * DAY,
						}),
					),
				),
				then,
			);
			await ledger.beginSending(keys, then);
			await ledger.confirm(keys, then);
		}
	}
	await ledger.close();
}

/** The Customer Journey node's settings; `now` may be an expression. */
export function journeyParameters(now: string): Record<string, unknown> {
	return {
		journeyId: 'onboarding',
		team: 'team@vendor.example',
		steps: { step: STEPS },
		options: { now, timezone: 'Europe/Berlin', touchesPerRun: 1_000_000, takeOver: true },
	};
}
