import {
	acknowledge,
	pause,
	recordTouch,
	resume,
	type Answer,
} from '../../../engine/escalation/answers';
import { KINDS, MEASURES, PRIORITIES, type Case } from '../../../engine/escalation/case';
import { checkDeadlines } from '../../../engine/escalation/checkDeadlines';
import type { CaseMemory } from '../../../engine/escalation/memory';
import { slaPolicySchema, type SlaTarget } from '../../../engine/escalation/policy';
import { routeCalls } from '../../../engine/escalation/routeCalls';
import { compileSla } from '../../../engine/escalation/sla';
import { slaOf } from '../../../engine/escalation/slaOf';
import type { Target } from '../../../engine/escalation/target';
import { dice, pick } from '../../harness/dice';
import { call, reason } from './deskBook';
import { freeze } from '../../harness/freeze';

const CASES = 100_000;
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const WHO = { email: 'ada@vendor.example', name: 'Ada' };
const NOTHING: CaseMemory = {
	cases: [],
	survivorOf: new Map(),
	loads: new Map(),
	days: new Map(),
	fates: new Map(),
	nextNo: 1,
};

const office = [
	{ from: '09:00', to: '12:00' },
	{ from: '13:00', to: '17:30' },
];
const night = [{ from: '22:00', to: '06:00' }];
const TARGETS: readonly [Target, ...Target[]] = [
	{ amount: 4, unit: 'hours', clock: 'business' },
	{ amount: 2, unit: 'hours', clock: 'business' },
	{ amount: 45, unit: 'minutes', clock: 'business' },
	{ amount: 4, unit: 'hours', clock: 'real' },
	{ amount: 1, unit: 'businessDays' },
	{ amount: 3, unit: 'businessDays' },
];

/** Some policies in each of some zones, around changes of clocks, with targets for everything. */
const roll = dice(41);
const SLAS = [
	'Europe/Berlin',
	'America/New_York',
	'Australia/Lord_Howe',
	'America/Nuuk',
	'Asia/Kolkata',
].flatMap((zone) =>
	Array.from({ length: 8 }, (_none, index) => {
		const shifts = index % 4 === 3 ? night : office;
		const hours = { mon: shifts, tue: shifts, wed: shifts, thu: shifts, fri: shifts.slice(0, 1) };
		const targets = KINDS.flatMap((kind) =>
			MEASURES.flatMap((measure) =>
				[undefined, ...PRIORITIES].flatMap((priority): SlaTarget[] =>
					priority === undefined || roll() < 0.4
						? [
								{
									kind,
									measure,
									target: pick(roll, TARGETS),
									...(priority && { priority }),
								},
							]
						: [],
				),
			),
		);
		const level = { to: WHO, after: { amount: 1, unit: 'hours' as const } };
		const calendar = { zone, hours, holidays: ['2026-12-25', '2027-05-17'] };
		return JSON.stringify(slaPolicySchema.parse({ calendar, targets, levels: [level] }));
	}),
);

function anySla(next: () => number): string {
	return SLAS[Math.floor(next() * SLAS.length)] ?? '';
}

/** A router with one person and the given policy. */
const routerOf = (sla: string) => ({
	priorityOf: (_facts: unknown, priority: Case['priority']) => ({ priority, reasons: [] }),
	assign: () => ({ owner: WHO, pool: '', sla, reasons: [] }),
	has: () => true,
	keeps: () => true,
	dayOf: () => 0,
	reopenDays: 14,
	digestCap: 10,
});

function opened(
	sla: string,
	its: readonly Pick<Case, 'kind' | 'priority'>[],
	now: number,
	cases: Case[] = [],
): Case {
	const calls = [
		call(
			'acme',
			its.map((one) => reason(one)),
		),
	];
	const [outcome] = routeCalls(
		routerOf(sla),
		{ ...NOTHING, cases, nextNo: cases.length + 1 },
		calls,
		now,
	).outcomes;
	if (outcome === undefined) throw new Error('A call without an outcome');
	return freeze(outcome.case);
}

function done(answer: Answer): Case {
	if ('refused' in answer) throw new Error(answer.refused.text);
	return freeze(answer.case);
}

const anyWeight = (next: () => number) => ({
	kind: pick(next, KINDS),
	priority: pick(next, PRIORITIES),
});

/** In 2026 and 2027; every fifth one near a change of clocks, where mistakes live and offsets take long to ask for. */
function someTime(next: () => number): number {
	const change = Date.parse(
		pick(next, [
			'2026-10-25T01:00Z',
			'2026-11-01T06:00Z',
			'2027-03-14T07:00Z',
			'2027-03-28T01:00Z',
			'2027-04-03T15:00Z',
		]),
	);
	return Math.round(
		next() < 0.2 ? change + (next() - 0.7) * 3 * DAY : Date.UTC(2026, 5, 1) + next() * 400 * DAY,
	);
}

/** A case that was opened, and perhaps raised, paused, touched. */
function anyCase(sla: string, start: number, next: () => number): { one: Case; now: number } {
	let one = opened(sla, [anyWeight(next)], start);
	let now = start;
	const later = (): number => (now += Math.floor(next() ** 2 * DAY));
	if (next() < 0.3) one = done(pause(one, later()));
	if (next() < 0.5) one = opened(sla, [anyWeight(next), anyWeight(next)], later(), [one]);
	if (next() < 0.2) one = done(recordTouch(one, WHO.email, later()));
	if (one.pauses.at(-1)?.to === undefined && one.pauses.length > 0 && next() < 0.8)
		one = done(resume(one, later()));
	if (next() < 0.3) one = opened(sla, [anyWeight(next)], later(), [one]);
	return { one, now: later() };
}

it('an acknowledgement changes no other deadline, ends those for taking note, and tells less', () => {
	const next = dice(42);
	const wrong: string[] = [];
	let acknowledged = 0;
	for (let n = 0; n < CASES; n++) {
		const { one, now } = anyCase(anySla(next), someTime(next), next);
		if (one.acknowledgement !== undefined) continue;
		acknowledged++;
		const after = done(acknowledge(one, WHO.email, now));
		const before = slaOf(one, now);
		for (const [index, standing] of slaOf(after, now).entries()) {
			const was = before[index];
			if (
				standing.measure === 'acknowledge'
					? standing.state !== 'met'
					: JSON.stringify(standing) !== JSON.stringify(was)
			)
				wrong.push(`${standing.measure} of case ${n}`);
		}
		const isLater = (after.nextLook ?? Infinity) < now && (one.nextLook ?? Infinity) >= now;
		if (isLater || after.climb !== undefined) wrong.push(`${n} is looked at for nothing`);
		if (n % 10 > 0) continue;
		// what is told in the next hours is told without it as well
		const until = now + 6 * 60 * MINUTE;
		const told = (it: Case): string[] =>
			checkDeadlines({ ...NOTHING, cases: [it] }, until).changes.cases[0]?.told ?? [];
		const without = new Set(told(one));
		for (const id of told(after))
			if (!without.has(id) && !/^(stale|level)/.test(id)) wrong.push(`${id} of case ${n}`);
	}
	console.log(`Acknowledgements: ${acknowledged} of ${CASES} cases, ${wrong.length} differences`);
	expect(wrong.slice(0, 5)).toEqual([]);
	expect(acknowledged).toBeGreaterThan(CASES / 2);
});

it('a pause adds exactly its length to every deadline of a case that had not come', () => {
	const next = dice(43);
	const wrong: string[] = [];
	let deadlines = 0;
	for (let n = 0; n < CASES; n++) {
		const sla = anySla(next);
		const { time } = compileSla(sla);
		const { one: some, now } = anyCase(sla, someTime(next), next);
		const one =
			some.pauses.at(-1)?.to === undefined && some.pauses.length > 0
				? done(resume(some, now))
				: some;
		const to = now + Math.floor(next() * 3 * DAY);
		const waiting = done(pause(one, now));
		const after = done(resume(waiting, to));
		const later = slaOf(after, to);
		for (const [index, { dueAt: due = NaN, doneAt, clock, measure }] of slaOf(one, now).entries()) {
			if (doneAt !== undefined) continue;
			deadlines++;
			const moved = later[index]?.dueAt ?? NaN;
			const running = one.clocks[clock] ?? one;
			const target = compileSla(sla).targetOf(running, measure);
			const isReal =
				target !== undefined && target.unit !== 'businessDays' && target.clock === 'real';
			const [added, length] = isReal
				? [moved - due, to - now]
				: [time.between(due, moved), time.between(now, to)];
			if (due <= now ? moved !== due : added !== length)
				wrong.push(`${measure} of case ${n}: ${added}, not ${length}`);
			if (due > now && slaOf(waiting, to)[index]?.state !== 'paused')
				wrong.push(`${measure} of case ${n} is not paused`);
		}
		if (checkDeadlines({ ...NOTHING, cases: [waiting] }, to).tellings.length > 0)
			wrong.push(`${n} is told of while it waits`);
	}
	console.log(`Pauses: ${CASES} cases with ${deadlines} deadlines, ${wrong.length} differences`);
	expect(wrong.slice(0, 5)).toEqual([]);
});

// nobody works here in an hour that a clock shows twice or skips: of those target.thorough.test.ts tells
it('a case that is opened later has no earlier deadline', () => {
	const next = dice(44);
	const wrong: string[] = [];
	let deadlines = 0;
	for (let n = 0; n < CASES; n++) {
		const sla = anySla(next);
		const its = [anyWeight(next), anyWeight(next)];
		const start = someTime(next);
		const later = start + Math.ceil(next() * (next() < 0.5 ? 2 * DAY : 90 * MINUTE));
		const second = slaOf(opened(sla, its, later), later);
		for (const [index, { dueAt: due = NaN, measure, clock }] of slaOf(
			opened(sla, its, start),
			start,
		).entries()) {
			deadlines++;
			const then = second[index];
			if (then?.measure !== measure || then.clock !== clock)
				wrong.push(`other clocks in case ${n}`);
			if ((then?.dueAt ?? NaN) >= due) continue;
			wrong.push(`${measure} of case ${n}`);
		}
	}
	console.log(
		`Later openings: ${CASES} cases with ${deadlines} deadlines, ${wrong.length} earlier`,
	);
	expect(wrong.slice(0, 5)).toEqual([]);
});
