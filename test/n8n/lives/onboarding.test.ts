import { readWorkflow } from '../workflows';
import { differences } from './life';
import { lifeFinder, mailReader } from './mails';
import { FIRST_SWEEP, ONBOARDING_LIVES, onboardingRecord } from './onboardingLives';
import { play, type Played } from './play';

const UNTIL = Date.parse('2026-04-03T00:05:00Z');

const STEPS: readonly (readonly [step: string, subject: RegExp])[] = [
	['welcome', /^Welcome to Example/],
	['set-up-guide', /^Your set-up: \d steps? to go$/],
	['first-results', /^What teams like yours do first$/],
	['nudge', /^Stuck at "/],
	['power-tips', /^Set-up done: three tips/],
	['celebrate', /^Your first result is in$/],
	['call', /^Please call: set-up unfinished/],
	['reach-by-hand', /^Please reach by hand/],
	['asked-for-help', /^Customer asks for a human/],
	['no-first-value', /^Have a look: set up, but no first value/],
];
/** R28–R33 with P01, P02, P04, P09, P11–P18, P26, P32, P33: each message of each customer, its day and its recipient. */
describe('onboarding, thirty days of 200 customers, on the real n8n', () => {
	let played: Played;
	beforeAll(async () => {
		played = await play({
			workflow: readWorkflow('journey-onboarding.json'),
			webhookId: 'test-onboarding',
			lives: ONBOARDING_LIVES,
			from: FIRST_SWEEP,
			until: UNTIL,
			everyHours: 1,
			record: onboardingRecord,
			read: mailReader(STEPS),
			lifeOf: lifeFinder(ONBOARDING_LIVES),
			report: (text) => process.stderr.write(`${text}\n`),
		});
	}, 1_800_000);

	test('everybody gets what the rules say, on its day, and nothing else', () => {
		const found = ONBOARDING_LIVES.flatMap((life) =>
			differences(life, played.deliveries.get(life.id) ?? []),
		);
		expect(found).toEqual([]);
		expect(played.strays).toEqual([]);
		expect(ONBOARDING_LIVES.length).toBeGreaterThanOrEqual(200);
	});
});
