import type { Ledger } from '../../ledger/ledger';
import { agendaContract } from './contract/agenda';
import { aliasContract } from './contract/aliases';
import { capContract } from './contract/caps';
import { caseForgettingContract } from './contract/caseForgetting';
import { caseContract } from './contract/cases';
import { caseSilenceContract } from './contract/caseSilence';
import { dryRunContract } from './contract/dryRuns';
import { erasingContract } from './contract/erasing';
import { enrolledContract } from './contract/enrolled';
import { escalationCaseContract } from './contract/escalationCases';
import { escalationContract } from './contract/escalations';
import { contentContract } from './contract/content';
import { crmContract } from './contract/crm';
import { healthContract } from './contract/health';
import { inboxContract } from './contract/inbox';
import { leaseContract } from './contract/leases';
import { memoryContract } from './contract/memory';
import { onceContract } from './contract/once';
import { oddTextContract } from './contract/oddTexts';
import { outsideContract } from './contract/outside';
import { ownerContract } from './contract/owners';
import { recallContract } from './contract/recall';
import { sendingContract } from './contract/sending';
import { stopContract } from './contract/stops';
import { touchStateContract } from './contract/touchStates';
import { traceContract } from './contract/traces';

/** Opens an empty ledger; the test closes it. */
export type OpenFresh = () => Promise<Ledger>;

/** Runs one test on a fresh ledger, which is closed whatever happens. */
export type WithLedger = (test: (ledger: Ledger) => Promise<void>) => () => Promise<void>;

/** What every store must do, written from ledger/ledger.ts and the rules, not from a store. */
export function ledgerContract(store: string, openFresh: OpenFresh): void {
	const on: WithLedger = (test) => async () => {
		const ledger = await openFresh();
		try {
			await test(ledger);
		} finally {
			await ledger.close();
		}
	};
	describe(`a ledger in ${store}`, () => {
		onceContract(on);
		enrolledContract(on);
		leaseContract(on);
		capContract(on);
		sendingContract(on);
		touchStateContract(on);
		dryRunContract(on);
		aliasContract(on);
		recallContract(on);
		ownerContract(on);
		stopContract(on);
		caseContract(on);
		escalationCaseContract(on);
		caseSilenceContract(on);
		caseForgettingContract(on);
		escalationContract(on);
		agendaContract(on);
		outsideContract(on);
		memoryContract(on);
		healthContract(on);
		contentContract(on);
		crmContract(on);
		inboxContract(on);
		erasingContract(on);
		oddTextContract(on);
		traceContract(on);
	});
}
