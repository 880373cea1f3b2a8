import {
	acknowledge,
	handBack,
	pause,
	reassign,
	recordTouch,
	resolve,
	resume,
	type Answer,
} from '../../../engine/escalation/answers';
import type { Case } from '../../../engine/escalation/case';
import { compileRouter } from '../../../engine/escalation/routing/router';
import { slaOf } from '../../../engine/escalation/slaOf';
import { foldStandings, isReturning, type TierEvent } from '../../../engine/tiers/elevation';
import { call, DeskBook, ESCALATION } from './deskBook';
import { person, policyOf } from './routing/routerPolicies';

const MINUTE = 60_000;
const ADA = 'ada@vendor.example';
const BEN = 'ben@vendor.example';
const CLEO = { name: 'Cleo', email: 'cleo@vendor.example' };
const TO_CLEO = { to: CLEO, by: BEN };
const DONE = { by: ADA, outcome: 'solved' };
/** A Wednesday; work is from nine to five. */
const at = (hour: number, minute = 0): number =>
	Date.parse('2026-03-04T00:00+01:00') + (hour * 60 + minute) * MINUTE;
const NINE = at(9);

function opened(
	its = {},
	over: Parameters<typeof policyOf>[1] = {},
): { desk: DeskBook; one: () => Case } {
	const desk = new DeskBook(compileRouter(policyOf([person('Ada')], over)));
	desk.route([call('acme', its)], NINE);
	return { desk, one: () => desk.case(1) };
}

const codeOf = (answer: Answer): string | undefined =>
	'refused' in answer ? answer.refused.code : undefined;
const standings = (one: Case, now: number): string[] =>
	slaOf(one, now).map(({ clock, measure, state }) => `${clock} ${measure} ${state}`);

describe('what was done already', () => {
	type Act = (one: Case) => Answer;
	it.each<[string, Act[], Act, string]>([
		[
			'acknowledged',
			[(one) => acknowledge(one, BEN, at(10))],
			(one) => acknowledge(one, ADA, at(11)),
			'already_acknowledged',
		],
		[
			'resolved',
			[(one) => resolve(one, DONE, at(10))],
			(one) => resolve(one, DONE, at(11)),
			'already_resolved',
		],
		[
			'resolved, then acknowledged',
			[(one) => resolve(one, DONE, at(10))],
			(one) => acknowledge(one, ADA, at(11)),
			'already_resolved',
		],
		[
			'resolved, then touched',
			[(one) => resolve(one, DONE, at(10))],
			(one) => recordTouch(one, ADA, at(11)),
			'already_resolved',
		],
		[
			'resolved, then paused',
			[(one) => resolve(one, DONE, at(10))],
			(one) => pause(one, at(11)),
			'already_resolved',
		],
		[
			'resolved, then resumed',
			[(one) => resolve(one, DONE, at(10))],
			(one) => resume(one, at(11)),
			'already_resolved',
		],
		['paused', [(one) => pause(one, at(10))], (one) => pause(one, at(11)), 'already_paused'],
		['not paused', [], (one) => resume(one, at(11)), 'not_paused'],
		[
			'handed back',
			[(one) => handBack(one, DONE, at(10))],
			(one) => handBack(one, DONE, at(11)),
			'already_handed_back',
		],
		[
			'given to somebody else',
			[(one) => reassign(one, TO_CLEO, at(10))],
			(one) => reassign(one, TO_CLEO, at(11)),
			'already_theirs',
		],
		[
			'resolved, then given to somebody else',
			[(one) => resolve(one, DONE, at(10))],
			(one) => reassign(one, TO_CLEO, at(11)),
			'already_resolved',
		],
	])('is refused, and changes nothing: %s', (_what, before, act, code) => {
		const { desk, one } = opened(ESCALATION);
		for (const done of before) desk.answer(1, done);
		const known = one();
		expect(codeOf(desk.answer(1, act))).toBe(code);
		expect(one()).toBe(known);
	});

	it('says who did it, and when', () => {
		const { desk } = opened();
		desk.answer(1, (one) => acknowledge(one, BEN, at(10)));
		expect(desk.answer(1, (one) => acknowledge(one, ADA, at(11)))).toMatchObject({
			refused: {
				by: BEN,
				at: '2026-03-04T10:00:00+01:00',
				text: `Case 1 was acknowledged already, by ${BEN} at 2026-03-04T10:00:00+01:00`,
			},
		});
	});
});

describe('each answer', () => {
	it('tells what it took by the clock on the wall and in business time', () => {
		const { desk } = opened(ESCALATION);
		// Thursday at ten: 25 hours later, of which 9 are worked
		const elapsed = { realMinutes: 25 * 60, businessMinutes: 9 * 60 };
		const later = at(34);
		expect(desk.answer(1, (one) => acknowledge(one, ADA, later))).toMatchObject({ elapsed });
		expect(desk.answer(1, (one) => recordTouch(one, ADA, later))).toMatchObject({ elapsed });
		expect(desk.answer(1, (one) => resolve(one, DONE, later))).toMatchObject({ elapsed });
		expect(desk.events.slice(1)).toMatchObject([
			{ type: 'case_acknowledged', occurredAt: later, data: { no: 1, by: ADA, elapsed } },
			{ type: 'case_touched', data: { by: ADA, elapsed } },
			{ type: 'case_resolved', id: 'case/1/resolved/0', data: { outcome: 'solved', elapsed } },
		]);
	});

	it('without the time in which the case waited for the customer', () => {
		const { desk } = opened(ESCALATION);
		desk.answer(1, (one) => pause(one, at(10)));
		desk.answer(1, (one) => resume(one, at(12, 30)));
		expect(desk.answer(1, (one) => recordTouch(one, ADA, at(13)))).toMatchObject({
			elapsed: { realMinutes: 90, businessMinutes: 90 },
		});
	});

	it('counts from the first clock it answers', () => {
		const { desk } = opened();
		desk.answer(1, (one) => acknowledge(one, ADA, at(10)));
		desk.route([call('acme', ESCALATION)], at(11));
		expect(desk.answer(1, (one) => acknowledge(one, ADA, at(12)))).toMatchObject({
			elapsed: { realMinutes: 60 },
		});
		// R69: from the escalation to the first human touch, whatever the alert before it took
		expect(desk.answer(1, (one) => recordTouch(one, ADA, at(13)))).toMatchObject({
			elapsed: { realMinutes: 120 },
		});
		expect(desk.answer(1, (one) => recordTouch(one, ADA, at(14)))).not.toHaveProperty(
			'elapsed.realMinutes',
		);
		expect(desk.case(1)).toMatchObject({ firstTouchAt: at(13), lastTouchAt: at(14) });
	});

	it('is never earlier than what it answers, where clocks of machines differ', () => {
		const { desk } = opened(ESCALATION);
		expect(desk.answer(1, (one) => recordTouch(one, ADA, NINE - MINUTE))).toMatchObject({
			elapsed: { realMinutes: 0, businessMinutes: 0 },
			case: { clocks: [{ acknowledgedAt: NINE, touchedAt: NINE }] },
		});
	});

	it('names nobody but whoever did it', () => {
		const { desk } = opened({ ...ESCALATION, text: 'Sue of Acme is angry' });
		desk.answer(1, (one) => acknowledge(one, ADA, at(10)));
		desk.answer(1, (one) => resolve(one, DONE, at(11)));
		expect(JSON.stringify(desk.events)).not.toContain('Sue');
	});
});

describe('a human touch', () => {
	it('acknowledges where nobody had, and leaves who did', () => {
		const { desk, one } = opened(ESCALATION);
		desk.answer(1, (each) => acknowledge(each, BEN, at(10)));
		desk.answer(1, (each) => recordTouch(each, ADA, at(11)));
		expect(one()).toMatchObject({
			acknowledgement: { at: at(10), by: BEN },
			clocks: [{ acknowledgedAt: at(10), touchedAt: at(11) }],
		});
	});
});

describe('resolving', () => {
	it('ends a wait, and says nothing of a touch that nobody made', () => {
		const { desk, one } = opened(ESCALATION);
		desk.answer(1, (each) => pause(each, at(10)));
		desk.answer(1, (each) => resolve(each, DONE, at(11)));
		expect(one()).toMatchObject({
			open: false,
			resolvedAt: at(11),
			outcome: 'solved',
			pauses: [{ from: at(10), to: at(11) }],
			acknowledgement: { by: ADA },
		});
		expect(one().firstTouchAt).toBeUndefined();
		expect(one().clocks[0]?.touchedAt).toBeUndefined();
		expect(standings(one(), at(17))).toEqual(['0 acknowledge met']);
	});

	it('keeps that nobody spoke to the customer in time', () => {
		const { desk, one } = opened(ESCALATION);
		desk.answer(1, (each) => acknowledge(each, ADA, at(10)));
		desk.answer(1, (each) => resolve(each, DONE, at(15)));
		expect(standings(one(), at(40))).toEqual(['0 acknowledge met', '0 touch breached']);
	});
});

describe('waiting for the customer', () => {
	it('begins anew no earlier than it ended the last time, where clocks of machines differ', () => {
		const { desk, one } = opened(ESCALATION);
		desk.answer(1, (each) => pause(each, at(10)));
		desk.answer(1, (each) => resume(each, at(12)));
		desk.answer(1, (each) => pause(each, at(11)));
		expect(one().pauses).toEqual([{ from: at(10), to: at(12) }, { from: at(12) }]);
		desk.answer(1, (each) => resume(each, at(13)));
		desk.answer(1, (each) => pause(each, at(14)));
		expect(one().pauses.slice(1)).toEqual([{ from: at(12), to: at(13) }, { from: at(14) }]);
	});
});

describe('giving a case to somebody else', () => {
	const LEVEL = { to: { email: BEN, name: 'Ben' }, after: { amount: 0, unit: 'hours' as const } };
	const letters = (desk: DeskBook, now: number): string[] =>
		desk.check(now).map(({ notice }) => `${notice.key} → ${notice.to.name}, ${notice.attempt}`);

	it('changes who has it, and nothing of its policy, clocks and deadlines', () => {
		const { desk, one } = opened(ESCALATION);
		const before = one();
		desk.answer(1, (each) => reassign(each, TO_CLEO, at(10)));
		const { owner, pool, clocks, sla, facts } = one();
		expect({ owner, pool }).toEqual({ owner: CLEO, pool: '' });
		expect({ clocks, sla, facts }).toEqual({
			clocks: before.clocks,
			sla: before.sla,
			facts: before.facts,
		});
		expect(slaOf(one(), at(10))).toEqual(slaOf(before, at(10)));
		expect(letters(desk, at(13))).toEqual(['case/1/breached/acknowledge/0 → Cleo, 1']);
	});

	it('tells whoever gets it, and the timeline', () => {
		const { desk, one } = opened(ESCALATION);
		const said = desk.answer(1, (each) => reassign(each, TO_CLEO, at(10)));
		expect(said).toMatchObject({
			notice: {
				key: 'case/1/reassigned/1',
				event: 'reassigned',
				to: CLEO,
				cases: [one()],
				attempt: 1,
				reasons: [{ code: 'case_reassigned', text: 'Case 1 was handed from Ada to Cleo' }],
			},
		});
		expect(desk.events.at(-1)).toMatchObject({
			type: 'case_reassigned',
			occurredAt: at(10),
			data: { no: 1, by: BEN, to: CLEO.email },
		});
	});

	it('tells each who gets it, under a key of its own, also when it was opened again', () => {
		const { desk } = opened(ESCALATION);
		const keyOf = (to: typeof CLEO, now: number): string | undefined => {
			const said = desk.answer(1, (each) => reassign(each, { to, by: ADA }, now));
			return 'refused' in said ? said.refused.code : said.notice?.key;
		};
		const dan = { name: 'Dan', email: 'dan@vendor.example' };
		expect([keyOf(CLEO, at(10)), keyOf(dan, at(10)), keyOf(CLEO, at(10))]).toEqual([
			'case/1/reassigned/1',
			'case/1/reassigned/2',
			'case/1/reassigned/3',
		]);
		desk.answer(1, (each) => resolve(each, DONE, at(11)));
		desk.route([call('acme')], at(12));
		expect(keyOf(CLEO, at(13))).toBe('case/1/reopened/1/reassigned/1');
		const ids = desk.events.map(({ id, type }) => `${type} ${id}`);
		expect(new Set(ids).size).toBe(ids.length);
	});

	it('is told once more where its notice was lost, and what was to reach the owner before is not', () => {
		const router = compileRouter(policyOf([person('Ada')], { levels: [LEVEL] }));
		const desk = new DeskBook(router, () => 'letGo');
		desk.route([call('acme', ESCALATION)], NINE);
		expect(letters(desk, at(13))).toEqual([
			'case/1/breached/acknowledge/0 → Ada, 1',
			'case/1/level/1/1/1 → Ben, 1',
		]);
		desk.answer(1, (each) => reassign(each, TO_CLEO, at(13, 5)));
		expect(letters(desk, at(13, 20)).toSorted()).toEqual([
			'case/1/level/1/1/1 → Ben, 2',
			'case/1/reassigned/1 → Cleo, 2',
		]);
		expect(letters(desk, at(13, 40))).toEqual([]);
	});

	it('leaves who took note of it; what waits for a digest its new owner is told at once', () => {
		const { desk, one } = opened({}, { digestCap: 0 });
		expect(one().digest).toBe('waiting');
		desk.answer(1, (each) => reassign(each, TO_CLEO, at(10)));
		expect(one().digest).toBeUndefined();
		expect(desk.digest(at(11))).toEqual([]);
		const known = opened(ESCALATION);
		known.desk.answer(1, (each) => acknowledge(each, ADA, at(10)));
		known.desk.answer(1, (each) => reassign(each, TO_CLEO, at(11)));
		expect(known.one().acknowledgement).toEqual({ at: at(10), by: ADA });
	});
});

describe('handing back (R17, P35)', () => {
	const terms = { stableDays: 14, stableScore: 65 };
	const standing = ({ events }: DeskBook, now: number) => {
		const told = events.filter(({ type }) =>
			['tier_elevated', 'tier_returned', 'case_resolved'].includes(type),
		);
		const memory = {
			handOvers: [],
			events: told satisfies TierEvent[],
			survivorOf: new Map<string, string>(),
		};
		return foldStandings(memory, now).get('acme');
	};
	const HEALTH = { ...ESCALATION, code: 'health_red' };

	it('resolves the case, and gives the account back to its tier', () => {
		const { desk, one } = opened(HEALTH);
		expect(standing(desk, NINE)).toMatchObject({ state: 'elevated', caseResolved: false });
		desk.answer(1, (each) => handBack(each, DONE, at(10)));
		expect(one()).toMatchObject({ open: false, outcome: 'solved' });
		expect(standing(desk, at(10))).toEqual({ state: 'returned', at: at(10) });
	});

	it('may follow after the case was resolved; otherwise health lets it go back', () => {
		const { desk } = opened(HEALTH);
		desk.answer(1, (each) => resolve(each, DONE, at(10)));
		const resolved = standing(desk, at(10));
		expect(resolved).toMatchObject({ state: 'elevated', caseResolved: true });
		expect(resolved && isReturning(resolved, { score: 65, steadyDays: 14 }, terms)).toBe(true);
		desk.answer(1, (each) => handBack(each, DONE, at(11)));
		expect(standing(desk, at(11))).toEqual({ state: 'returned', at: at(11) });
		expect(desk.events.filter(({ type }) => type === 'case_resolved')).toHaveLength(1);
	});

	it('is elevated again when the case is opened again, and can be handed back again', () => {
		const { desk } = opened(HEALTH);
		desk.answer(1, (each) => handBack(each, DONE, at(10)));
		desk.route([call('acme', HEALTH)], at(12));
		expect(standing(desk, at(12))).toMatchObject({
			state: 'elevated',
			since: at(12),
			caseResolved: false,
		});
		expect(codeOf(desk.answer(1, (each) => handBack(each, DONE, at(13))))).toBeUndefined();
		expect(standing(desk, at(13))).toEqual({ state: 'returned', at: at(13) });
		const ids = desk.events.map(({ type, id }) => `${type} ${id}`);
		expect(new Set(ids).size).toBe(ids.length);
	});

	it('is possible too when the case was opened again as a mere alert, after it had elevated the account', () => {
		const { desk, one } = opened(HEALTH);
		desk.answer(1, (each) => resolve(each, DONE, at(10)));
		desk.route([call('acme')], at(12));
		expect(one()).toMatchObject({ kind: 'alert', reopened: 1 });
		desk.answer(1, (each) => handBack(each, DONE, at(13)));
		expect(standing(desk, at(13))).toEqual({ state: 'returned', at: at(13) });
	});

	it('is nothing for an alert, whose account never left its tier', () => {
		const { desk } = opened();
		expect(codeOf(desk.answer(1, (each) => handBack(each, DONE, at(10))))).toBe(
			'never_handed_over',
		);
	});
});

describe('how the targets of a case stand', () => {
	it.each<[string, number, string]>([
		['at once', NINE, 'running'],
		['before three quarters of four hours', at(12) - 1, 'running'],
		['after three quarters', at(12), 'nearing'],
		['a moment before the end', at(13) - 1, 'nearing'],
		['at the end', at(13), 'breached'],
		['later', at(60), 'breached'],
	])('%s', (_when, now, state) => {
		const { one } = opened(ESCALATION);
		expect(slaOf(one(), now)).toMatchObject([
			{ measure: 'acknowledge', kind: 'escalation', startedAt: NINE, dueAt: at(13), state },
			{ measure: 'touch', dueAt: at(13), state },
		]);
	});

	it('what was done is met, with how long it took then', () => {
		const { desk, one } = opened(ESCALATION);
		desk.answer(1, (each) => acknowledge(each, ADA, at(14)));
		expect(slaOf(one(), at(40))).toMatchObject([
			{
				measure: 'acknowledge',
				state: 'met',
				doneAt: at(14),
				dueAt: at(13),
				elapsed: { real: 5 * 60 * MINUTE },
			},
			{ measure: 'touch', state: 'breached', elapsed: { business: 15 * 60 * MINUTE } },
		]);
	});

	it('while it waits nothing is due, but what was due before', () => {
		const { desk, one } = opened(ESCALATION);
		desk.answer(1, (each) => pause(each, at(10)));
		expect(slaOf(one(), at(40))).toMatchObject([
			{ state: 'paused', elapsed: { real: 60 * MINUTE, business: 60 * MINUTE } },
			{ state: 'paused' },
		]);
		expect(slaOf(one(), at(40))[0]).not.toHaveProperty('dueAt');
		const late = opened(ESCALATION);
		late.desk.answer(1, (each) => pause(each, at(14)));
		expect(standings(late.one(), at(40))).toEqual(['0 acknowledge breached', '0 touch breached']);
	});

	it('every clock has its own, of its own kind and priority', () => {
		const { desk, one } = opened({ priority: 'urgent' });
		desk.route([call('acme', ESCALATION)], at(10));
		// P07: an urgent alert four business hours, an escalation as well, and a touch
		expect(
			slaOf(one(), at(10)).map(({ clock, measure, dueAt }) => [clock, measure, dueAt]),
		).toEqual([
			[0, 'acknowledge', at(13)],
			[1, 'acknowledge', at(14)],
			[1, 'touch', at(14)],
		]);
	});

	it("a priority without targets of its own has its kind's, and a resolve target ends with the case", () => {
		const hours = (amount: number) => ({ amount, unit: 'hours' as const });
		const { desk, one } = opened(
			{ priority: 'high' },
			{
				targets: [
					{ kind: 'alert', measure: 'resolve', target: hours(6) },
					{ kind: 'alert', priority: 'urgent', measure: 'resolve', target: hours(1) },
					{ kind: 'escalation', measure: 'resolve', target: hours(1) },
				],
			},
		);
		expect(slaOf(one(), NINE)).toMatchObject([{ measure: 'resolve', dueAt: at(15) }]);
		desk.answer(1, (each) => resolve(each, DONE, at(11)));
		expect(slaOf(one(), at(40))).toMatchObject([
			{ measure: 'resolve', state: 'met', doneAt: at(11) },
		]);
	});
});
