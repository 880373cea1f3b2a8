import type { Facts } from '../../../../engine/health/fields';
import { modelOf } from '../models';
import { sweepOne } from './sweeping';

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

/** By how many percent usage fell; undefined: nobody is alerted. */
function fall(signals: object[], facts: Facts): unknown {
	const { health } = sweepOne(modelOf(signals), facts);
	const alerts = 'alerts' in health ? health.alerts : [];
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
			'not what a model says goes neither way',
			[weeks('a', 'usage.a', 'usage.b', { direction: 'none' })],
			{ usage: { a: 10, b: 100 } },
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
