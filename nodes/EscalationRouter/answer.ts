import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import type { Case } from '../../engine/escalation/case';
import type { CaseMemory, Notice } from '../../engine/escalation/memory';
import { refusals } from '../../engine/escalation/refusals';
import type { JourneyEvent, Reason } from '../../engine/journeys/memory';
import { compileFieldPath, type FieldReader } from '../platform/fieldPath';
import { withAdded } from '../platform/items';
import { readId } from '../platform/readId';
import { readText } from '../platform/readText';
import { textOf } from '../platform/rows';
import { openTeller } from './newOwner';
import { claimOf, confirmTold } from './notices';
import { ANSWER_OUTPUTS } from './outputs';
import { presentCase } from './present';
import { openSession } from './session';
import { unwritten } from './unwritten';
import { verbOf, type AnswerName } from './verbs';

/** Items answered in one transaction. */
const CHUNK = 1_000;

type Result = { one: Case; elapsed?: object; notice?: Notice } | { reason: Reason };

/** Done, or Not Done with the reason: what was done before, a case nobody knows, an item that names none. */
export async function answerCases(
	context: IExecuteFunctions,
	name: AnswerName,
): Promise<INodeExecutionData[][]> {
	const session = await openSession(context);
	const { ledger, now, receivedAt } = session;
	const items = context.getInputData();
	const verb = verbOf(context, name);
	const finder = finderOf(context);
	const readBy = compileFieldPath(readText(context, 'byField') || 'by');
	const teller = name === 'reassign' ? await openTeller(session) : undefined;
	const outputs: [INodeExecutionData[], INodeExecutionData[]] = [[], []];
	for (let start = 0; start < items.length; start += CHUNK) {
		const chunk = items.slice(start, start + CHUNK);
		const wanted = chunk.map(({ json }) => finder.read(json));
		const results = await ledger.changeCases(
			{ ...finder.query(wanted), now, receivedAt },
			(memory) => answerAll(memory),
		);
		const fieldsOf = await teller?.tell(noticesOf(results));
		for (const [place, item] of chunk.entries()) {
			const result = results[place];
			if (result === undefined) continue;
			const done = 'one' in result;
			const said = done
				? {
						...presentCase(result.one, now),
						...result.elapsed,
						...(result.notice === undefined ? {} : fieldsOf?.(result.notice)),
						done,
						reasons: result.notice?.reasons ?? [],
					}
				: { done, reasons: [result.reason] };
			outputs[done ? ANSWER_OUTPUTS.done : ANSWER_OUTPUTS.notDone].push(
				withAdded(item, start + place, 'escalation', said),
			);
		}

		function answerAll(memory: CaseMemory) {
			const cases = new Map(memory.cases.map((one) => [one.no, one]));
			const find = finder.among(memory);
			const changed = new Map<number, Case>();
			const events: JourneyEvent[] = [];
			const answer = wanted.map((id, place): Result => {
				if (id === undefined) return { reason: finder.missing };
				// as the items before left it
				const one = cases.get(find(id) ?? 0);
				if (one === undefined) return { reason: finder.unknown(id) };
				const json = chunk[place]?.json ?? {};
				const by = textOf(readBy(json)) || one.owner.email;
				const answered = verb(one, { by, json, index: start + place }, now);
				if ('refused' in answered) return { reason: answered.refused };
				cases.set(one.no, answered.case);
				changed.set(one.no, answered.case);
				events.push(...answered.events);
				const { elapsed, notice } = answered;
				return {
					one: answered.case,
					...(elapsed === undefined ? {} : { elapsed: { elapsed } }),
					...(notice === undefined ? {} : { notice }),
				};
			});
			if (teller?.delivery.dry === true) return unwritten(answer);
			const notices = noticesOf(answer);
			const claims = notices.map((notice) => claimOf(notice, now));
			const changes = { cases: [...changed.values()], days: [], notices, events };
			return { changes, claims, confirm: [], answer };
		}
	}
	if (teller !== undefined) await confirmTold(session, teller.delivery);
	return outputs;
}

/** To the last owner of each case: whoever had it for a moment only is not told. */
function noticesOf(results: readonly Result[]): Notice[] {
	const last = new Map<number, Notice>();
	for (const result of results)
		if ('one' in result && result.notice !== undefined) last.set(result.one.no, result.notice);
	return [...last.values()];
}

type Finder = {
	read: (json: IDataObject) => string | undefined;
	query: (wanted: readonly (string | undefined)[]) => { accountIds?: string[]; nos?: number[] };
	/** The number of the case meant; of an account its open one, else the one that ended last. */
	among: (memory: CaseMemory) => (id: string) => number | undefined;
	missing: Reason;
	unknown: (id: string) => Reason;
};

function finderOf(context: IExecuteFunctions): Finder {
	const byAccount = context.getNodeParameter('findBy', 0, 'account') === 'account';
	const read = readerOf(context, byAccount ? 'accountField' : 'caseField');
	if (byAccount)
		return {
			read: (json) => readId(read(json)),
			query: (wanted) => ({ accountIds: wanted.filter((id) => id !== undefined) }),
			among: ({ cases, survivorOf }) => {
				const whose = (account: string): string => survivorOf.get(account) ?? account;
				const meant = new Map<string, Case>();
				for (const one of cases) {
					const account = whose(one.accountId);
					const other = meant.get(account);
					if (other === undefined || isMeant(one, other)) meant.set(account, one);
				}
				return (id) => meant.get(whose(id))?.no;
			},
			missing: {
				code: 'no_account',
				text: 'The item names no account: look at Account ID Field',
			},
			unknown: () => ({ code: 'no_case', text: 'The account never had a case' }),
		};
	return {
		read: (json) => {
			const no = textOf(read(json));
			return /^[1-9]\d{0,14}$/.test(no) ? no : undefined;
		},
		query: (wanted) => ({ nos: wanted.filter((no) => no !== undefined).map(Number) }),
		among: () => Number,
		missing: {
			code: 'no_case_number',
			text: 'The item holds no case number: look at Case Number Field',
		},
		unknown: (no) => refusals.unknown(Number(no)),
	};
}

/** Whether of two cases of an account the first is meant: the open one, else the one that ended last. */
function isMeant(one: Case, other: Case): boolean {
	if (one.open !== other.open) return one.open;
	return (one.resolvedAt ?? 0) > (other.resolvedAt ?? 0);
}

function readerOf(context: IExecuteFunctions, parameter: string): FieldReader {
	try {
		return compileFieldPath(readText(context, parameter));
	} catch (error) {
		const message = error instanceof Error ? error.message : 'It is no field path';
		throw new NodeOperationError(context.getNode(), message, {
			description: 'Nothing was changed.',
		});
	}
}
