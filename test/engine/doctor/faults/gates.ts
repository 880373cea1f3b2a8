import { insert, node, rewire } from '../change';
import { EDUCATION, IF, ONBOARDING, RENEWAL, type Fault } from './fault';

export const gates: readonly Fault[] = [
	{
		fault: 'no gate',
		file: ONBOARDING,
		breakIt: (file) => rewire(file, 'Health score', 0, 'Who is in scope', 'Onboarding journey'),
		rule: 'motion-not-gated',
		at: 'Onboarding journey',
	},
	{
		fault: 'a gate that is switched off',
		file: EDUCATION,
		breakIt: (file) => (node(file, 'Who is in scope').disabled = true),
		rule: 'motion-not-gated',
		at: 'Education journey',
	},
	{
		fault: 'the journey on the Hold output',
		file: EDUCATION,
		breakIt: (file) => {
			rewire(file, 'Who is in scope', 1, 'Education journey', 'Held, with the reason');
			rewire(file, 'Who is in scope', 0, 'Held, with the reason', 'Education journey');
		},
		rule: 'motion-not-gated',
		at: 'Education journey',
	},
	{
		fault: 'an If in front of the whole base',
		file: ONBOARDING,
		breakIt: (file) => insert(file, 'Health score', 0, 'Who is in scope', IF),
		rule: 'slow-node-before-gate',
		at: IF.name,
	},
	{
		fault: 'a Set in front of the whole base',
		file: RENEWAL,
		breakIt: (file) => {
			const type = 'n8n-nodes-base.set';
			insert(file, 'Your CRM', 0, 'Your accounts', { name: 'Rename', type, typeVersion: 3.4 });
		},
		rule: 'slow-node-before-gate',
		at: 'Rename',
	},
	{
		fault: 'a Switch in front of the whole base',
		file: EDUCATION,
		breakIt: (file) => {
			const type = 'n8n-nodes-base.switch';
			insert(file, 'Your accounts', 0, 'Health score', { name: 'By plan', type, typeVersion: 3.2 });
		},
		rule: 'slow-node-before-gate',
		at: 'By plan',
	},
	{
		fault: 'Code that runs for each customer',
		file: ONBOARDING,
		breakIt: (file) => {
			const parameters = { mode: 'runOnceForEachItem', jsCode: 'return $json;' };
			const type = 'n8n-nodes-base.code';
			insert(file, 'Your accounts', 0, 'Health score', { name: 'Tidy', type, parameters });
		},
		rule: 'slow-node-before-gate',
		at: 'Tidy',
	},
];
