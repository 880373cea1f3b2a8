import { DateTime } from 'luxon';
import { limitsNoted } from '../../../engine/journeys/observations';
import { ALWAYS_OPEN, byFlags, human, journey, mail } from './journeys';
import { LedgerModel } from './ledgerModel';
import {
	account,
	at,
	contact,
	DAY,
	event,
	everyHours,
	simulate,
	ZONE,
	type Story,
} from './simulate';

const START = '2026-03-02 10:00';
const OFFER = mail('offer', { type: 'daysAfterStart', days: 0 }, { staleAfterDays: 14 });
const HELP = human('asked-for-help', { type: 'helpWanted' });
/** Expansion as its preset has it: one offer per limit per 90 days (P29), marketing (P04). */
const expansion = (over: Parameters<typeof journey>[1] = {}) =>
	journey([OFFER, HELP], {
		type: 'expansion',
		reEntry: { type: 'afterDaysPerLimit', days: 90 },
		endAfterDays: 30,
		sendingHours: ALWAYS_OPEN,
		...over,
	});

/** The local calendar day of a moment, counted from the first sweep. */
function dayOf(time: number): number {
	const local = (ms: number) => DateTime.fromMillis(ms, { zone: ZONE }).startOf('day');
	return Math.round(local(time).diff(local(at(START)), 'days').days);
}

type Near = Record<string, (day: number) => boolean>;
const from =
	(first: number, last = Infinity) =>
	(day: number) =>
		day >= first && day <= last;

function accountOf(near: Near, now: number, more: Record<string, unknown> = {}) {
	const names = Object.keys(near).filter((name) => near[name]?.(dayOf(now)));
	return account({
		hot: names.length > 0,
		limits: { nearing: names.length > 0, near: names.map((limit) => ({ limit })) },
		...more,
	});
}

/** `day 20: seats` for each offer that left, with the limits it is about. */
function offers(near: Near, story: Partial<Story> = {}): string[] {
	const { sent, ledger } = simulate({
		sweeps: everyHours(START, '2026-07-20 10:00', 24),
		accounts: (now) => [accountOf(near, now)],
		journey: expansion(),
		conditions: byFlags,
		...story,
	});
	const events = [...ledger.events.values()];
	return sent
		.filter(({ step }) => step === 'offer')
		.map(({ at: when, touch }) => {
			const about = limitsNoted(events, touch) ?? ['nobody knows'];
			return `day ${String(dayOf(when))}: ${about.join(' and ')}`;
		});
}

describe('one offer per limit per 90 days (P29)', () => {
	it('of one limit: again on day 90, not on day 89', () => {
		expect(offers({ seats: from(0) })).toEqual(['day 0: seats', 'day 90: seats']);
	});

	it('another limit that comes near on day 20 is offered then; each has 90 days of its own', () => {
		expect(offers({ seats: from(0), projects: from(20) })).toEqual([
			'day 0: seats',
			'day 20: projects',
			'day 90: seats',
			'day 110: projects',
		]);
	});

	it('another one on day 3 waits until day 7: offers are marketing (P04)', () => {
		expect(offers({ seats: from(0, 40), projects: from(3, 40) })).toEqual([
			'day 0: seats',
			'day 7: projects',
		]);
	});

	it('another one on day 35, after the episode about the first has ended', () => {
		expect(offers({ seats: from(0, 60), projects: from(35, 60) })).toEqual([
			'day 0: seats',
			'day 35: projects',
		]);
	});

	it('two on one day are one offer that names both', () => {
		expect(offers({ seats: from(0), projects: from(0) })).toEqual([
			'day 0: seats and projects',
			'day 90: seats and projects',
		]);
	});

	it('what has not left yet joins the offer of the other: one mail (P26), as soon as somebody can be reached', () => {
		const near = { seats: from(0, 40), projects: from(3, 40) };
		const reached = (now: number) => [
			accountOf(near, now, {
				contacts: [contact('ada', 'admin', { unsubscribed: dayOf(now) < 5 })],
			}),
		];
		expect(offers(near, { accounts: reached })).toEqual(['day 5: seats and projects']);
	});

	it('the 90 days are counted from the offer, not from when it first wanted to leave', () => {
		const near = { seats: from(0) };
		const reached = (now: number) => [
			accountOf(near, now, {
				contacts: [contact('ada', 'admin', { unsubscribed: dayOf(now) < 5 })],
			}),
		];
		expect(offers(near, { accounts: reached })).toEqual(['day 5: seats', 'day 95: seats']);
	});

	it('a limit that was left and comes near again waits for its 90 days', () => {
		const near = { seats: (day: number) => day <= 30 || day >= 50 };
		expect(offers(near)).toEqual(['day 0: seats', 'day 90: seats']);
	});

	it('of an account that may not be offered anything nothing leaves; afterwards what is new', () => {
		const near = { seats: from(0), projects: from(5) };
		const accounts = (now: number) => [
			accountOf(near, now, { gone: dayOf(now) >= 1 && dayOf(now) <= 10 }),
		];
		expect(offers(near, { accounts }).slice(0, 2)).toEqual(['day 0: seats', 'day 11: projects']);
	});

	it('whoever left the journey before the offer could go gets it when they may again', () => {
		const near = { seats: from(0) };
		const accounts = (now: number) => [
			accountOf(near, now, {
				gone: dayOf(now) >= 2 && dayOf(now) <= 10,
				contacts: [contact('ada', 'admin', { unsubscribed: dayOf(now) < 4 })],
			}),
		];
		expect(offers(near, { accounts }).slice(0, 1)).toEqual(['day 11: seats']);
	});

	it('what is near no more before the offer could leave is not offered (R52), also while another limit is near', () => {
		const near = { seats: from(0), projects: from(1, 4) };
		expect(offers(near)).toEqual(['day 0: seats', 'day 90: seats']);
	});

	it('a call for help is no offer: the limit is offered when the case is over', () => {
		const near = { seats: from(0) };
		const accounts = (now: number) => [
			accountOf(near, now, {
				contacts: [contact('ada', 'admin', { unsubscribed: dayOf(now) < 6 })],
			}),
		];
		const events = [
			event('human_requested', '2026-03-03 09:00'),
			event('case_resolved', '2026-03-06 09:00'),
		];
		// P29: whoever has an open case leaves
		const conditions: Story['conditions'] = (given) => ({
			...byFlags(given),
			exit: (_index, { caseOpen }) => caseOpen,
		});
		expect(offers(near, { accounts, events, conditions }).slice(0, 1)).toEqual(['day 6: seats']);
	});

	it('where nobody says which limit it is, it is one', () => {
		const accounts = () => [account({ hot: true, limits: { nearing: true } })];
		expect(offers({}, { accounts })).toEqual(['day 0: ', 'day 90: ']);
	});

	it('names are compared as Health Score compares them', () => {
		const accounts = (now: number) => [
			account({ hot: true, limits: { near: [{ limit: dayOf(now) < 9 ? 'Seats' : ' seats' }] } }),
		];
		expect(offers({}, { accounts })).toEqual(['day 0: Seats', 'day 90:  seats']);
	});

	it('no more often than the journey may be had altogether', () => {
		const twice = expansion({ reEntry: { type: 'afterDaysPerLimit', days: 90, atMost: 2 } });
		const near = { seats: from(0), projects: from(20), calls: from(40) };
		expect(offers(near, { journey: twice })).toEqual(['day 0: seats', 'day 20: projects']);
	});

	it('an offer whose execution died goes again under its own key before another limit is told of', () => {
		const lost = new Set<string>();
		const keys: string[] = [];
		const told = offers(
			{ seats: from(0, 40), projects: from(1, 40) },
			{
				fate: ({ key, stepId }) => {
					if (stepId === 'offer') keys.push(key);
					if (lost.has(key) || lost.size > 0) return 'sent';
					lost.add(key);
					return 'lost';
				},
			},
		);
		expect(told).toEqual(['day 0: seats', 'day 1: seats', 'day 8: projects']);
		expect(keys[1]).toBe(keys[0]);
	});

	it('goes live as a baseline (P09): what is near then is listed, what comes near later is offered', () => {
		const near = { seats: from(0, 30), projects: from(10) };
		const careful = expansion({ atGoLive: 'baseline' });
		expect(offers(near, { journey: careful })).toEqual(['day 10: projects', 'day 100: projects']);
	});

	it('what was listed is offered when it comes near anew', () => {
		const near = { seats: (day: number) => day <= 3 || day >= 9 };
		const careful = expansion({ atGoLive: 'baseline' });
		expect(offers(near, { journey: careful }).slice(0, 1)).toEqual(['day 9: seats']);
	});

	it('of a merged record the survivor knows what was offered (P32)', () => {
		const near = { seats: from(0), projects: from(20) };
		const accounts = (now: number) =>
			dayOf(now) < 10
				? [accountOf(near, now, { accountId: 'old' })]
				: [accountOf(near, now, { aliases: ['old'] })];
		expect(offers(near, { accounts }).slice(0, 3)).toEqual([
			'day 0: seats',
			'day 20: projects',
			'day 90: seats',
		]);
	});

	it('episodes from before limits were noted are about all of them, for 90 days', () => {
		const ledger = new LedgerModel();
		ledger.begin('own', false, at(START) - 10 * DAY);
		ledger.enroll([
			{
				...{ journey: 'own', dry: false, accountId: 'acme', cycle: 1, version: '1' },
				...{ anchorAt: at(START) - 5 * DAY, enrolledAt: at(START) - 5 * DAY, state: 'active' },
			},
		]);
		const [first] = offers({ seats: from(0), projects: from(20) }, { ledger });
		// the one that goes on is about whatever is near, and sends it
		expect(first).toBe('day 0: nobody knows');
	});
});
