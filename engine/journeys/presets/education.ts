import { oneOf, type Preset } from './preset';

/** Ongoing education: R34–R37 with P24. What to send is chosen behind the step, by Content Selector. */
export const EDUCATION: Preset = {
	id: 'education',
	name: 'Education',
	description: 'The next most relevant tip, every two weeks at most',
	type: 'education',
	start: { type: 'conditions' },
	// P24: only after first value, whenever that was
	enters: {
		match: 'any',
		rules: [
			{ field: 'journey.firstValueAt', is: 'notEmpty' },
			...oneOf('lifecycleStage', 'adopting', 'established', 'renewing'),
		],
	},
	// P24: nothing without use in the last 30 days; whoever comes back is taught again
	exit: { match: 'any', rules: [{ field: 'journey.unusedForDays', is: 'more', value: 30 }] },
	reEntry: { type: 'onReMatch', atMost: 0 },
	// a programme for everybody, not an alarm: existing customers come in as well, slowed down by the ramp (P09)
	atGoLive: 'enroll',
	rampPerDay: 50,
	rampDays: 14,
	endAfterDays: 0,
	endsAtFirstValue: false,
	steps: [
		// R34, R35, P24; seven days after the last onboarding mail because it is marketing (P04)
		{
			id: 'tip',
			name: 'Tip',
			output: 1,
			channel: 'email',
			when: { type: 'everyDays', days: 14 },
			// P24: nothing while health is red or unknown
			conditions: {
				match: 'all',
				rules: [
					{ field: 'health.band', is: 'notEmpty' },
					{ field: 'health.band', is: 'notEquals', value: 'red' },
					{ field: 'health.band', is: 'notEquals', value: 'unknown' },
				],
			},
		},
		// R64, P33
		{
			id: 'asked-for-help',
			name: 'Asked for help',
			output: 2,
			channel: 'human',
			when: { type: 'helpWanted' },
		},
	],
};
