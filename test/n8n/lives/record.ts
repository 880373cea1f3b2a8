const DAY = 86_400_000;

/**
 * What the CRM and the product say of a customer for whom all is well: no journey has anything to tell them. `facts` are
 * laid over it, those of `usage` one by one.
 * @param at when it is read, ms since 1970
 */
export function recordOf(
	accountId: string,
	at: number,
	{ usage = {}, ...facts }: { readonly usage?: object; readonly [field: string]: unknown },
): object {
	return {
		accountId,
		name: accountId,
		arr: 6000,
		currency: 'USD',
		plan: 'team',
		createdAt: '2025-06-02T10:00:00-04:00',
		startedAt: '2025-06-02',
		renewalDate: '2027-06-02',
		termMonths: 12,
		executiveSponsor: 'Sol Sponsor',
		invoiceState: 'paid',
		openOpportunity: false,
		lifecycleStage: 'established',
		licences: { bought: 20, used: 15 },
		support: { openTickets: 0, openP1: 0 },
		sentiment: { nps: 60, csat: 4.8 },
		...facts,
		usage: {
			featuresUsed: [],
			activeUsers: 20,
			events: 300,
			previousEvents: 300,
			adoption: 0.7,
			lastActiveAt: new Date(at - DAY).toISOString(),
			asOf: new Date(at).toISOString(),
			...usage,
		},
	};
}
