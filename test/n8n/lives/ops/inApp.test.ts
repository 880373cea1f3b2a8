import { DateTime } from 'luxon';
import { readWorkflow } from '../../workflows';
import { startInApp, withInApp, type InApp } from '../inApp';
import { dayOf, differences, momentOf, type Life } from '../life';
import { lifeFinder, listedIn, mailReader } from '../mails';
import { play, type Played } from '../play';
import { recordFrom } from './opsPlay';
import { A_FIFTH, FROM, LIVES, SOON, TOO_MANY, UNTIL } from './inAppLives';

const PROGRAM = 'America/New_York';
const CAME = 'Operations: what came of messages in the app';

async function playInApp(lives: readonly Life[], until: number, inApp: InApp): Promise<Played> {
	return await play({
		workflow: withInApp(readWorkflow('ops-in-app.json'), inApp.url),
		lives,
		from: FROM,
		until,
		everyHours: 6,
		record: (life, at) => recordFrom(life, at),
		read: mailReader([['asked-for-help', /^Customer asks for a human/]]),
		lifeOf: lifeFinder(lives),
		alsoArrived: () =>
			inApp.messages().flatMap(({ to, show }) => {
				const [who = '', domain = ''] = to.split('@');
				return [{ lifeId: domain.replace('.example', ''), step: show, who }];
			}),
		report: (text) => process.stderr.write(`${text}\n`),
	});
}

/** R59, R78 with R64, R76, R80, P06, P09, P32. */
describe('messages in the app and their outcomes, on the real n8n', () => {
	let played: Played;
	let inApp: InApp;
	beforeAll(async () => {
		inApp = await startInApp();
		played = await playInApp(LIVES, UNTIL, inApp);
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
				// 28 days after the nudge: one of five works with reports; nobody with the timeline
				'+29 nudge-reports: 1 of 5',
				// the nudge of who was at rest until Thursday
				'+31 nudge-reports: 0 of 1',
				// the nudge of a Saturday
				'+33 nudge-reports: 0 of 1',
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

describe('what too many do on one day is shown to nobody, and operations get one alarm a day (P10)', () => {
	let inApp: InApp;
	beforeAll(async () => {
		inApp = await startInApp();
	});
	afterAll(async () => inApp.close());

	test.each([
		['more than a fifth', TOO_MANY, true],
		['a fifth', A_FIFTH, false],
	])(
		'%s of them',
		async (_share, lives, alarms) => {
			const { deliveries, operations, strays } = await playInApp(lives, SOON, inApp);
			expect(lives.flatMap((life) => differences(life, deliveries.get(life.id) ?? []))).toEqual([]);
			expect(strays).toEqual([]);
			const told = operations.filter(({ subject }) => subject.includes('please have a look'));
			// one a day of the programme, where it is still Monday when they begin
			const days = told.map(({ at }) => DateTime.fromMillis(at, { zone: PROGRAM }).toISODate());
			expect(days).toEqual(alarms ? ['2026-03-02', '2026-03-03', '2026-03-04'] : []);
		},
		300_000,
	);
});
