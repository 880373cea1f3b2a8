import type { Mail } from '../../mailbox';
import { readWorkflow } from '../../workflows';
import { violationsIn, type Message, type MessageKind } from '../addressRules';
import { momentOf, type Life } from '../life';
import { addressOf } from '../onboardingLives';
import { play } from '../play';
import { education } from './besideEducation';
import { recordFrom, RED, withCode } from './opsPlay';

/** A Monday, the day after the go-live. */
const DAY_0 = '2026-03-02';
const FROM = Date.parse('2026-03-01T14:05:00Z');
/** Six weeks, the first of a month among them. */
const UNTIL = Date.parse('2026-04-12T20:05:00Z');
const ZONES = ['Europe/Berlin', 'America/New_York'];

const KINDS: readonly (readonly [step: string, is: MessageKind, subject: RegExp])[] = [
	['tip', 'education', /^About feature-/],
	['pattern', 'service', /^Your team uses .* less than it did$|^Is something in the way at /],
	['consultation', 'service', /^20 minutes with somebody/],
	['value-summary', 'service', /^What Example did for /],
	['reminder', 'service', /^Your plan renews on |^Renew with one click/],
	['last-reminder', 'service', /: renews in \d+ days$| days left: keep /],
	['what-fell', 'service', /^A quieter week/],
	['anniversary', 'service', /^A year together/],
	['celebration', 'atOnce', /^100 projects/],
	['check-in', 'survey', /^The first weeks/],
	['invitation', 'campaign', /^(What does your steering meeting|Reports that .*: 30 minutes)/],
	['announcement', 'campaign', /^(New: Reports by mail|Any report can)/],
	['recording', 'campaign', /^The recording: /],
	['summary-of-february', 'campaign', /^Your February: /],
	['summary-of-march', 'campaign', /^Your March: /],
	['digest', 'digest', /^Your week: /],
	['case', 'case', /^Please (call|reach|take over|talk)|^Customer asks for a human/],
	['alert', 'alert', /^(Task|Have a look): /],
];

/** Whoever has one of these has it from a day of their own, so that several want the same address in the same week. */
const stories = Array.from({ length: 72 }, (_none, nth) => {
	const has = (every: number, rest: number): boolean => nth % every === rest;
	const from = 1 + (nth % 10);
	return {
		id: `team-${String(nth)}`,
		zone: ZONES[nth % 2] ?? '',
		story: 'everything at once',
		day0: DAY_0,
		account: (day: number) => ({
			subscriptions: has(2, 0) || has(3, 1) ? ['digest'] : [],
			...(has(4, 1) ? { startedAt: `2025-03-${String(3 + (nth % 24)).padStart(2, '0')}` } : {}),
			...(has(4, 2) && day >= from ? { setup: { firstValueAt: '2026-02-04T08:00:00Z' } } : {}),
			// the summary of a term is 60 days before its end, a reminder 45 and 30
			...(has(5, 3) && day >= 2 ? { renewalDate: dateIn(60 + (nth % 20)) } : {}),
			...(has(6, 5) && day >= 7 + from ? RED : {}),
			usage: {
				featuresUsed: has(3, 0) || has(3, 1) ? ['boards'] : ['boards', 'reports'],
				totals: { projects: has(4, 3) && day >= from ? 100 : 99 },
				month: { events: 400, previousEvents: 300 },
				...(has(6, 5) && day >= 7 + from ? RED.usage : {}),
				...(has(6, 2) && day >= 7 && day < 14 ? { events: 640, previousEvents: 1000 } : {}),
			},
		}),
		events: [
			...(has(8, 6)
				? [
						{ at: `+${String(9 + from)} 10:00`, type: 'reply_received' },
						{ at: `+${String(19 + from)} 10:00`, type: 'case_resolved' },
					]
				: []),
			...(has(12, 7) ? [{ at: '+20 12:00', type: 'unsubscribed', contact: admin(nth) }] : []),
		],
		expected: [],
	} satisfies Life;
});
const LIVES: readonly Life[] = stories;
const byId = new Map(stories.map((life) => [life.id, life]));

/** The flows of the programme that write mails to customers by a sweep, beside journeys, on one n8n and one ledger. */
describe('the operations flows beside the journeys, six weeks of 72 customers, on the real n8n', () => {
	const mailbox: Message[] = [];
	const strays: string[] = [];
	beforeAll(async () => {
		const campaign = withCode(readWorkflow('ops-campaign.json'), 'This campaign', [
			[/startsAt: .*/, `startsAt: '2026-03-19T11:00:00+01:00',`],
			[/date: .*/, `date: '2026-03-16',`],
		]);
		const flows = [
			readWorkflow('journey-renewal.json'),
			readWorkflow('ops-usage-drop.json'),
			readWorkflow('ops-milestones.json'),
			readWorkflow('ops-check-ins.json'),
			campaign,
			readWorkflow('ops-performance-summary.json'),
			readWorkflow('ops-usage-digest.json'),
		];
		const played = await play({
			workflow: readWorkflow('journey-health-intervention.json'),
			beside: [
				{ ...education(), minutesLater: 1 },
				...flows.map((workflow, place) => ({ workflow, minutesLater: 2 + place })),
			],
			lives: LIVES,
			from: FROM,
			until: UNTIL,
			everyHours: 6,
			record: (life, at) => {
				const record = recordFrom(life, at);
				// mails greet by name, which tells of whom they are
				const contacts = [{ role: 'admin', name: `${life.id}.`, email: adminOf(life.id) }];
				return { ...record, name: `${life.id}.`, contacts };
			},
			read: (mail, at) => {
				const kind = KINDS.find(([, , subject]) => subject.test(mail.subject));
				const life = lifeOf(mail);
				const [address = ''] = mail.to;
				if (kind === undefined || life === undefined) strays.push(`${address}: ${mail.subject}`);
				else {
					const [step, is] = kind;
					mailbox.push({ at, address, account: life.id, zone: life.zone, step, is });
				}
				return { step: mail.subject, who: address };
			},
			lifeOf,
			report: (text) => process.stderr.write(`${text}\n`),
		});
		strays.push(...played.strays);
	}, 1_500_000);

	test('each of them spoke, and everybody is known', () => {
		const silent = KINDS.filter(([step]) => !mailbox.some((message) => message.step === step));
		expect(silent.map(([step]) => step)).toEqual([]);
		expect(strays).toEqual([]);
	});

	test('P02, P04, P06, P08 and P12 hold for every address on every day, whichever flow wrote', () => {
		const whenOf = (account: string, type: string): number[] => {
			const life = byId.get(account);
			return (life?.events ?? []).flatMap((event) =>
				life !== undefined && event.type === type ? [momentOf(life, event.at)] : [],
			);
		};
		const unsubscribed = new Map(
			stories.flatMap((life) =>
				whenOf(life.id, 'unsubscribed').map((at) => [adminOf(life.id), at] as const),
			),
		);
		expect(
			violationsIn(mailbox, {
				resolvedAt: (account) => whenOf(account, 'case_resolved'),
				unsubscribedAt: (address) => unsubscribed.get(address),
			}),
		).toEqual([]);
	});

	test('P01: nobody is told the same twice but what comes every week', () => {
		const said = mailbox
			.filter(({ is, step }) => is !== 'digest' && is !== 'education' && step !== 'case')
			.map(({ address, account, step }) => `${account} ${step} ${address}`);
		expect(said.filter((one, place) => said.indexOf(one) !== place)).toEqual([]);
	});

	test('a digest goes on an early day of the week, at most once a week (R53)', () => {
		const weeks = mailbox
			.filter(({ is }) => is === 'digest')
			.map(({ account, at }) => `${account} ${String(Math.floor((at - FROM) / (7 * 86_400_000)))}`);
		expect(new Set(weeks).size).toBe(weeks.length);
	});
});

function admin(nth: number): string {
	return adminOf(`team-${String(nth)}`);
}

/** Two customers in eighteen have one admin together. */
function adminOf(id: string): string {
	const nth = Number(id.slice('team-'.length));
	return addressOf(nth % 18 === 5 ? `team-${String(nth - 1)}` : id, 'admin');
}

function dateIn(days: number): string {
	return new Date(Date.parse(DAY_0) + days * 86_400_000).toISOString().slice(0, 10);
}

/** By the name in the greeting, or in what we are told. */
function lifeOf({ html, subject }: Mail): (typeof stories)[number] | undefined {
	const [, id = ''] = /(team-\d+)\./.exec(html) ?? /(team-\d+)\./.exec(subject) ?? [];
	return byId.get(id);
}
