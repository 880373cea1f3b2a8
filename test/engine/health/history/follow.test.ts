import { modelOf } from '../models';
import { Diary, MONDAY, type Entry } from './diary';

const T = MONDAY;
const times = (count: number, value: number | null): (number | null)[] =>
	Array.from({ length: count }, () => value);
const codes = ({ alerts }: Entry): string[] => alerts.map(({ code }) => code);
const reasonCodes = ({ reasons }: Entry): string[] => reasons.map(({ code }) => code);

describe('a drop (P19)', () => {
	it.each<[string, (number | null)[], boolean, boolean]>([
		['below 60 after 60', [60, 59], true, false],
		['the first score ever', [59], true, false],
		['60 is none', [75, 60], false, false],
		['stays until recovered', [59, 62, 64, 64], true, false],
		['65 once is not enough', [59, 65, 64, 65], true, false],
		['65 twice recovers', [59, 65, 65], false, true],
		['recovered stays true until the next drop', [59, 65, 65, 61, 70], false, true],
		['and then is a drop again', [59, 65, 65, 61, 59], true, false],
		['below 60 again without 65 twice before is the same one', [59, 65, 61, 50], true, false],
		[
			'a day without a score is none of the two, and does not part them',
			[59, 65, null, 65],
			false,
			true,
		],
		['who never dropped never recovered', [80, 80, 80], false, false],
	])('%s', (_what, scores, dropped, recovered) => {
		expect(new Diary().days(scores)).toMatchObject({ dropped, recovered });
	});

	it('tells since when, by a key that stays the same, and by another one the next time', () => {
		const diary = new Diary();
		diary.days([70, 50]);
		const later = diary.on(T + 5, 40);
		expect(later).toMatchObject({ dropped: true, droppedOn: '2026-03-03' });
		expect(later.alerts).toEqual([
			{
				code: 'health_dropped',
				key: 'health_dropped/test/acme/2026-03-03',
				since: '2026-03-03',
				priority: 'normal',
				under: 60,
				text: 'Health dropped under 60 on 2026-03-03',
			},
		]);
		const again = diary.days([70, 70, 50], T + 6);
		expect(again.alerts).toMatchObject([{ key: 'health_dropped/test/acme/2026-03-10' }]);
	});

	it('tells the threshold of its own day, whatever the model says since', () => {
		const of = (yellow: number): Diary =>
			new Diary(modelOf([{ id: 'a', field: 'a' }], { bands: { green: 80, yellow } }));
		const diary = of(60);
		diary.on(T, 50);
		const later = of(40);
		later.row = diary.row;
		expect(later.on(T + 1, 30).alerts).toMatchObject([
			{ under: 60, text: 'Health dropped under 60 on 2026-03-02' },
		]);
		// what was well under then does not count as recovered
		const other = of(40);
		other.row = diary.row;
		expect(other.on(T + 1, 50).dropped).toBe(true);
		expect(other.on(T + 2, 50).dropped).toBe(false);
	});

	it('needs a coverage that gives a band', () => {
		const diary = new Diary();
		expect(diary.on(T, '40?')).toMatchObject({ band: 'unknown', dropped: false, previous: null });
		expect(diary.on(T, 50)).toMatchObject({ band: 'red', dropped: true, previous: null });
		expect(diary.on(T + 1, '90?')).toMatchObject({
			band: 'unknown',
			dropped: true,
			daysInBand: null,
		});
	});

	it('follows the thresholds of the model', () => {
		const model = modelOf([{ id: 'a', field: 'a' }], {
			bands: { green: 80, yellow: 40 },
			hysteresis: { margin: 10, scores: 3 },
		});
		expect(new Diary(model).days([45, 41])).toMatchObject({ dropped: false });
		expect(new Diary(model).days([39, 50, 50])).toMatchObject({ dropped: true });
		expect(new Diary(model).days([39, 50, 50, 50])).toMatchObject({ recovered: true });
	});

	it('in onboarding is none, and is one on the first day after it (P18, P19)', () => {
		const diary = new Diary();
		expect(diary.on(T, 40, { inOnboarding: true })).toMatchObject({ dropped: false, alerts: [] });
		expect(diary.on(T + 1, 40, { inOnboarding: true }).dropped).toBe(false);
		expect(diary.on(T + 2, 40)).toMatchObject({ dropped: true, droppedOn: '2026-03-04' });
	});

	it('in the very first sweep is listed as what was there before (P09), for as long as it lasts', () => {
		const diary = new Diary();
		expect(diary.on(T, 40, { isFirst: true })).toMatchObject({
			dropped: true,
			alerts: [{ code: 'health_dropped', baseline: true }],
		});
		expect(diary.on(T + 3, 40).alerts).toMatchObject([{ baseline: true }]);
	});
});

describe('a daily score', () => {
	it('is the first of the day; later ones are told and move nothing', () => {
		const diary = new Diary();
		diary.days([70]);
		expect(diary.on(T + 1, 62)).toMatchObject({ band: 'yellow', previous: 70, change: -8 });
		const later = diary.on(T + 1, 40);
		expect(later).toMatchObject({ band: 'yellow', dropped: false, previous: 70, change: -30 });
		expect(later.reasons).toEqual([
			{
				code: 'band_held',
				why: 'first_score_of_day',
				band: 'yellow',
				without: 'red',
				text: "The band stays yellow today: the day's first score decides, which was 62",
			},
		]);
		expect(diary.writes).toBe(2);
		expect(diary.on(T + 2, 40)).toMatchObject({ band: 'red', dropped: true, previous: 62 });
	});

	it('may come later on a day that had none', () => {
		const diary = new Diary();
		diary.days([70]);
		expect(diary.on(T + 1, null).band).toBe('unknown');
		expect(diary.on(T + 1, 50)).toMatchObject({ dropped: true, previous: 70 });
		expect(diary.on(T + 1, 90)).toMatchObject({ dropped: true, previous: 70 });
	});

	it('of a day that comes late is told and moves nothing', () => {
		const diary = new Diary();
		diary.days([70, 72]);
		diary.on(T + 3, 74);
		const { row } = diary;
		expect(diary.on(T + 2, 20)).toMatchObject({
			dropped: false,
			previous: 72,
			change: -52,
			band: 'red',
		});
		expect(diary.row).toEqual(row);
		expect(diary.on(T + 4, 74)).toMatchObject({ dropped: false, previous: 74 });
	});

	it('of a day that comes late says so, which a run ahead of the clock would else hide', () => {
		const diary = new Diary();
		diary.days([70]);
		diary.on(T + 30, 70);
		expect(diary.on(T + 1, 40)).toMatchObject({
			late: true,
			dropped: false,
			reasons: [
				{
					code: 'later_day_known',
					known: '2026-04-01',
					text: 'Shown only: memory knows a later day already, 2026-04-01, and until then this account moves nothing',
				},
			],
		});
		expect(diary.on(T + 30, 40)).toMatchObject({ late: false, band: 'yellow' });
		expect(diary.on(T + 31, 40)).toMatchObject({ late: false, dropped: true, reasons: [] });
	});

	it('is decided anew by the next sweep when one broke off before it wrote', () => {
		const diary = new Diary();
		diary.days([70]);
		const lost = diary.on(T + 1, 50, { lost: true });
		expect(lost.dropped).toBe(true);
		expect(diary.on(T + 1, 50)).toEqual(lost);
		expect(diary.on(T + 1, 50)).toEqual({ ...lost, scored: false, triggered: false });
	});
});

describe('the band', () => {
	it.each<[string, (number | null)[], string]>([
		['falls at once', [80, 59], 'red'],
		['rises after two scores well into the next', [55, 65, 65], 'yellow'],
		['not after one', [55, 65], 'red'],
		['nor after two that are just in it', [55, 64, 64], 'red'],
		['nor after two that are parted by one below', [55, 66, 64, 66], 'red'],
		[
			'after seven that are just in it, or 62 would be red for good',
			[55, ...times(7, 62)],
			'yellow',
		],
		['not after six', [55, ...times(6, 62)], 'red'],
		['rises from red to green at once where it is well into it', [50, 80, 80], 'green'],
		['and else step by step', [50, 79, 79], 'yellow'],
		['days without a score do not part them', [55, 65, null, null, 65], 'yellow'],
		['of the first score is its own', [76], 'green'],
		['is unknown where nothing is known', [80, null], 'unknown'],
		['and after that what it was', [55, null, 65], 'red'],
	])('%s', (_what, scores, band) => {
		expect(new Diary().days(scores).band).toBe(band);
	});

	it('says what holds it, and for how long it is the same', () => {
		const diary = new Diary();
		const held = diary.days([55, 70]);
		expect(held).toMatchObject({ band: 'red', daysInBand: 2 });
		expect(held.reasons).toEqual([
			{
				code: 'band_held',
				why: 'not_settled',
				band: 'red',
				without: 'yellow',
				text: 'The band stays red until the score is 65 or more on 2 days in a row, or 60 or more on 7 days in a row',
			},
		]);
		expect(diary.on(T + 2, 70)).toMatchObject({ band: 'yellow', daysInBand: 1, reasons: [] });
		expect(diary.on(T + 9, 70)).toMatchObject({ band: 'yellow', daysInBand: 8 });
	});

	it('is as a success manager judges it, at once and in either direction', () => {
		const judged = (score: number): object => ({
			health: {
				...new Diary().healthOf(score),
				reasons: [{ code: 'judged', by: null, until: 'x', note: null, without: 1, text: '' }],
			},
		});
		const diary = new Diary();
		diary.days([50]);
		expect(diary.on(T + 1, 80, judged(80)).band).toBe('green');
		expect(diary.on(T + 1, 40, judged(40)).band).toBe('red');
	});

	it('of an account that goes up and down around 60 for 60 days stays red, as it was well above only now and then', () => {
		const diary = new Diary();
		const bands = Array.from(
			{ length: 60 },
			(_none, day) => diary.on(T + day, day % 2 === 0 ? 58 : 66).band,
		);
		expect(new Set(bands)).toEqual(new Set(['red']));
	});
});

describe('what else is told of the past', () => {
	it('counts the days in a row at 65 or more (P35); days without a score neither add nor reset', () => {
		const diary = new Diary();
		expect(diary.days([70, 65, null, 90]).steadyDays).toBe(3);
		expect(diary.on(T + 4, 64).steadyDays).toBe(0);
		expect(diary.days(times(14, 65), T + 5).steadyDays).toBe(14);
	});

	it.each([
		[6, 11],
		[7, 1],
	])('after %p days without a score the days in a row are: %p', (days, steady) => {
		const diary = new Diary();
		diary.days(times(10, 70));
		expect(diary.on(T + 10 + days, null).steadyDays).toBe(days === 7 ? 0 : 10);
		expect(diary.on(T + 10 + days, 70).steadyDays).toBe(steady);
		expect(diary.on(T + 11 + days, 70).steadyDays).toBe(steady + 1);
	});

	it.each([
		[6, true],
		[7, false],
		[19, false],
	])('two scores with %p days without one between them are in a row: %p (P19)', (days, isRow) => {
		const diary = new Diary();
		diary.days([50, 66]);
		const band = isRow ? 'yellow' : 'red';
		expect(diary.on(T + 2 + days, 66)).toMatchObject({ recovered: isRow, band });
		expect(diary.on(T + 3 + days, 66)).toMatchObject({ recovered: true, band: 'yellow' });
	});

	it('a band settles also by scores of every fourth day', () => {
		const diary = new Diary();
		diary.days([50]);
		const bands = times(7, 62).map((score, place) => diary.on(T + 4 + 4 * place, score).band);
		expect(bands.join(' ')).toBe('red red red red red red yellow');
	});

	it('a band settles anew after a week without a score', () => {
		const diary = new Diary();
		diary.days([50, ...times(5, 62)]);
		const day = T + 6 + 7;
		expect(diary.days(times(6, 62), day).band).toBe('red');
		expect(diary.on(day + 6, 62).band).toBe('yellow');
	});

	it('compares the last week with the one that ended 4, and 12, weeks before', () => {
		const diary = new Diary();
		const entry = diary.days([
			...times(7, 50),
			...times(49, 60),
			...times(7, 70),
			...times(28, 80),
		]);
		// 91 days: the first seven are those that ended 84 days before the last
		expect(entry).toMatchObject({ trend4w: 10, trend12w: 30 });
		expect(diary.on(T + 91, 80)).toMatchObject({ trend4w: 8.57, trend12w: 28.57 });
	});

	it('needs three scores in each of the two weeks', () => {
		const trend = (now: number, then: number): number | null =>
			new Diary().days([
				...times(7 - then, null),
				...times(then, 60),
				...times(21, null),
				...times(7 - now, null),
				...times(now, 70),
			]).trend4w;
		expect(trend(3, 3)).toBe(10);
		expect(trend(2, 7)).toBeNull();
		expect(trend(7, 2)).toBeNull();
	});

	it('knows the last score for thirteen weeks', () => {
		const diary = new Diary();
		diary.days([70]);
		expect(diary.on(T + 90, 80)).toMatchObject({ previous: 70, change: 10 });
		diary.days([70], T + 200);
		expect(diary.on(T + 300, 80)).toMatchObject({ previous: null, change: null });
	});
});

describe('a usage alert (R24, R5, P03)', () => {
	it.each([
		[0.71, undefined],
		[0.7, undefined],
		[70 / 100, undefined],
		[0.699, 'normal'],
		[0.601, 'normal'],
		[0.6, 'urgent'],
		[0, 'urgent'],
		[NaN, undefined],
	])('a week at %p of the one before: %p', (weekChange, priority) => {
		const { alerts } = new Diary().on(T, 80, { weekChange });
		expect(alerts[0]?.priority).toBe(priority);
	});

	it('comes once in 14 days, and is listed as long', () => {
		const diary = new Diary();
		const keys = Array.from({ length: 30 }, (_none, day) => {
			const { alerts } = diary.on(T + day, 80, { weekChange: 0.5 });
			return alerts.map(({ key }) => key.slice(-5)).join();
		});
		expect(keys).toEqual([
			...times(14, null).map(() => '03-02'),
			...times(14, null).map(() => '03-16'),
			'03-30',
			'03-30',
		]);
		const { alerts } = new Diary().on(T, 80, { weekChange: 0.58 });
		expect(alerts).toEqual([
			{
				code: 'usage_fell',
				key: 'usage_fell/test/acme/2026-03-02',
				since: '2026-03-02',
				priority: 'urgent',
				percent: 42,
				text: 'Usage fell by 42 % from one closed week to the next',
			},
		]);
	});

	it('is listed on 14 days, the first and the last included, and not on days before it', () => {
		const diary = new Diary();
		diary.on(T, 80);
		diary.on(T + 10, 80, { weekChange: 0.5 });
		expect(codes(diary.on(T + 9, 80))).toEqual([]);
		expect(codes(diary.on(T + 10, 80))).toEqual(['usage_fell']);
		expect(codes(diary.on(T + 23, 80))).toEqual(['usage_fell']);
		expect(codes(diary.on(T + 24, 80))).toEqual([]);
	});

	it('needs no score, and is raised later on a day whose first sweep did not see it', () => {
		const diary = new Diary();
		expect(codes(diary.on(T, null, { weekChange: 0.5 }))).toEqual(['usage_fell']);
		const other = new Diary();
		other.on(T, 80);
		expect(codes(other.on(T, 80, { weekChange: 0.5 }))).toEqual(['usage_fell']);
	});

	it('is not raised in onboarding (P18)', () => {
		expect(new Diary().on(T, 80, { weekChange: 0, inOnboarding: true }).alerts).toEqual([]);
	});
});

describe('no sponsor before a renewal (R25, P28)', () => {
	const on = (diary: Diary, day: number, unsponsoredRenewal: number): Entry =>
		diary.on(day, 80, { unsponsoredRenewal });

	it('is listed while it holds, in onboarding too, by one key per cycle (P27)', () => {
		const diary = new Diary();
		const renewal = T + 59;
		const first = diary.on(T, null, { unsponsoredRenewal: renewal, inOnboarding: true });
		expect(first.alerts).toEqual([
			{
				code: 'no_sponsor',
				key: 'no_sponsor/test/acme/2026-04-30',
				since: '2026-03-02',
				priority: 'normal',
				renewal: '2026-04-30',
				text: 'The contract renews in 59 days and no executive sponsor is known',
			},
		]);
		expect(diary.on(T + 1, 80).alerts).toEqual([]);
		expect(on(diary, T + 2, renewal + 30).alerts).toMatchObject([
			{ key: 'no_sponsor/test/acme/2026-04-30', renewal: '2026-05-30' },
		]);
		expect(on(diary, T + 365, renewal + 365).alerts).toMatchObject([
			{ key: 'no_sponsor/test/acme/2027-04-30', since: '2027-03-02' },
		]);
	});
});

describe('a renewal that moves (P27)', () => {
	it.each([
		[-300, ['2026-03-02']],
		[180, ['2026-03-02']],
		[181, ['2026-03-03']],
	])('by %p days is alerted of since %p', (days, since) => {
		const diary = new Diary();
		diary.on(T, 80, { unsponsoredRenewal: T + 400 });
		const { alerts } = diary.on(T + 1, 80, { unsponsoredRenewal: T + 400 + days });
		expect(alerts.map((alert) => alert.since)).toEqual(since);
	});
});

describe('no sponsor, on other days', () => {
	const renewal = T + 40;
	const without = { unsponsoredRenewal: renewal };

	it('is not raised by a day that comes late, and not told on days before it was', () => {
		const diary = new Diary();
		diary.on(T + 10, 80);
		const { row } = diary;
		expect(diary.on(T + 9, 80, without)).toMatchObject({ alerts: [], triggered: false });
		expect(diary.row).toEqual(row);
		expect(codes(diary.on(T + 11, 80, without))).toEqual(['no_sponsor']);
		expect(codes(diary.on(T + 10, 80, without))).toEqual([]);
		expect(codes(diary.on(T + 11, 80, without))).toEqual(['no_sponsor']);
	});

	it('is held like other triggers, so that a column that vanished alerts nobody (P10)', () => {
		const diary = new Diary();
		diary.on(T, 80);
		const more = { ...without, held: 'implausibly_many' as const };
		expect(diary.on(T + 1, 80, more)).toMatchObject({
			triggered: true,
			alerts: [],
			reasons: [{ code: 'trigger_held' }],
		});
		expect(diary.on(T + 1, 80, without)).toMatchObject({ triggered: false, alerts: [] });
		const released = diary.on(T + 1, 80, { ...without, releases: true });
		expect(released).toMatchObject({ triggered: false, alerts: [{ since: '2026-03-03' }] });
		expect(diary.on(T + 2, 80, without).triggered).toBe(false);
	});

	it('is not told by the key of the cycle before while it is held', () => {
		const diary = new Diary();
		expect(diary.on(T, 80, without).triggered).toBe(true);
		const next = { unsponsoredRenewal: renewal + 365 };
		const today = diary.on(T + 365, 80, { ...next, held: 'implausibly_many' });
		expect(today).toMatchObject({ triggered: true, alerts: [] });
		expect(codes(diary.on(T + 366, 80, next))).toEqual(['no_sponsor']);
	});
});

describe('what is held (P10)', () => {
	const held = 'implausibly_many' as const;

	it('is not released by a day that comes late, which changes nothing', () => {
		const diary = new Diary();
		diary.days([80]);
		diary.on(T + 1, 40, { held, weekChange: 0.5 });
		diary.on(T + 2, 80);
		const { row } = diary;
		expect(diary.on(T + 1, 40, { releases: true, weekChange: 0.5 }).alerts).toEqual([]);
		expect(diary.row).toEqual(row);
	});

	it('is told, not raised, and decided afresh the next day; the score is recorded', () => {
		const diary = new Diary();
		diary.days([80]);
		const today = diary.on(T + 1, 40, { held, weekChange: 0.5 });
		expect(today).toMatchObject({ triggered: true, dropped: false, alerts: [], band: 'red' });
		expect(reasonCodes(today)).toEqual(['trigger_held']);
		// later that day it is still held, and counts for nobody
		const later = diary.on(T + 1, 40, { weekChange: 0.5 });
		expect(later).toMatchObject({ triggered: false, dropped: false, alerts: [] });
		expect(reasonCodes(later)).toEqual(['trigger_held']);
		const next = diary.on(T + 2, 40, { weekChange: 0.5 });
		expect(next).toMatchObject({ dropped: true, droppedOn: '2026-03-04', previous: 40 });
		expect(codes(next)).toEqual(['health_dropped', 'usage_fell']);
	});

	it('is raised the same day once somebody has looked', () => {
		const diary = new Diary();
		diary.days([80]);
		diary.on(T + 1, 40, { held, weekChange: 0.5 });
		const released = diary.on(T + 1, 40, { releases: true, weekChange: 0.5 });
		expect(released).toMatchObject({ dropped: true, droppedOn: '2026-03-03', triggered: false });
		expect(codes(released)).toEqual(['health_dropped', 'usage_fell']);
		expect(reasonCodes(released)).toEqual([]);
		expect(diary.on(T + 1, 40)).toMatchObject({ dropped: true, reasons: [] });
	});

	it('is forgotten when the feed is mended', () => {
		const diary = new Diary();
		diary.days([80]);
		diary.on(T + 1, 40, { held });
		expect(diary.on(T + 2, 80)).toMatchObject({ dropped: false, reasons: [{ code: 'band_held' }] });
		expect(diary.on(T + 3, 80)).toMatchObject({ dropped: false, band: 'green', reasons: [] });
	});

	it('takes back nothing that was raised before', () => {
		const diary = new Diary();
		diary.days([40]);
		expect(diary.on(T + 1, 40, { held })).toMatchObject({ triggered: false, dropped: true });
	});
});
