import type { INodeExecutionData } from 'n8n-workflow';
import { capOf, type DailyCap } from '../../engine/escalation/dailyCap';
import { digestLetter } from '../../engine/escalation/pack/digestLetter';
import { digests } from '../../engine/escalation/digests';
import type { Notice } from '../../engine/escalation/memory';
import { confirmAtOnce, claimOf, touchFields, type Delivery } from './notices';
import { written } from './pack';
import { presentCase } from './present';
import type { Session } from './session';
import { unwritten } from './unwritten';

/** More waiting alerts than this are told the next day, the oldest first. */
const MOST_CASES = 20_000;

/** What is left over of the day, one item per owner (P07); with no cap given it is that of the cases' own calendars. */
export async function sendDigests(
	session: Session,
	cap: DailyCap | number,
	delivery: Delivery,
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
	await confirmAtOnce(session, delivery, notices);
	const items: INodeExecutionData[] = [];
	for (const notice of notices) {
		items.push(digestItem(notice, session, delivery));
		// each may hold thousands of cases
		await new Promise(setImmediate);
	}
	return items;
}

/** A digest as an item: the cases as data, and ready to be read. */
export function digestItem(
	notice: Notice,
	session: Session,
	delivery: Delivery,
): INodeExecutionData {
	const escalation = {
		...touchFields(notice, session, delivery),
		owner: { ...notice.to },
		count: notice.cases.length,
		...written(digestLetter(notice, session.now), 'digest'),
		cases: notice.cases.map((one) => presentCase(one, session.now)),
		reasons: notice.reasons,
	};
	return { json: { escalation }, pairedItem: { item: 0 } };
}
