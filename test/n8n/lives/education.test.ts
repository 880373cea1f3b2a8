import { readWorkflow } from '../workflows';
import { EDUCATION_LIVES, educationRecord, FEATURES, withCatalogue } from './educationLives';
import { dayOf, differences } from './life';
import { lifeFinder, mailReader } from './mails';
import { play, type Played } from './play';

const FROM = Date.parse('2026-03-01T02:05:00Z');
/** Day 84 of whoever begins last. */
const UNTIL = Date.parse('2026-06-13T02:05:00Z');

/** R34–R37 with P02, P06, P09, P11, P12, P18, P24, P31–P33. */
describe('education, twelve weeks of 200 customers, on the real n8n', () => {
	let played: Played;
	/** Each tip: whom it went to, what it is about, and on which day it went. */
	const tips: { id: string; to: string; day: number; feature: string }[] = [];
	const read = mailReader([
		['asked-for-help', /^Customer asks for a human/],
		['tip', /^About feature-/],
	]);
	const lifeOf = lifeFinder(EDUCATION_LIVES);
	beforeAll(async () => {
		played = await play({
			workflow: withCatalogue(readWorkflow('journey-education.json')),
			starts: ['Your CRM', 'Sample catalogue'],
			lives: EDUCATION_LIVES,
			from: FROM,
			until: UNTIL,
			everyHours: 6,
			record: educationRecord,
			read: (mail, at) => {
				const life = lifeOf(mail);
				const feature = /^About (feature-\d+)/.exec(mail.subject)?.[1];
				if (life !== undefined && feature !== undefined)
					tips.push({ id: life.id, to: mail.to.join(), day: dayOf(life, at)[0], feature });
				return read(mail);
			},
			lifeOf,
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

	test('nobody is told the same twice, nor about what their team uses already (R34, R37)', () => {
		const known = tips.map(({ to, feature }) => `${to} ${feature}`);
		expect(new Set(known).size).toBe(known.length);
		const later = (name: string): typeof tips =>
			tips.filter(({ id, day }) => id.startsWith(name) && day >= 7);
		// a feature a week: `feature-0` on day 7, until there are three
		const stale = later('adopts').filter(
			({ day, feature }) => FEATURES.indexOf(feature) < Math.min(3, Math.floor(day / 7)),
		);
		expect(stale).toEqual([]);
		// who takes up nothing hears of these features in that time
		const some = later('mon').filter(({ feature }) => FEATURES.indexOf(feature) < 3);
		expect(some).not.toEqual([]);
	});
});
