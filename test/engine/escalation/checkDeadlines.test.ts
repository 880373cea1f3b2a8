import {
	acknowledge,
	pause,
	reassign,
	recordTouch,
	resolve,
	resume,
} from '../../../engine/escalation/answers';
import type { Notice, NoticeFate } from '../../../engine/escalation/memory';
import { compileRouter } from '../../../engine/escalation/routing/router';
import { capOf } from '../../../engine/escalation/dailyCap';
import { DEFAULT_TARGETS } from '../../../engine/escalation/policy';
import { call, DeskBook, ESCALATION } from './deskBook';
import { person, policyOf } from './routing/routerPolicies';

const MINUTE = 60_000;
const ADA = 'ada@vendor.example';
const LEAD = { email: 'lead@vendor.example', name: 'Lead' };
const HEAD = { email: 'chief@vendor.example', name: 'Chief' };
/** 2026-03-04 is a Wednesday; work is from nine to five. */
const berlin = (time: string, date = '2026-03-04'): number => Date.parse(`${date}T${time}+01:00`);
const NINE = berlin('09:00');
const at = (hour: number, minute = 0): number => NINE + ((hour - 9) * 60 + minute) * MINUTE;
const THURSDAY = '2026-03-05';
const LEVELS = [
	{ to: LEAD, after: { amount: 0, unit: 'minutes' as const } },
	{
		to: HEAD,
		after: { amount: 1, unit: 'hours' as const },
		times: 3,
		every: { amount: 30, unit: 'minutes' as const },
	},
];

type Over = Parameters<typeof policyOf>[1];
const book = (over: Over = {}, fateOf?: (notice: Notice) => NoticeFate['state']): DeskBook =>
	new DeskBook(compileRouter(policyOf([person('Ada')], { levels: LEVELS, ...over })), fateOf);

/** Every sweep's new notices: key → to whom, at which minute of the day it was told. */
function sweep(desk: DeskBook, from: number, to: number, everyMinutes = 1): string[] {
	const told: string[] = [];
	for (let now = from; now <= to; now += everyMinutes * MINUTE)
		for (const { notice } of desk.check(now)) {
			const time = new Date(now + 60 * MINUTE).toISOString().slice(11, 16);
			told.push(`${time} ${notice.key.replace('case/1/', '')} ${notice.to.name}`);
		}
	return told;
}

describe('an escalation that nobody takes note of', () => {
	it('is told to its owner when its end is near, and up the levels when it has come: each once', () => {
		const desk = book();
		desk.route([call('acme', ESCALATION)], NINE);
		expect(sweep(desk, NINE, berlin('17:00', THURSDAY))).toEqual([
			// acknowledge and touch by 13:00; three quarters of four hours are three: one notice tells both
			'12:00 nearing/acknowledge/0 Ada',
			'13:00 breached/acknowledge/0 Ada',
			'13:00 level/1/1/1 Lead',
			'14:00 level/1/2/1 Chief',
			'14:30 level/1/2/2 Chief',
			'15:00 level/1/2/3 Chief',
		]);
		expect(desk.case(1).nextLook).toBeUndefined();
	});

	it('says for each thing why, and writes down what came', () => {
		const desk = book();
		desk.route([call('acme', ESCALATION)], NINE);
		const [near] = desk.check(at(12));
		expect(near?.notice.reasons).toMatchObject([
			{ code: 'sla_nearing', measure: 'acknowledge', dueAt: '2026-03-04T13:00:00+01:00' },
			{ code: 'sla_nearing', measure: 'touch', dueAt: '2026-03-04T13:00:00+01:00' },
		]);
		desk.check(at(13));
		const told = desk.events.filter(({ type }) => type === 'case_told').map(({ id }) => id);
		expect(told).toEqual(
			['breached/acknowledge/0', 'breached/touch/0', 'level/1/1/1'].map(
				(id) => `case/1/told/${id}`,
			),
		);
	});

	it('is told in one sweep of what several missed, once to each, with nothing near any more', () => {
		const desk = book();
		desk.route([call('acme', ESCALATION)], NINE);
		const told = desk.check(at(14, 40)).map(({ notice }) => notice);
		expect(
			told.map(({ key, to, reasons }) => [key, to.name, reasons.map(({ telling }) => telling)]),
		).toEqual([
			['case/1/breached/acknowledge/0', 'Ada', ['breached/acknowledge/0', 'breached/touch/0']],
			['case/1/level/1/1/1', 'Lead', ['level/1/1/1']],
			['case/1/level/1/2/2', 'Chief', ['level/1/2/1', 'level/1/2/2']],
		]);
		// what follows counts from when it was due, not from the sweep
		expect(sweep(desk, at(14, 41), at(16))).toEqual(['15:00 level/1/2/3 Chief']);
	});

	it('knows the next moment after every check', () => {
		const desk = book();
		desk.route([call('acme', ESCALATION)], NINE);
		const looks: (number | undefined)[] = [];
		for (let now = NINE + 20 * MINUTE; ;) {
			desk.check(now);
			// a notice that may be lost is asked after first
			const next = desk.case(1).nextLook;
			looks.push(next);
			if (next === undefined) break;
			expect(next).toBeGreaterThan(now);
			now = next;
		}
		expect(
			looks.filter((look) => [at(12), at(13), at(14), at(14, 30), at(15)].includes(look ?? 0)),
		).toHaveLength(5);
	});

	it('on a Friday evening waits for Monday', () => {
		const desk = book();
		desk.route([call('acme', ESCALATION)], berlin('16:00', '2026-03-06'));
		const monday = '2026-03-09';
		expect(desk.check(berlin('11:59', monday)).map(({ notice }) => notice.event)).toEqual([
			'nearing',
		]);
		expect(desk.check(berlin('12:00', monday)).map(({ notice }) => notice.event)).toEqual([
			'breached',
			'level',
		]);
	});
});

describe('an acknowledgement', () => {
	it('stops the climb, and goes stale without a human touch: the next round begins then', () => {
		const desk = book();
		desk.route([call('acme', ESCALATION)], NINE);
		sweep(desk, NINE, at(13));
		desk.answer(1, (one) => acknowledge(one, ADA, at(13, 30)));
		// eight business hours later is 13:30 on Thursday
		expect(sweep(desk, at(13, 31), berlin('13:29', THURSDAY), 7)).toEqual([]);
		expect(sweep(desk, berlin('13:30', THURSDAY), berlin('14:30', THURSDAY))).toEqual([
			'13:30 stale/2 Ada',
			'13:30 level/2/1/1 Lead',
			'14:30 level/2/2/1 Chief',
		]);
		expect(desk.case(1).acknowledgement).toBeUndefined();
		// what was in time, or not, stays what it was
		expect(desk.case(1).clocks[0]?.acknowledgedAt).toBe(at(13, 30));
		desk.answer(1, (one) => recordTouch(one, ADA, berlin('14:40', THURSDAY)));
		expect(sweep(desk, berlin('14:41', THURSDAY), berlin('17:00', '2026-03-12'), 7)).toEqual([]);
	});

	it('with a touch never goes stale', () => {
		const desk = book();
		desk.route([call('acme', ESCALATION)], NINE);
		desk.answer(1, (one) => recordTouch(one, ADA, at(10)));
		expect(desk.case(1)).toMatchObject({ acknowledgement: { at: at(10), by: ADA } });
		expect(sweep(desk, at(10), berlin('17:00', '2026-03-12'), 7)).toEqual([]);
	});

	it('of an alert, of which no touch is asked, never goes stale', () => {
		const desk = book();
		desk.route([call('acme')], NINE);
		desk.answer(1, (one) => acknowledge(one, ADA, NINE));
		expect(desk.case(1).nextLook).toBeUndefined();
		expect(sweep(desk, at(10), berlin('17:00', '2026-03-12'), 7)).toEqual([]);
	});

	it('in the very millisecond in which it was opened, and at its very deadline, is one', () => {
		for (const when of [NINE, at(13)]) {
			const desk = book();
			desk.route([call('acme', ESCALATION)], NINE);
			desk.answer(1, (one) => recordTouch(one, ADA, when));
			expect(desk.check(at(13))).toEqual([]);
			expect(desk.case(1).climb).toBeUndefined();
		}
	});

	it('does not count for what raised the case later', () => {
		const desk = book();
		desk.route([call('acme')], NINE);
		desk.answer(1, (one) => acknowledge(one, ADA, at(9, 30)));
		desk.route([call('acme', ESCALATION)], at(10));
		expect(sweep(desk, at(10), at(14))).toEqual([
			'13:00 nearing/acknowledge/1 Ada',
			'14:00 breached/acknowledge/1 Ada',
			'14:00 level/1/1/1 Lead',
		]);
	});

	it('lost and found: whoever was told all the way up hears of what weighs more', () => {
		const desk = book({ levels: LEVELS.slice(0, 1) });
		desk.route([call('acme')], NINE);
		// one business day
		expect(sweep(desk, NINE, berlin('09:00', THURSDAY), 15).at(-1)).toBe('09:00 level/1/1/1 Lead');
		desk.route([call('acme', ESCALATION)], berlin('10:00', THURSDAY));
		expect(sweep(desk, berlin('10:00', THURSDAY), berlin('15:00', THURSDAY), 15)).toEqual([
			'13:00 nearing/acknowledge/1 Ada',
			'14:00 breached/acknowledge/1 Ada',
			'14:00 level/2/1/1 Lead',
		]);
	});
});

describe('while a case waits for the customer', () => {
	it('nothing is told, and every deadline moves by as much', () => {
		const desk = book();
		desk.route([call('acme', ESCALATION)], NINE);
		desk.answer(1, (one) => pause(one, at(11)));
		expect(sweep(desk, at(11, 30), at(16))).toEqual([]);
		expect(desk.case(1).nextLook).toBeUndefined();
		desk.answer(1, (one) => resume(one, at(16)));
		// an hour is left before its end is near, and one more before it comes on Thursday at ten
		expect(sweep(desk, at(16), berlin('11:00', THURSDAY))).toEqual([
			'17:00 nearing/acknowledge/0 Ada',
			'10:00 breached/acknowledge/0 Ada',
			'10:00 level/1/1/1 Lead',
			'11:00 level/1/2/1 Chief',
		]);
	});

	it('what came before, and was missed, is told afterwards', () => {
		const desk = book();
		desk.route([call('acme', ESCALATION)], NINE);
		desk.answer(1, (one) => pause(one, at(13, 10)));
		expect(desk.check(at(14))).toEqual([]);
		desk.answer(1, (one) => resume(one, at(15, 10)));
		expect(desk.check(at(15, 10)).map(({ notice }) => notice.key)).toEqual([
			'case/1/breached/acknowledge/0',
			'case/1/level/1/1/1',
		]);
		// level 2 an hour after 13:00, of which fifty minutes came after the pause
		expect(desk.case(1).nextLook).toBe(at(15, 25));
		expect(sweep(desk, at(15, 26), at(16, 10))).toEqual(['16:00 level/1/2/1 Chief']);
	});

	it('a reason that raises it tells its owner, and its clock begins when the wait ends', () => {
		const desk = book();
		desk.route([call('acme')], NINE);
		desk.answer(1, (one) => pause(one, at(10)));
		const [outcome] = desk.route([call('acme', { ...ESCALATION, code: 'health_red' })], at(11));
		expect(outcome?.notice?.event).toBe('raised');
		expect(sweep(desk, at(11, 30), at(12))).toEqual([]);
		desk.answer(1, (one) => resume(one, at(12)));
		expect(sweep(desk, at(12), at(16))).toEqual([
			'15:00 nearing/acknowledge/1 Ada',
			'16:00 breached/acknowledge/1 Ada',
			'16:00 level/1/1/1 Lead',
		]);
	});
});

describe('two open cases of records that turned out to be one account (P32)', () => {
	const merged = (first: object, second: object): DeskBook => {
		const desk = book();
		desk.route([call('old', first)], NINE);
		desk.route([call('acme', second)], at(10));
		desk.survivorOf.set('old', 'acme');
		return desk;
	};

	it('become one in the sweep, and what time brings to either is told of that one', () => {
		const desk = merged({}, { ...ESCALATION, code: 'health_red' });
		const told = desk.check(at(14)).map(({ notice }) => `${notice.key} ${notice.to.name}`);
		expect(told).toEqual([
			'case/1/raised/1 Ada',
			'case/1/breached/acknowledge/1 Ada',
			'case/1/level/1/1/1 Lead',
		]);
		expect(desk.case(1)).toMatchObject({ accountId: 'acme', open: true, kind: 'escalation' });
		expect(desk.case(2)).toMatchObject({ open: false, outcome: 'merged' });
		expect(desk.events.map(({ type }) => type)).toEqual(
			expect.arrayContaining(['case_merged', 'case_told', 'tier_elevated']),
		);
	});

	it('tell the owner nothing where the younger weighs no more', () => {
		const desk = merged(ESCALATION, {});
		expect(desk.check(at(11))).toEqual([]);
		expect(desk.case(1).reasons).toHaveLength(2);
	});
});

describe('a case that is over', () => {
	it('tells nothing and is never looked at again', () => {
		const desk = book();
		desk.route([call('acme', ESCALATION)], NINE);
		desk.answer(1, (one) => resolve(one, { by: ADA, outcome: 'solved' }, at(10)));
		expect(desk.case(1)).toMatchObject({ open: false, pending: [], nextLook: undefined });
		expect(sweep(desk, at(10), berlin('17:00', THURSDAY), 5)).toEqual([]);
	});
});

describe('a notice', () => {
	it('that nobody confirmed is handed out once more under its key, then no more', () => {
		const desk = book({}, () => 'letGo');
		desk.route([call('acme')], NINE);
		expect(desk.case(1).nextLook).toBe(at(9, 15));
		const [again, ...others] = desk.check(at(9, 15));
		expect(others).toEqual([]);
		expect(again?.notice).toMatchObject({
			key: 'case/1/opened',
			event: 'opened',
			attempt: 2,
			to: { email: ADA },
		});
		expect(desk.check(at(9, 30))).toEqual([]);
		expect(desk.case(1).pending).toEqual([]);
	});

	it('that arrived is not asked after any more', () => {
		const desk = book();
		desk.route([call('acme')], NINE);
		expect(desk.check(at(9, 15))).toEqual([]);
		expect(desk.case(1)).toMatchObject({ pending: [], nextLook: at(15) });
	});

	it('that somebody still has is asked after again', () => {
		const desk = book({}, () => 'underWay');
		desk.route([call('acme')], NINE);
		expect(desk.check(at(9, 15))).toEqual([]);
		expect(desk.case(1)).toMatchObject({ pending: ['case/1/opened'], nextLook: at(9, 30) });
	});

	it('of a level goes to the same person again', () => {
		const desk = book({}, ({ event }) => (event === 'level' ? 'letGo' : 'arrived'));
		desk.route([call('acme', ESCALATION)], NINE);
		sweep(desk, NINE, at(13));
		expect(sweep(desk, at(13, 15), at(13, 45), 15)).toEqual(['13:15 level/1/1/1 Lead']);
	});

	it('that was lost is not repeated to somebody who is told of the case anyway', () => {
		const desk = book({}, () => 'letGo');
		desk.route([call('acme', ESCALATION)], NINE);
		expect(desk.check(at(12)).map(({ notice }) => notice.key)).toEqual([
			'case/1/nearing/acknowledge/0',
		]);
		expect(desk.case(1).pending).toEqual(['case/1/nearing/acknowledge/0']);
	});

	it('that was lost is dropped once somebody took note', () => {
		const desk = book({}, () => 'letGo');
		desk.route([call('acme')], NINE);
		desk.answer(1, (one) => acknowledge(one, ADA, at(9, 1)));
		expect(sweep(desk, at(9, 15), at(17), 15)).toEqual([]);
	});

	it('keeps its time, however often a reason joins meanwhile', () => {
		const desk = book({}, () => 'letGo');
		desk.route([call('acme')], NINE);
		for (let minute = 1; minute < 15; minute++) desk.route([call('acme')], at(9, minute));
		expect(desk.case(1).nextLook).toBe(at(9, 15));
	});

	it('with a digest goes out once more, with those of its cases that nobody took note of', () => {
		const desk = book({ digestCap: 0 }, () => 'letGo');
		desk.route(
			['a', 'b', 'c'].map((id, index) => call(id, {}, { arr: index })),
			NINE,
		);
		const [digest] = desk.digest(NINE);
		desk.answer(1, (one) => acknowledge(one, ADA, at(9, 5)));
		const again = desk.check(at(9, 15));
		expect(again).toMatchObject([
			{
				notice: { key: `${digest?.key ?? ''}/again/2`, attempt: 1, cases: [{ no: 3 }, { no: 2 }] },
			},
		]);
		expect(again[0]?.notice.reasons).toMatchObject([{ count: 2 }, { code: 'handed_out_again' }]);
		expect(sweep(desk, at(9, 30), at(14), 15)).toEqual([]);
	});
});

describe('the daily cap', () => {
	it('holds for reminders too; a missed target and a level never wait, and use nothing of it', () => {
		const desk = book({ digestCap: 1 });
		desk.route([call('acme')], NINE);
		// a quarter before the end of one business day, the one notice of the day was the first
		expect(sweep(desk, NINE, at(16, 59), 1)).toEqual([]);
		expect(desk.case(1).told).toEqual(['nearing/acknowledge/0']);
		expect(desk.digest(at(16))).toEqual([]);
		const thursday = sweep(desk, berlin('09:00', THURSDAY), berlin('10:00', THURSDAY));
		expect(thursday).toEqual([
			'09:00 breached/acknowledge/0 Ada',
			'09:00 level/1/1/1 Lead',
			'10:00 level/1/2/1 Chief',
		]);
		const day = desk.days.get(ADA)?.day ?? 0;
		expect(desk.router.dayOf(ADA, berlin('10:00', THURSDAY))).toBe(day + 1);
	});

	it('leaves a reminder to the digest where nobody was told of the alert at all', () => {
		const desk = book({ digestCap: 1 });
		desk.route([call('a'), call('b')], NINE);
		desk.days.delete(ADA);
		expect(desk.case(2).digest).toBe('waiting');
		// a, of which Ada knows; b is in the digest that is due now
		expect(desk.check(at(15)).map(({ notice }) => notice.cases.map(({ no }) => no))).toEqual([[1]]);
		expect(desk.digest(at(15))).toMatchObject([{ cases: [{ no: 2 }] }]);
	});

	it('is ten a day in the local days of the case, where no policy is at hand', () => {
		const desk = book();
		desk.route([call('acme')], NINE);
		const cap = capOf([desk.case(1)]);
		expect(cap.digestCap).toBe(10);
		expect(cap.dayOf(ADA, berlin('00:00'))).toBe(cap.dayOf(ADA, berlin('23:59')));
		expect(cap.dayOf(ADA, berlin('00:00'))).toBe(cap.dayOf(ADA, berlin('00:00') - 1) + 1);
	});
});

describe('many alerts whose time runs out at once', () => {
	const MANY = 30;
	const many = (
		over: Over = {},
		its: object = {},
		fateOf?: (notice: Notice) => NoticeFate['state'],
	) => {
		const desk = book({ levels: LEVELS.slice(0, 1), ...over }, fateOf);
		const calls = Array.from({ length: MANY }, (_none, n) => call(`a${n}`, its, { arr: n }));
		desk.route(calls, NINE);
		return desk;
	};

	it('are one reminder, one notice that they are late, and one for the level, each with all of them', () => {
		const desk = many({ digestCap: MANY + 1 });
		for (const [now, expected] of [
			[at(15), ['Ada']],
			[berlin('09:00', THURSDAY), ['Ada', 'Lead']],
			[berlin('12:00', THURSDAY), []],
		] as const) {
			const told = desk.check(now).map(({ notice }) => notice);
			expect(told.map(({ to }) => to.name)).toEqual(expected);
			for (const { event, cases, reasons } of told) {
				expect(event).toBe('bundle');
				expect(cases.map(({ facts }) => facts.arr)).toEqual(
					Array.from({ length: MANY }, (_none, n) => MANY - 1 - n),
				);
				expect(reasons[0]).toMatchObject({ code: 'bundle', count: MANY });
				expect(reasons.slice(1).map(({ no }) => no)).toEqual(cases.map(({ no }) => no));
			}
		}
		// of a reminder for all of them one of the day's is used
		expect(desk.days.get(ADA)).toMatchObject({ notices: MANY + 1 });
	});

	it.each([
		['urgent', { priority: 'urgent' }],
		['an escalation', ESCALATION],
	])('%s is told by itself: whoever takes it needs all that is known of it', (_what, its) => {
		const desk = many({}, its);
		const told = desk.check(at(13)).map(({ notice }) => notice);
		expect(told).toHaveLength(2 * MANY);
		expect(told.every(({ cases }) => cases.length === 1)).toBe(true);
	});

	it('and got lost are told together once more, but for what somebody took note of', () => {
		const desk = many({}, {}, ({ event }) => (event === 'bundle' ? 'letGo' : 'arrived'));
		const late = berlin('09:00', THURSDAY);
		const first = desk.check(late).map(({ notice }) => notice.key);
		expect(first).toHaveLength(2);
		desk.answer(1, (one) => acknowledge(one, ADA, late + MINUTE));
		const again = desk.check(late + 15 * MINUTE).map(({ notice }) => notice);
		expect(again.map(({ key }) => key).toSorted()).toEqual(
			first.map((key) => `${key}/again/2`).toSorted(),
		);
		for (const { cases, reasons } of again) {
			expect(cases).toHaveLength(MANY - 1);
			expect(reasons).toMatchObject([
				{ code: 'bundle', count: MANY - 1 },
				{ code: 'handed_out_again' },
			]);
		}
		expect(desk.check(late + 30 * MINUTE)).toEqual([]);
	});
});

describe('a notice of several cases that got lost', () => {
	it('tells each of them once more, also where they are looked at at different times', () => {
		const desk = book({ digestCap: 0 }, () => 'letGo');
		desk.route([call('a'), call('b')], at(9));
		desk.digest(at(14, 50));
		// its reminder falls due before the digest is known to be lost, and is left out by the cap
		desk.route([call('a', ESCALATION)], at(14, 55));
		const told = [at(15, 5), at(15, 10), at(15, 25), at(15, 40)].flatMap((now) =>
			desk.check(now).map(({ notice }) => notice),
		);
		expect(told.filter(({ cases }) => cases.some(({ no }) => no === 2))).toHaveLength(1);
	});

	it('and was for a level reaches it, also where the case goes to somebody else meanwhile', () => {
		const desk = book({ levels: LEVELS.slice(0, 1) }, ({ event, to }) =>
			event === 'bundle' && to.name === 'Lead' ? 'letGo' : 'arrived',
		);
		desk.route([call('a'), call('b')], NINE);
		const late = berlin('09:00', THURSDAY);
		desk.check(late);
		const to = { email: 'cleo@vendor.example', name: 'Cleo' };
		desk.answer(1, (one) => reassign(one, { to, by: ADA }, late + MINUTE));
		const again = desk.check(late + 16 * MINUTE).map(({ notice }) => notice);
		expect(again.map((notice) => [notice.to.name, notice.cases.length])).toEqual([['Lead', 2]]);
	});
});

describe('what came about where nobody could be told', () => {
	it('a reason that weighs more, heard by a journey, is told by the next look', () => {
		const desk = book();
		desk.route([call('acme')], NINE);
		desk.answer(1, (one) => acknowledge(one, ADA, at(9, 1)));
		desk.heard([call('acme', { ...ESCALATION, code: 'cancellation_requested' })], at(10));
		expect(desk.case(1).nextLook).toBeLessThanOrEqual(at(10));
		expect(desk.check(at(10, 5)).map(({ notice }) => [notice.event, notice.to.name])).toEqual([
			['raised', 'Ada'],
		]);
		expect(desk.check(at(10, 20))).toEqual([]);
	});

	it('is told once, also where something else raises the case first', () => {
		const desk = book();
		desk.route([call('acme')], NINE);
		desk.heard([call('acme', ESCALATION)], at(10));
		const [outcome] = desk.route([call('acme', { ...ESCALATION, priority: 'urgent' })], at(10, 1));
		expect(outcome?.notice?.event).toBe('raised');
		expect(desk.check(at(10, 5))).toEqual([]);
	});

	it('is told by the digest where the owner had enough, and not besides it', () => {
		const desk = book({ digestCap: 0 });
		desk.route([call('acme', { priority: 'low' })], NINE);
		desk.digest(NINE);
		desk.heard([call('acme', { priority: 'high' })], at(10));
		desk.route([call('acme', { priority: 'normal', kind: 'alert' })], at(10, 1));
		expect(desk.check(at(10, 5))).toEqual([]);
		expect(desk.case(1)).toMatchObject({ digest: 'waiting', untold: undefined });
		expect(desk.check(at(10, 10))).toEqual([]);
	});

	it('a reason that weighs no more is told to nobody', () => {
		const desk = book();
		desk.route([call('acme', ESCALATION)], NINE);
		desk.heard([call('acme', { priority: 'low' })], at(10));
		expect(desk.check(at(10, 5))).toEqual([]);
		expect(desk.case(1).reasons).toHaveLength(2);
	});
});

describe('by the defaults', () => {
	const desk = (): DeskBook =>
		book({ targets: DEFAULT_TARGETS.map((target) => target), levels: [] });
	const week = berlin('09:00', '2026-03-11');

	it.each([
		['an alert that somebody took note of', {}],
		['an escalation whose customer was spoken to', ESCALATION],
	])('%s, and that never ends, is not forgotten', (_what, its) => {
		const one = desk();
		one.route([call('acme', its)], NINE);
		one.answer(1, (each) => recordTouch(each, ADA, at(9, 30)));
		const told = sweep(one, at(9, 30), week, 15);
		expect(told.at(-1)).toBe('09:00 breached/resolve/0 Ada');
	});
});
