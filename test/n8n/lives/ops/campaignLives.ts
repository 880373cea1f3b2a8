import { person } from '../onboardingLives';
import { livesFrom, RED, type Story } from './opsPlay';
import type { Life } from '../life';

/** A Thursday; the webinar is two weeks later at 11:00 in Berlin. */
const DAY_0 = '2026-03-05';
export const FROM = Date.parse('2026-03-04T08:05:00Z');
export const UNTIL = Date.parse('2026-03-31T20:05:00Z');
export const WEBINAR = '2026-03-19T11:00:00+01:00';

export const webinar = { featuresUsed: ['boards'] };
const user = { featuresUsed: ['boards', 'reports'] };
const registers = (at: string) => ({ at, type: 'webinar_registered', contact: 'admin' });
const clicks = (at: string) => ({ at, type: 'clicked', contact: 'admin', human: true });

const INVITED = '+0 invitation > admin';

const STORIES: readonly Story[] = [
	{
		id: 'invited',
		story: 'works with it, not yet with reports: invited, and no more',
		expected: [INVITED],
	},
	{
		id: 'registers',
		story: 'registered: reminded the day before, the recording a day after (R54)',
		events: [registers('+3 10:00')],
		expected: [INVITED, '+13 reminder > admin', '+15 recording > admin'],
	},
	{
		id: 'registers-late',
		story: 'registers on the day before, after the reminder was due: the recording only',
		events: [registers('+13 15:00')],
		expected: [INVITED, '+15 recording > admin'],
	},
	{
		id: 'registers-for-another',
		story: 'what they registered for is another campaign',
		events: [{ ...registers('+3 10:00'), campaign: 'webinar-other' }],
		expected: [INVITED],
	},
	{
		id: 'clicks',
		story:
			'clicked and did not register: reminded seven days after the invitation and later, the recording seven days after that (P04)',
		events: [clicks('+2 10:00')],
		expected: [INVITED, '+13 reminder-clicked > admin', '+20 recording > admin'],
	},
	{
		id: 'registers-and-clicks',
		story: 'both: the reminder and the recording of who registered, once',
		events: [clicks('+2 10:00'), registers('+3 10:00')],
		expected: [INVITED, '+13 reminder > admin', '+15 recording > admin'],
	},
	{
		id: 'nobody-until-22',
		story: 'nobody to write to from the webinar until a week later: the recording then',
		account: (day) => (day >= 14 && day < 22 ? { contacts: [] } : {}),
		events: [registers('+3 10:00')],
		expected: [INVITED, '+13 reminder > admin', '+22 recording > admin'],
	},
	{
		id: 'nobody-until-26',
		story: 'until more than ten days after it: too late',
		account: (day) => (day >= 14 && day < 26 ? { contacts: [] } : {}),
		events: [registers('+3 10:00')],
		expected: [INVITED, '+13 reminder > admin'],
	},
	{
		id: 'scanner',
		story: 'a scanner opened the link: nobody was interested (P13)',
		events: [{ at: '+0 15:00', type: 'clicked', contact: 'admin', human: false }],
		expected: [INVITED],
	},
	{
		id: 'starts-using',
		story: 'takes up reports after the invitation: the news waits until seven days after it (P04)',
		account: (day) => (day >= 4 ? { usage: user } : {}),
		expected: [INVITED, '+7 announcement > admin'],
	},
	{
		id: 'starts-using-14',
		story: 'takes up reports nine days after the news: still news',
		account: (day) => (day >= 14 ? { usage: user } : {}),
		expected: [INVITED, '+14 announcement > admin'],
	},
	{
		id: 'starts-using-15',
		story: 'ten days after it: no news any more',
		account: (day) => (day >= 15 ? { usage: user } : {}),
		expected: [INVITED],
	},
	{
		id: 'uses-it',
		story: 'uses reports: the news instead, on its day (R60)',
		account: () => ({ usage: user }),
		expected: ['+5 announcement > admin'],
	},
	{
		id: 'asleep',
		story: 'not used for 31 days: nothing (R80)',
		account: () => ({ usage: { ...webinar, lastActiveDay: -31 } }),
		expected: [],
	},
	{
		id: 'asleep-user',
		story: 'works with reports, and has not for 31 days: no news either',
		account: () => ({ usage: { ...user, lastActiveDay: -31 } }),
		expected: [],
	},
	{
		id: 'thirty',
		story: 'last used 30 days ago on the day of the invitation: still in use',
		account: (day) => ({ usage: { ...webinar, lastActiveDay: day < 1 ? -30 : day - 1 } }),
		expected: [INVITED],
	},
	{
		id: 'red',
		story: 'red: never in one list with the well (R76)',
		account: () => RED,
		expected: [],
	},
	{
		id: 'turns-red',
		story: 'turns red after the invitation: hears no more of it',
		account: (day) => (day >= 6 ? RED : {}),
		events: [registers('+3 10:00')],
		expected: [INVITED],
	},
	{
		id: 'high-touch',
		story: 'has a success manager, who invites in person (R76)',
		account: () => ({ arr: 140_000, csm: 'csm' }),
		expected: [],
	},
	{
		id: 'onboarding',
		story: 'still getting started: other mails come first',
		account: () => ({ lifecycleStage: 'onboarding' }),
		expected: [],
	},
	{
		id: 'unsubscribed',
		story: 'has unsubscribed (P12)',
		account: () => ({ contacts: [{ ...person('admin'), unsubscribed: true }] }),
		expected: [],
	},
	{
		id: 'unsubscribes',
		story: 'unsubscribes between invitation and reminder',
		events: [registers('+3 10:00'), { at: '+5 10:00', type: 'unsubscribed', contact: 'admin' }],
		expected: [INVITED],
	},
	{
		id: 'admin-gone',
		story: 'the admin has left: the next person (P11)',
		account: () => ({
			contacts: [{ ...person('admin'), status: 'left' }, person('decisionMaker')],
		}),
		expected: ['+0 invitation > decisionMaker'],
	},
	{
		id: 'replies',
		story: 'replies: a human at once, and no more of the campaign while they have it (P33, P06)',
		events: [registers('+3 10:00'), { at: '+4 12:00', type: 'reply_received', contact: 'admin' }],
		expected: [INVITED, '+4 asked-for-help > team'],
	},
	{
		id: 'new-on-4',
		story: 'first seen on a Monday, four days late: invited then, in office hours (P02)',
		account: (day) => (day < 4 ? { unknown: true } : {}),
		expected: ['+4 invitation > admin'],
	},
	{
		id: 'new-on-2',
		story: 'first seen on a Saturday: on Monday',
		account: (day) => (day < 2 ? { unknown: true } : {}),
		expected: ['+4 invitation > admin'],
	},
	{
		id: 'new-on-11',
		story: 'first seen three days before the webinar: just in time',
		account: (day) => (day < 11 ? { unknown: true } : {}),
		expected: ['+11 invitation > admin'],
	},
	{
		id: 'new-on-12',
		story: 'first seen two days before: it is too late for an invitation',
		account: (day) => (day < 12 ? { unknown: true } : {}),
		expected: [],
	},
	{
		id: 'new-york',
		zone: 'America/New_York',
		story: 'their own dates and hours',
		events: [registers('+3 10:00')],
		expected: [INVITED, '+13 reminder > admin', '+15 recording > admin'],
	},
];
export const LIVES: readonly Life[] = livesFrom(DAY_0, STORIES);
