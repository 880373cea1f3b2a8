import { FOR_HUMAN_LED, forDigital, type Preset } from './preset';

/** Health-triggered intervention: R38–R41 with P18–P23 and P31. */
export const INTERVENTION: Preset = {
	id: 'intervention',
	name: 'Health Intervention',
	description: 'Help when health drops, a consultation after a week, a human after two',
	type: 'intervention',
	start: { type: 'conditions' },
	enters: {
		match: 'all',
		rules: [
			// P19: a drop under 60, armed again only after it recovered; before first value there is none, for 30 days at most (P18)
			{ field: 'health.dropped', is: 'true' },
		],
	},
	// P19, P22: 65 or more on two consecutive daily scores ends it in silence
	goal: { match: 'all', rules: [{ field: 'health.recovered', is: 'true' }] },
	// P22: an open human case ends it too, or keeps it from starting
	exit: { match: 'all', rules: [{ field: 'journey.caseOpen', is: 'true' }] },
	reEntry: { type: 'onReMatch', atMost: 0 },
	atGoLive: 'baseline',
	endAfterDays: 45,
	endsAtFirstValue: false,
	steps: [
		// R38
		{
			id: 'pattern',
			name: 'What we see',
			output: 1,
			channel: 'email',
			when: { type: 'daysAfterStart', days: 0 },
			conditions: forDigital(),
			staleAfterDays: 7,
		},
		// R39
		{
			id: 'in-app-help',
			name: 'In-app help',
			output: 2,
			channel: 'inApp',
			when: { type: 'daysAfterStart', days: 0 },
			conditions: forDigital(),
			staleAfterDays: 7,
		},
		// R40, P20, P21: less than five points better on day 7
		{
			id: 'consultation',
			name: 'Offer a consultation',
			output: 3,
			channel: 'email',
			when: { type: 'daysAfterFirstMessage', days: 7 },
			conditions: forDigital({ field: 'journey.healthGain', is: 'less', value: 5 }),
			staleAfterDays: 7,
		},
		// P21: improved but not recovered waits until day 14; one offer per episode
		{
			id: 'consultation-later',
			name: 'Offer a consultation later',
			output: 3,
			channel: 'email',
			when: { type: 'daysAfterFirstMessage', days: 14 },
			conditions: forDigital({ field: 'journey.sent', is: 'lacks', value: 'consultation' }),
			staleAfterDays: 7,
		},
		// R41, P22
		{
			id: 'nobody-engaged',
			name: 'Nobody engaged',
			output: 4,
			channel: 'human',
			when: { type: 'noEngagement', days: 14 },
			// whoever engaged once and went silent has until day 30 (P22)
			conditions: {
				match: 'all',
				rules: [{ field: 'journey.engagement', is: 'equals', value: 'none' }],
			},
		},
		// where no channel reports, nobody may say that nobody engaged: somebody looks
		{
			id: 'engagement-unknown',
			name: 'Engagement unknown',
			output: 5,
			channel: 'alert',
			when: { type: 'daysAfterFirstMessage', days: 14 },
			conditions: {
				match: 'all',
				rules: [{ field: 'journey.engagement', is: 'equals', value: 'unknown' }],
			},
		},
		// P22: engaged but not recovered on day 30
		{
			id: 'still-low',
			name: 'Still low after 30 days',
			output: 4,
			channel: 'human',
			when: { type: 'daysAfterFirstMessage', days: 30 },
		},
		// P20: nothing could be sent within 3 days
		{
			id: 'not-reached',
			name: 'Nothing could be sent',
			output: 4,
			channel: 'human',
			when: { type: 'daysAfterStart', days: 3 },
			conditions: forDigital({ field: 'journey.messages', is: 'less', value: 1 }),
		},
		// P23: a new drop within 30 days after an episode ended; for a named success manager it stands for the task (P31)
		{
			id: 'relapse',
			name: 'Dropped again',
			output: 4,
			channel: 'human',
			when: { type: 'daysAfterStart', days: 0 },
			conditions: {
				match: 'all',
				rules: [{ field: 'journey.endedDaysAgo', is: 'atMost', value: 30 }],
			},
		},
		// P31
		{
			id: 'csm-task',
			name: 'Task for the CSM',
			output: 5,
			channel: 'alert',
			when: { type: 'daysAfterStart', days: 0 },
			conditions: FOR_HUMAN_LED,
		},
		// P12
		{
			id: 'reach-by-hand',
			name: 'Reach by hand',
			output: 4,
			channel: 'human',
			when: { type: 'unreachable' },
		},
		// P18, P33, R64
		{
			id: 'asked-for-help',
			name: 'Asked for help',
			output: 4,
			channel: 'human',
			when: { type: 'helpWanted' },
		},
	],
};
