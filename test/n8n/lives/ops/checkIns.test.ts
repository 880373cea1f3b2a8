import { readWorkflow } from '../../workflows';
import { differences } from '../life';
import { lifeFinder, listedIn, mailReader } from '../mails';
import { play, type Played } from '../play';
import { recordFrom } from './opsPlay';
import { FROM, LIVES, UNTIL } from './checkInLives';

/** R57 with R80, P02, P04, P06, P09, P12, P28, P33. */
describe('check-ins, on the real n8n', () => {
	let played: Played;
	beforeAll(async () => {
		played = await play({
			workflow: readWorkflow('ops-check-ins.json'),
			lives: LIVES,
			from: FROM,
			until: UNTIL,
			everyHours: 12,
			record: (life, at) => recordFrom(life, at),
			read: mailReader([
				['first-value', /^The first weeks/],
				['case', /^Is it solved/],
				['mid-term', /^Half-way/],
				['low-answer', /^Please talk: they answered/],
				['asked-for-help', /^Customer asks for a human/],
			]),
			lifeOf: lifeFinder(LIVES),
			report: (text) => process.stderr.write(`${text}\n`),
		});
	}, 600_000);

	test('everybody gets what the rules say, on its day, and nothing else', () => {
		const found = LIVES.flatMap((life) => differences(life, played.deliveries.get(life.id) ?? []));
		expect(found).toEqual([]);
		expect(played.strays).toEqual([]);
	});

	test('what was a moment before the flow first ran is listed to operations, once (P09)', () => {
		expect(listedIn(played.operations)).toEqual([[FROM, ['at-go-live']]]);
	});
});
