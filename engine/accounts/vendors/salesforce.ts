import type { AccountPreset } from '../preset';

/** Accounts, https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_account.htm */
export const SALESFORCE: AccountPreset = {
	id: 'salesforceAccount',
	name: 'Salesforce Account',
	description: 'Accounts as Salesforce’s API and n8n’s Salesforce node give them',
	headers: false,
	// Salesforce's own `AnnualRevenue` is what the company earns, not what it pays: never read as ARR
	customers: { path: 'Type', are: 'Customer*' },
	// `CreatedDate` is the age of the record, which was a prospect's first: no day 0
	paths: {
		accountId: ['Id'],
		aliases: ['Merged_Ids__c'],
		arr: ['ARR__c', 'Annual_Recurring_Revenue__c'],
		autoRenew: ['Auto_Renew__c', 'Auto_Renewal__c'],
		complexity: ['Complexity__c'],
		createdAt: ['Customer_Since__c'],
		csm: ['CSM_Email__c', 'CSM__r.Email', 'Customer_Success_Manager__r.Email'],
		// only organizations with several currencies have it
		currency: ['CurrencyIsoCode'],
		executiveSponsor: ['Executive_Sponsor__r.Name', 'Executive_Sponsor__c'],
		goals: ['Goals__c', 'Customer_Goals__c'],
		invoiceState: ['Invoice_Status__c'],
		lifecycleStage: ['Customer_Stage__c'],
		name: ['Name'],
		notes: ['CS_Notes__c', 'CSM_Notes__c'],
		noticeDays: ['Notice_Days__c'],
		openOpportunity: ['Open_Opportunity__c'],
		plan: ['Plan__c'],
		renewalDate: ['Renewal_Date__c', 'Contract_End_Date__c'],
		segment: ['Segment__c'],
		startedAt: ['Contract_Start_Date__c'],
		strategic: ['Strategic__c', 'Strategic_Account__c'],
		termMonths: ['Term_Months__c', 'Contract_Term_Months__c'],
		timezone: ['Time_Zone__c', 'Timezone__c'],
		useCase: ['Use_Case__c'],
		'licences.bought': ['Seats__c'],
		'licences.used': ['Seats_Used__c'],
		'usage.limits': ['Plan_Limits__c'],
	},
	isGone: ({ IsDeleted }) => IsDeleted === true,
};
