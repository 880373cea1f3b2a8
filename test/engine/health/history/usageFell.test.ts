import { compileCircumstances } from '../../../../engine/health/history/circumstances';
import { sweepAccounts, type SweptPage } from '../../../../engine/health/history/sweep';
import type { Facts } from '../../../../engine/health/fields';
import type { HealthModel } from '../../../../engine/health/model';
import { compileScorer } from '../../../../engine/health/scoreAccounts';
import { modelOf, NOW, options } from '../models';

const weeks = (id: string, field: string, of: string, more: object = {}): object => ({
	id,
	field,
	of: { field: of },
	curve: { type: 'weekChange' },
	...more,
});
const TICKETS = weeks('aTickets', 'tickets', 'ticketsBefore', {
	direction: 'down',
	curve: { type: 'weekChange', from: 2, to: 1 },
});

function sweep(model: HealthModel, facts: Facts): SweptPage {
	const turns = sweepAccounts([{ accountId: 'acme', facts, known: undefined }], {
		model,
		compile: (history) => compileScorer(model, { ...options, history }),
		circumstancesOf: compileCircumstances(options.readerOf, NOW, 'UTC'),
		now: NOW,
		zone: 'UTC',
		startedDay: -Infinity,
		raisesBaseline: false,
		mayHold: false,
	});
	let turn = turns.next();
	while (turn.done !== true) turn = turns.next();
	return turn.value.decide(turn.value);
}

/** By how many percent usage fell; undefined: nobody is alerted. */
function fall(signals: object[], facts: Facts): unknown {
	const health = sweep(modelOf(signals), facts).healths[0];
	const alerts = health !== undefined && 'alerts' in health ? health.alerts : [];
	return alerts.find(({ code }) => code === 'usage_fell')?.percent;
}

describe('a fall of usage (R24, P03)', () => {
	const events = { events: 20, previousEvents: 100 };

	it.each<[string, object[], Facts, number | undefined]>([
		['not fewer new tickets', [TICKETS], { tickets: 50, ticketsBefore: 100 }, undefined],
		[
			'which hide no fall either',
			[TICKETS],
			{ tickets: 100, ticketsBefore: 100, usage: events },
			80,
		],
		[
			'not what is no usage though more of it is better',
			[weeks('a', 'spent', 'spentBefore')],
			{ spent: 10, spentBefore: 100 },
			undefined,
		],
		[
			'not fewer errors in usage',
			[weeks('a', 'usage.errors', 'usage.was', { curve: { type: 'weekChange', from: 2, to: 1 } })],
			{ usage: { errors: 10, was: 100 } },
			undefined,
		],
		[
			'the worst of several signals',
			[weeks('a', 'usage.a', 'usage.b'), weeks('b', 'usage.c', 'usage.b', { direction: 'up' })],
			{ usage: { a: 60, c: 50, b: 100 } },
			50,
		],
		['of those that are known', [weeks('a', 'usage.a', 'usage.b')], { usage: events }, 80],
		[
			"the account's own figures where they are worse",
			[weeks('a', 'usage.a', 'usage.b')],
			{ usage: { ...events, a: 60, b: 100 } },
			80,
		],
		[
			'the signal where that is',
			[weeks('a', 'usage.a', 'usage.b')],
			{ usage: { events: 60, previousEvents: 100, a: 50, b: 100 } },
			50,
		],
	])('is %s', (_what, signals, facts, percent) => {
		expect(fall(signals, facts)).toBe(percent);
	});
});
