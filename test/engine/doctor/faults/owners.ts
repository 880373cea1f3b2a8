import { set } from '../change';
import { DESK, EDUCATION, type Fault } from './fault';

export const owners: readonly Fault[] = [
	{
		fault: 'no team address behind a step that goes to a human',
		file: EDUCATION,
		breakIt: (file) => set(file, 'Education journey', ['team'], ''),
		rule: 'owner-missing',
		at: 'Education journey',
	},
	{
		fault: 'no fallback owner',
		file: DESK,
		breakIt: (file) => set(file, 'Who takes it', ['fallbackEmail'], ''),
		rule: 'owner-missing',
		at: 'Who takes it',
	},
	{
		fault: 'a pool in which there is nobody',
		file: DESK,
		breakIt: (file) =>
			set(file, 'Who takes it', ['rules', 'rule'], [{ name: 'Asia', pools: 'asia' }]),
		rule: 'owner-missing',
		at: 'Who takes it',
	},
	{
		fault: 'no time limit for escalations',
		file: DESK,
		breakIt: (file) => {
			const alert = { kind: 'alert', measure: 'acknowledge', amount: 1, unit: 'businessDays' };
			set(file, 'Who takes it', ['targets', 'target'], [{ priority: '', ...alert }]);
		},
		rule: 'sla-missing',
		at: 'Who takes it',
	},
	...(
		[
			['4,000 business hours to take note', 'acknowledge', 4_000, 'businessHours'],
			['eleven business days to get in touch', 'touch', 11, 'businessDays'],
			['half a year to resolve', 'resolve', 4_000, 'hours'],
			['an hour more than thirty days to resolve', 'resolve', 721, 'hours'],
			['a minute more than thirty days to resolve', 'resolve', 43_201, 'minutes'],
			['an hour more than 22 business days to resolve', 'resolve', 177, 'businessHours'],
			['a minute more than 22 business days to resolve', 'resolve', 10_561, 'businessMinutes'],
			['23 business days to resolve', 'resolve', 23, 'businessDays'],
			['an hour more than two weeks to take note', 'acknowledge', 337, 'hours'],
			['a minute more than two weeks to take note', 'acknowledge', 20_161, 'minutes'],
			['an hour more than ten business days to take note', 'acknowledge', 81, 'businessHours'],
			[
				'a minute more than ten business days to take note',
				'acknowledge',
				4_801,
				'businessMinutes',
			],
		] as const
	).map(([fault, measure, amount, unit]): Fault => ({
		fault,
		file: DESK,
		breakIt: (file) => {
			const acknowledge = {
				priority: '',
				measure: 'acknowledge',
				amount: 4,
				unit: 'businessHours',
			};
			const rows = ['alert', 'escalation'].map((kind) => ({ kind, ...acknowledge }));
			const usual = rows.filter(({ kind }) => kind === 'alert' || measure !== 'acknowledge');
			const odd = { kind: 'escalation', priority: '', measure, amount, unit };
			set(file, 'Who takes it', ['targets', 'target'], [...usual, odd]);
		},
		rule: 'sla-missing',
		at: 'Who takes it',
	})),
	{
		fault: '4,000 hours to take note, in a policy written as JSON',
		file: DESK,
		breakIt: (file) => {
			set(file, 'Who takes it', ['policySource'], 'json');
			const target = { amount: 4_000, unit: 'hours' };
			const hours = { mon: [{ from: '09:00', to: '17:00' }] };
			const policy = {
				calendars: { Office: { zone: 'Europe/Berlin', hours } },
				calendar: 'Office',
				people: [{ email: 'ana@example.com', name: 'Ana', pools: ['csm'] }],
				fallback: { email: 'lead@example.com', name: 'Lead' },
				rules: [{ name: 'Everything', pools: ['csm'] }],
				targets: [
					{ kind: 'escalation', measure: 'acknowledge', target },
					{ kind: 'alert', measure: 'acknowledge', target: { amount: 1, unit: 'businessDays' } },
				],
			};
			set(file, 'Who takes it', ['policy'], JSON.stringify(policy));
		},
		rule: 'sla-missing',
		at: 'Who takes it',
	},
];
