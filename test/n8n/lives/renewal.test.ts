import { readWorkflow } from '../workflows';
import { differences } from './life';
import { lifeFinder, listedIn, mailReader } from './mails';
import { play, type Played } from './play';
import { RENEWAL_LIVES, renewalRecord } from './renewalLives';

const FROM = Date.parse('2025-11-05T08:05:00Z');
/** Two days after the date of most. */
const UNTIL = Date.parse('2026-05-27T00:05:00Z');

const STEPS: readonly (readonly [step: string, subject: RegExp])[] = [
	['survey', /^How likely are you to renew/],
	['survey-task', /^Task: ask whether they will renew/],
	['low-answer', /^Please talk: they may not renew/],
	['summary', /^What Example did for/],
	['reminder', /^(Renew with one click|Your plan renews on)/],
	['last-reminder', /^\d+ days left: keep |: renews in \d+ days$/],
	['conversation', /^Please talk about the renewal/],
	['reach-by-hand', /^Please reach by hand/],
	['asked-for-help', /^Customer asks for a human/],
	['csm-task', /^Task: renewal in/],
	['no-sponsor', /^Have a look: no executive sponsor/],
	['date-passed', /^Have a look: the renewal date has passed/],
];

/** R42–R48 with P01, P02, P06–P09, P11, P12, P18, P25–P28, P31–P33. */
describe('renewal, two hundred days of 200 customers, on the real n8n', () => {
	let played: Played;
	beforeAll(async () => {
		played = await play({
			workflow: readWorkflow('journey-renewal.json'),
			webhookId: 'test-renewal',
			beside: [{ workflow: readWorkflow('ops-renewal-survey.json'), minutesLater: 2 }],
			lives: RENEWAL_LIVES,
			from: FROM,
			until: UNTIL,
			everyHours: 8,
			record: renewalRecord,
			read: mailReader(STEPS),
			lifeOf: lifeFinder(RENEWAL_LIVES),
			report: (text) => process.stderr.write(`${text}\n`),
		});
	}, 1_800_000);

	test('everybody gets what the rules say, on its day, and nothing else', () => {
		const found = RENEWAL_LIVES.flatMap((life) =>
			differences(life, played.deliveries.get(life.id) ?? [], 202),
		);
		expect(found).toEqual([]);
		expect(played.strays).toEqual([]);
		expect(RENEWAL_LIVES.length).toBeGreaterThanOrEqual(200);
	});

	test('what was to be talked about at the go-live is listed to operations, once (P09)', () => {
		const before = RENEWAL_LIVES.filter(({ id }) => /^(yellow|no-sponsor)-at-go-live/.test(id));
		expect(listedIn(played.operations)).toEqual([[FROM, before.map(({ id }) => id).toSorted()]]);
	});
});
