import type { Case, CaseReason } from '../../../../engine/escalation/case';
import type { ContextInput } from '../../../../engine/escalation/pack/contextPack';
import type { SlaStanding } from '../../../../engine/escalation/standing';
import { dice, pick } from '../../../harness/dice';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Wed 2026-03-04 11:00 in Berlin. */
export const NOW = Date.UTC(2026, 2, 4, 10);
export const OPENED = NOW - 2 * HOUR;

export function reason(over: Partial<CaseReason> = {}): CaseReason {
	return {
		key: 'r1',
		code: 'health_dropped',
		kind: 'escalation',
		priority: 'high',
		at: OPENED,
		text: 'Health dropped under 60',
		...over,
	};
}

export function caseOf(over: Partial<Case> = {}): Case {
	const { kind = 'escalation', priority = 'high' } = over;
	return {
		no: 12,
		accountId: 'acme',
		open: true,
		kind,
		priority,
		owner: { email: 'ada@vendor.example', name: 'Ada' },
		pool: 'all',
		facts: {},
		openedAt: OPENED,
		reopened: 0,
		reasons: [reason({ kind, priority })],
		clocks: [{ kind, priority, startedAt: OPENED }],
		pauses: [],
		told: [],
		pending: [],
		sla: '{}',
		...over,
	};
}

export function standing(over: Partial<SlaStanding> = {}): SlaStanding {
	return {
		measure: 'acknowledge',
		kind: 'escalation',
		priority: 'high',
		startedAt: OPENED,
		dueAt: OPENED + 4 * HOUR,
		state: 'running',
		elapsed: { real: 2 * HOUR, business: HOUR },
		...over,
	};
}

export const ACCOUNT = {
	accountId: 'acme',
	name: 'Acme GmbH',
	arr: 12_500,
	currency: 'EUR',
	plan: 'Team',
	lifecycleStage: 'established',
	csm: 'ada@vendor.example',
	renewalDate: '2026-04-01',
	autoRenew: false,
	noticeDays: 30,
	contacts: [
		{ email: 'gone@acme.example', name: 'Gus Gone', role: 'admin', status: 'left' },
		{ email: 'uma@acme.example', name: 'Uma User', role: 'user' },
		{ email: 'dee@acme.example', name: 'Dee Decider', role: 'decisionMaker', unsubscribed: true },
	],
	notes: ['Wants an export to SAP'],
	health: {
		score: 38,
		band: 'red',
		reasons: [{ code: 'signal_lowers', text: 'Weekly users are down to 4' }],
		alerts: [{ code: 'usage_fell', text: 'Usage fell by 42 %' }],
	},
	tier: { tier: 'techTouch', name: 'Tech-Touch', output: 1 },
};

export const LINKS = [{ title: 'CRM', url: 'https://crm.example/acme?a=1&b=2' }];
export const ACTIONS = {
	acknowledge: 'https://n8n.example/form/ack?t=abc.def',
	resolve: 'https://n8n.example/form/resolve?t=abc.def',
};

export function input(over: Partial<ContextInput> = {}): ContextInput {
	return {
		case: caseOf(),
		standings: [standing()],
		account: ACCOUNT,
		timeline: { events: [], log: [] },
		links: LINKS,
		actions: ACTIONS,
		zone: 'Europe/Berlin',
		now: NOW,
		...over,
	};
}

export const ATTACKS: [string, ...string[]] = [
	'<script>alert(1)</script>',
	'<img src=x onerror=alert(1)>',
	'"><a href="https://evil.example">x</a>',
	"' onmouseover='alert(1)",
	'[click](https://evil.example)',
	'![x](https://evil.example/p.png)',
	'<https://evil.example>',
	'<https://evil.example|Acknowledge>',
	'https://evil.example/path',
	'www.evil.example',
	'HTTP://evil.example',
	'mailto:evil@evil.example',
	'javascript:alert(1)',
	'<!channel> <!here> <@U12345> <#C12345>',
	'# heading',
	'\n# heading\n\n---\n',
	'\r\n\r\n> quote',
	'- item\n+ item\n* item\n1. item\n2) item',
	'1. item',
	'2) item',
	'===',
	'```\ncode\n```',
	'`code` *bold* _it_ ~gone~ **x** ~~y~~',
	'| a | b |\n|---|---|',
	'\\[x](https://evil.example)',
	'\\\\[x](https://evil.example)',
	'[x]: https://evil.example',
	'&lt;b&gt; &amp; &#60;i&#62;',
	'\u202Emoc.elpmaxe\u202C',
	'\u2028# x\u2029# y\u0085# z',
	'\0\x1b[31m',
	'{{ $json.secret }} {{7*7}} ={{ 1 }}',
	'<details><summary>',
	'<!-- x -->',
	']]>',
	'a'.repeat(4_000),
	'&'.repeat(4_000),
	'😀'.repeat(900),
	'\ud800',
	'',
	' ',
];

/** A pack's input whose every text somebody hostile wrote. */
export function hostileInput(seed: number): ContextInput {
	const roll = dice(seed);
	const text = (): string => {
		const parts = Array.from({ length: 1 + Math.floor(roll() * 3) }, () => pick(roll, ATTACKS));
		return parts.join(pick(roll, ['', ' ', '\n', '\\', '](']));
	};
	const some = <T>(make: () => T): T[] => Array.from({ length: Math.floor(roll() * 8) }, make);
	const maybe = (): string | undefined => (roll() < 0.2 ? undefined : text());
	return input({
		case: caseOf({
			accountId: text(),
			owner: { email: text(), name: text() },
			facts: { name: text(), tier: text(), renewalDate: text() },
			reasons: [reason({ text: text(), code: text() }), ...some(() => reason({ text: text() }))],
		}),
		account: {
			name: maybe(),
			arr: roll() < 0.5 ? 1_000 : text(),
			currency: maybe(),
			plan: maybe(),
			lifecycleStage: maybe(),
			csm: maybe(),
			executiveSponsor: maybe(),
			renewalDate: maybe(),
			tier: maybe(),
			contacts: some(() => ({ email: maybe(), name: maybe(), role: maybe() })),
			notes: some(text),
			health: {
				score: text(),
				band: text(),
				reasons: some(() => ({ text: text() })),
				alerts: null,
			},
		},
		timeline: {
			events: [],
			log: some(() => ({
				journey: text(),
				dry: false,
				stepId: text(),
				topic: text(),
				channel: pick(roll, ['email', 'human', 'inApp']),
				touch: text(),
				at: NOW - Math.floor(roll() * 1e9),
				what: 'sent',
			})),
		},
		links: some(() => ({ title: text(), url: pick(roll, ['https://crm.example/', '']) + text() })),
	});
}
