export type CrmFieldType = 'number' | 'string' | 'datetime';

/** One field of the group that a CRM shows; its value on a record is that of `name`. */
export type CrmField = {
	name: CrmFieldName;
	label: string;
	type: CrmFieldType;
	hubspot: string;
	salesforce: string;
	description: string;
};

export type CrmFieldName =
	| 'healthScore'
	| 'healthBand'
	| 'tier'
	| 'journeys'
	| 'lastTouch'
	| 'lastTouchAt'
	| 'nextTouch'
	| 'nextTouchAt'
	| 'openCase'
	| 'caseOwner'
	| 'caseSince';

type Row = [name: CrmFieldName, words: string, type: CrmFieldType, description: string];

const ROWS: readonly Row[] = [
	['healthScore', 'Health Score', 'number', '0 to 100; empty where it is not known'],
	['healthBand', 'Health Band', 'string', 'green, yellow or red'],
	['tier', 'Tier', 'string', 'How much human time the account gets'],
	['journeys', 'Journeys', 'string', 'Journeys the account is in now'],
	['lastTouch', 'Last Touch', 'string', 'The last automated message: journey, step and channel'],
	['lastTouchAt', 'Last Touch At', 'datetime', 'When it was sent'],
	['nextTouch', 'Next Touch', 'string', 'The next one that waits for its time'],
	['nextTouchAt', 'Next Touch At', 'datetime', 'When it may go'],
	['openCase', 'Open Case', 'string', 'A human has the account: number, priority and kind'],
	['caseOwner', 'Case Owner', 'string', 'Who has it'],
	['caseSince', 'Case Since', 'datetime', 'Since when'],
];

/** The one field group of the write-back; no other field of the CRM is ever touched. */
export const CRM_FIELDS: readonly CrmField[] = ROWS.map(([name, words, type, description]) => ({
	name,
	label: `Digital CS ${words}`,
	type,
	hubspot: `digital_cs_${words.toLowerCase().replaceAll(' ', '_')}`,
	salesforce: `Digital_CS_${words.replaceAll(' ', '_')}__c`,
	description,
}));
