import { readWorkflow } from '../workflows';
import { EDUCATION_LIVES, educationRecord, withCatalogue } from './educationLives';
import { differences } from './life';
import { lifeFinder, mailReader } from './mails';
import { play, type Played } from './play';

const FROM = Date.parse('2026-03-01T02:05:00Z');
/** Day 84 of whoever begins last. */
const UNTIL = Date.parse('2026-06-13T02:05:00Z');

/** R34–R37 with P02, P06, P09, P11, P12, P18, P24, P31–P33. */
describe('education, twelve weeks of 200 customers, on the real n8n', () => {
	let played: Played;
	beforeAll(async () => {
		played = await play({
			workflow: withCatalogue(readWorkflow('journey-education.json')),
			starts: ['Your CRM', 'Sample catalogue'],
			lives: EDUCATION_LIVES,
			from: FROM,
			until: UNTIL,
			everyHours: 6,
			record: educationRecord,
			read: mailReader([
				['asked-for-help', /^Customer asks for a human/],
				['tip', /^About feature-/],
			]),
			lifeOf: lifeFinder(EDUCATION_LIVES),
			report: (text) => process.stderr.write(`${text}\n`),
		});
	}, 1_800_000);

	test('everybody gets what the rules say, on its day, and nothing else', () => {
		const found = EDUCATION_LIVES.flatMap((life) =>
			differences(life, played.deliveries.get(life.id) ?? [], 84),
		);
		expect(found).toEqual([]);
		expect(played.strays).toEqual([]);
		expect(EDUCATION_LIVES.length).toBeGreaterThanOrEqual(200);
	});
});
