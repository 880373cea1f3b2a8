import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod/v4';
import { checkDeadlines as check, type CaseTelling } from '../../engine/escalation/checkDeadlines';
import { capOf } from '../../engine/escalation/dailyCap';
import { checkFields } from './checkFields';
import { casesItem, sendDigests } from './several';
import { readLinks } from './links';
import { claimOf, confirmTold, readDelivery, touchFields } from './notices';
import { CHECK_OUTPUTS } from './outputs';
import { PACKED_AT_ONCE, packsFor } from './pack';
import { presentCase } from './present';
import { DRY_RUN } from './routeHints';
import { openSession } from './session';
import { unwritten } from './unwritten';

/** Cases looked at in one transaction. */
const CHUNK = 1_000;
const USUAL_CAP = 10;

const optionsSchema = z.looseObject({ digestCap: z.number().int().min(0).default(USUAL_CAP) });

/** Overdue (what is near its end included) and Digest; the items that come in only start it. */
export async function checkDeadlines(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const session = await openSession(context);
	const { ledger, now, receivedAt } = session;
	const options: unknown = context.getNodeParameter('options', 0, {});
	const { digestCap } = checkFields(context.getNode(), { what: 'Options' }, optionsSchema, options);
	const delivery = readDelivery(session, Object.values(CHECK_OUTPUTS));
	const links = await readLinks(session);
	const overdue: INodeExecutionData[] = [];
	const digests: INodeExecutionData[] = [];
	for (;;) {
		const query = { due: { now, limit: CHUNK }, loads: true, now, receivedAt };
		const { tellings, looked } = await ledger.changeCases(query, (memory) => {
			const decided = check(memory, now, capOf(memory.cases, digestCap));
			const answer = { tellings: decided.tellings, looked: memory.cases.length };
			if (delivery.dry) return unwritten(answer);
			const claims = decided.changes.notices.map((notice) => claimOf(notice, now));
			return { changes: decided.changes, claims, confirm: [], answer };
		});
		delivery.told.push(...tellings.map(({ notice }) => notice));
		const isOfSeveral = ({ notice: { event } }: CaseTelling): boolean =>
			event === 'digest' || event === 'bundle';
		const single = tellings.filter((telling) => !isOfSeveral(telling));
		const pack = await packsFor(
			session,
			links,
			single.map((telling) => telling.case),
		);
		for (const [place, { case: one, notice }] of single.entries()) {
			if (place % PACKED_AT_ONCE === 0) await new Promise(setImmediate);
			const escalation = {
				...presentCase(one, now),
				...touchFields(notice, session, delivery),
				...pack(notice, undefined),
				reasons: notice.reasons,
			};
			overdue.push({ json: { accountId: one.accountId, escalation }, pairedItem: { item: 0 } });
		}
		for (const { notice } of tellings.filter(isOfSeveral))
			(notice.event === 'digest' ? digests : overdue).push(
				casesItem(notice, session, { delivery, links }),
			);
		// what is not written would be looked at again
		if (looked < CHUNK || delivery.dry) break;
		await new Promise(setImmediate);
	}
	digests.push(...(await sendDigests(session, digestCap, { delivery, links })));
	await confirmTold(session, delivery);
	context.addExecutionHints({
		message:
			overdue.length + digests.length === 0
				? 'Nothing is due: no open case is near its deadline or beyond it, and no notice was lost.'
				: `${String(overdue.length)} ${overdue.length === 1 ? 'notice' : 'notices'} about deadlines, ${String(digests.length)} ${digests.length === 1 ? 'digest' : 'digests'}.`,
		type: 'info',
		location: 'outputPane',
	});
	if (delivery.dry && overdue.length + digests.length > 0)
		context.addExecutionHints({ message: DRY_RUN, type: 'warning', location: 'outputPane' });
	return [overdue, digests];
}
