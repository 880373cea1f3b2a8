import { readWorkflow } from '../../workflows';
import { differences } from '../life';
import { lifeFinder, mailReader } from '../mails';
import { play, type Played } from '../play';
import { recordFrom, withCode } from './opsPlay';
import { FROM, LIVES, UNTIL, WEBINAR, webinar } from './campaignLives';

/** R54, R60 with R76, R80, P01, P02, P04, P06, P11–P13. */
describe('a webinar and an announcement, on the real n8n', () => {
	let played: Played;
	beforeAll(async () => {
		const workflow = withCode(readWorkflow('ops-campaign.json'), 'This campaign', [
			[/startsAt: .*/, `startsAt: '${WEBINAR}',`],
			[/date: .*/, `date: '2026-03-10',`],
		]);
		played = await play({
			workflow,
			lives: LIVES,
			from: FROM,
			until: UNTIL,
			everyHours: 4,
			record: (life, at) => recordFrom(life, at, { usage: webinar }),
			read: mailReader([
				['invitation', /^(What does your steering meeting|Reports that .*: 30 minutes)/],
				['reminder', /^Tomorrow: /],
				['reminder-clicked', /^Still a seat: /],
				['recording', /^The recording: /],
				['announcement', /^(New: Reports by mail|Any report can)/],
				['asked-for-help', /^Customer asks for a human/],
			]),
			lifeOf: lifeFinder(LIVES),
			report: (text) => process.stderr.write(`${text}\n`),
		});
	}, 600_000);

	test('everybody gets what the rules say, on its day, and nothing else', () => {
		const found = LIVES.flatMap((life) =>
			differences(life, played.deliveries.get(life.id) ?? [], 26),
		);
		expect(found).toEqual([]);
		expect(played.strays).toEqual([]);
	});

	test('operations are told nothing: nothing was held or listed', () => {
		expect(played.operations).toEqual([]);
	});
});
