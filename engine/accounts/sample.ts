import type { Account } from './account';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * One account per story of "Onboarding to first value", in every run the same at the same `now` (ms since 1970).
 * `story` says what should happen (P11–P18). Set-up steps are those of the sample product; every address is reserved
 * for documentation, so that nothing can reach a stranger.
 */
export function sampleAccounts(now: number): Account[] {
	const ago = (ms: number): string => new Date(now - ms).toISOString();
	const inDays = (days: number): string => new Date(now + days * DAY).toISOString().slice(0, 10);
	const person = { role: 'admin', status: 'active', unsubscribed: false } as const;
	const fresh = { lifecycleStage: 'onboarding', complexity: 'simple', autoRenew: true } as const;
	return [
		{
			accountId: 'olive-optics',
			name: 'Olive Optics',
			story:
				'On track: created yesterday, first step done; gets the welcome now, the set-up guide on day 2, and no nudge while set-up moves on.',
			...fresh,
			plan: 'starter',
			useCase: 'reporting',
			segment: 'smb',
			arr: 2_400,
			currency: 'EUR',
			createdAt: ago(1 * DAY),
			renewalDate: inDays(364),
			termMonths: 12,
			timezone: 'Europe/Berlin',
			contacts: [{ ...person, email: 'ada@olive.example.com', name: 'Ada Olive' }],
			usage: { activeUsers: 3, events: 85, lastActiveAt: ago(2 * HOUR), asOf: ago(HOUR) },
			support: { openTickets: 0, openP1: 0 },
			licences: { bought: 5, used: 3 },
			setup: { completed: [{ step: 'connect-data', at: ago(20 * HOUR) }] },
		},
		{
			accountId: 'stone-studio',
			name: 'Stone Studio',
			story:
				'Stalled: one step done 5 days ago and nothing since; gets a nudge about exactly the next step, inviting the team, never two mails in one day.',
			...fresh,
			plan: 'growth',
			useCase: 'forecasting',
			segment: 'smb',
			arr: 9_600,
			currency: 'USD',
			createdAt: ago(6 * DAY),
			renewalDate: inDays(359),
			termMonths: 12,
			timezone: 'America/Los_Angeles',
			contacts: [{ ...person, email: 'sam@stone.example.com', name: 'Sam Stone' }],
			usage: { activeUsers: 2, events: 40, lastActiveAt: ago(5 * DAY), asOf: ago(HOUR) },
			support: { openTickets: 1, openP1: 0 },
			sentiment: { csat: 3.5 },
			licences: { bought: 10, used: 2 },
			setup: { completed: [{ step: 'connect-data', at: ago(5 * DAY) }] },
		},
		{
			accountId: 'ember-electric',
			name: 'Ember Electric',
			story:
				'Finished early: every step done by day 2, first value an hour ago; gets the celebration and no set-up mail.',
			...fresh,
			plan: 'growth',
			useCase: 'reporting',
			segment: 'mid-market',
			arr: 14_500,
			currency: 'USD',
			createdAt: ago(3 * DAY),
			renewalDate: inDays(362),
			termMonths: 12,
			timezone: 'Asia/Kolkata',
			contacts: [
				{
					...person,
					email: 'esha@ember.example.com',
					name: 'Esha Ember',
					setupCompletedAt: ago(30 * HOUR),
				},
			],
			usage: {
				activeUsers: 14,
				events: 620,
				lastActiveAt: ago(HOUR),
				asOf: ago(HOUR),
				adoption: 0.7,
				featuresUsed: ['reports', 'alerts', 'sharing'],
			},
			support: { openTickets: 0, openP1: 0 },
			sentiment: { nps: 60, csat: 4.8 },
			licences: { bought: 15, used: 14 },
			setup: {
				completed: [
					{ step: 'connect-data', at: ago(66 * HOUR) },
					{ step: 'invite-team', at: ago(48 * HOUR) },
					{ step: 'first-report', at: ago(30 * HOUR) },
				],
				firstValueAt: ago(HOUR),
			},
		},
		{
			accountId: 'quartz-quilts',
			name: 'Quartz Quilts',
			story:
				'Unsubscribed: the only contact wants no mail and set-up rests; goes to a human once, and no mail leaves.',
			...fresh,
			plan: 'starter',
			useCase: 'reporting',
			segment: 'smb',
			arr: 1_800,
			currency: 'GBP',
			createdAt: ago(5 * DAY),
			renewalDate: inDays(360),
			termMonths: 12,
			timezone: 'Europe/London',
			contacts: [
				{ ...person, email: 'quinn@quartz.example.org', name: 'Quinn Quartz', unsubscribed: true },
			],
			usage: { activeUsers: 1, events: 12, lastActiveAt: ago(4 * DAY), asOf: ago(HOUR) },
			support: { openTickets: 0, openP1: 0 },
			licences: { bought: 3, used: 1 },
			setup: { completed: [{ step: 'connect-data', at: ago(4.5 * DAY) }] },
		},
		...mergedMaple(ago, inDays),
		{
			accountId: 'mint-media',
			name: 'Mint Media',
			story:
				'Paid monthly: a term of one month changes nothing about onboarding; gets the same set-up guide on day 2 as everybody.',
			...fresh,
			plan: 'starter',
			useCase: 'forecasting',
			segment: 'smb',
			arr: 588,
			currency: 'USD',
			createdAt: ago(2 * DAY),
			renewalDate: inDays(28),
			termMonths: 1,
			timezone: 'Australia/Sydney',
			contacts: [{ ...person, email: 'mia@mint.example.com', name: 'Mia Mint' }],
			usage: { activeUsers: 1, events: 55, lastActiveAt: ago(9 * HOUR), asOf: ago(HOUR) },
			sentiment: { csat: 4.2 },
			licences: { bought: 1, used: 1 },
			setup: { completed: [] },
		},
		{
			accountId: 'rust-rentals',
			name: 'Rust Rentals',
			story:
				'Red: hardly any use and six open tickets, but before first value the score starts nothing; gets set-up mails and a nudge only.',
			...fresh,
			complexity: 'complex',
			plan: 'growth',
			useCase: 'reporting',
			segment: 'mid-market',
			arr: 22_000,
			currency: 'EUR',
			createdAt: ago(10 * DAY),
			renewalDate: inDays(355),
			termMonths: 12,
			timezone: 'Europe/Paris',
			contacts: [{ ...person, email: 'rene@rust.example.com', name: 'René Rust' }],
			usage: {
				activeUsers: 1,
				events: 4,
				previousEvents: 61,
				lastActiveAt: ago(9 * DAY),
				asOf: ago(HOUR),
				adoption: 0.05,
			},
			support: { openTickets: 6, openP1: 0 },
			sentiment: { nps: -40, csat: 1.8 },
			licences: { bought: 40, used: 2 },
			setup: { completed: [{ step: 'connect-data', at: ago(9 * DAY) }] },
		},
		{
			accountId: 'harbor-holdings',
			name: 'Harbor Holdings',
			story:
				'High-touch: the admin has finished set-up herself and hears no more of it; the set-up guide goes to the next contact.',
			...fresh,
			autoRenew: false,
			complexity: 'complex',
			strategic: true,
			plan: 'enterprise',
			useCase: 'forecasting',
			segment: 'enterprise',
			arr: 140_000,
			currency: 'USD',
			createdAt: ago(4 * DAY),
			renewalDate: inDays(726),
			termMonths: 24,
			noticeDays: 60,
			csm: 'csm@example.com',
			executiveSponsor: 'Hana Harbor',
			timezone: 'America/New_York',
			contacts: [
				{
					...person,
					email: 'alma@harbor.example.com',
					name: 'Alma Harbor',
					setupCompletedAt: ago(2 * DAY),
				},
				{
					...person,
					email: 'hana@harbor.example.com',
					name: 'Hana Harbor',
					role: 'decisionMaker',
				},
				{
					...person,
					email: 'hugo@harbor.example.com',
					name: 'Hugo Harbor',
					role: 'champion',
					timezone: 'Europe/Madrid',
				},
			],
			usage: {
				activeUsers: 48,
				events: 1_900,
				lastActiveAt: ago(3 * HOUR),
				asOf: ago(HOUR),
				adoption: 0.45,
				featuresUsed: ['reports', 'sharing'],
			},
			support: { openTickets: 2, openP1: 0 },
			sentiment: { nps: 20, csat: 4.1 },
			licences: { bought: 120, used: 51 },
			setup: {
				completed: [
					{ step: 'connect-data', at: ago(3 * DAY), by: 'alma@harbor.example.com' },
					{ step: 'invite-team', at: ago(2 * DAY), by: 'alma@harbor.example.com' },
				],
			},
			goals: ['One forecast for all regions by the end of the quarter'],
		},
	];
}

/** A customer who signed up twice: the record that stayed, and the one that was merged into it, as a CRM may still send it. */
function mergedMaple(ago: (ms: number) => string, inDays: (days: number) => string): Account[] {
	const shared: Omit<Account, 'accountId'> = {
		name: 'Maple Motors',
		lifecycleStage: 'onboarding',
		complexity: 'simple',
		plan: 'growth',
		useCase: 'reporting',
		segment: 'smb',
		arr: 6_000,
		currency: 'CAD',
		renewalDate: inDays(363),
		termMonths: 12,
		timezone: 'America/Toronto',
		contacts: [
			{
				email: 'max@maple.example.com',
				name: 'Max Maple',
				role: 'admin',
				status: 'active',
				unsubscribed: false,
			},
		],
	};
	return [
		{
			...shared,
			accountId: 'maple-motors',
			aliases: ['maple-motors-old'],
			story:
				'Merged: this record survived a duplicate; the two are one customer and get each mail once.',
			createdAt: ago(2 * DAY),
			usage: { activeUsers: 4, events: 130, lastActiveAt: ago(5 * HOUR), asOf: ago(HOUR) },
			support: { openTickets: 1, openP1: 0 },
			licences: { bought: 6, used: 4 },
			setup: { completed: [{ step: 'connect-data', at: ago(1.5 * DAY) }] },
		},
		{
			...shared,
			accountId: 'maple-motors-old',
			story:
				'Merged away: the duplicate of Maple Motors; gets nothing, everything happens on the record that survived.',
			createdAt: ago(2.5 * DAY),
			setup: { completed: [] },
		},
	];
}
