import {
	silencedBy,
	type CaseReason,
	type Kind,
	type Priority,
} from '../../../engine/escalation/case';
import {
	acknowledge,
	pause,
	reassign,
	recordTouch,
	resolve,
} from '../../../engine/escalation/answers';
import type { Notice } from '../../../engine/escalation/memory';
import { compileRouter } from '../../../engine/escalation/routing/router';
import { call, DeskBook, ESCALATION, reason } from './deskBook';
import { person, policyOf, FALLBACK } from './routing/routerPolicies';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A Wednesday. */
const NOW = Date.parse('2026-03-04T11:00+01:00');
const TWO = [person('Ada'), person('Ben')];
const ADA = 'ada@vendor.example';
const DAY_OF_WORK = { amount: 1, unit: 'businessDays' as const };
const DONE = { by: ADA, outcome: 'solved' };

const book = (over: Parameters<typeof policyOf>[1] = {}, people = TWO): DeskBook =>
	new DeskBook(compileRouter(policyOf(people, over)));
const eventsOf = ({ events }: DeskBook): string[] => events.map(({ type, id }) => `${type} ${id}`);
const keysOf = ({ notices }: DeskBook): string[] => notices.map(({ notice }) => notice.key);
const of = (kind: Kind, priority: Priority): CaseReason => reason({ kind, priority });

describe('one account has one case (P08)', () => {
	it('which the first call opens: a named owner, a clock from now, one notice', () => {
		const desk = book();
		const [outcome] = desk.route([call('acme', { at: NOW - 9 * DAY }, { arr: 5_000 })], NOW);
		expect(outcome).toMatchObject({
			what: 'opened',
			case: {
				no: 1,
				accountId: 'acme',
				open: true,
				kind: 'alert',
				priority: 'normal',
				owner: { email: ADA, name: 'Ada' },
				pool: 'all',
				openedAt: NOW,
				reopened: 0,
				// a message that came nine days late is not overdue
				clocks: [{ kind: 'alert', priority: 'normal', startedAt: NOW }],
				pending: ['case/1/opened'],
			},
			notice: { key: 'case/1/opened', event: 'opened', to: { email: ADA }, attempt: 1 },
		});
		expect(outcome?.reasons.map(({ code }) => code)).toContain('case_opened');
		expect(outcome?.case.escalatedAt).toBeUndefined();
		expect(eventsOf(desk)).toEqual(['case_opened case/1/opened']);
	});

	it('which further reasons join: no second case, owner or notice', () => {
		const desk = book();
		desk.route([call('acme')], NOW);
		const [outcome] = desk.route([call('acme', {}, { band: 'red' })], NOW + HOUR);
		expect(outcome?.what).toBe('joined');
		expect(outcome?.notice).toBeUndefined();
		expect(outcome?.case).toMatchObject({ no: 1, owner: { email: ADA }, facts: { band: 'red' } });
		expect(outcome?.case.reasons).toHaveLength(2);
		expect(outcome?.case.clocks).toHaveLength(1);
		expect(keysOf(desk)).toEqual(['case/1/opened']);
		expect(eventsOf(desk)).toEqual(['case_opened case/1/opened', 'case_joined case/1/joined/2']);
	});

	it('which holds a reason once, however often it is told', () => {
		const desk = book();
		const again = reason();
		desk.route([call('acme', [again])], NOW);
		const before = desk.case(1);
		for (let day = 1; day < 14; day++) {
			const [outcome] = desk.route([call('acme', [again])], NOW + day * DAY);
			expect(outcome).toMatchObject({ what: 'known', case: { no: 1 } });
		}
		expect(desk.case(1)).toBe(before);
	});

	it('whichever record of it is meant, and however many calls come at once', () => {
		const desk = book();
		desk.survivorOf.set('old', 'acme');
		const known = reason();
		const outcomes = desk.route(
			[
				call('old', { priority: 'low' }, { arr: 1, name: 'Old Inc.' }),
				call('other'),
				call('acme', [known, { ...reason(), ...ESCALATION }], { arr: 2 }),
				call('acme', [known]),
				call('acme'),
			],
			NOW,
		);
		expect(outcomes.map(({ what, case: { no } }) => `${what} ${no}`)).toEqual([
			'opened 1',
			'opened 2',
			'joined 1',
			'known 1',
			'joined 1',
		]);
		expect(outcomes.map(({ notice }) => notice?.key)).toEqual([
			'case/1/opened',
			'case/2/opened',
			undefined,
			undefined,
			undefined,
		]);
		// what is known of the surviving record counts, and what only the other knows
		expect(desk.case(1)).toMatchObject({
			accountId: 'acme',
			kind: 'escalation',
			facts: { arr: 2, name: 'Old Inc.' },
		});
		expect(desk.case(1).reasons).toHaveLength(4);
		// told at once they make one clock: the weightiest
		expect(desk.case(1).clocks).toEqual([
			{ kind: 'escalation', priority: expect.any(String) as string, startedAt: NOW },
		]);
	});

	it('and keeps what is known of it where a later call says nothing', () => {
		const desk = book();
		desk.route([call('acme', {}, { arr: 7, tier: 'techTouch' })], NOW);
		desk.route([call('acme', {}, { arr: undefined, band: 'red' })], NOW);
		expect(desk.case(1).facts).toEqual({ arr: 7, tier: 'techTouch', band: 'red' });
	});

	it('never nobody: the fallback owner has what no pool can take', () => {
		const desk = book({}, []);
		expect(desk.route([call('acme')], NOW)[0]?.case.owner).toEqual(FALLBACK);
	});
});

describe('a reason raises a case where it is graver or more pressing than every one before', () => {
	it.each<[Kind, Priority, Kind, Priority, boolean]>([
		['alert', 'normal', 'alert', 'normal', false],
		['alert', 'normal', 'alert', 'low', false],
		['alert', 'normal', 'alert', 'high', true],
		['alert', 'normal', 'escalation', 'low', true],
		['alert', 'urgent', 'escalation', 'normal', true],
		['escalation', 'normal', 'alert', 'normal', false],
		['escalation', 'normal', 'alert', 'urgent', true],
		['escalation', 'urgent', 'alert', 'urgent', false],
		['escalation', 'low', 'escalation', 'urgent', true],
	])('%s/%s, then %s/%s', (kind, priority, nextKind, nextPriority, isRaised) => {
		const desk = book();
		desk.route([call('acme', [of(kind, priority)])], NOW);
		desk.answer(1, (one) => acknowledge(one, ADA, NOW + 1));
		const [outcome] = desk.route([call('acme', [of(nextKind, nextPriority)])], NOW + HOUR);
		const after = desk.case(1);
		expect(outcome?.what).toBe(isRaised ? 'raised' : 'joined');
		expect(outcome?.notice?.key).toBe(isRaised ? 'case/1/raised/1' : undefined);
		// what was acknowledged does not count for what came later
		expect(after.acknowledgement === undefined).toBe(isRaised);
		expect(after.clocks).toHaveLength(isRaised ? 2 : 1);
		expect(after.clocks[0]).toMatchObject({ kind, priority, acknowledgedAt: NOW + 1 });
		if (isRaised)
			expect(after.clocks[1]).toEqual({
				kind: nextKind,
				priority: nextPriority,
				startedAt: NOW + HOUR,
			});
		expect(after.owner.email).toBe(ADA);
	});

	it('of either: an urgent escalation is news where an urgent alert and an escalation are known', () => {
		const desk = book();
		desk.route([call('acme', [of('alert', 'urgent')])], NOW);
		desk.route([call('acme', [of('escalation', 'normal')])], NOW + 1);
		const [outcome] = desk.route([call('acme', [of('escalation', 'urgent')])], NOW + 2);
		expect(outcome).toMatchObject({ what: 'raised', notice: { key: 'case/1/raised/2' } });
	});

	it('each under a key of its own, also within one millisecond', () => {
		const desk = book();
		for (const priority of ['low', 'normal', 'high', 'urgent'] as const)
			desk.route([call('acme', [of('alert', priority)])], NOW);
		expect(keysOf(desk)).toEqual(
			['opened', 'raised/1', 'raised/2', 'raised/3'].map((key) => `case/1/${key}`),
		);
	});

	it('and has it climb on, because nobody took note so far', () => {
		const level = {
			to: { email: 'lead@vendor.example', name: 'Lead' },
			after: { amount: 0, unit: 'minutes' as const },
		};
		const desk = book({ levels: [level] });
		desk.route([call('acme', ESCALATION)], NOW);
		desk.check(NOW + DAY);
		const { climb } = desk.case(1);
		desk.route([call('acme', { ...ESCALATION, priority: 'urgent' })], NOW + DAY);
		expect(climb).toBeDefined();
		expect(desk.case(1).climb).toEqual(climb);
	});
});

describe('a resolved case', () => {
	const resolved = (over: Parameters<typeof policyOf>[1] = {}): DeskBook => {
		const desk = book(over);
		desk.route([call('acme', { key: 'first', ...ESCALATION }, { arr: 9 })], NOW);
		desk.check(NOW + 5 * HOUR);
		desk.answer(1, (one) => recordTouch(one, ADA, NOW + 6 * HOUR));
		desk.answer(1, (one) => pause(one, NOW + 7 * HOUR));
		desk.answer(1, (one) => resolve(one, DONE, NOW + DAY));
		return desk;
	};

	it('is not opened by the reason it was about', () => {
		const desk = resolved();
		const before = desk.case(1);
		const [outcome] = desk.route([call('acme', { key: 'first' })], NOW + 2 * DAY);
		expect(outcome).toMatchObject({ what: 'known', case: { no: 1, open: false } });
		expect(desk.case(1)).toBe(before);
	});

	it('goes on with a new reason within the window: same number, same owner, everything told anew', () => {
		const desk = resolved();
		// Ben would be the one with less to do
		desk.route([call('x', {}, { arr: 1 })], NOW + DAY);
		const at = NOW + 2 * DAY;
		const [outcome] = desk.route([call('acme')], at);
		expect(outcome).toMatchObject({
			what: 'reopened',
			notice: { key: 'case/1/reopened/1', event: 'reopened', to: { email: ADA } },
			case: {
				no: 1,
				open: true,
				reopened: 1,
				// what was resolved weighs nothing any more
				kind: 'alert',
				owner: { email: ADA },
				facts: { arr: 9 },
				openedAt: NOW,
				told: [],
				clocks: [{ kind: 'alert', startedAt: at }],
			},
		});
		const { resolvedAt, outcome: how, climb, acknowledgement, reasons, pauses } = desk.case(1);
		expect({ resolvedAt, how, climb, acknowledgement }).toEqual({});
		expect(reasons).toHaveLength(2);
		expect(pauses).toEqual([{ from: NOW + 7 * HOUR, to: NOW + DAY }]);
		expect(desk.loads().get(ADA)).toMatchObject({ cases: 1 });
	});

	it('tells under new keys what it told before it was resolved', () => {
		const desk = resolved();
		desk.route([call('acme')], NOW + 2 * DAY);
		desk.check(NOW + 9 * DAY);
		desk.answer(1, (one) => resolve(one, DONE, NOW + 9 * DAY));
		desk.route([call('acme')], NOW + 10 * DAY);
		desk.check(NOW + 20 * DAY);
		const keys = keysOf(desk);
		expect(new Set(keys).size).toBe(keys.length);
		expect(
			keys.filter((key) => key.includes('breached')).map((key) => key.replace(/breached.*/, '')),
		).toEqual(['case/1/', 'case/1/reopened/1/', 'case/1/reopened/2/']);
	});

	it.each([
		['on the last day, however late', '2026-03-19T23:59+01:00', 'reopened', 1],
		['a minute later', '2026-03-20T00:00+01:00', 'opened', 2],
	])('%s', (_when, at, what, no) => {
		// resolved on the 5th; fourteen local days
		const [outcome] = resolved().route([call('acme')], Date.parse(at));
		expect(outcome).toMatchObject({ what, case: { no } });
	});

	it('never goes on where the window is 0 days', () => {
		const [outcome] = resolved({ reopenDays: 0 }).route([call('acme')], NOW + DAY + 1);
		expect(outcome).toMatchObject({ what: 'opened', case: { no: 2 } });
	});

	it.each([
		[
			'is away',
			[{ ...person('Ada'), away: [{ from: '2026-03-06', to: '2026-03-06' }] }, person('Ben')],
		],
		['has gone', [person('Ben')]],
		['has no room', [{ ...person('Ada'), mostArr: 8 }, person('Ben')]],
	])('gets somebody else where the owner %s', (_why, people) => {
		const before = resolved();
		const desk = book({}, people);
		desk.cases.set(1, before.case(1));
		const [outcome] = desk.route([call('acme')], NOW + 2 * DAY);
		expect(outcome?.case).toMatchObject({ no: 1, owner: { name: 'Ben' }, pool: 'all' });
		expect(outcome?.reasons.map(({ code }) => code)).toContain('owner_changed');
	});
});

describe('two open cases of records that turned out to be one account (P32)', () => {
	const folded = (first: Partial<CaseReason>, second: Partial<CaseReason>) => {
		const desk = book();
		desk.route([call('old', { key: 'old', ...first }, { arr: 3 })], NOW);
		desk.route(
			[call('acme', { key: 'acme', ...second }, { arr: 4, tier: 'techTouch' })],
			NOW + HOUR,
		);
		desk.survivorOf.set('old', 'acme');
		const outcomes = desk.route([call('acme', { key: 'acme' })], NOW + 2 * HOUR);
		return { desk, outcomes };
	};

	it('become the older one, with the reasons and clocks of both', () => {
		const { desk, outcomes } = folded({}, {});
		expect(outcomes).toMatchObject([{ what: 'known', case: { no: 1 } }]);
		expect(desk.case(1)).toMatchObject({
			accountId: 'acme',
			open: true,
			owner: { email: ADA },
			// the surviving record knows best
			facts: { arr: 4, tier: 'techTouch' },
			clocks: [{ startedAt: NOW }, { startedAt: NOW + HOUR }],
		});
		expect(desk.case(1).reasons.map(({ key }) => key)).toEqual(['old', 'acme']);
		expect(desk.case(2)).toMatchObject({ open: false, outcome: 'merged', pending: [] });
		expect(desk.case(2).nextLook).toBeUndefined();
		// the human still has the account
		expect(eventsOf(desk)).toContain('case_merged case/2/merged');
		expect(eventsOf(desk).join()).not.toContain('case_resolved');
	});

	it('tell the owner once where the younger weighs more', () => {
		const { desk, outcomes } = folded({}, ESCALATION);
		expect(outcomes).toMatchObject([{ what: 'raised', notice: { to: { email: ADA } } }]);
		expect(desk.case(1)).toMatchObject({ kind: 'escalation', escalatedAt: NOW + HOUR });
	});

	it('tell nothing that either told', () => {
		const desk = book();
		desk.route([call('old', ESCALATION)], NOW);
		desk.route([call('acme', ESCALATION)], NOW);
		desk.check(NOW + DAY);
		const { owner } = desk.case(2);
		desk.survivorOf.set('old', 'acme');
		desk.route([call('acme')], NOW + DAY);
		// only what became of the other, to whoever had it and to whoever has it now
		const told = desk.check(NOW + 2 * DAY).map(({ notice }) => notice);
		expect(told.map(({ to }) => to)).toEqual([owner, desk.case(1).owner]);
		for (const notice of told)
			expect(notice).toMatchObject({
				event: 'merged',
				cases: [{ no: 1 }],
				reasons: [{ no: 2, into: 1 }],
			});
		expect(desk.case(2)).toMatchObject({ outcome: 'merged', mergedInto: 1 });
		expect(desk.check(NOW + 3 * DAY)).toEqual([]);
	});

	it('tell whoever had the other also where the younger weighs more, which raises it', () => {
		const desk = book();
		desk.route([call('old')], NOW);
		desk.route([call('acme', ESCALATION)], NOW);
		desk.survivorOf.set('old', 'acme');
		const told = desk.check(NOW + DAY).map(({ notice }) => `${notice.event} ${notice.to.name}`);
		expect(told).toEqual(expect.arrayContaining(['raised Ada', 'merged Ben', 'merged Ada']));
	});

	it('tell nobody any more once the case is over, also where it is opened again', () => {
		const desk = book();
		desk.route([call('old', ESCALATION)], NOW);
		desk.route([call('acme', ESCALATION)], NOW);
		desk.survivorOf.set('old', 'acme');
		desk.route([call('acme')], NOW + 1);
		desk.answer(1, (one) => resolve(one, DONE, NOW + 2));
		expect(desk.check(NOW + HOUR)).toEqual([]);
		desk.route([call('acme')], NOW + DAY);
		expect(desk.check(NOW + DAY + 1)).toEqual([]);
	});

	it('tell nobody where one person had both', () => {
		const desk = book({}, [person('Ada')]);
		desk.route([call('old', ESCALATION)], NOW);
		desk.route([call('acme', ESCALATION)], NOW);
		desk.check(NOW + DAY);
		desk.survivorOf.set('old', 'acme');
		desk.route([call('acme')], NOW + DAY);
		expect(desk.check(NOW + 2 * DAY)).toEqual([]);
	});

	it('count as acknowledged only where both were', () => {
		for (const both of [false, true]) {
			const desk = book();
			desk.route([call('old'), call('acme')], NOW);
			desk.answer(1, (one) => acknowledge(one, ADA, NOW + 1));
			if (both) desk.answer(2, (one) => acknowledge(one, 'ben@vendor.example', NOW + 1));
			desk.survivorOf.set('old', 'acme');
			desk.route([call('acme')], NOW + 2);
			expect(desk.case(1).acknowledgement !== undefined).toBe(both);
		}
	});

	it('count once for whoever has them', () => {
		const { desk } = folded({}, {});
		expect([...desk.loads()]).toEqual([
			[ADA, { cases: 1, arr: 4, lastNo: 1 }],
			['ben@vendor.example', { cases: 0, arr: 0, lastNo: 2 }],
		]);
	});
});

describe('within a bulk', () => {
	it('whoever got a case has it when the next is given', () => {
		const desk = book({}, [{ ...person('Ada'), mostCases: 2 }, person('Ben')]);
		const outcomes = desk.route(
			['a', 'b', 'c', 'd', 'e', 'f'].map((id) => call(id, {}, { arr: 1 })),
			NOW,
		);
		expect(outcomes.map((one) => one.case.owner.name)).toEqual([
			'Ada',
			'Ben',
			'Ada',
			'Ben',
			'Ben',
			'Ben',
		]);
		expect(outcomes.map((one) => one.case.no)).toEqual([1, 2, 3, 4, 5, 6]);
	});

	it('the same as one after the other, for accounts of their own', () => {
		const calls = ['a', 'b', 'c', 'd'].map((id, index) => call(id, {}, { arr: index }));
		const [together, apart] = [book(), book()];
		together.route(calls, NOW);
		for (const one of calls) apart.route([one], NOW);
		expect([...together.cases]).toEqual([...apart.cases]);
		expect([...together.days]).toEqual([...apart.days]);
	});
});

describe('whoever left the policy', () => {
	const left = (desk: DeskBook): void => {
		desk.router = compileRouter(policyOf([person('Ben')]));
	};

	it.each([
		['joins', reason(), 'reassigned'],
		['raises it', reason({ kind: 'escalation' }), 'raised'],
	] as const)('has no case any more that a reason %s', (_what, its, what) => {
		const desk = book({}, [person('Ada')]);
		desk.route([call('acme')], NOW);
		left(desk);
		const [outcome] = desk.route([call('acme', [its])], NOW + HOUR);
		expect(outcome).toMatchObject({ what, notice: { to: { name: 'Ben' } } });
		expect(desk.case(1)).toMatchObject({ owner: { name: 'Ben' }, pool: 'all' });
		expect(desk.loads().get(ADA)?.cases ?? 0).toBe(0);
		expect(eventsOf(desk)).toContain('case_reassigned case/1/reassigned/1');
		// Ada hears of it no more
		expect(desk.check(NOW + 9 * DAY).map(({ notice }) => notice.to.name)).not.toContain('Ada');
	});

	it('keeps a case of which nothing new is heard, and tells nobody', () => {
		const desk = book({}, [person('Ada')]);
		const first = reason();
		desk.route([call('acme', [first])], NOW);
		left(desk);
		const [outcome] = desk.route([call('acme', [first])], NOW + HOUR);
		expect(outcome).toMatchObject({ what: 'known', case: { owner: { name: 'Ada' } } });
		expect(outcome?.notice).toBeUndefined();
	});

	it('two routers with different people on one ledger hand no case back and forth', () => {
		const desk = book({}, [person('Ada')]);
		const [one, other] = [desk.router, compileRouter(policyOf([person('Ben')]))];
		const owners: string[] = [];
		for (let day = 0; day < 8; day++) {
			desk.router = day % 2 === 0 ? one : other;
			desk.route([call('acme', { key: `day ${day}` })], NOW + day * HOUR);
			owners.push(desk.case(1).owner.name);
		}
		expect(owners).toEqual(['Ada', ...Array<string>(7).fill('Ben')]);
		expect(desk.notices.filter(({ notice }) => notice.event === 'reassigned')).toHaveLength(1);
	});

	it('after a case was opened again, it may be handed on once more', () => {
		const desk = book({}, [person('Ada')]);
		desk.route([call('acme')], NOW);
		left(desk);
		desk.route([call('acme')], NOW + 1);
		desk.answer(1, (one) => resolve(one, DONE, NOW + 2));
		desk.route([call('acme')], NOW + 3);
		desk.router = compileRouter(policyOf([person('Cid')]));
		desk.route([call('acme')], NOW + 4);
		expect(desk.case(1).owner.name).toBe('Cid');
	});

	it("a case that somebody got by hand is the policy's again where it is opened again for another", () => {
		const desk = book({}, [person('Ben')]);
		desk.route([call('acme')], NOW);
		const to = { email: 'vera@partner.example', name: 'Vera' };
		desk.answer(1, (one) => reassign(one, { to, by: ADA }, NOW + 1));
		desk.answer(1, (one) => resolve(one, DONE, NOW + 2));
		desk.route([call('acme')], NOW + 3);
		expect(desk.case(1)).toMatchObject({ owner: { name: 'Ben' }, byHand: undefined });
	});

	it('keeps what somebody gave them by hand', () => {
		const desk = book({}, [person('Ben')]);
		desk.route([call('acme')], NOW);
		const to = { email: 'vera@partner.example', name: 'Vera' };
		desk.answer(1, (one) => reassign(one, { to, by: ADA }, NOW + MINUTE));
		const [outcome] = desk.route([call('acme', ESCALATION)], NOW + HOUR);
		expect(outcome).toMatchObject({ what: 'raised', notice: { to } });
	});
});

describe('the daily cap', () => {
	const many = (kind: Partial<CaseReason>, count: number, from = 0) =>
		Array.from({ length: count }, (_none, index) => call(`${from + index}`, kind, { arr: index }));
	const one = [person('Ada')];

	it('lets so many single notices of alerts through, and has the rest wait', () => {
		const desk = book({ digestCap: 3 }, one);
		const outcomes = desk.route(many({}, 5), NOW);
		expect(outcomes.map(({ notice }) => notice !== undefined)).toEqual([
			true,
			true,
			true,
			false,
			false,
		]);
		expect(outcomes.map((each) => each.case.digest)).toEqual([
			undefined,
			undefined,
			undefined,
			'waiting',
			'waiting',
		]);
		expect(outcomes[4]?.reasons.map(({ code }) => code)).toContain('waits_for_digest');
		expect(desk.days.get(ADA)).toMatchObject({ notices: 3, digests: 0 });
		// the next run of the day, and the first of the next one
		expect(desk.route(many({}, 1, 10), NOW + HOUR)[0]?.notice).toBeUndefined();
		expect(desk.route(many({}, 1, 20), NOW + DAY)[0]?.notice).toBeDefined();
	});

	it('never keeps back an escalation or an urgent alert, nor counts them', () => {
		const desk = book({ digestCap: 1 }, one);
		desk.route(many(ESCALATION, 4), NOW);
		desk.route(many({ priority: 'urgent' }, 4, 10), NOW);
		expect(desk.notices).toHaveLength(8);
		expect(desk.days.get(ADA)).toBeUndefined();
		expect(desk.route(many({}, 1, 20), NOW)[0]?.notice).toBeDefined();
	});

	it('ends for a case that becomes urgent while it waits', () => {
		const desk = book({ digestCap: 0 }, one);
		desk.route([call('acme')], NOW);
		expect(desk.case(1).digest).toBe('waiting');
		const [outcome] = desk.route([call('acme', { priority: 'urgent' })], NOW + 1);
		expect(outcome?.notice).toBeDefined();
		expect(desk.case(1).digest).toBeUndefined();
		expect(desk.digest(NOW + 1)).toEqual([]);
	});

	it('sends one digest a day, the most money first, with an honest count', () => {
		const desk = book({ digestCap: 1 }, one);
		desk.route(many({}, 4), NOW);
		const [digest, ...others] = desk.digest(NOW);
		expect(others).toEqual([]);
		expect(digest).toMatchObject<Partial<Notice>>({
			key: `digest/${ADA}/2026-03-04/1`,
			event: 'digest',
			to: { email: ADA, name: 'Ada' },
			attempt: 1,
		});
		expect(digest?.cases.map(({ facts }) => facts.arr)).toEqual([3, 2, 1]);
		expect(digest?.reasons).toMatchObject([{ code: 'digest', count: 3 }]);
		expect([...desk.cases.values()].map((each) => each.digest)).toEqual([
			undefined,
			'told',
			'told',
			'told',
		]);
		// what waits after it is in the next day's, in working hours
		desk.route(many({}, 2, 10), NOW + HOUR);
		expect(desk.digest(NOW + HOUR)).toEqual([]);
		expect(desk.digest(Date.parse('2026-03-05T08:59+01:00'))).toEqual([]);
		expect(desk.digest(Date.parse('2026-03-05T09:00+01:00'))).toMatchObject([
			{ key: `digest/${ADA}/2026-03-05/1`, cases: [{}, {}] },
		]);
	});

	it('a digest comes again on the same day, before the end of an alert in it is near', () => {
		const desk = book({ digestCap: 0 }, one);
		desk.route(many({}, 1), Date.parse('2026-03-03T16:59+01:00'));
		// of the day before: nobody had enough of it yet
		expect(desk.digest(Date.parse('2026-03-04T09:00+01:00'))).toHaveLength(1);
		desk.route(many({}, 1, 10), Date.parse('2026-03-04T09:30+01:00'));
		// three quarters of a business day of eight hours
		expect(desk.digest(Date.parse('2026-03-04T15:29+01:00'))).toEqual([]);
		expect(desk.digest(Date.parse('2026-03-04T15:30+01:00'))).toMatchObject([
			{ key: `digest/${ADA}/2026-03-04/2`, cases: [{ no: 2 }] },
		]);
	});

	it('a digest does not wait for working hours in which nobody ever looks', () => {
		const targets = [
			{ kind: 'escalation' as const, measure: 'touch' as const, target: DAY_OF_WORK },
		];
		const desk = book({ digestCap: 0, targets }, one);
		desk.route(many({}, 1), NOW);
		for (const night of ['2026-03-05T02:00+01:00', '2026-03-05T08:59+01:00'])
			expect(desk.digest(Date.parse(night))).toEqual([]);
		// one business day after Wednesday 11:00, had anybody looked in between
		expect(desk.digest(Date.parse('2026-03-06T02:00+01:00'))).toHaveLength(1);
	});

	it('forgets what was acknowledged or resolved before the digest', () => {
		const desk = book({ digestCap: 0 }, one);
		desk.route(many({}, 3), NOW);
		desk.answer(1, (each) => acknowledge(each, ADA, NOW));
		desk.answer(2, (each) => resolve(each, DONE, NOW));
		expect(desk.digest(NOW)).toMatchObject([{ cases: [{ no: 3 }], reasons: [{ count: 1 }] }]);
	});
});

describe('a health escalation elevates its account to a person (P35)', () => {
	const elevations = (desk: DeskBook): string[] =>
		desk.events.filter(({ type }) => type === 'tier_elevated').map(({ id }) => id);

	it.each<[string, Partial<CaseReason>, string[]]>([
		['for health', { kind: 'escalation', code: 'health_dropped' }, ['case/1/0']],
		['for something else', ESCALATION, []],
		['an alert for health', { code: 'health_dropped' }, []],
	])('%s', (_what, its, expected) => {
		const desk = book();
		desk.route([call('acme', its)], NOW);
		expect(elevations(desk)).toEqual(expected);
	});

	it('once for each time the case is opened, also where the reason comes later', () => {
		const desk = book();
		const its = { kind: 'escalation', code: 'health_red' } as const;
		desk.route([call('acme', ESCALATION)], NOW);
		desk.route([call('acme', its)], NOW + 1);
		desk.route([call('acme', its)], NOW + 2);
		expect(elevations(desk)).toEqual(['case/1/0']);
		desk.answer(1, (one) => resolve(one, DONE, NOW + 3));
		// an alert opens it again: automation goes on, and nobody is elevated (P07)
		const [alert] = desk.route([call('acme')], NOW + 4);
		expect(elevations(desk)).toEqual(['case/1/0']);
		expect(alert && silencedBy(alert.case)).toBeUndefined();
		const [again] = desk.route([call('acme', its)], NOW + 5);
		expect(elevations(desk)).toEqual(['case/1/0', 'case/1/1']);
		expect(again && silencedBy(again.case)).toBe(1);
	});
});
