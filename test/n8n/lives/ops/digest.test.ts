import { readWorkflow } from '../../workflows';
import { differences } from '../life';
import { person } from '../onboardingLives';
import type { Played } from '../play';
import { inNewYork, playBesideEducation } from './besideEducation';
import { RED, type Story } from './opsPlay';

/** A Monday, before which the week of 23 February to 1 March was over. */
const DAY_0 = '2026-03-02';
/** Sunday evening in New York. */
const FROM = '2026-03-02T02:05:00Z';
const UNTIL = '2026-03-20T14:05:00Z';
const digests = (...days: number[]): string[] =>
	days.map((day) => `+${String(day)} digest > admin`);
const subscriptions = ['digest', 'product-news'];

const STORIES: readonly Story[] = [
	{
		id: 'subscribed',
		story: 'every week, on the first morning after it is over (R53, P03)',
		expected: digests(0, 7, 14),
	},
	{
		id: 'compared',
		story: '47 this week; teams like yours have 82',
		account: () => ({ usage: { events: 47, previousEvents: 50 } }),
		expected: digests(0, 7, 14),
	},
	{
		id: 'not-subscribed',
		story: 'nobody asked for it',
		account: () => ({ subscriptions: ['product-news'] }),
		expected: [],
	},
	{
		id: 'asked-nobody',
		story: 'the CRM knows of no subscriptions',
		account: () => ({ subscriptions: undefined }),
		expected: [],
	},
	{
		id: 'on-wednesday',
		story: 'subscribes on Wednesday: the week is still news, and from then on on Mondays',
		account: (day) => ({ subscriptions: day < 2 ? [] : subscriptions }),
		expected: digests(2, 7, 14),
	},
	{
		id: 'on-thursday',
		story: 'on Thursday, the last day on which it is',
		account: (day) => ({ subscriptions: day < 3 ? [] : subscriptions }),
		expected: digests(3, 7, 14),
	},
	{
		id: 'on-friday',
		story: 'on Friday: from Monday on',
		account: (day) => ({ subscriptions: day < 4 ? [] : subscriptions }),
		expected: digests(7, 14),
	},
	{
		id: 'unticks',
		story: 'unticks it on Sunday, and ticks it again a week later',
		account: (day) => ({ subscriptions: day >= 6 && day < 13 ? [] : subscriptions }),
		expected: digests(0, 14),
	},
	{
		id: 'idle-week',
		story: 'no use in the second week: nothing to tell (R80)',
		account: (day) => (day >= 7 && day < 14 ? { usage: { events: 0 } } : {}),
		expected: digests(0, 14),
	},
	{
		id: 'never-used',
		story: 'no use at all',
		account: () => ({ usage: { events: 0, previousEvents: 0 } }),
		expected: [],
	},
	{
		id: 'unknown-use',
		story: 'nobody knows: missing is not zero, and nothing to tell either',
		account: () => ({ usage: { events: undefined } }),
		expected: [],
	},
	{
		id: 'stale',
		story: 'figures from Sunday at 20:00 are not those of the closed week (P03)',
		account: (day) => (day >= 6 ? { usage: { asOf: '2026-03-08T20:00:00-04:00' } } : {}),
		expected: digests(0),
	},
	{ id: 'red', story: 'red: help goes first (R76)', account: () => RED, expected: [] },
	{
		id: 'tip-first',
		story: 'a tip on Monday goes first, the digest a day later (P04, P05)',
		account: () => ({ usage: { featuresUsed: [] } }),
		expected: [
			...['+0 tip > admin', ...digests(1)],
			...digests(7),
			...['+14 tip > admin', ...digests(15)],
		],
	},
	{
		id: 'digest-first',
		story: 'past set-up from Thursday on: the digest of Monday keeps no tip from them (P04)',
		account: (day) => ({
			usage: { featuresUsed: [] },
			...(day < 3 ? { lifecycleStage: 'onboarding' } : {}),
		}),
		expected: [...digests(0), '+3 tip > admin', ...digests(7, 14), '+17 tip > admin'],
	},
	{
		id: 'open-case',
		story: 'a human has the account on Monday: that digest lapses (P06)',
		events: [
			{ at: '+5 12:00', type: 'reply_received', contact: 'admin' },
			{ at: '+9 12:00', type: 'case_resolved' },
		],
		expected: [...digests(0), '+5 asked-for-help > team', ...digests(14)],
	},
	{
		id: 'unsubscribed',
		story: 'no more mails of any kind (P12)',
		events: [{ at: '+5 12:00', type: 'unsubscribed', contact: 'admin' }],
		expected: digests(0),
	},
	{
		id: 'admin-leaves',
		story: 'the admin leaves: the decision maker is next (P11)',
		account: (day) => ({
			contacts: [
				{ ...person('admin'), status: day < 5 ? 'active' : 'left' },
				person('decisionMaker'),
			],
		}),
		expected: [...digests(0), ...[7, 14].map((day) => `+${String(day)} digest > decisionMaker`)],
	},
	{
		id: 'paused',
		story: 'paused until Wednesday of the second week (P33)',
		account: () => ({ pausedUntil: '2026-03-11' }),
		expected: digests(9, 14),
	},
	{
		id: 'churns',
		story: 'churned on day 8 (P32)',
		account: (day) => (day >= 8 ? { lifecycleStage: 'churned' } : {}),
		expected: digests(0, 7),
	},
	{ id: 'excluded', story: 'a test account', account: () => ({ excluded: true }), expected: [] },
	{
		id: 'auckland',
		story: 'the week is over when it is in New York: Tuesday morning there (P02, P03)',
		zone: 'Pacific/Auckland',
		expected: digests(1, 8, 15),
	},
	{
		id: 'named',
		story: 'every tier: who has a success manager may subscribe as well',
		account: () => ({ csm: 'csm', arr: 250_000 }),
		expected: digests(0, 7, 14),
	},
];
const LIVES = inNewYork(DAY_0, STORIES);

/** R53 with R76, R80, P02–P06, P09, P11, P12, P32, P33; education beside it, whose mails it yields to. */
describe('the weekly digest, three weeks on the real n8n', () => {
	let played: Played;
	const texts: string[] = [];

	beforeAll(async () => {
		played = await playBesideEducation({
			workflow: readWorkflow('ops-usage-digest.json'),
			step: ['digest', /^Your week: /],
			lives: LIVES,
			from: FROM,
			until: UNTIL,
			usage: { events: 82, previousEvents: 82 },
			facts: { subscriptions },
			seen: ({ to, html }) => {
				if (to.join().includes('@compared.')) texts.push(html);
			},
		});
	}, 600_000);

	test('everybody gets what the rules say, on its day, and nothing else', () => {
		const found = LIVES.flatMap((life) =>
			differences(life, played.deliveries.get(life.id) ?? [], 18),
		);
		expect(found).toEqual([]);
		expect(played.strays).toEqual([]);
	});

	test('it says their week beside that of similar teams', () => {
		expect(texts).toHaveLength(3);
		for (const text of texts)
			expect(text).toContain(
				'<b>47</b> actions; teams like yours typically have 82 (the week before: 50)',
			);
	});
});
