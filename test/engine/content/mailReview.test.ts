import { mailInUse, reviewMails } from '../../../engine/content/mailReview';

const ZONE = 'Europe/Berlin';
const NOW = Date.parse('2026-03-02T09:00:00Z');
const DAY = 86_400_000;
const sent = (mail: string, daysAgo: number, more: object = {}) =>
	mailInUse(
		{ mail, name: mail, workflow: 'Onboarding', ...more },
		'2026-03-01',
		NOW - daysAgo * DAY,
	);
const review = (events: ReturnType<typeof sent>[], over: object = {}) =>
	reviewMails(events, { now: NOW, zone: ZONE, reviewDays: 180, sentWithinDays: 30, ...over }).map(
		({ mail, reasons }) => [mail, ...reasons.map(({ code }) => code)].join(' '),
	);

describe('the mails that customers got lately, and who looks at them (R79)', () => {
	it.each([
		['180 days ago', '2025-09-03', ['welcome']],
		['181 days ago', '2025-09-02', ['welcome reviewedTooLongAgo']],
		['never', undefined, ['welcome neverReviewed']],
	])('reviewed %s', (_when, reviewedAt, expected) => {
		expect(review([sent('welcome', 1, { reviewedAt })])).toEqual(expected);
	});

	it('against a version of the product that is not today’s any more', () => {
		const checked = { reviewedAt: '2026-02-20', productVersion: '5.1' };
		expect(review([sent('welcome', 1, checked)])).toEqual(['welcome']);
		expect(review([sent('welcome', 1, checked)], { productVersion: '5.2' })).toHaveLength(1);
		expect(review([sent('welcome', 1, checked)], { productVersion: '5.2' })).not.toEqual([
			'welcome',
		]);
	});

	it('as it was sent last, once, and not what nobody got for a month', () => {
		const events = [
			sent('welcome', 10),
			sent('welcome', 1, { reviewedAt: '2026-02-20' }),
			sent('nudge', 31),
			sent('guide', 30),
		];
		expect(review(events)).toEqual(['guide neverReviewed', 'welcome']);
		expect(review(events.toReversed())).toEqual(['guide neverReviewed', 'welcome']);
	});

	it('asks for none where the limit is 0', () => {
		expect(review([sent('welcome', 1)], { reviewDays: 0 })).toEqual(['welcome']);
	});
});
