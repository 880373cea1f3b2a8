import { FOR_HUMAN_LED, forDigital, type Preset, type PresetRule } from './preset';

const GREEN: PresetRule = { field: 'health.band', is: 'equals', value: 'green' };
const DATE = 'renewalDate';

/** Renewal preparation: R42–R46, R48 with P25–P28 and P31. The survey six months before (R47) is `SURVEY`. */
export const RENEWAL: Preset = {
	id: 'renewal',
	name: 'Renewal',
	description: 'Value and an easy renewal while green, a human conversation as soon as not',
	type: 'renewal',
	// R42; P27 says which dates are one cycle
	start: { type: 'beforeDate', field: DATE, days: 90 },
	// P25: terms of 180 days or more; an unknown term is taken for one
	enters: {
		match: 'any',
		rules: [
			{ field: 'termMonths', is: 'atLeast', value: 6 },
			{ field: 'termMonths', is: 'empty' },
		],
	},
	reEntry: { type: 'never' },
	atGoLive: 'baseline',
	// whoever is in the window already would be written to on one day; the nearest dates go first (P09)
	rampPerDay: 100,
	rampDays: 14,
	endAfterDays: 120,
	endsAtFirstValue: false,
	steps: [
		// R42, R43, R44
		{
			id: 'summary',
			name: 'Value summary',
			output: 1,
			channel: 'email',
			when: { type: 'daysBeforeDate', field: DATE, days: 90 },
			conditions: forDigital(GREEN),
		},
		// R45
		{
			id: 'reminder',
			name: 'Reminder',
			output: 2,
			channel: 'email',
			when: { type: 'daysBeforeDate', field: DATE, days: 60 },
			conditions: forDigital(GREEN),
		},
		// P25
		{
			id: 'last-reminder',
			name: 'Last reminder',
			output: 3,
			channel: 'email',
			when: { type: 'daysBeforeDate', field: DATE, days: 30 },
			conditions: forDigital(GREEN),
		},
		// R46, P25: the first day in the window that is not green, or of which nobody knows it, once per cycle
		{
			id: 'conversation',
			name: 'Renewal conversation',
			output: 4,
			channel: 'human',
			when: { type: 'conditionsMet' },
			conditions: forDigital(
				{ field: 'health.band', is: 'notEquals', value: 'green' },
				{ field: 'journey.renewalInDays', is: 'atLeast', value: 0 },
			),
		},
		// P31
		{
			id: 'csm-task',
			name: 'Task for the CSM',
			output: 5,
			channel: 'alert',
			when: { type: 'daysBeforeDate', field: DATE, days: 90 },
			conditions: FOR_HUMAN_LED,
			// once the date has passed, `date-passed` asks for the outcome instead (P27)
			staleAfterDays: 91,
		},
		// R25, R48, P28: fewer than 60 days left and no sponsor, or the sponsor goes
		{
			id: 'no-sponsor',
			name: 'No executive sponsor',
			output: 5,
			channel: 'alert',
			when: { type: 'conditionsMet' },
			conditions: {
				match: 'all',
				rules: [
					{ field: 'journey.sponsored', is: 'false' },
					{ field: 'journey.renewalInDays', is: 'less', value: 60 },
					{ field: 'journey.renewalInDays', is: 'atLeast', value: 0 },
				],
			},
		},
		// P27: passed without an outcome
		{
			id: 'date-passed',
			name: 'Date passed',
			output: 5,
			channel: 'alert',
			when: { type: 'daysAfterDate', field: DATE, days: 1 },
		},
		// P12
		{
			id: 'reach-by-hand',
			name: 'Reach by hand',
			output: 4,
			channel: 'human',
			when: { type: 'unreachable' },
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
