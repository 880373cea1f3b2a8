import { healthModelSchema, type HealthModel } from './model';

/** Usage figures older than this describe another customer; P10 already holds triggers after 48 hours. */
const usageAge = { field: 'usage.asOf', maxAgeDays: 14 };

const openP1 = {
	id: 'openP1',
	label: 'Open P1 tickets',
	group: 'support',
	field: 'support.openP1',
	unit: { one: 'open P1 ticket', many: 'open P1 tickets', less: 'resolved' },
	curve: { type: 'linear', from: 1, to: 0 },
	range: { min: 0 },
};
const openTickets = {
	id: 'openTickets',
	label: 'Open support tickets',
	group: 'support',
	field: 'support.openTickets',
	unit: { one: 'open ticket', many: 'open tickets', less: 'resolved' },
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
	unit: { one: 'license in use', many: 'licenses in use' },
	curve: { type: 'licenceUse' },
	range: { min: 0 },
};
const nps = {
	id: 'nps',
	label: 'NPS',
	group: 'sentiment',
	field: 'sentiment.nps',
	curve: { type: 'nps' },
};
const csat = {
	id: 'csat',
	label: 'CSAT',
	group: 'sentiment',
	field: 'sentiment.csat',
	curve: { type: 'csat', scale: 5 },
};

const adoption = {
	id: 'adoption',
	label: 'Feature adoption',
	group: 'usage',
	field: 'usage.adoption',
	curve: { type: 'linear', from: 0, to: 0.6 },
	range: { min: 0, max: 1 },
	asOf: usageAge,
};
/** A fall of 40 % is urgent (R5, P03), and the earlier week needs 50 events to be compared with (P03). */
const usageTrend = {
	id: 'usageTrend',
	label: 'Usage against the week before',
	group: 'usage',
	field: 'usage.events',
	of: { field: 'usage.previousEvents' },
	unit: 'weekly events',
	curve: { type: 'weekChange', from: 0.6, to: 1, atLeast: 50 },
	range: { min: 0 },
	asOf: usageAge,
};

/**
 * R22's four groups: product usage 40, support tickets 20, NPS/CSAT 20, licence utilisation 20. The weights and the
 * curves' end points are this pack's own first guess, except those of the usage trend.
 */
export const b2bSaas: HealthModel = healthModelSchema.parse({
	id: 'b2b-saas',
	label: 'B2B SaaS',
	signals: [
		{ ...adoption, weight: 15 },
		{ ...usageTrend, weight: 15 },
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

/**
 * Where the product sells itself (R11), usage says nearly all: 80 of 100, and half of that how the account fares against
 * its own past. No use for 30 days, after which P24 sends no more tips, caps the score. The rest of the figures, as in
 * the other presets, are this pack's own first guess.
 */
export const productLed: HealthModel = healthModelSchema.parse({
	id: 'product-led',
	label: 'Product-led',
	signals: [
		{
			id: 'weeklyUsers',
			label: 'Weekly users against their own mean',
			group: 'usage',
			field: 'usage.activeUsers',
			unit: 'weekly users',
			weight: 25,
			curve: { type: 'baseline', from: 0.6, to: 1, days: 28, atLeastDays: 14 },
			range: { min: 0 },
			asOf: usageAge,
		},
		{ ...usageTrend, weight: 15 },
		{ ...lastActive, weight: 20, curve: { type: 'halfLife', days: 14 }, asOf: usageAge },
		{ ...adoption, weight: 20 },
		{ ...licenceUse, weight: 10 },
		{ ...openTickets, weight: 5 },
		{ ...nps, weight: 5 },
	],
	caps: [{ signal: 'lastActive', from: 30, atMost: 40 }],
});

export const HEALTH_PRESETS = { b2bSaas, fewData, productLed };
