import type { AccountPreset } from '../preset';
import { numberOf } from './read';

/** Companies, https://developers.hubspot.com/docs/api-reference/crm-companies-v3 */
export const HUBSPOT: AccountPreset = {
	id: 'hubspotCompany',
	name: 'HubSpot Company',
	description: 'Companies as HubSpot’s API and n8n’s HubSpot node give them',
	headers: false,
	// n8n's node calls the older API, which gives { value, timestamp, source } for each property
	valueIn: 'value',
	customers: { path: 'properties.lifecyclestage', are: 'customer; evangelist' },
	// the age of the record: a company is a prospect first, and its record as old as that
	theirs: ['createdAt'],
	// HubSpot's own `annualrevenue` is what the company earns, not what it pays: never read as ARR
	paths: {
		accountId: ['id', 'companyId', 'properties.hs_object_id'],
		aliases: ['properties.hs_merged_object_ids'],
		arr: ['properties.arr', 'properties.annual_recurring_revenue'],
		autoRenew: ['properties.auto_renew'],
		complexity: ['properties.complexity'],
		createdAt: [
			'properties.customer_since',
			'properties.hs_lifecyclestage_customer_date',
			'properties.hs_v2_date_entered_customer',
		],
		csm: ['properties.csm_email'],
		currency: ['properties.arr_currency', 'properties.currency'],
		executiveSponsor: ['properties.executive_sponsor'],
		goals: ['properties.goals', 'properties.customer_goals'],
		invoiceState: ['properties.invoice_status'],
		lifecycleStage: ['properties.customer_stage'],
		name: ['properties.name'],
		notes: ['properties.cs_notes', 'properties.csm_notes'],
		noticeDays: ['properties.notice_days'],
		openOpportunity: ['properties.open_opportunity'],
		plan: ['properties.plan'],
		renewalDate: ['properties.renewal_date', 'properties.contract_end_date'],
		segment: ['properties.segment'],
		startedAt: ['properties.contract_start_date', 'properties.start_date'],
		strategic: ['properties.strategic_account'],
		termMonths: ['properties.term_months', 'properties.contract_term_months'],
		timezone: ['properties.timezone'],
		useCase: ['properties.use_case'],
		'licences.bought': ['properties.seats'],
		'licences.used': ['properties.seats_used'],
		'usage.limits': ['properties.plan_limits'],
	},
	derive: {
		openOpportunity: {
			from: 'properties.hs_num_open_deals',
			as: (cell) => {
				const deals = numberOf(cell);
				return deals === undefined ? undefined : deals > 0;
			},
		},
	},
	isGone: ({ archived, isDeleted }) => archived === true || isDeleted === true,
};
