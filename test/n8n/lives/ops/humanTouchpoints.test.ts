import { readWorkflow } from '../../workflows';
import { dayOf, differences } from '../life';
import { lifeFinder, listedIn, mailReader } from '../mails';
import { play, type Played } from '../play';
import { recordFrom } from './opsPlay';
import { FROM, LAST, LIVES, UNTIL } from './touchpointLives';

/** R10, R12 with R20, R81, P09, P32, P36. */
describe('human touchpoints, a quarter on the real n8n', () => {
	let played: Played;
	beforeAll(async () => {
		played = await play({
			workflow: readWorkflow('ops-human-touchpoints.json'),
			lives: LIVES,
			from: FROM,
			until: UNTIL,
			everyHours: 24,
			record: (life, at) => recordFrom(life, at),
			read: mailReader([
				['touch', /^Task: touch of the quarter/],
				['readout', /^Task: a value readout/],
			]),
			lifeOf: lifeFinder(LIVES),
			report: (text) => process.stderr.write(`${text}\n`),
		});
	}, 600_000);

	test('everybody gets what the rules say, and nothing goes to a customer', () => {
		const found = LIVES.flatMap((life) => differences(life, played.deliveries.get(life.id) ?? []));
		expect(found).toEqual([]);
		expect(played.strays).toEqual([]);
	});

	test('the work of a quarter is spread: at most a fifth of it in any week, none on a weekend', () => {
		const days = LIVES.flatMap((life) =>
			(played.deliveries.get(life.id) ?? [])
				.filter(({ step }) => step === 'touch')
				.map(({ at }) => dayOf(life, at)[0]),
		).filter((day) => day <= LAST);
		expect(days.filter((day) => day % 7 >= 5)).toEqual([]);
		const weeks = new Map<number, number>();
		for (const day of days)
			weeks.set(Math.floor(day / 7), (weeks.get(Math.floor(day / 7)) ?? 0) + 1);
		// eleven weeks; an even share would be a little over six
		expect(weeks.size).toBeGreaterThanOrEqual(10);
		expect(Math.max(...weeks.values())).toBeLessThanOrEqual(days.length / 5);
	});

	test('each turn comes again thirteen weeks later', () => {
		const again = LIVES.flatMap((life) => {
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
