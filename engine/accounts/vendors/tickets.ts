import type { AccountPreset } from '../preset';
import type { Row } from '../row';
import { isWorst } from '../severity';
import { otherRecordProblem } from '../sourceProblems';
import { byKey, type SourceRow, type Summaries, type Summarize } from '../summary';
import { partsOf, textOf } from './read';

/** What a ticket says; undefined for a record that is none. */
type Ticket = { open: boolean; p1: boolean };
type ReadTicket = (row: Row) => Ticket | undefined;

/**
 * Counts open tickets, and among them those of the highest severity. Who has no ticket among rows that tell of others has
 * none open: help desks give a list of tickets, not of customers without.
 */
function counting(read: ReadTicket): Summarize {
	return (rows, keyOf) => {
		const tickets = new Map<Row, Ticket>();
		const known: SourceRow[] = [];
		const rejected: Summaries['rejected'] = [];
		for (const one of rows) {
			const ticket = read(one.row);
			if (ticket === undefined) {
				const kind = textOf(one.row.type);
				rejected.push({ index: one.index, why: (place) => otherRecordProblem(place, kind) });
				continue;
			}
			tickets.set(one.row, ticket);
			known.push(one);
		}
		const { groups, keyless } = byKey(known, keyOf);
		const summaries = [...groups].map(([key, of]) => {
			const open = of.filter(({ row }) => tickets.get(row)?.open === true);
			const openP1 = open.filter(({ row }) => tickets.get(row)?.p1 === true).length;
			return { key, of, row: supportOf(open.length, openP1, key) };
		});
		return { summaries, rejected, keyless, others: supportOf(0, 0) };
	};
}

function supportOf(openTickets: number, openP1: number, accountId?: string): Row {
	const support = { openTickets, openP1 };
	return accountId === undefined ? { support } : { accountId, support };
}

const OVER = new Set(['solved', 'closed', 'deleted']);

/** https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/: `urgent` is the highest of four priorities. */
const readZendesk: ReadTicket = ({ status, priority }) => {
	const state = textOf(status)?.toLowerCase();
	if (state === undefined) return undefined;
	return { open: !OVER.has(state), p1: textOf(priority)?.toLowerCase() === 'urgent' };
};

/** Of a ticket's own attributes, the one that says how bad it is. */
const SEVERITY = /^(?:priority|severity)$/i;

/**
 * Conversations and tickets, https://developers.intercom.com/docs/references/rest-api/api.intercom.io. A conversation knows
 * only `priority` or not; a ticket's severity is an attribute of one's own. Snoozed is open.
 */
const readIntercom: ReadTicket = (row) => {
	const kind = textOf(row.type);
	if (kind !== 'conversation' && kind !== 'ticket') return undefined;
	if (kind === 'conversation')
		return {
			open: row.state !== 'closed' && (row.state !== undefined || row.open !== false),
			p1: row.priority === 'priority',
		};
	// an object since version 2.12, a word before
	const state = textOf(partsOf(row.ticket_state).category) ?? textOf(row.ticket_state);
	const worst = Object.entries(partsOf(row.ticket_attributes)).some(
		([name, value]) => SEVERITY.test(name) && isWorst(textOf(value) ?? ''),
	);
	return { open: row.open !== false && state !== 'resolved', p1: worst };
};

export const ZENDESK: AccountPreset = {
	id: 'zendeskTickets',
	name: 'Zendesk Tickets',
	description:
		'Tickets as Zendesk’s API and n8n’s Zendesk node give them: how many are open, and how many of those urgent',
	headers: false,
	paths: { accountId: ['organization.external_id', 'organization_external_id', 'organization_id'] },
	summarize: counting(readZendesk),
};

export const INTERCOM: AccountPreset = {
	id: 'intercomTickets',
	name: 'Intercom Conversations and Tickets',
	description:
		'As Intercom’s API gives them: how many are open, and how many of those have priority',
	headers: false,
	paths: { accountId: ['company.company_id', 'company_id'] },
	summarize: counting(readIntercom),
};
