import { readWorkflow } from '../../workflows';
import { differences } from '../life';
import type { Played } from '../play';
import { inNewYork, playBesideEducation } from './besideEducation';
import { RED, type Story } from './opsPlay';

const FILE = 'ops-performance-summary.json';
/** A Wednesday: 1 April is day 7, the 10th day 16, and 1 May, a Friday, day 37. */
const DAY_0 = '2026-03-25';
const FROM = '2026-03-25T02:05:00Z';
const UNTIL = '2026-05-09T14:05:00Z';

const summaries = (...days: number[]): string[] =>
	days.map((day) => `+${String(day)} summary > admin`);
const tips = (...days: number[]): string[] => days.map((day) => `+${String(day)} tip > admin`);

const STORIES: readonly Story[] = [
	{
		id: 'monthly',
		story: 'on the first of each month, about the one before (R55)',
		expected: summaries(7, 37),
	},
	{
		id: 'on-the-tenth',
		story: 'a customer from the tenth on, the last day on which it goes',
		account: (day) => (day < 16 ? { unknown: true } : {}),
		expected: summaries(16, 37),
	},
	{
		id: 'on-the-eleventh',
		story: 'a day later: from the next month on',
		account: (day) => (day < 17 ? { unknown: true } : {}),
		expected: summaries(37),
	},
	{
		id: 'idle-april',
		story: 'no use in April: nothing to tell (R80)',
		account: (day) => (day >= 37 ? { usage: { month: { events: 0, previousEvents: 400 } } } : {}),
		expected: summaries(7),
	},
	{
		id: 'no-figures',
		story: 'nobody keeps figures of their months',
		account: () => ({ usage: { month: undefined } }),
		expected: [],
	},
	{
		id: 'old-figures',
		story: 'the figures of the last day of March are not those of the closed month (P03)',
		account: (day) => (day >= 6 ? { usage: { asOf: '2026-03-31T20:00:00-04:00' } } : {}),
		expected: [],
	},
	{
		id: 'high-touch',
		story: 'has a success manager, who talks to them (R76)',
		account: () => ({ arr: 250_000, csm: 'csm' }),
		expected: [],
	},
	{ id: 'red', story: 'red: help goes first (R76)', account: () => RED, expected: [] },
	{
		id: 'in-set-up',
		story: 'still getting started: no review yet',
		account: () => ({ lifecycleStage: 'onboarding' }),
		expected: [],
	},
	{
		id: 'seven-days-after',
		story: 'a tip on 25 March: free on 1 April, and the next tip seven days after (P04)',
		account: () => ({ usage: { featuresUsed: [] } }),
		expected: [...tips(0), ...summaries(7), ...tips(14, 28), ...summaries(37), ...tips(44)],
	},
	{
		id: 'six-days-after',
		story: 'a tip on 30 March: the summary waits for 6 April (P04)',
		account: (day) => ({
			usage: { featuresUsed: [] },
			...(day < 5 ? { lifecycleStage: 'onboarding' } : {}),
		}),
		expected: [...tips(5), ...summaries(12), ...tips(19, 33), ...summaries(40)],
	},
	{
		id: 'unsubscribed',
		story: 'no more mails of any kind (P12)',
		events: [{ at: '+20 12:00', type: 'unsubscribed', contact: 'admin' }],
		expected: summaries(7),
	},
	{
		id: 'open-case',
		story: 'a human has the account on the first: that summary lapses (P06)',
		events: [
			{ at: '+5 12:00', type: 'reply_received', contact: 'admin' },
			{ at: '+9 12:00', type: 'case_resolved' },
		],
		expected: ['+5 asked-for-help > team', ...summaries(37)],
	},
	...['a', 'b', 'c', 'd'].map((name): Story => ({
		id: `peer-${name}`,
		story: 'one of those who are like them: ten others it takes',
		expected: summaries(7, 37),
	})),
];

const LIVES = inNewYork(DAY_0, STORIES);

/** R55 with R76, R80, P03–P06, P09, P12; education beside it, whose mails it yields to. */
describe('the performance summary, six weeks on the real n8n', () => {
	let played: Played;
	const texts: string[] = [];

	beforeAll(async () => {
		played = await playBesideEducation({
			workflow: readWorkflow(FILE),
			step: ['summary', /^Your (March|April): /],
			lives: LIVES,
			from: FROM,
			until: UNTIL,
			usage: { month: { events: 412, previousEvents: 340 } },
			facts: { goals: ['Plan in a day'] },
			seen: ({ to, subject, html }) => {
				if (to.join().includes('@monthly.')) texts.push(`${subject}\n${html}`);
			},
		});
	}, 600_000);

	test('everybody gets what the rules say, on its day, and nothing else', () => {
		const found = LIVES.flatMap((life) =>
			differences(life, played.deliveries.get(life.id) ?? [], 44),
		);
		expect(found).toEqual([]);
		expect(played.strays).toEqual([]);
	});

	test('it says the closed month beside the one before, and their goals', () => {
		expect(texts.map((text) => text.split('\n')[0])).toEqual([
			'Your March: 412 actions',
			'Your April: 412 actions',
		]);
		for (const text of texts) {
			expect(text).toContain('<b>412</b> actions; teams like yours typically have 410');
			expect(text).toContain('(before that: 340)');
			expect(text).toContain('Your goals: Plan in a day.');
		}
	});
});

test('quarterly instead: once, of the closed quarter, by two settings (R55)', async () => {
	const file = readWorkflow(FILE);
	const nodes = file.nodes.map((node) =>
		node.name === 'Figures and peers'
			? {
					...node,
					parameters: {
						...node.parameters,
						period: 'quarter',
						figures: {
							figure: [
								{
									field: 'usage.quarter.events',
									label: 'actions',
									previousField: 'usage.quarter.previousEvents',
								},
							],
						},
					},
				}
			: node,
	);
	const lives = inNewYork(
		DAY_0,
		Array.from({ length: 11 }, (_none, place) => ({
			id: `quarterly-${String(place)}`,
			story: 'on the first of April, and not of May',
			expected: [`+7 summary > admin`],
		})),
	);
	const texts = new Set<string>();
	const { deliveries, strays } = await playBesideEducation({
		workflow: { ...file, nodes },
		step: ['summary', /^Your quarter: /],
		lives,
		from: FROM,
		until: UNTIL,
		usage: { quarter: { events: 1300, previousEvents: 1100 } },
		facts: {},
		seen: ({ html }) => texts.add(html.replace(/quarterly-\d+/g, 'quarterly')),
	});
	expect(lives.flatMap((life) => differences(life, deliveries.get(life.id) ?? []))).toEqual([]);
	expect(strays).toEqual([]);
	expect(texts.size).toBe(1);
	for (const text of texts) {
		expect(text).toContain('from January 1 to March 31:');
		expect(text).toContain(
			'<b>1300</b> actions; teams like yours typically have 1300 (before that: 1100)',
		);
	}
}, 600_000);
