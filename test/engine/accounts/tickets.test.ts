import { accountPreset } from '../../../engine/accounts/presets';
import { accountsOf, build } from './rows';
import { sampleRows } from './samples';

const crm = [
	{ accountId: '512', helpDesk: 509974 },
	{ accountId: '513', helpDesk: '509975' },
	{ accountId: '514' },
];
const supportOf = (built: ReturnType<typeof build>): unknown[] =>
	built.accounts.map(({ account }) => account.support);
describe('Zendesk tickets', () => {
	const tickets = sampleRows('zendeskTickets');
	const built = build([crm, tickets], {
		presets: [accountPreset('zendeskTickets')],
		matches: ['helpDesk'],
	});

	it('are counted by organization: all that are not solved, and of those the urgent ones', () => {
		expect(supportOf(built)).toEqual([
			{ openTickets: 3, openP1: 1 },
			{ openTickets: 1, openP1: 0 },
			{ openTickets: 0, openP1: 0 },
		]);
	});

	it('of no organization, and what is no ticket, are rejected', () => {
		expect(built.rejected.map(({ place, problems }) => [place.row, problems[0]?.code])).toEqual([
			[6, 'noAccount'],
			[7, 'otherRecord'],
		]);
	});

	it('say nothing of customers where none of them is about a known one: the key may be wrong', () => {
		expect(
			supportOf(build([crm, tickets], { presets: [accountPreset('zendeskTickets')] })),
		).toEqual([undefined, undefined, undefined]);
		expect(supportOf(build([crm, []], { presets: [accountPreset('zendeskTickets')] }))).toEqual([
			undefined,
			undefined,
			undefined,
		]);
	});

	it('make accounts of their own as the first source', () => {
		expect(accountsOf(tickets.slice(0, 1), { preset: 'zendeskTickets' })).toEqual([
			{ accountId: '509974', support: { openTickets: 1, openP1: 1 } },
		]);
	});
});

describe('Intercom conversations and tickets', () => {
	it('are counted by company; snoozed is open, resolved is not, by either way of saying it', () => {
		const built = build([crm, sampleRows('intercomRecords')], {
			presets: [accountPreset('intercomTickets')],
		});
		expect(supportOf(built)).toEqual([
			{ openTickets: 3, openP1: 2 },
			{ openTickets: 0, openP1: 0 },
			{ openTickets: 0, openP1: 0 },
		]);
	});
});
