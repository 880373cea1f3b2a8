import {
	acknowledge,
	pause,
	recordTouch,
	resolve,
	resume,
	type Answer,
} from '../../../engine/escalation/answers';
import { KINDS, PRIORITIES, type Case } from '../../../engine/escalation/case';
import { compileRouter } from '../../../engine/escalation/routing/router';
import { slaOf } from '../../../engine/escalation/slaOf';
import { dice, pick } from '../../harness/dice';
import { call, DeskBook, reason } from './deskBook';
import { grouped } from './same';
import { anyPolicy, START } from './simulatedWorld';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const PROGRAMS = 12;
const RUNS = 150;
/** Each with two records that may become part of it. */
const ACCOUNTS = 12;

/** Calls, answers, sweeps and records that are merged, at random; the desk book refuses what is told or written twice. */
function live(seed: number): {
	desk: DeskBook;
	now: number;
	merges: number;
	known: Map<string, string[]>;
} {
	const roll = dice(seed);
	const desk = new DeskBook(compileRouter(anyPolicy(roll)), () =>
		pick(roll, ['arrived', 'arrived', 'letGo']),
	);
	const known = new Map<string, string[]>();
	let [now, merges] = [START, 0];
	for (let run = 0; run < RUNS; run++) {
		now += Math.floor(roll() * 4 * HOUR);
		const account = `a${Math.floor(roll() * ACCOUNTS)}`;
		const record = pick(roll, [account, `${account}/1`, `${account}/2`]);
		const one = reason({
			code: pick(roll, ['asked', 'health_red']),
			kind: pick(roll, KINDS),
			priority: pick(roll, PRIORITIES),
		});
		const [outcome] = desk.route([call(record, [one], { arr: Math.floor(roll() * 9_000) })], now);
		if (outcome === undefined) throw new Error('A call without an outcome');
		known.set(account, [...(known.get(account) ?? []), one.key]);
		const acts: readonly [(it: Case) => Answer, ...((it: Case) => Answer)[]] = [
			(it) => acknowledge(it, it.owner.email, now),
			(it) => recordTouch(it, it.owner.email, now),
			(it) => pause(it, now),
			(it) => resume(it, now),
			(it) => resolve(it, { by: it.owner.email, outcome: 'solved' }, now),
		];
		desk.answer(1 + Math.floor(roll() * desk.cases.size), pick(roll, acts));
		if (roll() < 0.15 && record !== account && !desk.survivorOf.has(record)) {
			desk.survivorOf.set(record, account);
			merges++;
		}
		if (roll() < 0.8) desk.check(now);
		if (roll() < 0.8) desk.digest(now);
	}
	return { desk, now, merges, known };
}

it('accounts whose records are merged have one open case at last, with every reason, told once', () => {
	let [merges, folded] = [0, 0];
	for (let seed = 1; seed <= PROGRAMS; seed++) {
		const world = live(seed);
		const { desk, now, known } = world;
		merges += world.merges;
		// everything is looked at once more after the last merge
		for (const account of known.keys()) desk.route([call(account)], now);
		const all = [...desk.cases.values()];
		folded += all.filter(({ outcome }) => outcome === 'merged').length;
		const open = grouped(
			all.filter((one) => one.open),
			({ accountId }) => desk.familyOf(accountId),
		);
		expect([...open.values()].filter((its) => its.length > 1)).toEqual([]);
		for (const one of all) {
			expect(new Set(one.told).size).toBe(one.told.length);
			expect(new Set(one.reasons.map(({ key }) => key)).size).toBe(one.reasons.length);
			expect(
				one.pauses.every(
					({ from, to = Infinity }, at) => from <= to && from >= (one.pauses[at - 1]?.to ?? 0),
				),
			).toBe(true);
			// whatever was acknowledged was acknowledged on every clock
			if (one.acknowledgement !== undefined)
				expect(one.clocks.filter(({ acknowledgedAt }) => acknowledgedAt === undefined)).toEqual([]);
		}
		const held = new Set(all.flatMap(({ reasons }) => reasons.map(({ key }) => key)));
		expect([...known.values()].flat().filter((key) => !held.has(key))).toEqual([]);
	}
	expect(merges).toBeGreaterThan(PROGRAMS);
	expect(folded).toBeGreaterThan(PROGRAMS);
});

it('merging makes no deadline of the older case earlier, and loses none of the younger', () => {
	const roll = dice(77);
	for (let n = 0; n < 200; n++) {
		const desk = new DeskBook(compileRouter(anyPolicy(roll)));
		const weigh = () => ({ kind: pick(roll, KINDS), priority: pick(roll, PRIORITIES) });
		desk.route([call('old', weigh())], START);
		const later = START + Math.floor(roll() * 20) * MINUTE;
		desk.route([call('acme', weigh())], later);
		if (roll() < 0.5) desk.answer(1 + Math.floor(roll() * 2), (one) => pause(one, later + MINUTE));
		const now = later + HOUR;
		for (const no of [1, 2]) desk.answer(no, (one) => resume(one, now));
		const [older, younger] = [desk.case(1), desk.case(2)];
		desk.survivorOf.set('old', 'acme');
		desk.route([call('acme', { priority: 'low' })], now);
		const standings = slaOf(desk.case(1), now);
		expect(standings.length).toBeGreaterThanOrEqual(slaOf(older, now).length);
		for (const [index, { dueAt = 0 }] of slaOf(older, now).entries())
			expect(standings[index]?.dueAt).toBeGreaterThanOrEqual(dueAt);
		expect(desk.case(1).clocks.slice(1, 2)).toEqual(younger.clocks);
	}
});
