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
];
