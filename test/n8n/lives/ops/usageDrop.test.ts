import { readWorkflow } from '../../workflows';
import { differences } from '../life';
import { lifeFinder, mailReader } from '../mails';
import { play, type Played } from '../play';
import { recordFrom } from './opsPlay';
import { FROM, LIVES, UNTIL } from './usageDropLives';

/** R24 with P02, P03, P06, P09, P12, P18, P31, P33. */
describe('the usage drop, on the real n8n', () => {
	let played: Played;
	beforeAll(async () => {
		played = await play({
			workflow: readWorkflow('ops-usage-drop.json'),
			lives: LIVES,
			from: FROM,
			until: UNTIL,
			everyHours: 6,
			record: (life, at) => recordFrom(life, at),
			read: mailReader([
				['what-fell', /^A quieter week/],
				['csm-task', /^Task: usage fell/],
				['reach-by-hand', /^Please reach by hand/],
				['asked-for-help', /^Customer asks/],
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

	test('operations hear nothing: what fell before health was first scored is in the triage queue (P09)', () => {
		expect(played.operations).toEqual([]);
	});
});
