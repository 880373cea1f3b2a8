import { TOLD } from '../sweeps';

export const ACCOUNTS = 100_000;
/** One in so many accounts has to be routed in a sweep, each time others. */
export const ONE_IN = 20;
const PEOPLE_PER_REGION = 10;
const REGIONS = ['EMEA', 'AMER', 'APAC', 'DACH', 'UKI'];

/**
 * Accounts as Health Score hands them on, of which one in twenty has something to route, in turns an alert and a reply,
 * which is an escalation. The webhook says which sweep it is: every account has its turn.
 */
export const ACCOUNTS_CODE = `const { now: text, turn } = ${TOLD};
const now = Date.parse(text);
const at = (days) => new Date(now - days * 86400000).toISOString();
const date = at(0).slice(0, 10);
const regions = ${JSON.stringify(REGIONS)};
const items = [];
for (let i = 0; i < ${ACCOUNTS}; i++) {
	const accountId = 'acc-' + i;
	const calls = i % ${ONE_IN} === turn;
	const alerts = calls && i % ${2 * ONE_IN} === turn ? [{ code: 'health_dropped', key: 'health_dropped/b2b-saas/' + accountId + '/' + date, priority: 'normal', since: date, text: 'Health dropped under 60 on ' + date }] : [];
	const json = {
		accountId,
		name: 'Company ' + i,
		arr: 1000 + (i * 37) % 90000,
		currency: 'USD',
		plan: ['starter', 'team', 'business'][i % 3],
		region: regions[i % 5],
		locale: ['de-DE', 'en-US', 'fr'][i % 3],
		csm: i % 10 === 0 ? 'p' + (i % 50) + '@vendor.example' : undefined,
		renewalDate: at(-(i % 365)),
		contacts: [{ email: 'ann@company-' + i + '.example', name: 'Ann', role: 'admin' }],
		usage: { activeUsers: 40 + i % 20, events: 300, previousEvents: 320 },
		support: { openTickets: i % 7, openP1: i % 400 === 0 ? 1 : 0 },
		sentiment: { nps: ((i * 17) % 101) * 2 - 100, csat: 1 + ((i * 3) % 40) / 10 },
		tier: { tier: 'techTouch', name: 'Tech-Touch' },
		health: { score: alerts.length > 0 ? 55 : 70, band: alerts.length > 0 ? 'red' : 'yellow', alerts, reasons: [{ code: 'signal_lowers', signal: 'usageTrend', text: 'Usage against the week before is 60 %' }] },
	};
	if (calls && alerts.length === 0) json.ledger = { recorded: true, event: { id: 'reply-' + turn + '-' + i, type: 'reply_received', accountId, asksForHuman: true } };
	items.push({ json });
}
return items;`;

/** Ten people in each of five regions, and the rules that find them. */
export function routeParameters(now: string): Record<string, unknown> {
	const person = REGIONS.flatMap((region, index) =>
		Array.from({ length: PEOPLE_PER_REGION }, (_none, place) => {
			const name = `p${index + place * REGIONS.length}`;
			return { name, email: `${name}@vendor.example`, pools: region };
		}),
	);
	const rule = REGIONS.map((region) => ({
		name: region,
		when: { regions: region },
		pools: region,
		strategy: 'ownCsmFirst',
	}));
	return {
		operation: 'route',
		fallbackName: 'Sam',
		fallbackEmail: 'sam@vendor.example',
		people: { person },
		rules: { rule },
		options: {
			now,
			linkAddress: 'https://n8n.example.com/webhook/digital-cs/case',
			accountLink: 'https://crm.example.com/accounts/{accountId}',
		},
	};
}

/**
 * What somebody would write by hand: whoever of the region has the fewest. It remembers nothing, so that the next sweep
 * gives the same accounts away once more, and tells nobody why.
 */
export const PEER_CODE = `const regions = ${JSON.stringify(REGIONS)};
const loads = new Map(regions.map((region, index) => [region, Array.from({ length: ${PEOPLE_PER_REGION} }, (_none, place) => ({ email: 'p' + (index + place * 5) + '@vendor.example', cases: 0 }))]));
const routed = [];
for (const { json } of $input.all()) {
	const wanted = json.health.alerts[0]?.text ?? (json.ledger?.event.asksForHuman ? 'The customer answered' : undefined);
	if (wanted === undefined) continue;
	const pool = loads.get(json.region);
	const own = pool.find(({ email }) => email === json.csm);
	const owner = own ?? pool.reduce((least, one) => (one.cases < least.cases ? one : least));
	owner.cases++;
	routed.push({ json: { ...json, escalation: { owner: owner.email, why: wanted } } });
}
return routed;`;
