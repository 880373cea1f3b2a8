import { FOR_HUMAN_LED, forDigital, oneOf, type Preset } from './preset';

/** Expansion: R49–R52 with P29–P31. `limits` says how near the account is to what its plan allows. */
export const EXPANSION: Preset = {
	id: 'expansion',
	name: 'Expansion',
	description: 'An upgrade offer when a plan limit comes near, sales for the larger ones',
	type: 'expansion',
	start: { type: 'conditions' },
	enters: {
		match: 'all',
		rules: [
			// R52, P29: 80 % or more of a limit on two consecutive daily readings
			{ field: 'limits.nearing', is: 'true' },
			{ field: 'health.band', is: 'equals', value: 'green' },
			{ field: 'journey.onboarding', is: 'false' },
		],
	},
	// P29: not while any of these holds
	exit: {
		match: 'any',
		rules: [
			{ field: 'journey.caseOpen', is: 'true' },
			...oneOf('health.band', 'yellow', 'red', 'unknown'),
			{ field: 'support.openP1', is: 'more', value: 0 },
			{ field: 'invoiceState', is: 'equals', value: 'overdue' },
			{ field: 'openOpportunity', is: 'true' },
			// the last 30 days before renewal begin with the thirtieth (P01)
			{ field: 'journey.renewalInDays', is: 'atMost', value: 30 },
		],
	},
	// P29: one offer per limit per 90 days
	reEntry: { type: 'afterDaysPerLimit', days: 90, atMost: 0 },
	atGoLive: 'baseline',
	// an offer can wait a day, and limits that are wrong show in the first fifty (P09)
	rampPerDay: 50,
	rampDays: 14,
	endAfterDays: 30,
	endsAtFirstValue: false,
	steps: [
		// R49, R50
		{
			id: 'offer',
			name: 'Upgrade offer',
			output: 1,
			channel: 'email',
			when: { type: 'daysAfterStart', days: 0 },
			conditions: forDigital(
				{ field: 'limits.selfService', is: 'true' },
				{ field: 'limits.uplift', is: 'less', value: 5000 },
			),
			staleAfterDays: 14,
		},
		// R51, P30: no self-service plan above, or an uplift of 5,000 a year or more; silences expansion only (P06)
		{
			id: 'to-sales',
			name: 'To sales',
			output: 2,
			channel: 'human',
			when: { type: 'daysAfterStart', days: 0 },
			conditions: {
				match: 'any',
				rules: [
					{ field: 'limits.selfService', is: 'false' },
					{ field: 'limits.uplift', is: 'atLeast', value: 5000 },
					// an offer has to say what it costs; nobody is to hear nothing of a limit that is near
					{ field: 'limits.uplift', is: 'empty' },
				],
			},
			silences: 'thisJourney',
		},
		// P31
		{
			id: 'csm-task',
			name: 'Task for the CSM',
			output: 3,
			channel: 'alert',
			when: { type: 'daysAfterStart', days: 0 },
			conditions: FOR_HUMAN_LED,
		},
		// P33, R64
		{
			id: 'asked-for-help',
			name: 'Asked for help',
			output: 4,
			channel: 'human',
			when: { type: 'helpWanted' },
		},
	],
};
