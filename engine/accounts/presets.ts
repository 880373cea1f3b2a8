/**
 * How one vendor names what the account calls otherwise. A preset is data: `paths` by canonical field, the first
 * that holds a value wins. `headers` says whether column headings are understood as well, in any spelling of them.
 */
export type AccountPreset = {
	id: string;
	name: string;
	description: string;
	headers: boolean;
	/** Cells that wrap their value in an object, by the name it has there. */
	valueIn?: string;
	paths: Readonly<Record<string, readonly string[]>>;
};

export const ACCOUNT_PRESETS: readonly AccountPreset[] = [
	{
		id: 'canonical',
		name: 'Canonical or CSV',
		description:
			'Columns named as the account’s fields, or as exports usually name them: Account ID, ARR, Renewal Date',
		headers: true,
		paths: {},
	},
	{
		id: 'hubspotCompany',
		name: 'HubSpot Company',
		description: 'Companies as HubSpot’s API and n8n’s HubSpot node give them',
		headers: false,
		// n8n's node calls the older API, which gives { value, timestamp, source } for each property
		valueIn: 'value',
		// HubSpot's own `annualrevenue` is what the company earns, not what it pays: never read as ARR
		paths: {
			accountId: ['id', 'companyId', 'properties.hs_object_id'],
			arr: ['properties.arr', 'properties.annual_recurring_revenue'],
			createdAt: ['properties.createdate', 'createdAt'],
			currency: ['properties.arr_currency', 'properties.currency'],
			name: ['properties.name'],
			plan: ['properties.plan'],
			renewalDate: ['properties.renewal_date', 'properties.contract_end_date'],
			segment: ['properties.segment'],
			startedAt: ['properties.contract_start_date', 'properties.start_date'],
			timezone: ['properties.timezone'],
			useCase: ['properties.use_case'],
		},
	},
	{
		id: 'ownMapping',
		name: 'Own Mapping Only',
		description: 'Only the columns mapped below, and columns with exactly a canonical name',
		headers: false,
		paths: {},
	},
];

/** @throws Error naming the id when there is no such preset */
export function accountPreset(id: string): AccountPreset {
	const preset = ACCOUNT_PRESETS.find((candidate) => candidate.id === id);
	if (preset === undefined) throw new Error(`There is no preset '${id}'`);
	return preset;
}
