import { walk, type AtStep, type Walk } from '../../../engine/stalls/walk';

const ZONE = 'Europe/Berlin';
const STEPS = ['invite', 'connect', 'report'];
/** Local time of a day, day 0 being Monday 23 March; the clocks go forward on the 29th, which is day 6. */
const at = (day: number, time = '10:00'): number =>
	Date.parse(`2026-03-${String(23 + day)}T${time}:00${day < 6 ? '+01:00' : '+02:00'}`);

function went(completed: Record<string, number>, over: Partial<Walk> = {}): Map<string, AtStep> {
	const times = new Map(Object.entries(completed));
	const now = at(8);
	const walked = {
		startAt: at(0),
		endAt: now,
		goesOn: true,
		completed: times,
		zone: ZONE,
		...over,
	};
	return walk(STEPS, walked, 3);
}
const stalledAt = (found: Map<string, AtStep>): string[] =>
	[...found].filter(([, { stalled }]) => stalled).map(([step]) => step);

describe('where an account stalls (P15)', () => {
	it('is the first open step, after 3 days without a completed one since day 0', () => {
		expect(stalledAt(went({}, { endAt: at(3, '09:59') }))).toEqual([]);
		expect(stalledAt(went({}, { endAt: at(3) }))).toEqual(['invite']);
	});

	it('counts from the last completed step, whichever it was', () => {
		// invite is open from day 0 on, and something was done on day 2 and on day 4
		const found = went({ connect: at(2), report: at(4), invite: at(6) });
		expect(stalledAt(found)).toEqual([]);
		expect(stalledAt(went({ connect: at(2), invite: at(5) }))).toEqual(['invite', 'report']);
	});

	it('counts days by the clock where the customer is, also when it changes (P01)', () => {
		expect(stalledAt(went({ invite: at(4) }, { endAt: at(7, '09:59') }))).toEqual(['invite']);
		expect(stalledAt(went({ invite: at(4) }, { endAt: at(7) }))).toEqual(['invite', 'connect']);
	});

	it('reaches a step when those before it are done, and never the ones after it', () => {
		expect([...went({ invite: at(1) }).keys()]).toEqual(['invite', 'connect']);
		expect([...went({}).keys()]).toEqual(['invite']);
	});

	it('takes from when the step was the first open one until it was done', () => {
		const found = went({ invite: at(1), connect: at(2, '22:00'), report: at(4) });
		const hours = (step: string): number => (found.get(step)?.tookMs ?? NaN) / 3_600_000;
		expect(['invite', 'connect', 'report'].map(hours)).toEqual([24, 36, 36]);
	});

	it('does not tell how long a step took that was done before its turn', () => {
		const found = went({ connect: at(1), invite: at(2), report: at(3) });
		expect(found.get('connect')).toEqual({
			stalled: false,
			stuck: false,
			completed: true,
			tookMs: undefined,
		});
	});

	it('is where it stands still while onboarding goes on, and only then', () => {
		expect(went({ invite: at(1) }).get('connect')).toMatchObject({ stalled: true, stuck: true });
		const over = { endAt: at(5), goesOn: false };
		expect(went({ invite: at(1) }, over).get('connect')).toMatchObject({
			stalled: true,
			stuck: false,
		});
		expect(went({ invite: at(6) }).get('invite')).toMatchObject({ stalled: true, stuck: false });
	});

	it('ends with first value: what comes later counts no more (P16)', () => {
		const found = went({ invite: at(1), connect: at(7) }, { endAt: at(2), goesOn: false });
		expect(found.get('connect')).toEqual({
			stalled: false,
			stuck: false,
			completed: false,
			tookMs: undefined,
		});
	});

	it('finds nothing to stumble over where all was done on day 0', () => {
		const found = went({ invite: at(0), connect: at(0), report: at(0) });
		expect(stalledAt(found)).toEqual([]);
		expect([...found.values()].every(({ completed }) => completed)).toBe(true);
	});
});
