import type { JourneyEvent } from '../../../engine/journeys/memory';
import { ALWAYS_OPEN, journey, mail } from './journeys';
import {
	account,
	at,
	contact,
	created,
	diary,
	event,
	everyHours,
	simulate,
	type Story,
} from './simulate';

const unanswered = mail(
	'unanswered',
	{ type: 'questionUnanswered', hours: 24 },
	{ channel: 'alert', output: 2 },
);
const invitation = mail('invitation', { type: 'answersAccepted', answers: 3, days: 90 });
const signal = mail(
	'signal',
	{ type: 'answersAccepted', answers: 3, days: 90 },
	{ channel: 'record', output: 3 },
);
const community = journey([unanswered, invitation, signal], {
	type: 'campaign',
	start: { type: 'customerCreated' },
	atGoLive: 'baseline',
	enrollWithinDays: 36500,
	endAfterDays: 0,
	endsAtFirstValue: false,
	sendingHours: ALWAYS_OPEN,
});
const people = [contact('ada', 'admin'), contact('uli', 'user'), contact('una', 'user')];
const run = (events: JourneyEvent[], over: Partial<Story> = {}) =>
	simulate({
		sweeps: everyHours('2026-03-01 10:00', '2026-03-08 10:00', 1),
		accounts: [account({ contacts: people })],
		journey: community,
		events: [created('2025-06-01 10:00'), ...events],
		...over,
	});
const asked = (question: string, local: string): JourneyEvent =>
	event('question_asked', local, { data: { question, title: `About ${question}` } });
const answered = (question: string, local: string): JourneyEvent =>
	event('question_answered', local, { data: { question } });
const accepted = (who: string, local: string): JourneyEvent =>
	event('answer_accepted', local, { contact: `${who}@acme.example` });

describe('a question in the community that nobody answers (R58)', () => {
	it('is told after 24 hours, once', () => {
		expect(diary(run([asked('q1', '2026-03-03 10:00')]))).toEqual([
			'Wed 03-04 10:00 unanswered q1 → team',
		]);
	});

	it.each([
		['23 hours later: not told', '2026-03-04 09:00', 0],
		['25 hours later: it was told', '2026-03-04 11:00', 1],
	])('answered %s', (_what, local, times) => {
		const told = run([asked('q1', '2026-03-03 10:00'), answered('q1', local)]);
		expect(diary(told)).toHaveLength(times);
	});

	it('each question by itself', () => {
		const told = run([
			asked('q1', '2026-03-03 10:00'),
			asked('q2', '2026-03-03 12:30'),
			asked('q3', '2026-03-03 12:45'),
			answered('q2', '2026-03-03 20:00'),
		]);
		expect(diary(told)).toEqual([
			'Wed 03-04 10:00 unanswered q1 → team',
			'Wed 03-04 13:00 unanswered q3 → team',
		]);
	});

	it('what waited before the go-live is listed and not told, however many there are (P09)', () => {
		const old = ['q1', 'q2', 'q3'].map((id) => asked(id, '2026-02-20 10:00'));
		const lapsed: string[] = [];
		const told = run(old, {
			after: (_now, _ledger, decisions) => {
				lapsed.push(...decisions.flatMap(({ notes }) => notes.map(({ topic }) => topic)));
			},
		});
		expect(diary(told)).toEqual([]);
		expect(lapsed).toEqual(['q1', 'q2', 'q3']);
	});
});

describe('a super-user (R58)', () => {
	const three = [
		accepted('uli', '2026-01-10 10:00'),
		accepted('uli', '2026-02-10 10:00'),
		accepted('uli', '2026-03-03 10:30'),
	];
	it('is invited in person when so many answers were accepted, once; and is a signal of the account', () => {
		expect(diary(run([...three, accepted('uli', '2026-03-05 10:00')]))).toEqual([
			'Tue 03-03 11:00 invitation uli@acme.example → uli',
			'Tue 03-03 11:00 signal uli@acme.example',
		]);
	});

	it.each([
		['of two people together', [accepted('una', '2026-01-10 10:00'), ...three.slice(1)]],
		['of which one is 91 days old', [accepted('uli', '2025-12-02 10:00'), ...three.slice(1)]],
		['of somebody who is no contact', three.map((one) => ({ ...one, contact: 'x@acme.example' }))],
	])('not for three answers %s', (_what, events) => {
		expect(diary(run(events))).toEqual([]);
	});

	it('nobody else is written to in their place (P12)', () => {
		const silent = [contact('ada', 'admin'), contact('uli', 'user', { unsubscribed: true })];
		const told = run(three, { accounts: [account({ contacts: silent })] });
		expect(told.sent.map(({ step }) => step)).toEqual(['signal']);
	});

	it('whoever was one before the go-live is listed, not invited (P09)', () => {
		const before = three.map((one) => ({ ...one, occurredAt: one.occurredAt - 10 * 86_400_000 }));
		expect(diary(run(before))).toEqual([]);
		expect(at('2026-03-01 10:00')).toBeGreaterThan(before[2]?.occurredAt ?? 0);
	});
});
