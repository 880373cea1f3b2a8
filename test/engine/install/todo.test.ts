import { chooseCredential } from '../../../engine/install/credentials';
import { todosOf } from '../../../engine/install/todo';
import { flow, node, wire } from './flows';

const keyring = { credentials: [], named: new Map() };
const around = { keyring, links: new Map([['dcsDesk', 'desk']]), ids: new Map() };
const smtp = { smtp: { id: null, name: 'SMTP account' } };

describe('what is left to do, read off the workflow', () => {
	const whole = flow({
		nodes: [
			node('1', 'Hook', { type: 'n8n-nodes-base.webhook', parameters: { path: 'desk' } }),
			node('2', 'Sample customers', { parameters: { jsCode: "'olive@example.com'" } }),
			node('3', 'Your CRM', {
				disabled: true,
				parameters: { url: 'https://crm.example.com/accounts?limit=5' },
			}),
			node('4', 'Mail', {
				disabled: true,
				credentials: smtp,
				parameters: { from: 'success@example.com', to: '={{ $json.to }}' },
			}),
			node('5', 'Or: desk', {
				disabled: true,
				parameters: { workflowId: { __rl: true, value: 'dcsDesk' } },
			}),
			node('6', 'Note', {
				type: 'n8n-nodes-base.stickyNote',
				parameters: { content: 'docs.example.com' },
			}),
		],
		connections: {
			Hook: wire('Sample customers'),
			'Sample customers': wire('Your CRM'),
			'Your CRM': wire('Mail'),
		},
	});

	it('samples, placeholders, credentials, links, what to enable, what is spare, and addresses to tell', () => {
		expect(todosOf(whole, around)).toEqual([
			{ todo: 'sample', nodes: ['Sample customers'] },
			{ todo: 'replace', values: ['https://crm.example.com/accounts'], nodes: ['Your CRM'] },
			{ todo: 'replace', values: ['success@example.com'], nodes: ['Mail'] },
			{ todo: 'credential', type: 'smtp', name: 'SMTP account', why: 'none', nodes: ['Mail'] },
			{ todo: 'link', flow: 'desk', nodes: ['Or: desk'] },
			{ todo: 'enable', nodes: ['Your CRM', 'Mail'] },
			{ todo: 'spare', nodes: ['Or: desk'] },
			{ todo: 'address', path: 'webhook/desk', nodes: ['Hook'] },
		]);
	});

	it('nothing where all is done', () => {
		const done = flow({
			nodes: [node('1', 'Every hour', { type: 'n8n-nodes-base.scheduleTrigger' })],
			connections: {},
		});
		expect(todosOf(done, around)).toEqual([]);
	});
});

describe('credentials are chosen by type', () => {
	const one = { id: '1', name: 'Ours', type: 'smtp' };
	const two = { id: '2', name: 'SMTP account', type: 'smtp' };
	const basic = { id: '3', name: 'Wiki', type: 'httpBasicAuth' };
	it.each([
		['none', 'smtp', [], { chosen: undefined, why: 'none' }],
		['the only one', 'smtp', [one, basic], { chosen: one }],
		['two', 'smtp', [one, { ...one, id: '4' }], { chosen: undefined, why: 'several' }],
		['two, one of the very name', 'smtp', [one, two], { chosen: two }],
		[
			'one that may be for anything',
			'httpBasicAuth',
			[basic],
			{ chosen: undefined, why: 'generic' },
		],
		[
			'one that may be for anything, of the very name',
			'httpBasicAuth',
			[{ ...basic, name: 'SMTP account' }],
			{ chosen: { ...basic, name: 'SMTP account' } },
		],
	])('%s', (_what, type, credentials, choice) => {
		expect(chooseCredential(type, 'SMTP account', { credentials, named: new Map() })).toEqual(
			choice,
		);
	});
});
