/**
 * The score of the preset B2B SaaS as somebody would write it by hand into a Code node or an expression: same signals,
 * weights and curves, same reasons. It is plain JavaScript because that is what those nodes run; the bench compares
 * what it finds with what Health Score finds, account by account.
 */
const HEALTH_OF = `
const DAY = 86400000;
const line = (value, from, to) => Math.min(100, Math.max(0, ((value - from) / (to - from)) * 100));
const known = (value) => typeof value === 'number' && Number.isFinite(value);
const percent = (part, whole) => (known(part) && known(whole) && whole > 0 ? part / whole : undefined);
const daysSince = (time) => (time === undefined ? undefined : Math.max(0, Math.floor((NOW - Date.parse(time)) / DAY)));
const healthOf = (account) => {
	const { usage = {}, support = {}, sentiment = {}, licences = {} } = account;
	const stale = usage.asOf !== undefined && (NOW - Date.parse(usage.asOf)) / DAY > 14;
	const signals = [
		['adoption', 'Feature adoption', 'is', 15, 0, 0.6, stale ? undefined : usage.adoption],
		['usageTrend', 'Usage against the week before', '%', 15, 0.6, 1, stale || usage.previousEvents < 50 ? undefined : percent(usage.events, usage.previousEvents)],
		['lastActive', 'Last activity', 'days', 10, 30, 3, stale ? undefined : daysSince(usage.lastActiveAt)],
		['openP1', 'Open P1 tickets', 'is', 10, 1, 0, support.openP1],
		['openTickets', 'Open support tickets', 'is', 10, 5, 0, support.openTickets],
		['nps', 'NPS', 'is', 10, -50, 50, sentiment.nps],
		['csat', 'CSAT', 'is', 10, 2, 4.5, sentiment.csat],
		['licenceUse', 'License use', '%', 20, 0.2, 0.8, percent(licences.used, licences.bought)],
	];
	let weight = 0;
	for (const signal of signals) if (known(signal[6])) weight += signal[3];
	const contributions = {};
	const reasons = [];
	const lowering = [];
	const missing = [];
	let total = 0;
	for (const [id, label, kind, share, from, to, value] of signals) {
		if (!known(value)) {
			missing.push(id);
			reasons.push({ code: 'signal_missing', signal: id, text: label + ' has no data and is left out' });
			continue;
		}
		const possible = (share / weight) * 100;
		const points = line(value, from, to);
		const earned = (possible * points) / 100;
		const cost = possible * (1 - points / 100);
		contributions[id] = earned;
		total += earned;
		if (cost >= 0.5) lowering.push({ id, label, kind, value, earned, possible, cost });
	}
	lowering.sort((a, b) => b.cost - a.cost || (a.id < b.id ? -1 : 1));
	for (const { id, label, kind, value, earned, possible } of lowering.slice(0, 3)) {
		const rounded = Math.round(value * 100) / 100;
		const said = kind === '%' ? 'is ' + Math.round(value * 100) + ' %' : kind === 'days' ? (value === 0 ? 'was today' : 'was ' + value + (value === 1 ? ' day ago' : ' days ago')) : 'is ' + rounded;
		const text = label + ' ' + said + ', which earns ' + Math.round(earned) + ' of ' + Math.round(possible * 100) / 100 + ' points';
		reasons.push({ code: 'signal_lowers', signal: id, value: rounded, earned: Math.round(earned), possible, text });
	}
	const score = weight === 0 ? null : Math.round(total + 1e-9);
	const coverage = weight / 100;
	const band = score === null || coverage < 0.6 ? 'unknown' : score >= 75 ? 'green' : score >= 60 ? 'yellow' : 'red';
	return { score, band, coverage, model: { id: 'b2b-saas', version: '1' }, contributions, reasons, missing };
};`;

/** Body of a Code node in the mode "Run Once for All Items". */
export function codeForAllItems(now: number): string {
	return `const NOW = ${now};${HEALTH_OF}
return $input.all().map((item, index) => ({ json: { ...item.json, health: healthOf(item.json) }, pairedItem: { item: index } }));`;
}

/** An expression that gives the health of the current item. */
export function expression(now: number, property = ''): string {
	return `={{ (() => { const NOW = ${now};${HEALTH_OF}
return healthOf($json)${property}; })() }}`;
}
