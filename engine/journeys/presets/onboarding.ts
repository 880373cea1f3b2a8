import type { Preset, PresetStep } from './preset';

/** The set-up of the sample product; replaced by the steps of one's own. */
export const SAMPLE_CHECKLIST = [
	{
		step: 'connect-data',
		title: 'Connect your data',
		url: 'https://help.example.com/connect-data',
	},
	{ step: 'invite-team', title: 'Invite your team', url: 'https://help.example.com/invite-team' },
	{
		step: 'first-report',
		title: 'Build your first report',
		url: 'https://help.example.com/first-report',
	},
];

/** Onboarding to first value: R28–R33 with the rules P01, P02 and P11–P18. */
export const ONBOARDING_STEPS: PresetStep[] = [
	// R7, R28: three welcome mails; whoever has finished set-up gets no more of them (R32)
	{
		id: 'welcome',
		name: 'Welcome',
		output: 1,
		channel: 'email',
		when: { type: 'daysAfterStart', days: 0 },
		onlyWhile: 'setUpUnfinished',
		atOnce: true,
		gettingStarted: true,
	},
	{
		id: 'set-up-guide',
		name: 'Set-up guide',
		output: 2,
		channel: 'email',
		when: { type: 'daysAfterStart', days: 2 },
		onlyWhile: 'setUpUnfinished',
		gettingStarted: true,
	},
	{
		id: 'first-results',
		name: 'First results',
		output: 3,
		channel: 'email',
		when: { type: 'daysAfterStart', days: 5 },
		onlyWhile: 'setUpUnfinished',
		gettingStarted: true,
	},
	// R29, P15
	{
		id: 'nudge',
		name: 'Nudge',
		output: 4,
		channel: 'email',
		when: { type: 'setUpStalled', days: 3, gapDays: 3, atMost: 3, untilDay: 14 },
		onlyWhile: 'setUpUnfinished',
		gettingStarted: true,
	},
	// R32: the activated get power-user tips
	{
		id: 'power-tips',
		name: 'Power-user tips',
		output: 5,
		channel: 'email',
		when: { type: 'setUpFinished', days: 2 },
		onlyWhile: 'setUpFinished',
		staleAfterDays: 14,
	},
	// R30: answers what the customer just did, so at once; three days later it would be odd
	{
		id: 'celebrate',
		name: 'Celebrate',
		output: 6,
		channel: 'email',
		when: { type: 'firstValue', days: 0 },
		atOnce: true,
		staleAfterDays: 3,
	},
	// R33
	{
		id: 'hand-over',
		name: 'Hand over to digital',
		output: 7,
		channel: 'record',
		when: { type: 'firstValue', days: 0 },
	},
	// R31, P17
	{
		id: 'call',
		name: 'Human call',
		output: 8,
		channel: 'human',
		when: { type: 'daysAfterStart', days: 14 },
		onlyWhile: 'setUpUnfinished',
		apartDays: 90,
	},
	// P12
	{
		id: 'reach-by-hand',
		name: 'Reach by hand',
		output: 8,
		channel: 'human',
		when: { type: 'unreachable' },
	},
	// P18, P33, R64
	{
		id: 'asked-for-help',
		name: 'Asked for help',
		output: 8,
		channel: 'human',
		when: { type: 'helpWanted' },
	},
	// P16
	{
		id: 'no-first-value',
		name: 'No first value',
		output: 9,
		channel: 'alert',
		when: { type: 'daysAfterStart', days: 30 },
		onlyWhile: 'setUpFinished',
	},
];

export const ONBOARDING: Preset = {
	id: 'onboarding',
	name: 'Onboarding',
	description:
		'From the first day to first value: welcome, nudges at the open step, one human call',
	type: 'onboarding',
	start: { type: 'customerCreated' },
	reEntry: { type: 'never' },
	atGoLive: 'baseline',
	endAfterDays: 90,
	endsAtFirstValue: true,
	steps: ONBOARDING_STEPS,
};
