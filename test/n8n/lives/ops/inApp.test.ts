import { readWorkflow } from '../../workflows';
import { startInApp, withInApp, type InApp } from '../inApp';
import { dayOf, differences, momentOf } from '../life';
import { lifeFinder, listedIn, mailReader } from '../mails';
import { play, type Played } from '../play';
import { recordFrom } from './opsPlay';
import { FROM, LIVES, UNTIL } from './inAppLives';

const CAME = 'Operations: what came of messages in the app';

/** R59, R78 with R64, R76, R80, P06, P09, P32. */
describe('messages in the app and their outcomes, on the real n8n', () => {
	let played: Played;
	let inApp: InApp;
	beforeAll(async () => {
		inApp = await startInApp();
		const lifeOf = lifeFinder(LIVES);
		played = await play({
			workflow: withInApp(readWorkflow('ops-in-app.json'), inApp.url),
			lives: LIVES,
			from: FROM,
			until: UNTIL,
			everyHours: 24,
			record: (life, at) => recordFrom(life, at),
			read: mailReader([['asked-for-help', /^Customer asks for a human/]]),
			lifeOf,
			alsoArrived: () =>
				inApp.messages().flatMap(({ to, show }) => {
					const [who = '', domain = ''] = to.split('@');
					return [{ lifeId: domain.replace('.example', ''), step: show, who }];
				}),
			report: (text) => process.stderr.write(`${text}\n`),
		});
	}, 600_000);
	afterAll(async () => inApp.close());

	test('everybody sees what the rules say, on its day, and nothing else', () => {
		const found = LIVES.flatMap((life) => differences(life, played.deliveries.get(life.id) ?? []));
		expect(found).toEqual([]);
		expect(played.strays).toEqual([]);
	});

	test('on the day of its outcome, each message is told by what came of it, and not by who saw it (R78)', () => {
		const [first] = LIVES;
		if (first === undefined) throw new Error('No lives');
		const told = played.operations
			.filter(({ subject }) => subject.startsWith(CAME))
			.flatMap(({ at, text }) =>
				text.split('\n').flatMap((line) => {
					const [, what] = /^- (.*)$/.exec(line) ?? [];
					return what === undefined ? [] : [`+${String(dayOf(first, at)[0])} ${what}`];
				}),
			);
		expect(told.toSorted()).toEqual(
			[
				// 14 days after the checklist: one of two has reached first value
				'+16 checklist: 1 of 2',
				// 28 days after the nudge: one of three works with reports; nobody with the timeline
				'+29 nudge-reports: 1 of 3',
				'+29 news-timeline: 0 of 1',
			].toSorted(),
		);
		expect(momentOf(first, '+29 09:00')).toBeLessThan(UNTIL);
	});

	test('what held before the flow first ran is listed to operations, once (P09)', () => {
		const lists = played.operations.filter(({ subject }) => !subject.startsWith(CAME));
		expect(listedIn(lists)).toEqual([[FROM, ['before']]]);
	});
});
