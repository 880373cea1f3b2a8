import { healthModelSchema, type HealthModel } from './model';

/** Usage figures older than this describe another customer; P10 already holds triggers after 48 hours. */
const usageAge = { field: 'usage.asOf', maxAgeDays: 14 };

const openP1 = {
	id: 'openP1',
	label: 'Open P1 tickets',
	group: 'support',
	field: 'support.openP1',
	curve: { type: 'linear', from: 1, to: 0 },
	range: { min: 0 },
};
const openTickets = {
	id: 'openTickets',
	label: 'Open support tickets',
	group: 'support',
	field: 'support.openTickets',
	curve: { type: 'linear', from: 5, to: 0 },
	range: { min: 0 },
};
const lastActive = {
	id: 'lastActive',
	label: 'Last activity',
	group: 'usage',
	field: 'usage.lastActiveAt',
	curve: { type: 'recency', from: 30, to: 3 },
};
const licenceUse = {
	id: 'licenceUse',
	label: 'License use',
	group: 'licences',
	field: 'licences.used',
	of: { field: 'licences.bought' },
	curve: { type: 'linear', from: 0.2, to: 0.8 },
	range: { min: 0 },
};
const nps = {
	id: 'nps',
	label: 'NPS',
	group: 'sentiment',
	field: 'sentiment.nps',
	curve: { type: 'linear', from: -50, to: 50 },
	range: { min: -100, max: 100 },
};
const csat = {
	id: 'csat',
	label: 'CSAT',
	group: 'sentiment',
	field: 'sentiment.csat',
	curve: { type: 'linear', from: 2, to: 4.5 },
	range: { min: 0, max: 5 },
};

/**
 * R22's four groups: product usage 40, support tickets 20, NPS/CSAT 20, licence utilisation 20. The weights and the
 * curves' end points are this pack's own first guess, except the usage trend: a fall of 40 % is urgent (R5, P03), and
 * the earlier week needs 50 events to be compared with (P03).
 */
export const b2bSaas: HealthModel = healthModelSchema.parse({
	id: 'b2b-saas',
	label: 'B2B SaaS',
	signals: [
		{
			id: 'adoption',
			label: 'Feature adoption',
			group: 'usage',
			field: 'usage.adoption',
			weight: 15,
			curve: { type: 'linear', from: 0, to: 0.6 },
			range: { min: 0, max: 1 },
			asOf: usageAge,
		},
		{
			id: 'usageTrend',
			label: 'Usage against the week before',
			group: 'usage',
			field: 'usage.events',
			of: { field: 'usage.previousEvents', atLeast: 50 },
			weight: 15,
			curve: { type: 'linear', from: 0.6, to: 1 },
			range: { min: 0 },
			asOf: usageAge,
		},
		{ ...lastActive, weight: 10, asOf: usageAge },
		{ ...openP1, weight: 10 },
		{ ...openTickets, weight: 10 },
		{ ...nps, weight: 10 },
		{ ...csat, weight: 10 },
		{ ...licenceUse, weight: 20 },
	],
});

/** For companies that know little: four signals nearly every product, help desk or contract can give. */
export const fewData: HealthModel = healthModelSchema.parse({
	id: 'few-data',
	label: 'Few data',
	signals: [
		{ ...lastActive, weight: 40 },
		{ ...licenceUse, weight: 30 },
		{ ...openTickets, weight: 20 },
		{ ...nps, weight: 10 },
	],
});

export const HEALTH_PRESETS = { b2bSaas, fewData };
