import { readWorkflow } from '../workflows';
import { withCatalogue } from './educationLives';
import type { Life } from './life';
import { lifeFinder, mailReader } from './mails';
import { addressOf } from './onboardingLives';
import { play, type Played } from './play';

const ACCOUNTS = 5_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A Thursday; the sweeps of a week of office hours in Berlin, the week-end among them. */
const FROM = Date.parse('2026-03-05T09:03:00Z');
const UNTIL = Date.parse('2026-03-12T15:03:00Z');
const SUNDAY = Date.parse('2026-03-08T00:00:00Z');
/** On Monday at noon the export is right again. */
const MENDED = Date.parse('2026-03-09T12:00:00Z');

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
	const { red, young, renewsSoon, sponsor, nearLimit, named } = kindOf(index);
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
			asOf: new Date(at).toISOString(),
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
			read: mailReader([]),
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

	test('the cast: 700 are red, 1,250 renew within 90 days, of whom many are red or have no sponsor', () => {
		expect(count(({ red }) => red)).toBe(700);
		expect(count(({ renewsSoon }) => renewsSoon)).toBe(1_250);
		expect(count(({ renewsSoon, red }) => renewsSoon && red)).toBeGreaterThan(150);
		expect(count(({ renewsSoon, sponsor }) => renewsSoon && !sponsor)).toBeGreaterThan(500);
		expect(count(({ nearLimit }) => nearLimit)).toBe(200);
	});

	test('nobody is handed to a human, and nobody is written to about their health or a limit (P09)', () => {
		const all = between(FROM, UNTIL + DAY);
		expect(all.length).toBeGreaterThan(1_000);
		// what calls a human is neither health nor a sponsor who was missing before
		expect(
			all
				.filter((line) => HUMANS.test(line) && !/^(Task: renewal|Please call: set-up)/.test(line))
				.filter((line) => !/renewal date has passed|no executive sponsor/.test(line)),
		).toEqual([]);
		expect(
			countOf(
				all,
				/^Your team uses|^Is something in the way|^20 minutes with|room for more|outgrowing/,
			),
		).toBe(0);
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
		const ofRenewal = /^What Example did|^Renew with one click|days left: keep/;
		const heard = [...played.deliveries.values()].map(
			(mails) =>
				mails.filter(({ at, step }) => at < FROM + 12 * HOUR && ofRenewal.test(step)).length,
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

	test('while the export is broken, nothing goes to customers about it, and the team gets one alarm a day of each journey that holds (P10)', () => {
		expect(between(SUNDAY, SUNDAY + DAY).filter((line) => line.endsWith(' > admin'))).toEqual([]);
		const alarms = played.operations
			.filter(({ at }) => at >= SUNDAY && at < MENDED)
			.map(({ at, subject }) => `${dayIn(PROGRAMME, at)} ${subject}`);
		expect(alarms.filter((line) => line.includes('held, please check the data'))).toEqual(alarms);
		expect(alarms.filter((line) => line.startsWith('2026-03-08'))).not.toEqual([]);
		expect(new Set(alarms).size).toBe(alarms.length);
	});

	test('when it is mended, bands are as before after two daily scores, and nothing is left of it', () => {
		expect(played.operations.filter(({ at }) => at >= UNTIL - DAY)).toEqual([]);
	});
});
