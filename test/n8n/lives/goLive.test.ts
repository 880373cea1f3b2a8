import { readWorkflow } from '../workflows';
import { withCatalogue } from './educationLives';
import { JOURNEY_PRESETS } from '../../../engine/journeys/presets/presets';
import { isUntimely, type Life } from './life';
import { lifeFinder, mailReader } from './mails';
import { addressOf } from './onboardingLives';
import { play, type Played } from './play';

const ACCOUNTS = 5_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A Thursday; the sweeps of a good week, the week-end among them. */
const FROM = Date.parse('2026-03-05T09:03:00Z');
const UNTIL = Date.parse('2026-03-13T15:03:00Z');
const SUNDAY = Date.parse('2026-03-08T00:00:00Z');
/** On Monday at noon the export is right again. */
const MENDED = Date.parse('2026-03-09T12:00:00Z');
/** The day of the second daily score since. */
const SETTLED = Date.parse('2026-03-11T09:00:00Z');
/** From Tuesday on it gives the same figures again, of that morning; on Friday it runs again. */
const STANDS = Date.parse('2026-03-10T06:00:00Z');
const RUNS = Date.parse('2026-03-13T04:00:00Z');
/** When its figures have been old for longer than 48 hours, the health of some falls. */
const FALLS = Date.parse('2026-03-12T06:00:00Z');

const PROGRAMME = 'America/New_York';
const dayIn = (zone: string, at: number): string =>
	new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(at);

/** What each account is, by its number. */
type Kind = {
	red: boolean;
	young: boolean;
	renewsSoon: boolean;
	sponsor: boolean;
	nearLimit: boolean;
	named: boolean;
	falls: boolean;
};
const kindOf = (index: number): Kind => {
	const young = index % 100 === 99;
	const red = !young && index % 50 < 7;
	return {
		red,
		young,
		renewsSoon: !young && index % 4 === 0,
		sponsor: index % 8 !== 0,
		nearLimit: !red && index % 20 === 11,
		named: index % 25 === 2,
		falls: index % 200 === 21,
	};
};
const numberOf = ({ id }: Pick<Life, 'id'>): number => Number(id.slice(1));

const LIVES: readonly Life[] = Array.from({ length: ACCOUNTS }, (_none, index) => ({
	id: `a${String(index)}`,
	story: '',
	zone: 'Europe/Berlin',
	day0: '2026-03-05',
	expected: [],
}));

const FIGURES = {
	good: { activeUsers: 20, events: 300, previousEvents: 300, adoption: 0.7 },
	bad: { activeUsers: 1, events: 10, previousEvents: 300, adoption: 0.05 },
	/** What a broken export says of everybody. */
	broken: { activeUsers: 0, events: 0, previousEvents: 300, adoption: 0 },
};

function record(life: Life, at: number): object {
	const index = numberOf(life);
	const { young, renewsSoon, sponsor, nearLimit, named, falls, ...kind } = kindOf(index);
	const red = kind.red || (falls && at >= FALLS);
	const asOf = at >= STANDS && at < RUNS ? STANDS : at;
	const isBroken = at >= SUNDAY && at < MENDED;
	const day = (from: number, days: number): string =>
		new Date(from + days * DAY).toISOString().slice(0, 10);
	return {
		accountId: life.id,
		name: life.id,
		arr: named ? 250_000 : 6000,
		currency: 'USD',
		plan: 'team',
		createdAt: young ? day(FROM, -1 - (index % 13)) : '2024-06-02',
		renewalDate: renewsSoon ? day(FROM, 1 + (index % 89)) : '2026-11-20',
		termMonths: 12,
		lifecycleStage: young ? 'onboarding' : 'adopting',
		timezone: life.zone,
		...(sponsor ? { executiveSponsor: 'Sam' } : {}),
		...(named ? { csm: addressOf(life.id, 'csm') } : {}),
		licences: { bought: 20, used: red ? 2 : 15 },
		support: red ? { openTickets: 9, openP1: 0 } : { openTickets: 0, openP1: 0 },
		sentiment: red ? { nps: -80, csat: 1.2 } : { nps: 50, csat: 4.5 },
		contacts: [{ role: 'admin', email: addressOf(life.id, 'admin') }],
		usage: {
			featuresUsed: [],
			limits: { projects: { used: nearLimit ? 48 : 10, allowed: 50 } },
			lastActiveAt: new Date(at - DAY).toISOString(),
			asOf: new Date(asOf).toISOString(),
			...(isBroken ? FIGURES.broken : red ? FIGURES.bad : FIGURES.good),
		},
	};
}

/** P09, P10 on the real n8n: all five journeys go live on customers of whom many are in trouble already. */
describe('5,000 customers, 700 of them red, and a usage export that breaks on Sunday', () => {
	let played: Played;
	/** Mails by what they are, for a stretch of time. */
	const between = (from: number, until: number): string[] =>
		[...played.deliveries.values()]
			.flat()
			.filter(({ at }) => at >= from && at < until)
			.map(({ step, who }) => `${step} > ${who}`);
	const countOf = (lines: readonly string[], pattern: RegExp): number =>
		lines.filter((line) => pattern.test(line)).length;

	beforeAll(async () => {
		played = await play({
			workflow: readWorkflow('journey-health-intervention.json'),
			beside: [
				{ workflow: readWorkflow('journey-onboarding.json'), minutesLater: 2 },
				{ workflow: readWorkflow('journey-renewal.json'), minutesLater: 4 },
				{ workflow: readWorkflow('journey-expansion.json'), minutesLater: 6 },
				{
					workflow: withCatalogue(readWorkflow('journey-education.json')),
					starts: ['Your CRM', 'Sample catalogue'],
					minutesLater: 8,
				},
			],
			lives: LIVES,
			from: FROM,
			until: UNTIL,
			everyHours: 6,
			record,
			read: mailReader([
				['welcome', /^Welcome to Example/],
				['celebrate', /^Your first result is in$/],
			]),
			lifeOf: lifeFinder(LIVES),
			report: (text) => process.stderr.write(`${text}\n`),
		});
	}, 1_800_000);

	/** Who of them fits. */
	const count = (is: (kind: Kind) => boolean): number =>
		LIVES.filter((life) => is(kindOf(numberOf(life)))).length;
	const toldOf = (from: number, until: number): string[] =>
		played.operations.filter(({ at }) => at >= from && at < until).map(({ subject }) => subject);
	const HUMANS = / > (team|csm|sales)$/;
	const OF_RENEWAL = /^What Example did|^Renew with one click|days left: keep/;
	const OF_HEALTH = /^Your team uses|^Is something in the way|^20 minutes with/;
	const OF_LIMITS = /room for more|outgrowing/;

	test('the cast: 700 are red, 1,250 renew within 90 days, of whom many are red or have no sponsor', () => {
		expect(count(({ red }) => red)).toBe(700);
		expect(count(({ renewsSoon }) => renewsSoon)).toBe(1_250);
		expect(count(({ renewsSoon, red }) => renewsSoon && red)).toBeGreaterThan(150);
		expect(count(({ renewsSoon, sponsor }) => renewsSoon && !sponsor)).toBeGreaterThan(500);
		expect(count(({ nearLimit }) => nearLimit)).toBe(200);
		expect(count(({ falls }) => falls)).toBe(25);
	});

	test('nobody is handed to a human, and nobody is written to about their health or a limit (P09)', () => {
		const all = between(FROM, RUNS);
		expect(all.length).toBeGreaterThan(500);
		// what calls a human is neither health nor a sponsor who was missing before
		expect(
			all
				.filter((line) => HUMANS.test(line) && !/^(Task: renewal|Please call: set-up)/.test(line))
				.filter((line) => !/renewal date has passed|no executive sponsor/.test(line)),
		).toEqual([]);
		expect(countOf(all, OF_HEALTH)).toBe(0);
		expect(countOf(all, OF_LIMITS)).toBe(0);
	});

	test('no day floods anybody: as many mails of a journey as its ramp lets out (P09), and in office hours (P02)', () => {
		const OF: readonly [journey: string, subject: RegExp][] = [
			['renewal', OF_RENEWAL],
			['education', /^About feature-/],
			['expansion', OF_LIMITS],
			['intervention', OF_HEALTH],
			['onboarding', /./],
		];
		const perDay = new Map<string, number>();
		for (const [life, mails] of played.deliveries)
			for (const mail of mails.filter(({ who }) => who === 'admin')) {
				expect([life, mail, isUntimely({ zone: 'Europe/Berlin' }, mail)]).toEqual([
					life,
					mail,
					false,
				]);
				const journey = OF.find(([, subject]) => subject.test(mail.step))?.[0] ?? '';
				const day = `${journey} ${dayIn(PROGRAMME, mail.at)}`;
				perDay.set(day, (perDay.get(day) ?? 0) + 1);
			}
		/** Who is new hears of set-up at most once a day, beside the welcome (P04); who has fallen, of that. */
		const atMost: Readonly<Record<string, number>> = {
			...Object.fromEntries(JOURNEY_PRESETS.map(({ id, rampPerDay }) => [id, rampPerDay])),
			onboarding: 2 * count(({ young }) => young),
			intervention: count(({ falls }) => falls),
		};
		const floods = [...perDay].filter(
			([day, mails]) => mails > (atMost[day.split(' ')[0] ?? ''] ?? 0),
		);
		expect(floods).toEqual([]);
		// the ramp is what limits them: there is more to say
		expect(perDay.get('renewal 2026-03-05')).toBe(100);
		expect(perDay.get('education 2026-03-05')).toBe(50);
	});

	test('a date that passes, and the sixtieth day without a sponsor, are told as they come: a few a day', () => {
		for (let at = FROM - 9 * HOUR; at < UNTIL; at += DAY) {
			const day = between(at, at + DAY);
			// 14 renew on a day, half of whom have no sponsor
			expect(countOf(day, /renewal date has passed/)).toBeLessThanOrEqual(15);
			expect(countOf(day, /no executive sponsor/)).toBeLessThanOrEqual(8);
		}
	});

	test('on the first day nobody hears of a renewal twice: the latest step due, as one message (P09, P26)', () => {
		const heard = [...played.deliveries.values()].map(
			(mails) =>
				mails.filter(({ at, step }) => at < FROM + 12 * HOUR && OF_RENEWAL.test(step)).length,
		);
		expect(Math.max(...heard)).toBe(1);
	});

	test('what held already is listed to the team, once for each journey (P09)', () => {
		const first = toldOf(FROM - DAY, FROM + 12 * HOUR);
		expect(first.filter((subject) => subject.includes('customers to look through'))).toEqual(first);
		expect(first.map((subject) => /\d+/.exec(subject)?.[0])).toContain('700');
		expect(toldOf(FROM + DAY, SUNDAY)).toEqual([]);
		expect(new Set(first).size).toBe(first.length);
	});

	/** The programme's days on which operations were told that something is held. */
	const alarmDays = (from: number, until: number): string[] => {
		const told = played.operations.filter(({ at }) => at >= from && at < until);
		const alarms = told.filter(({ subject }) => subject.includes('held, please check the data'));
		expect(alarms).toEqual(told);
		return alarms.map(({ at }) => dayIn(PROGRAMME, at));
	};

	test('while the export is broken, nothing goes to customers about it, and operations get one alarm a day, whatever holds (P10)', () => {
		expect(between(SUNDAY, SUNDAY + DAY).filter((line) => line.endsWith(' > admin'))).toEqual([]);
		const days = alarmDays(SUNDAY, SETTLED);
		expect(days).toContain('2026-03-08');
		expect(new Set(days).size).toBe(days.length);
	});

	test('when it is mended, bands are as before after two daily scores, and nothing is left of it', () => {
		expect(alarmDays(SETTLED, FALLS)).toEqual([]);
	});

	test('while its figures are older than 48 hours nothing triggers, and operations get one alarm (P10)', () => {
		expect(countOf(between(FALLS, RUNS), OF_HEALTH)).toBe(0);
		expect(alarmDays(FALLS, RUNS)).toEqual(['2026-03-12']);
	});

	test('when it runs again, who has fallen meanwhile is helped', () => {
		const lines = between(RUNS, UNTIL + DAY);
		expect(countOf(lines, OF_HEALTH)).toBe(count(({ falls }) => falls));
		expect(alarmDays(RUNS, UNTIL + DAY)).toEqual([]);
	});
});
