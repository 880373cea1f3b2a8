import { stallPage, stallSubject } from '../../../engine/stalls/page';
import { stallReport, type StepFigures } from '../../../engine/stalls/report';
import type { Walk } from '../../../engine/stalls/walk';

const DAY = 86_400_000;
const START = Date.parse('2026-03-02T09:00:00Z');
const CHECKLIST = ['invite', 'connect', 'report'].map((step) => ({
	step,
	title: `Step <${step}>`,
	url: '',
}));

/** Somebody who completes steps on these days, seen on a day. */
const who = (days: Record<string, number>, endDay = 30): Walk => ({
	startAt: START,
	endAt: START + endDay * DAY,
	goesOn: true,
	completed: new Map(Object.entries(days).map(([step, day]) => [step, START + day * DAY])),
	zone: 'UTC',
});
const report = (walks: Walk[], least = 3): StepFigures[] =>
	stallReport(CHECKLIST, walks, { stallDays: 3, least });

/** Of four one never invites; all others stall at connecting, of whom two stand there still. */
const FOUR = [
	who({}, 10),
	who({ invite: 1 }),
	who({ invite: 2 }),
	who({ invite: 1, connect: 6, report: 7 }),
];

describe('the stall report (R29)', () => {
	it('has the step first at which most customers stumble, with how many came to it and stand there', () => {
		expect(report(FOUR)).toMatchObject([
			{
				step: 'connect',
				rank: 1,
				place: 2,
				reached: 3,
				stalled: 3,
				stalledShare: 1,
				stuck: 2,
				completed: 1,
			},
			{
				step: 'invite',
				rank: 2,
				place: 1,
				reached: 4,
				stalled: 1,
				stalledShare: 0.25,
				stuck: 1,
				completed: 3,
			},
			{ step: 'report', rank: 3, place: 3, reached: 1 },
		]);
	});

	it('tells the median of those who did it, in days', () => {
		const [, invite] = report(FOUR);
		expect(invite?.medianDays).toBe(1);
	});

	it('tells neither share nor median of too few, and has them last', () => {
		const last = report(FOUR)[2];
		expect(last).toMatchObject({
			step: 'report',
			stalledShare: null,
			medianDays: null,
			reasons: [{ code: 'too_few', reached: 1, least: 3 }],
		});
		expect(report(FOUR)[0]).toMatchObject({ step: 'connect', medianDays: null });
	});

	it('says it in a sentence, by code and values first', () => {
		expect(report(FOUR)[1]?.reasons).toEqual([
			{
				code: 'stalled_at',
				stalled: 1,
				reached: 4,
				share: 0.25,
				medianDays: 1,
				text: "1 of 4 customers stalled at 'Step <invite>' (25 %); half of those who did it took 1 day or less",
			},
		]);
	});
});

describe('the page of the stall report', () => {
	const covered = { from: '2026-03-02', to: '2026-04-01', accounts: 4, arrived: 1 };

	it('names the worst step, and draws a bar for each, the longest for the worst', () => {
		expect(stallSubject(report(FOUR), covered)).toBe(
			"Set-up: most customers stall at 'Step <connect>' (3 of 3)",
		);
		const page = stallPage(report(FOUR), covered);
		expect([...page.matchAll(/width:(\d+)px/g)].map(([, width]) => Number(width))).toEqual([
			720, 160, 53, 0,
		]);
		expect(page).toContain('4 customers began from 2026-03-02 to 2026-04-01; 1 of them');
		expect(page).toContain('Step &lt;connect&gt;');
		expect(page).not.toContain('<connect>');
	});

	it('says so where nobody stalled, nobody began, or too few did', () => {
		const fast = [0, 1, 2].map(() => who({ invite: 0, connect: 1, report: 2 }));
		expect(stallSubject(report(fast), { ...covered, accounts: 3 })).toBe(
			'Set-up: 3 customers, and nobody stalled',
		);
		expect(stallSubject(report([]), { ...covered, accounts: 0 })).toBe(
			'Set-up: nobody began in this time',
		);
		expect(stallSubject(report(FOUR, 5), covered)).toContain('too few to tell');
		expect(stallPage(report([]), { ...covered, accounts: 0 })).not.toContain('<table');
	});
});
