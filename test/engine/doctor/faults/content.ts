import { node, rewrite, set, type File } from '../change';
import { EDUCATION, ONBOARDING, RENEWAL, TOUCHPOINTS, type Fault } from './fault';

/** The touch of the quarter, again and again while somebody is in the journey. */
const everyDays =
	(days: number) =>
	(file: File): void => {
		set(file, 'Quarterly touch', ['steps', 'step', '0', 'when'], 'everyDays');
		set(file, 'Quarterly touch', ['steps', 'step', '0', 'days'], days);
	};

export const content: readonly Fault[] = [
	{
		fault: 'content that nobody ever reviewed',
		file: EDUCATION,
		breakIt: (file) =>
			rewrite(file, 'Sample catalogue', 'jsonOutput', (text) =>
				text.replace(/"reviewedAt": "' \+ \$now[^,]*, /, ''),
			),
		rule: 'content-not-reviewed',
		at: 'Sample catalogue',
	},
	{
		fault: 'content reviewed more than half a year ago',
		file: EDUCATION,
		breakIt: (file) =>
			rewrite(file, 'Sample catalogue', 'jsonOutput', (text) =>
				text.replace("' + $now.minus({ days: 30 }).toISODate() + '", '2025-02-28'),
			),
		rule: 'content-not-reviewed',
		at: 'Sample catalogue',
	},
	{
		fault: 'reviews not asked for',
		file: EDUCATION,
		breakIt: (file) => set(file, 'Next most relevant content', ['reviewDays'], 0),
		rule: 'content-reviews-off',
		at: 'Next most relevant content',
	},
	{
		fault: 'a mail whose review is long ago',
		file: ONBOARDING,
		breakIt: (file) => (node(file, 'Mail: welcome').notes = 'Reviewed: 2025-11-01'),
		rule: 'mail-not-reviewed',
		at: 'Mail: welcome',
	},
	{
		// 10,000 × 15 % is 1,500 a year, at 125 an hour 12 hours
		fault: 'twenty hours planned for an account that pays for twelve',
		file: RENEWAL,
		breakIt: (file) => {
			set(file, 'Tier', ['costToServe'], true);
			set(file, 'Tier', ['plannedHours'], { row: [{ tier: 'pooled', hours: 20 }] });
		},
		rule: 'hours-over-budget',
		at: 'Tier',
	},
	{
		// 5,000 × 15 % is 750 a year, at 125 an hour 6 hours; a task every 14 days makes 26
		fault: 'a task every two weeks for an account that pays for six hours',
		file: TOUCHPOINTS,
		breakIt: (file) => {
			set(file, 'Quarterly touch', ['reEntry'], 'afterDays');
			set(file, 'Quarterly touch', ['reEntryDays'], 14);
		},
		rule: 'hours-over-budget',
		at: 'Quarterly touch',
	},
	{
		fault: 'a step every seven days, which are 52 hours a year, for an account that pays for six',
		file: TOUCHPOINTS,
		breakIt: everyDays(7),
		rule: 'hours-over-budget',
		at: 'Quarterly touch',
	},
	{
		fault: 'a task every two weeks, for a tier that the gate names among the others',
		file: TOUCHPOINTS,
		breakIt: (file) => {
			set(file, 'Quarterly touch', ['reEntry'], 'afterDays');
			set(file, 'Quarterly touch', ['reEntryDays'], 14);
			set(file, 'Who is in scope', ['tiers'], []);
			set(file, 'Who is in scope', ['otherTiers'], 'Hybrid');
		},
		rule: 'hours-over-budget',
		at: 'Quarterly touch',
	},
	{
		fault: 'a readout each month for who pays for six hours',
		file: TOUCHPOINTS,
		breakIt: (file) => set(file, 'Value readout', ['reEntryDays'], 30),
		rule: 'hours-over-budget',
		at: 'Value readout',
	},
];
