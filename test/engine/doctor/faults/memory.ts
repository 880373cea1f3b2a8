import { add, insert, rewrite, set, wire } from '../change';
import { DESK, EDUCATION, ONBOARDING, type Fault } from './fault';

export const memory: readonly Fault[] = [
	{
		fault: 'a Wait of two days before a mail',
		file: ONBOARDING,
		breakIt: (file) => {
			const parameters = { amount: 2, unit: 'days' };
			const wait = { name: 'Two days', type: 'n8n-nodes-base.wait', typeVersion: 1.1, parameters };
			insert(file, 'Onboarding journey', 2, 'Mail: set-up guide', wait);
		},
		rule: 'wait-too-long',
		at: 'Two days',
	},
	{
		fault: 'Remove Duplicates as the memory',
		file: ONBOARDING,
		breakIt: (file) => {
			const parameters = { operation: 'removeItemsSeenInPreviousExecutions' };
			const type = 'n8n-nodes-base.removeDuplicates';
			insert(file, 'Your accounts', 0, 'Health score', { name: 'New only', type, parameters });
		},
		rule: 'memory-elsewhere',
		at: 'New only',
	},
	{
		fault: 'Remove Duplicates as the memory, behind the journey',
		file: ONBOARDING,
		breakIt: (file) => {
			const parameters = { operation: 'removeItemsSeenInPreviousExecutions' };
			const type = 'n8n-nodes-base.removeDuplicates';
			insert(file, 'Onboarding journey', 1, 'Mail: welcome', { name: 'Once', type, parameters });
		},
		rule: 'memory-elsewhere',
		at: 'Once',
	},
	{
		fault: 'static data as the memory',
		file: EDUCATION,
		breakIt: (file) =>
			rewrite(
				file,
				'Sample customers',
				'jsCode',
				(text) => `const seen = $getWorkflowStaticData('global');\n${text}`,
			),
		rule: 'memory-elsewhere',
		at: 'Sample customers',
	},
	{
		fault: 'a webhook that believes everybody',
		file: DESK,
		breakIt: (file) => set(file, 'Help desk or CRM events', ['options'], {}),
		rule: 'webhook-unsigned',
		at: 'Help desk or CRM events',
	},
	{
		fault: 'a Data Table whose name is part of another',
		file: EDUCATION,
		breakIt: (file) => {
			for (const value of ['content', 'content archive']) {
				const parameters = { dataTableId: { __rl: true, mode: 'name', value } };
				add(file, { name: `Table ${value}`, type: 'n8n-nodes-base.dataTable', parameters });
			}
		},
		rule: 'data-table-name-in-another',
		at: 'Table content',
	},
	{
		fault: 'a wire that ends at a node that is not there',
		file: ONBOARDING,
		breakIt: (file) => wire(file, 'Health score', 0, 'Renamed since'),
		rule: 'unreadable',
		at: 'Health score',
	},
];
