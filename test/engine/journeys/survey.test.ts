import { startOfDateBefore } from '../../../engine/calendar/localTime';
import type { JourneyEvent } from '../../../engine/journeys/memory';
import { surveyAnswer } from '../../../engine/journeys/survey';
import { human, journey, mail } from './journeys';
import { account, at, diary, event, everyHours, simulate, type Story } from './simulate';

const SURVEY = mail(
	'survey',
	{ type: 'daysBeforeDate', field: 'renewalDate', months: 6, days: 0 },
	{ staleAfterDays: 15 },
);
const LOW = human('low', { type: 'conditionsMet' });
const survey = journey([SURVEY, LOW], {
	type: 'survey',
	start: { type: 'beforeDate', field: 'renewalDate', months: 6, days: 0 },
	endAfterDays: 90,
	roles: ['decisionMaker', 'admin', 'champion', 'user'],
});
/** Six months after Monday the 2nd of March; low answers go to a human. */
const run = (story: Partial<Story>) =>
	simulate({
		sweeps: everyHours('2026-02-27 10:00', '2026-03-25 10:00', 24),
		accounts: [account({ renewalDate: '2026-09-02' })],
		journey: survey,
		conditions: () => ({
			step: ({ id }, _index, { surveyAnswer: answer }) =>
				id !== 'low' || (answer !== undefined && answer <= 6),
		}),
		...story,
	});
const answered = (data: Record<string, unknown>, local = '2026-03-05 12:00'): JourneyEvent =>
	event('survey_answered', local, { data });

describe('months before a date are calendar months, clamped to the last day of the month (P01)', () => {
	test.each([
		['2026-09-02', 6, 0, '2026-03-02'],
		['2026-08-31', 6, 0, '2026-02-28'],
		['2028-08-31', 6, 0, '2028-02-29'],
		['2026-03-31', 1, 1, '2026-02-27'],
		['2026-03-10', 0, 3, '2026-03-07'],
	])('%s, %i months and %i days: the start of %s', (date, months, days, then) => {
		const zone = 'America/New_York';
		const from = at(`${date} 00:00`, zone);
		expect(startOfDateBefore(from, { months, days }, zone)).toBe(at(`${then} 00:00`, zone));
	});
});

describe('the survey six months before the renewal (P28)', () => {
	it('goes on that day, once', () => {
		expect(diary(run({}))).toEqual(['Mon 03-02 10:00 survey → ada']);
	});

	it.each([
		['14 days late', '2026-03-16 00:00', ['Mon 03-16 10:00 survey → ada']],
		['more than 14 days late', '2026-03-17 00:00', []],
	])('%s', (_what, from, expected) => {
		const known = [account({ renewalDate: '2026-09-02' })];
		expect(diary(run({ accounts: (now) => (now < at(from) ? [] : known) }))).toEqual(expected);
	});

	it.each([
		['6', { survey: 'own', answer: 6 }, 1],
		['7', { survey: 'own', answer: 7 }, 0],
		['0, called a score, as text', { survey: 'own', score: '0' }, 1],
		['6 of another survey', { survey: 'nps', answer: 6 }, 0],
		['6 of nobody knows which survey', { answer: 6 }, 0],
		['what is no answer', { survey: 'own', answer: -1 }, 0],
		['nothing', { survey: 'own', answer: '' }, 0],
	])('an answer of %s', (_what, data, humans) => {
		const told = diary(run({ events: [answered(data)] }));
		expect(told.filter((line) => line.includes('low'))).toHaveLength(humans);
	});

	it('nobody to write to: it waits, and no human is asked (P12)', () => {
		const gone = account({
			renewalDate: '2026-09-02',
			contacts: [{ email: 'ada@acme.example', role: 'admin', unsubscribed: true }],
		});
		expect(diary(run({ accounts: [gone] }))).toEqual([]);
	});
});

describe('which answer counts', () => {
	const now = at('2026-03-10 10:00');
	const of = (events: JourneyEvent[]): number | undefined =>
		surveyAnswer(events, [], { journey: 'own', anchorAt: at('2026-03-02 00:00'), now });

	it('the last of those given, not one to come, nor one to the survey of a year ago', () => {
		const told = [
			answered({ survey: 'own', answer: 9 }, '2026-03-06 12:00'),
			answered({ survey: 'own', answer: 2 }, '2026-03-05 12:00'),
			answered({ survey: 'own', answer: 1 }, '2026-03-11 12:00'),
			answered({ survey: 'own', answer: 3 }, '2025-03-05 12:00'),
		];
		expect(of(told)).toBe(9);
		expect(of(told.slice(3))).toBeUndefined();
	});
});
