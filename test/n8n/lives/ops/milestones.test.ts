import { readWorkflow } from '../../workflows';
import { differences } from '../life';
import { lifeFinder, listedIn, mailReader } from '../mails';
import { play, type Played } from '../play';
import { recordFrom } from './opsPlay';
import { FROM, LIVES, UNTIL, projects } from './milestoneLives';

/** R56 with R76, R80, P01, P02, P04, P06, P09, P12. */
describe('milestones, on the real n8n', () => {
	let played: Played;
	beforeAll(async () => {
		played = await play({
			workflow: readWorkflow('ops-milestones.json'),
			lives: LIVES,
			from: FROM,
			until: UNTIL,
			everyHours: 4,
			record: (life, at) => recordFrom(life, at, projects(10)),
			read: mailReader([
				['milestone', /^100 projects/],
				['thousand', /^1,000 projects/],
				['core-features', /^You use all of it/],
				['year', /^A year together/],
				['years', /^10 years together/],
				['asked-for-help', /^Customer asks for a human/],
			]),
			lifeOf: lifeFinder(LIVES),
			report: (text) => process.stderr.write(`${text}\n`),
		});
	}, 600_000);

	test('everybody gets what the rules say, on its day, and nothing else', () => {
		const found = LIVES.flatMap((life) =>
			differences(life, played.deliveries.get(life.id) ?? [], 11),
		);
		expect(found).toEqual([]);
		expect(played.strays).toEqual([]);
	});

	test('what was reached before the flow first ran is listed to operations, once (P09)', () => {
		expect(listedIn(played.operations)).toEqual([[FROM, ['reached-before']]]);
	});
});
