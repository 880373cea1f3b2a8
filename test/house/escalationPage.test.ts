import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sayTime } from '../../engine/calendar/localTime';
import type { Kind } from '../../engine/escalation/case';
import { checkDeadlines } from '../../engine/escalation/checkDeadlines';
import type { CaseMemory } from '../../engine/escalation/memory';
import { routerPolicySchema } from '../../engine/escalation/policy';
import { compileRouter } from '../../engine/escalation/routing/router';
import { routeCalls } from '../../engine/escalation/routeCalls';
import { compileSla } from '../../engine/escalation/sla';
import { slaOf } from '../../engine/escalation/slaOf';
import { root } from '../n8n/folders';

const page = readFileSync(join(root, 'docs', 'escalation-router.md'), 'utf8');

/** The policy that the page shows. */
const policy = ((): ReturnType<typeof routerPolicySchema.parse> => {
	const [, text = ''] = /## The policy as JSON[\s\S]*?```json\n([\s\S]*?)```/.exec(page) ?? [];
	return routerPolicySchema.parse(JSON.parse(text));
})();

/** Rows of the tables between two marks of the page, without their heads. */
function rowsBetween(from: string, to: string): string[][] {
	const part = page.slice(page.indexOf(from), page.indexOf(to, page.indexOf(from)));
	return part
		.split('\n')
		.filter((line) => line.startsWith('| '))
		.slice(1)
		.map((line) => line.split('|').slice(1, -1))
		.map((cells) => cells.map((cell) => cell.trim()));
}

const NOTHING: CaseMemory = {
	cases: [],
	survivorOf: new Map(),
	loads: new Map(),
	days: new Map(),
	fates: new Map(),
	nextNo: 1,
};

/** What the engine makes of one reason that comes at `at`, and that nobody acknowledges. */
function story(region: string, kind: Kind, at: string) {
	const now = Date.parse(at);
	const reason = { key: 'k', code: 'reply_received', kind, priority: 'normal', at: now } as const;
	const call = {
		accountId: 'a',
		facts: { region, arr: 48_000 },
		reasons: [{ ...reason, text: 'It is so' }],
	};
	const { outcomes } = routeCalls(compileRouter(policy), NOTHING, [call], now);
	const [outcome] = outcomes;
	if (outcome === undefined) throw new Error('Nothing was routed');
	let one = outcome.case;
	const { zone } = compileSla(one.sla);
	const told = [{ at: sayTime(now, zone), event: 'routed', to: one.owner.name }];
	const due = slaOf(one, now).find(({ measure }) => measure === 'acknowledge')?.dueAt ?? 0;
	const elapsed = slaOf(one, due).find(({ measure }) => measure === 'acknowledge')?.elapsed;
	while (one.nextLook !== undefined) {
		const look = one.nextLook;
		const fates = new Map(
			one.pending.map((key) => [key, { state: 'arrived', attempts: 1 } as const]),
		);
		const { tellings, changes } = checkDeadlines({ ...NOTHING, cases: [one], fates }, look);
		for (const { notice } of tellings)
			told.push({ at: sayTime(look, zone), event: notice.event, to: notice.to.name });
		[one = one] = changes.cases;
	}
	const when = (event: string, to?: string): string[] =>
		told.filter((row) => row.event === event && (to ?? row.to) === row.to).map((row) => row.at);
	return { owner: one.owner.name, when, elapsed, due: sayTime(due, zone) };
}

const FRIDAY = '2026-03-06T16:30:00-05:00';
const MINUTE = 60_000;

describe('docs/escalation-router.md', () => {
	const ana = story('AMER', 'escalation', FRIDAY);
	const clara = story('EMEA', 'escalation', FRIDAY);
	const both = (say: (its: typeof ana) => string | undefined) => [say(ana), say(clara)];

	test('its policy validates, and gives the example to the two people whom it names', () => {
		expect([ana.owner, clara.owner]).toEqual(['Ana Lima', 'Clara Vogt']);
	});

	test('the worked example is what the engine gives, row by row', () => {
		const [routed, reminded, due, level, again, real, business] = rowsBetween(
			'### A worked example',
			'Ana has half an hour',
		);
		const cells = (row: string[] | undefined) => row?.slice(1);
		expect(cells(routed)).toEqual(both(({ when }) => when('routed')[0]));
		expect(cells(reminded)).toEqual(both(({ when }) => when('nearing').join()));
		expect(cells(due)).toEqual(both(({ when }) => when('breached').join()));
		expect(cells(due)).toEqual(both(({ when }) => when('level', 'Maria Weber').join()));
		expect(cells(due)).toEqual(both((its) => its.due));
		expect([cells(level), cells(again)]).toEqual([
			both(({ when }) => when('level', 'Dana Reed')[0]),
			both(({ when }) => when('level', 'Dana Reed').slice(1).join()),
		]);
		expect(cells(real)).toEqual(both(({ elapsed }) => String((elapsed?.real ?? 0) / MINUTE)));
		expect(cells(business)).toEqual(
			both(({ elapsed }) => String((elapsed?.business ?? 0) / MINUTE)),
		);
	});

	test('so is the alert', () => {
		const alerts = [story('AMER', 'alert', FRIDAY), story('EMEA', 'alert', FRIDAY)];
		const rows = rowsBetween('Had it been an **alert**', 'One business day from');
		expect(rows.map((row) => row.slice(1))).toEqual(
			['routed', 'nearing', 'breached'].map((event) =>
				alerts.map(({ when }) => when(event).join()),
			),
		);
	});

	test('and the night shifts in which clocks change', () => {
		const nights = ['2026-03-29T00:30:00+01:00', '2026-10-25T00:30:00+02:00'].map((at) =>
			story('nights', 'escalation', at),
		);
		const rows = rowsBetween('A **night shift**', '### Who is told');
		expect(rows.map((row) => row.slice(1))).toEqual(
			['routed', 'breached'].map((event) => nights.map(({ when }) => when(event).join())),
		);
	});
});
