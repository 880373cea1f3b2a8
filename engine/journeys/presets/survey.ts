import { FOR_HUMAN_LED, forDigital, type Preset } from './preset';

/** Six calendar months before the date. */
const DUE = { type: 'daysBeforeDate', field: 'renewalDate', months: 6, days: 0 } as const;
/** Dropped when more than 14 days late. */
const LATE = 15;

/** "Likely to renew?": R47 with P28. It is over before the renewal journey begins (R42). */
export const SURVEY: Preset = {
	id: 'survey',
	name: 'Renewal Survey',
	description: 'Asks six months before whether they are likely to renew; a human where not',
	type: 'survey',
	start: { type: 'beforeDate', field: 'renewalDate', months: 6, days: 0 },
	enters: { match: 'all', rules: [{ field: 'termMonths', is: 'atLeast', value: 12 }] },
	reEntry: { type: 'never' },
	atGoLive: 'baseline',
	endAfterDays: 90,
	endsAtFirstValue: false,
	// who decides about a renewal is who is asked about it (P11)
	roles: ['decisionMaker', 'admin', 'champion', 'user'],
	steps: [
		// R47
		{
			id: 'survey',
			name: 'Likely to renew?',
			output: 1,
			channel: 'email',
			when: DUE,
			conditions: forDigital(),
			staleAfterDays: LATE,
		},
		// P31
		{
			id: 'survey-task',
			name: 'Survey by the CSM',
			output: 2,
			channel: 'alert',
			when: DUE,
			conditions: FOR_HUMAN_LED,
			staleAfterDays: LATE,
		},
		// P28
		{
			id: 'low-answer',
			name: 'Not likely to renew',
			output: 3,
			channel: 'human',
			when: { type: 'conditionsMet' },
			conditions: {
				match: 'all',
				rules: [
					{ field: 'journey.surveyAnswer', is: 'notEmpty' },
					{ field: 'journey.surveyAnswer', is: 'atMost', value: 6 },
				],
			},
		},
		// P33, R64
		{
			id: 'survey-help',
			name: 'Asked for help',
			output: 3,
			channel: 'human',
			when: { type: 'helpWanted' },
		},
	],
};
