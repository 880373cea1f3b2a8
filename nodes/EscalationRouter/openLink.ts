import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { acknowledge, recordTouch, resolve, type Answer } from '../../engine/escalation/answers';
import type { Case } from '../../engine/escalation/case';
import { mainReason } from '../../engine/escalation/nextStep';
import { compileSla } from '../../engine/escalation/sla';
import type { Reason } from '../../engine/journeys/memory';
import type { CaseWork, Ledger } from '../../ledger/ledger';
import { askedOfCase, type CaseRequest } from '../../services/links/caseAsking';
import { colleagueToken, readCaseLink, type CaseLink } from '../../services/links/caseLink';
import { LINK_PARAMETER } from '../../services/links/link';
import { casePage, type CaseAbout, type CasePage } from '../../services/links/casePages';
import { insist, within } from '../../services/patience';
import { withAdded } from '../platform/items';
import { openLedger } from '../platform/openLedger';
import { own } from '../platform/own';
import { runModeOf, writtenAt } from '../platform/runMode';
import { readNow } from '../platform/now';
import { clockOf, presentCase } from './present';
import { unwritten } from './unwritten';

/** People do not wait longer for a page (ms); what is written down after that counts all the same. */
const PATIENCE_MS = 10_000;
/** Waits (ms) before the ledger is asked again. */
const PAUSES = [300, 1000];

type Opened = { shown: CasePage; one?: Case; acted: boolean };

/**
 * Requests of n8n's Webhook in, one item each, with the page to answer in `escalation.answer`. Opening a link shows a page
 * that asks; only its button acts, so scanners and previews change nothing. Done: somebody acted. Not Done: a page was
 * shown, and nothing changed.
 */
export async function openLinks(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const now = readNow(context);
	const run = runModeOf(context);
	const ledgerFor = async (test: boolean): Promise<Ledger> =>
		await openLedger(context, test ? 'test' : 'live');
	const outputs: [INodeExecutionData[], INodeExecutionData[]] = [[], []];
	for (const [index, item] of context.getInputData().entries()) {
		const { shown, one, acted } = await open(item.json);
		outputs[acted ? 0 : 1].push(
			withAdded(item, index, 'escalation', {
				...(one === undefined ? {} : presentCase(one, now)),
				opened: acted,
				answer: casePage(shown),
				reasons: [{ code: shown.page, text: WORDS[shown.page] }] satisfies Reason[],
			}),
		);
	}
	return outputs;

	async function open(request: IDataObject): Promise<Opened> {
		const away = { is: false };
		const secretOf = async (test: boolean): Promise<string> => {
			try {
				return await within(PATIENCE_MS, async () => await (await ledgerFor(test)).secret());
			} catch {
				away.is = true;
				return '';
			}
		};
		const link = await readCaseLink(own(request.query, LINK_PARAMETER), secretOf, now);
		if (away.is) return { shown: { page: 'notYet' }, acted: false };
		if (link === undefined) return { shown: { page: 'invalid' }, acted: false };
		if (link === 'expired') return { shown: { page: 'expired' }, acted: false };
		const asked = askedOfCase(request.body, link.action);
		// a link of a real case does nothing in a run from the editor
		const acts = asked !== undefined && (link.test || run === 'live');
		const ledger = await ledgerFor(link.test);
		const secret = await secretOf(link.test);
		const receivedAt = writtenAt(link.test ? 'test' : 'live', now);
		try {
			return await within(
				PATIENCE_MS,
				async () =>
					await insist(
						async () =>
							await ledger.changeCases({ nos: [link.no], now, receivedAt }, (memory) =>
								follow(link, memory.cases[0], acts ? asked : undefined, { secret, now }),
							),
						asked === undefined ? [] : PAUSES,
					),
			);
		} catch {
			const chosen = asked?.action === 'resolve' ? { outcome: asked.outcome } : {};
			return { shown: { page: 'notYet', action: link.action, ...chosen }, acted: false };
		}
	}
}

/** What a link does to its case, and what is shown. */
function follow(
	link: CaseLink,
	one: Case | undefined,
	asked: CaseRequest | undefined,
	{ secret, now }: { secret: string; now: number },
): CaseWork<Opened> {
	const { action } = link;
	if (one === undefined) return unwritten({ shown: { page: 'unknown' }, acted: false });
	const about = aboutOf(one);
	const at = clockOf(one);
	if (one.mergedInto !== undefined) {
		const shown: CasePage = { page: 'merged', about, into: one.mergedInto };
		return unwritten({ shown, one, acted: false });
	}
	// of an opening that is over: the case went on without this notice
	if (!one.open || one.reopened !== link.reopened) {
		const ended = one.resolvedAt ?? one.openedAt;
		const outcome = one.outcome === undefined ? {} : { outcome: one.outcome };
		return one.open
			? unwritten({ shown: { page: 'expired' }, one, acted: false })
			: unwritten({
					shown: { page: 'resolved', about, at: at(ended), ...outcome },
					one,
					acted: false,
				});
	}
	const by = whoIs(link.to, one, secret);
	if (by === undefined) {
		const shown: CasePage = { page: 'handedOn', about, owner: one.owner.name };
		return unwritten({ shown, one, acted: false });
	}
	const { acknowledgement } = one;
	if (action === 'acknowledge' && acknowledgement !== undefined) {
		const { by: other, at: since } = acknowledgement;
		const shown: CasePage = { page: 'alreadyDone', action, about, by: other, at: at(since) };
		return unwritten({ shown, one, acted: false });
	}
	if (asked === undefined)
		return unwritten({ shown: { page: 'confirm', action, about }, one, acted: false });
	const answered = carryOut(one, asked, by, now);
	if ('refused' in answered)
		return unwritten({ shown: { page: 'confirm', action, about }, one, acted: false });
	const { case: after, events } = answered;
	return {
		changes: { cases: [after], days: [], notices: [], events },
		claims: [],
		confirm: [],
		answer: {
			shown: { page: link.test ? 'test' : 'done', action, about },
			one: after,
			acted: true,
		},
	};
}

function carryOut(one: Case, asked: CaseRequest, by: string, now: number): Answer {
	switch (asked.action) {
		case 'acknowledge':
			return acknowledge(one, by, now);
		case 'touch':
			return recordTouch(one, by, now);
		case 'resolve':
			return resolve(one, { by, outcome: asked.outcome }, now);
	}
}

/** Whose notice the link was in: the owner's, or that of somebody further up; undefined for who has it no more. */
function whoIs(token: string, { owner, sla }: Case, secret: string): string | undefined {
	const { levels } = compileSla(sla).policy;
	const known = [owner.email, ...levels.map(({ to }) => to.email)];
	return known.find((email) => colleagueToken(email, secret) === token);
}

function aboutOf(one: Case): CaseAbout {
	return {
		no: one.no,
		account: one.facts.name ?? one.accountId,
		what: mainReason(one)?.text ?? '',
	};
}

const WORDS: Record<CasePage['page'], string> = {
	confirm: 'The link was opened: a page asks for confirmation, and nothing was changed.',
	done: 'Done by the button of the page.',
	test: 'Done in the test ledger: the link comes from a test run.',
	alreadyDone: 'It was done before.',
	resolved: 'The case is over.',
	merged: 'The case is part of another one now: nothing was changed.',
	handedOn: 'Somebody else has the case now: nothing was changed.',
	expired: 'The link is too old: its time is over, or its case was opened again since.',
	invalid: 'The link was not signed by this ledger, or was changed on its way.',
	unknown: 'There is no such case any more.',
	notYet: 'The ledger does not answer: nothing was changed, and the page asks to try again.',
};
