/** In order of size. */
export const PLANS = ['Starter', 'Team', 'Business', 'Enterprise'];

export type Feature = {
	readonly name: string;
	/** The smallest plan that has it, by its place. */
	readonly plan: number;
	/** Of accounts that have it and are a year old, the share that uses it. */
	readonly share: number;
	readonly buildsOn?: string;
	readonly outcome: string;
};

const OUTCOMES = [
	'The first project is live',
	'Finish projects on time',
	'Everybody knows what to do next',
	'Less work by hand',
	'Managers see where things stand',
];

const NAMES: readonly (readonly [name: string, plan: number, buildsOn?: string])[] = [
	['Boards', 0],
	['Comments', 0],
	['Due Dates', 0],
	['Team Members', 0],
	['Notifications', 0],
	['Templates', 0, 'Boards'],
	['Checklists', 0],
	['Calendar', 0, 'Due Dates'],
	['Mobile App', 0],
	['Files', 0],
	['Labels', 0, 'Boards'],
	['Import', 0],
	['Search', 0],
	['Automations', 1, 'Boards'],
	['Reports', 1, 'Due Dates'],
	['Time Tracking', 1],
	['Forms', 1],
	['Custom Fields', 1, 'Boards'],
	['Dependencies', 1, 'Due Dates'],
	['Guests', 1, 'Team Members'],
	['Chat Integration', 1, 'Notifications'],
	['Mail to Board', 1],
	['Recurring Work', 1, 'Automations'],
	['Goals', 1],
	['Whiteboards', 1],
	['Docs', 1],
	['Portfolios', 2, 'Reports'],
	['Workload', 2, 'Time Tracking'],
	['Approvals', 2, 'Forms'],
	['Budgets', 2, 'Time Tracking'],
	['API', 2],
	['CRM Integration', 2, 'Custom Fields'],
	['Dashboards', 2, 'Reports'],
	['Scenarios', 2, 'Portfolios'],
	['Baselines', 2, 'Dependencies'],
	['Private Boards', 2],
	['Single Sign-On', 3],
	['Audit Log', 3],
	['Data Residency', 3],
	['Sandboxes', 3],
];

/** Forty features: a few that nearly all use, and a long tail; larger plans have more. */
export const FEATURES: readonly Feature[] = NAMES.map(([name, plan, buildsOn], place) => ({
	name,
	plan,
	share: 0.92 * Math.pow(1 + place / 8, -0.9),
	...(buildsOn === undefined ? {} : { buildsOn }),
	outcome: OUTCOMES[place % OUTCOMES.length] ?? '',
}));
