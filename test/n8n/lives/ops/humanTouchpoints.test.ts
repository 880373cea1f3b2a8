import type { WorkflowFile } from '../../client';
import { readWorkflow } from '../../workflows';
import { dayOf, differences, type Life } from '../life';
import { lifeFinder, listedIn, mailReader } from '../mails';
import { play, type Played } from '../play';
import { ALL_TAUGHT, education, OF_EDUCATION } from './besideEducation';
import { recordFrom } from './opsPlay';
import {
	FROM,
	LAST,
	LEAST_SHARE,
	LIVES,
	OVER,
	SHARE,
	TIGHT,
	TIGHT_UNTIL,
	UNTIL,
} from './touchpointLives';

/** Plays it beside education, which is there for whoever asks for a human, and has nothing to teach. */
async function playTouchpoints(
	lives: readonly Life[],
	until: number,
	workflow: WorkflowFile,
): Promise<Played> {
	return await play({
		workflow,
		beside: [{ ...education(), minutesLater: 5 }],
		lives,
		from: FROM,
		until,
		everyHours: 24,
		record: ({ account, ...life }, at) =>
			recordFrom(
				{
					...life,
					account: (day, time) => {
						const said: { usage?: object } = account?.(day, time) ?? {};
						return { ...said, usage: { featuresUsed: ALL_TAUGHT, ...said.usage } };
					},
				},
				at,
			),
		read: mailReader([
			['touch', /^Task: touch of the quarter/],
			['readout', /^Task: a value readout/],
			...OF_EDUCATION,
		]),
		lifeOf: lifeFinder(lives),
		report: (text) => process.stderr.write(`${text}\n`),
	});
}

function differencesIn({ deliveries, strays }: Played, lives: readonly Life[]): string[] {
	return [...lives.flatMap((life) => differences(life, deliveries.get(life.id) ?? [])), ...strays];
}

const shipped = (): WorkflowFile => readWorkflow('ops-human-touchpoints.json');

/** R10, R12 with R20, R81, P08, P09, P32, P36. */
describe('human touchpoints, a quarter on the real n8n', () => {
	let played: Played;
	beforeAll(async () => {
		played = await playTouchpoints(LIVES, UNTIL, shipped());
	}, 600_000);

	test('everybody gets what the rules say, and nothing goes to a customer', () => {
		expect(differencesIn(played, LIVES)).toEqual([]);
	});

	test('the work of a quarter is spread: at most a fifth of it in any week, none on a weekend', () => {
		const days = LIVES.filter(({ events = [] }) => events.length === 0).flatMap((life) =>
			(played.deliveries.get(life.id) ?? [])
				.filter(({ step }) => step === 'touch')
				.map(({ at }) => dayOf(life, at)[0])
				.filter((day) => day <= LAST),
		);
		expect(days.filter((day) => day % 7 >= 5)).toEqual([]);
		const weeks = new Map<number, number>();
		for (const day of days)
			weeks.set(Math.floor(day / 7), (weeks.get(Math.floor(day / 7)) ?? 0) + 1);
		// eleven weeks; an even share would be a little over six
		expect(weeks.size).toBeGreaterThanOrEqual(10);
		expect(Math.max(...weeks.values())).toBeLessThanOrEqual(days.length / 5);
	});

	test('each turn comes again thirteen weeks later', () => {
		const again = LIVES.filter(({ events = [] }) => events.length === 0).flatMap((life) => {
			const [first, second] = (played.deliveries.get(life.id) ?? [])
				.filter(({ step }) => step === 'touch')
				.map(({ at }) => dayOf(life, at)[0]);
			// whose next turn lies after the end of the play, or who has none at all
			if (first === undefined || (second === undefined && first + 91 > 112)) return [];
			return [(second ?? 0) - first];
		});
		expect(again.length).toBeGreaterThan(0);
		expect(new Set(again)).toEqual(new Set([91]));
	});

	test('what was past before the flow first ran is listed to operations, once (P09)', () => {
		const lists = listedIn(played.operations);
		expect(new Set(lists.map(([at]) => at))).toEqual(new Set([FROM]));
		expect(lists.flatMap(([, ids]) => ids).filter((id) => id === 'red-before')).toHaveLength(2);
	});
});

test.each([
	[SHARE, TIGHT],
	[LEAST_SHARE, OVER],
])(
	'human hours stay within what %d %% of ARR buys (R20, R81)',
	async (budgetShare, lives) => {
		const file = shipped();
		const nodes = file.nodes.map((node) =>
			node.name === 'Tier' ? { ...node, parameters: { ...node.parameters, budgetShare } } : node,
		);
		const played = await playTouchpoints(lives, TIGHT_UNTIL, { ...file, nodes });
		expect(differencesIn(played, lives)).toEqual([]);
	},
	300_000,
);
