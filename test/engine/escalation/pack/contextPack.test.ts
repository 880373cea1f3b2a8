import type { JourneyEvent } from '../../../../engine/journeys/memory';
import { contextPack, type ContextInput } from '../../../../engine/escalation/pack/contextPack';
import { toHtml } from '../../../../engine/escalation/pack/html';
import { toMarkdown } from '../../../../engine/escalation/pack/markdown';
import { letterOf, sectionOf } from '../../../../engine/escalation/pack/letter';
import { escapeSlack, toSlackBlocks } from '../../../../engine/escalation/pack/slackBlocks';
import type { TimelineInput } from '../../../../engine/escalation/pack/lastTouches';
import { ACCOUNT, ACTIONS, caseOf, input, LINKS, NOW, OPENED, reason, standing } from './packInput';
import { letterFlaws } from './packFlaws';

const HOUR = 3_600_000;
const pack = (over: Partial<ContextInput> = {}) => contextPack(input(over));

describe('the context pack (R51)', () => {
	it('says what happened, how the account stands and what to do', () => {
		expect(pack()).toMatchObject({
			title: 'Case 12: Acme GmbH (high escalation)',
			no: 12,
			accountId: 'acme',
			owner: { name: 'Ada' },
			openedAt: '2026-03-04T09:00:00+01:00',
			nextStep: { code: 'acknowledge' },
			happened: {
				first: [{ at: '2026-03-04T09:00:00+01:00', text: 'Health dropped under 60' }],
				more: 0,
			},
			account: { arr: 12_500, arrText: '12,500 EUR', tier: 'Tech-Touch', plan: 'Team' },
			health: {
				score: 38,
				band: 'red',
				reasons: ['Weekly users are down to 4'],
				alerts: ['Usage fell by 42 %'],
			},
			renewal: { date: '2026-04-01', days: 28, autoRenew: false, noticeDays: 30 },
			notes: { first: ['Wants an export to SAP'], more: 0 },
			links: LINKS,
			actions: ACTIONS,
		});
	});

	it('has whoever is still there first, then by role', () => {
		expect(pack().contacts.first).toEqual([
			{
				name: 'Dee Decider',
				email: 'dee@acme.example',
				role: 'decisionMaker',
				status: 'active',
				unsubscribed: true,
			},
			expect.objectContaining({ name: 'Uma User' }),
			expect.objectContaining({ name: 'Gus Gone', status: 'left' }),
		]);
	});

	it.each([
		['running', 'Acknowledge: due Wed 2026-03-04 13:00'],
		['nearing', 'Acknowledge: due Wed 2026-03-04 13:00, which is near'],
		['breached', 'Acknowledge: was due Wed 2026-03-04 13:00'],
		['met', 'Acknowledge: done'],
		['paused', 'Acknowledge: stands still while it waits for the customer'],
	] as const)('a deadline that is %s is said: %s', (state, text) => {
		const dueAt = state === 'paused' ? undefined : OPENED + 4 * HOUR;
		expect(pack({ standings: [standing({ state, dueAt })] }).sla).toEqual([
			{
				measure: 'acknowledge',
				state,
				dueAt: dueAt === undefined ? null : '2026-03-04T13:00:00+01:00',
				elapsed: { realMinutes: 120, businessMinutes: 60 },
				text,
			},
		]);
	});

	it('takes what the case noted where the account does not say', () => {
		const facts = { name: 'Noted', arr: 900, tier: 'pooled', band: 'red', score: 12 };
		const { account, health } = pack({ case: caseOf({ facts }), account: undefined });
		expect(account).toMatchObject({ name: 'Noted', arr: 900, arrText: '900', tier: 'pooled' });
		expect(health).toMatchObject({ score: 12, band: 'red' });
		// yesterday's score beside today's band would be no health at all
		const today = { health: { score: null, band: 'unknown' } };
		expect(pack({ case: caseOf({ facts }), account: today }).health).toMatchObject({
			score: null,
			band: 'unknown',
		});
	});

	it('has the gravest reasons first, and says how many more there are', () => {
		const reasons = Array.from({ length: 14 }, (_none, index) =>
			reason({ at: OPENED + index, text: `Reason ${String(index)}` }),
		);
		const { happened } = pack({ case: caseOf({ reasons }) });
		expect(happened.first).toHaveLength(10);
		expect(happened.first[0]?.text).toBe('Reason 13');
		expect(happened.more).toBe(4);
		expect(toMarkdown(letterOf(pack({ case: caseOf({ reasons }) })))).toContain('and 4 more');
	});

	it('gives links to pages of the web only', () => {
		const urls = [
			'javascript:alert(1)',
			'data:text/html,x',
			'file:///etc/passwd',
			'//crm.example/x',
			'https://crm.example@evil.example/',
			'crm.example',
			'',
		];
		const { links, actions } = pack({
			links: [
				...urls.map((url) => ({ title: 'x', url })),
				{ title: ' ', url: LINKS[0]?.url ?? '' },
			],
			actions: { acknowledge: urls[0], resolve: urls[4] },
		});
		expect(links).toEqual([{ title: 'crm.example', url: 'https://crm.example/acme?a=1&b=2' }]);
		expect(actions).toEqual({ acknowledge: null, touch: null, resolve: null });
	});
});

describe('the last touches', () => {
	const entry = (over: Partial<TimelineInput['log'][number]>): TimelineInput['log'][number] => ({
		journey: 'intervention',
		dry: false,
		stepId: 'pattern',
		topic: '',
		channel: 'email',
		touch: 't1',
		at: OPENED - 24 * HOUR,
		what: 'sent',
		...over,
	});
	const event = (over: Partial<JourneyEvent>): JourneyEvent => ({
		id: 'e1',
		accountId: 'acme',
		type: 'reply_received',
		occurredAt: OPENED - HOUR,
		...over,
	});
	const touchesOf = (timeline: TimelineInput, isReported = false) =>
		pack({ timeline, isReported }).touches;

	it('are the last five that left, the latest first', () => {
		const log = Array.from({ length: 7 }, (_none, index) =>
			entry({ touch: `t${String(index)}`, at: OPENED + index * 1_000 }),
		);
		const { last } = touchesOf({ events: [], log });
		expect(last.map(({ at }) => at.slice(17, 19))).toEqual(['06', '05', '04', '03', '02']);
	});

	it.each([
		['held', { what: 'held' }],
		['dry', { dry: true }],
		['dry by its state', { what: 'dry' }],
		['to colleagues', { channel: 'alert' }],
		['a record', { channel: 'record' }],
		['ahead of now', { at: NOW + 1 }],
	])('are none that was %s', (_what, over) => {
		expect(touchesOf({ events: [], log: [entry(over)] }).last).toEqual([]);
	});

	it('count once, from when they left', () => {
		const log = [
			entry({ what: 'claimed' }),
			entry({ what: 'sending', at: OPENED }),
			entry({ what: 'sent', at: OPENED + HOUR }),
		];
		expect(touchesOf({ events: [], log }).last).toEqual([
			{
				at: '2026-03-04T09:00:00+01:00',
				channel: 'email',
				journey: 'intervention',
				step: 'pattern',
				state: 'sent',
				engagement: 'unknown',
			},
		]);
	});

	it('hold what a person recorded', () => {
		const events = [event({ type: 'case_touched' })];
		expect(touchesOf({ events, log: [] }).last).toMatchObject([{ channel: 'human' }]);
	});

	// P13
	it.each<[string, Partial<JourneyEvent>, boolean, string]>([
		['a reply', { touch: 't1' }, false, 'engaged'],
		['a human click', { touch: 't1', type: 'clicked', data: { human: true } }, true, 'engaged'],
		['a click of nobody knows whom', { touch: 't1', type: 'clicked' }, true, 'none'],
		['an automatic reply', { touch: 't1', data: { automatic: true } }, true, 'none'],
		['an open', { touch: 't1', type: 'opened' }, true, 'none'],
		['an open that says nothing', { touch: 't1', type: 'opened' }, false, 'unknown'],
		['a reply to another touch', { touch: 't2' }, true, 'none'],
	])('engagement: %s', (_what, over, isReported, expected) => {
		const told = touchesOf({ events: [event(over)], log: [entry({})] }, isReported);
		expect(told.last[0]?.engagement).toBe(expected);
	});

	it('engagement is that of any touch, and of what answers none', () => {
		for (const touch of ['t2', '', undefined]) {
			const { engagement } = touchesOf({ events: [event({ touch })], log: [] }, true);
			expect(engagement).toEqual({ state: 'engaged', lastAt: '2026-03-04T08:00:00+01:00' });
		}
	});

	it('without a timeline nothing is known of them', () => {
		const { touches } = pack({ timeline: undefined, isReported: true });
		expect(touches).toMatchObject({ known: false, engagement: { state: 'unknown' } });
		expect(toMarkdown(letterOf(pack({ timeline: undefined })))).toContain(
			'## Last touches\n\n- unknown',
		);
	});
});

describe('what is not known', () => {
	const nothing = pack({
		account: null,
		timeline: undefined,
		standings: [],
		links: [],
		actions: {},
		case: caseOf({ facts: {} }),
	});

	it('is said, in every format', () => {
		const formats = [
			toMarkdown(letterOf(nothing)),
			toHtml(letterOf(nothing)),
			JSON.stringify(toSlackBlocks(letterOf(nothing))),
			JSON.stringify(
				toSlackBlocks(letterOf(pack({ account: { arr: 'much', health: 7, notes: {} } }))),
			),
		];
		for (const format of formats) {
			expect(format).not.toMatch(/undefined|\bnull\b|NaN|\[object/);
			for (const label of ['ARR', 'Tier', 'Score', 'Band', 'Date', 'Notice', 'Stage'])
				expect(format).toContain(`${label}: unknown`);
		}
	});

	it('is null in the data, or unknown', () => {
		expect(nothing).toMatchObject({
			account: { arr: null, arrText: 'unknown', tier: 'unknown' },
			health: { score: null, band: 'unknown' },
			renewal: { date: 'unknown', days: null, autoRenew: null },
			touches: { known: false },
		});
	});

	it('one field of a strange kind costs no other', () => {
		const account = {
			...ACCOUNT,
			arr: '12',
			contacts: [null, 7, ...ACCOUNT.contacts],
			health: 'ill',
		};
		const told = pack({ account });
		expect(told.account).toMatchObject({ name: 'Acme GmbH', arr: null });
		expect(told.contacts.first).toHaveLength(3);
		expect(told.health.score).toBeNull();
	});
});

describe('the formats', () => {
	it('Markdown has headings, lists and links', () => {
		const markdown = toMarkdown(letterOf(pack()));
		expect(markdown).toMatch(/^# Case 12: Acme GmbH \\\(high escalation\\\)\n\n## Next step\n\n- /);
		expect(markdown).toContain('- ARR: 12,500 EUR\n');
		expect(markdown).toContain('- [CRM](https://crm.example/acme?a=1&b=2)\n');
		expect(markdown).toContain(`- [Acknowledge](${ACTIONS.acknowledge})\n`);
	});

	it('Slack has a header, buttons that are links, and a section each', () => {
		const blocks = toSlackBlocks(letterOf(pack()));
		expect(blocks[0]).toMatchObject({ type: 'header', text: { type: 'plain_text' } });
		expect(blocks[1]).toMatchObject({
			type: 'actions',
			elements: [
				{ type: 'button', url: ACTIONS.acknowledge, style: 'primary' },
				{ type: 'button', url: ACTIONS.resolve },
			],
		});
		expect(blocks.at(-1)).toMatchObject({
			type: 'section',
			text: { text: '*Links*\n• <https://crm.example/acme?a=1&amp;b=2|CRM>' },
		});
		expect(
			toSlackBlocks(letterOf(pack({ actions: {} }))).some(({ type }) => type === 'actions'),
		).toBe(false);
	});

	it('Slack gets whole lines only, and is told of the rest', () => {
		const text = '<&>'.repeat(160);
		const lines = (count: number) => {
			const sections = [sectionOf('Notes', Array(count).fill({ text }))];
			const letter = { title: 'Case', actions: [], sections, links: [] };
			expect(letterFlaws(letter, new Set())).toEqual([]);
			const shown = toSlackBlocks(letter).flatMap((one) =>
				one.type === 'section' ? one.text.text.split('\n') : [],
			);
			return [shown.filter((line) => line === `• ${escapeSlack(text)}`).length, shown.at(-1)];
		};
		// each fills a text of its own
		expect(lines(6)).toEqual([6, `• ${escapeSlack(text)}`]);
		expect(lines(7)).toEqual([6, '• and 1 more']);
		expect(lines(30)).toEqual([6, '• and 24 more']);
	});

	it('a mail has buttons and links, and nothing to load', () => {
		const html = toHtml(letterOf(pack()));
		expect(html).toContain('<a href="https://crm.example/acme?a=1&amp;b=2">CRM</a>');
		expect(html).toContain(`href="${ACTIONS.acknowledge}"`);
		expect(html).not.toMatch(/<(script|img|link|iframe|style)/);
	});
});
