import { resolve } from '../../../engine/escalation/answers';
import { endsOf, occurrenceOf } from '../../../engine/escalation/occurrence';
import { compileRouter } from '../../../engine/escalation/routing/router';
import { call, DeskBook, reason } from './deskBook';
import { person, policyOf } from './routing/routerPolicies';

const HOUR = 3_600_000;
const NINE = Date.parse('2026-03-04T09:00+01:00');
const KEY = 'request/acme/2026-03-04';
const DONE = { by: 'ada@vendor.example', outcome: 'solved' };

/** Hours after nine: what a flow that began then finds out of the key, and has routed. */
class Day {
	readonly desk = new DeskBook(compileRouter(policyOf([person('Ada')])));

	keyAt(began: number): string {
		return occurrenceOf(KEY, endsOf([...this.desk.cases.values()]), NINE + began * HOUR);
	}

	ask(at: number, began = at): string {
		const [outcome] = this.desk.route(
			[call('acme', [reason({ key: this.keyAt(began) })])],
			NINE + at * HOUR,
		);
		return outcome?.what ?? '';
	}

	hear(at: number): void {
		this.desk.route([call('acme')], NINE + at * HOUR);
	}

	resolve(at: number): void {
		this.desk.answer(1, (one) => resolve(one, DONE, NINE + at * HOUR));
	}
}

describe('a need that only its account, its code and its day tell', () => {
	it('is the same as long as its case is open', () => {
		const day = new Day();
		expect(day.keyAt(0)).toBe(KEY);
		expect([day.ask(0), day.ask(1), day.ask(2)]).toEqual(['opened', 'known', 'known']);
	});

	it('is a new one once its case was resolved, and that one is the same until it is resolved', () => {
		const day = new Day();
		day.ask(0);
		day.resolve(1);
		expect([day.ask(2), day.ask(3)]).toEqual(['reopened', 'known']);
		day.resolve(4);
		expect([day.ask(5), day.ask(6)]).toEqual(['reopened', 'known']);
		expect(day.desk.case(1).reasons.map(({ key }) => key)).toEqual([KEY, `${KEY}/2`, `${KEY}/3`]);
	});

	it('is the same where it began to be told before its case was resolved, however late it comes', () => {
		const day = new Day();
		day.ask(0);
		day.resolve(2);
		expect([day.ask(3, 1), day.ask(3, 2)]).toEqual(['known', 'known']);
		day.ask(4);
		day.resolve(5);
		// while the first was open, while the second was, and later
		expect([day.keyAt(0), day.keyAt(4.5), day.keyAt(6)]).toEqual([KEY, `${KEY}/2`, `${KEY}/3`]);
	});

	it('joins a case that was opened again for something else', () => {
		const day = new Day();
		day.ask(0);
		day.resolve(1);
		day.hear(2);
		expect([day.ask(3, 0), day.ask(3), day.ask(4)]).toEqual(['known', 'joined', 'known']);
	});

	it('is looked for in the case that its own became part of (P32)', () => {
		const day = new Day();
		day.desk.route([call('old')], NINE - HOUR);
		day.desk.route([call('acme', [reason({ key: KEY })])], NINE);
		day.desk.survivorOf.set('old', 'acme');
		day.hear(1);
		expect(day.desk.case(2)).toMatchObject({ open: false, outcome: 'merged' });
		expect(day.keyAt(2)).toBe(KEY);
		day.resolve(3);
		expect(day.keyAt(4)).toBe(`${KEY}/2`);
	});
});
