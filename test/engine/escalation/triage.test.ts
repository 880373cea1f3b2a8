import type { Case } from '../../../engine/escalation/case';
import type { SlaStanding } from '../../../engine/escalation/standing';
import { triage } from '../../../engine/escalation/triage';
import { dice } from '../../harness/dice';
import { caseOf, NOW, OPENED, reason, standing } from './pack/packInput';

const HOUR = 3_600_000;
const due = (hours: number, over: Partial<SlaStanding> = {}): SlaStanding =>
	standing({ dueAt: NOW + hours * HOUR, ...over });
const paused = { pauses: [{ from: NOW - HOUR }] };

function order(queue: [one: Case, standings: SlaStanding[]][]): number[] {
	const bySla = new Map(queue);
	const cases = queue.map(([one]) => one);
	return triage(cases, NOW, (one) => bySla.get(one) ?? []).map(({ case: { no } }) => no);
}

describe('the triage queue (R27)', () => {
	it('has the least time left first, overdue before all', () => {
		expect(
			order([
				[caseOf({ no: 1 }), [due(3)]],
				[caseOf({ no: 2 }), [due(-1, { state: 'breached' })]],
				[caseOf({ no: 3 }), [due(1, { state: 'nearing' })]],
				[caseOf({ no: 4 }), [due(-2, { state: 'breached' })]],
			]),
		).toEqual([4, 2, 3, 1]);
	});

	it('counts what is due first, and nothing that is met', () => {
		expect(
			order([
				[caseOf({ no: 1 }), [due(-9, { state: 'met' }), due(5)]],
				[caseOf({ no: 2 }), [due(9), due(4, { measure: 'touch' })]],
			]),
		).toEqual([2, 1]);
	});

	it('has what has no time after that, and what waits for the customer last', () => {
		expect(
			order([
				[caseOf({ no: 1, ...paused, facts: { arr: 9e9 } }), [due(-5, { state: 'breached' })]],
				[caseOf({ no: 2 }), []],
				[caseOf({ no: 3, ...paused }), [standing({ dueAt: undefined, state: 'paused' })]],
				[caseOf({ no: 4 }), [due(1, { state: 'met' })]],
				[caseOf({ no: 5, pauses: [{ from: OPENED, to: NOW - 1 }] }), [due(100)]],
			]),
		).toEqual([5, 2, 4, 1, 3]);
	});

	it('has the most money first among equals, then the lowest number', () => {
		expect(
			order([
				[caseOf({ no: 5 }), [due(1)]],
				[caseOf({ no: 4, facts: { arr: 0 } }), [due(1)]],
				[caseOf({ no: 3, facts: { arr: 10 } }), [due(1)]],
				[caseOf({ no: 2 }), [due(1)]],
				[caseOf({ no: 1, facts: { arr: 20 } }), [due(1)]],
			]),
		).toEqual([1, 3, 4, 2, 5]);
	});

	it('is the same in whatever order cases come, and changes nothing', () => {
		const roll = dice(5);
		const queue = Array.from({ length: 400 }, (_none, no): [Case, SlaStanding[]] => [
			Object.freeze(
				caseOf({
					no: no + 1,
					facts: roll() < 0.3 ? {} : { arr: Math.floor(roll() * 3) },
					...(roll() < 0.2 ? paused : {}),
				}),
			),
			roll() < 0.2 ? [] : [due(Math.floor(roll() * 5) - 2)],
		]);
		const turned = order(Object.freeze(queue.toReversed()) as typeof queue);
		expect(turned).toEqual(order(queue));
		expect(turned.toSorted((a, b) => a - b)).toEqual(queue.map(([{ no }]) => no));
	});
});

describe('the suggested next step', () => {
	const step = (over: Partial<Case>, standings: SlaStanding[] = []) =>
		triage([caseOf(over)], NOW, () => standings)[0]?.step;
	const acknowledgement = { at: NOW - HOUR, by: 'ada@vendor.example' };
	const touched = { acknowledgement, lastTouchAt: NOW - 3 * 24 * HOUR };

	const table: [what: string, over: Partial<Case>, code: string, text: RegExp][] = [
		['nobody took note of it', {}, 'acknowledge', /Acknowledge it, then call .* under 60$/],
		['an alert', { kind: 'alert' }, 'acknowledge', /Acknowledge it, then look into it/],
		['an escalation that somebody has', { acknowledgement }, 'call', /Call .* under 60$/],
		['an alert that somebody has', { kind: 'alert', acknowledgement }, 'look_into', /^Look into/],
		['somebody spoke to them', { ...touched, lastTouchAt: NOW - 60_000 }, 'settle', /1 minute ago/],
		['the customer is to answer', paused, 'wait_for_customer', /answers.* 1 hour ago/],
		['it is over', { open: false }, 'done', /resolved/],
	];
	it.each(table)('%s', (_what, over, code, text) => {
		expect(step(over)).toMatchObject({ code });
		expect(step(over)?.text).toMatch(text);
	});

	it('says that acknowledging is overdue', () => {
		const late = step({}, [due(-1, { state: 'breached' })]);
		expect(late).toMatchObject({ code: 'acknowledge', late: true });
		expect(late?.text).toContain('overdue');
	});

	it('asks for a call of its own where the case was raised after the last one', () => {
		const clocks = [
			{ kind: 'escalation' as const, priority: 'high' as const, startedAt: NOW - 9 * 24 * HOUR },
			{ kind: 'escalation' as const, priority: 'urgent' as const, startedAt: NOW - HOUR },
		];
		expect(step({ ...touched, clocks })).toMatchObject({ code: 'call' });
		expect(step({ ...touched, clocks: clocks.slice(0, 1) })?.text).toContain('3 days ago');
	});

	it('is about the gravest reason, of these the most pressing, of these the latest', () => {
		const reasons = [
			reason({ kind: 'alert', priority: 'urgent', text: 'an alert' }),
			reason({ priority: 'normal', at: NOW, text: 'the latest' }),
			reason({ priority: 'high', at: NOW - 2, text: 'the first' }),
			reason({ priority: 'high', at: NOW - 1, text: 'the second' }),
		];
		expect(step({ reasons, acknowledgement })?.text).toMatch(/: the second$/);
	});
});
