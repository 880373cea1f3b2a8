import type { INodeExecutionData } from 'n8n-workflow';
import { capOf, type DailyCap } from '../../engine/escalation/dailyCap';
import { digests } from '../../engine/escalation/digests';
import type { Case } from '../../engine/escalation/case';
import type { Notice } from '../../engine/escalation/memory';
import type { Action } from '../../engine/escalation/pack/letter';
import { claimOf, touchFields, type Delivery } from './notices';
import { casesLetter } from '../../engine/escalation/pack/casesLetter';
import { written } from './pack';
import type { Links } from './links';
import { presentCase } from './present';
import type { Session } from './session';
import { unwritten } from './unwritten';

/** More waiting alerts than this are told the next day, the oldest first. */
const MOST_CASES = 20_000;

/** What is left over of the day, one item per owner (P07); with no cap given it is that of the cases' own calendars. */
export async function sendDigests(
	session: Session,
	cap: DailyCap | number,
	{ delivery, links }: { delivery: Delivery; links: Links },
): Promise<INodeExecutionData[]> {
	const { ledger, now, receivedAt } = session;
	const query = { open: { waiting: true, limit: MOST_CASES }, loads: true, now, receivedAt };
	const notices = await ledger.changeCases(query, (memory) => {
		const days = typeof cap === 'number' ? capOf(memory.cases, cap) : cap;
		const decided = digests(days, memory, now);
		if (delivery.dry) return unwritten(decided.notices);
		const claims = decided.notices.map((notice) => claimOf(notice, now));
		return { changes: decided.changes, claims, confirm: [], answer: decided.notices };
	});
	delivery.told.push(...notices);
	const items: INodeExecutionData[] = [];
	for (const notice of notices) {
		items.push(casesItem(notice, session, { delivery, links }));
		// each may hold thousands of cases
		await new Promise(setImmediate);
	}
	return items;
}

/** A notice of several cases as an item: the cases as data, and ready to be read. */
export function casesItem(
	notice: Notice,
	session: Session,
	{ delivery, links: { make } }: { delivery: Delivery; links: Links },
): INodeExecutionData {
	const actionOf = (one: Case): Action | undefined =>
		make && { id: 'acknowledge', label: 'Acknowledge', url: make(one, notice.to).acknowledge };
	const escalation = {
		...touchFields(notice, session, delivery),
		...(notice.event === 'digest' ? { owner: { ...notice.to } } : {}),
		count: notice.cases.length,
		...written(casesLetter(notice, actionOf, session.now), notice.event),
		cases: notice.cases.map((one) => presentCase(one, session.now)),
		reasons: notice.reasons,
	};
	return { json: { escalation }, pairedItem: { item: 0 } };
}
