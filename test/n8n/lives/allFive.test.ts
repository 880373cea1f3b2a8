import type { Mail } from '../mailbox';
import { readWorkflow } from '../workflows';
import { violationsIn, type Facts, type Message, type MessageKind } from './addressRules';
import { withCatalogue } from './educationLives';
import { withPriceList } from './expansionLives';
import { FIVE_LIVES, fiveRecord, sharedAddress, WANTED_BY_TWO, type FiveLife } from './fiveLives';
import { dayOf, momentOf } from './life';
import { play } from './play';

const FROM = Date.parse('2026-03-09T01:03:00Z');
/** Day 63. */
const UNTIL = Date.parse('2026-05-25T07:03:00Z');

const KINDS: readonly (readonly [step: string, is: MessageKind, subject: RegExp])[] = [
	['welcome', 'atOnce', /^Welcome to Example/],
	['celebrate', 'atOnce', /^Your first result is in$/],
	['set-up-guide', 'service', /^Your set-up: \d steps? to go$/],
	['first-results', 'service', /^What teams like yours do first$/],
	['nudge', 'service', /^Stuck at "/],
	['power-tips', 'service', /^Set-up done: three tips/],
	['pattern', 'service', /^Your team uses .* less than it did$|^Is something in the way at /],
	['consultation', 'service', /^20 minutes with somebody/],
	['summary', 'service', /^What Example did for /],
	['reminder', 'service', /^Your plan renews on |^Renew with one click/],
	['last-reminder', 'service', /: renews in \d+ days$| days left: keep /],
	['offer', 'expansion', /: room for more$/],
	['tip', 'education', /^About feature-/],
	['to-sales', 'sales', /^For sales: /],
	['case', 'case', /^Please (call|reach|take over|talk)|^Customer asks for a human/],
	['alert', 'alert', /^(Task|Have a look): /],
];
const LIVES = new Map(FIVE_LIVES.map((life) => [life.id, life]));
const IDS = [...LIVES.keys()].toSorted((a, b) => b.length - a.length);

/** By the name in the greeting, or in what we are told. */
function lifeOf({ html }: Mail): FiveLife | undefined {
	return LIVES.get(IDS.find((id) => html.includes(id)) ?? '');
}

const whenOf = (life: FiveLife | undefined, type: string): number[] =>
	life === undefined
		? []
		: (life.events ?? [])
				.filter((event) => event.type === type)
				.map(({ at }) => momentOf(life, at));
const unsubscribed = new Map(
	FIVE_LIVES.flatMap((life) =>
		(life.events ?? [])
			.filter(({ type }) => type === 'unsubscribed')
			.map(({ at, contact }) => [String(contact), momentOf(life, at)] as const),
	),
);
const facts: Facts = {
	resolvedAt: (account) => whenOf(LIVES.get(account), 'case_resolved'),
	unsubscribedAt: (address) => unsubscribed.get(address),
};

/** What an address got first from day 10 on, as many mails as are expected, each as `+14 pattern`. */
function wrongOrder(mailbox: readonly Message[]): string[] {
	const zones = [...new Set(FIVE_LIVES.map(({ zone }) => zone))];
	return zones.flatMap((zone) =>
		Object.entries(WANTED_BY_TWO).flatMap(([name, expected]) => {
			const address = sharedAddress(name, zone);
			const got = mailbox
				.filter((message) => message.address === address)
				.toSorted((a, b) => a.at - b.at)
				.map(({ at, step }) => ({ step, day: dayOf({ day0: '2026-03-23', zone }, at)[0] }))
				.filter(({ day }) => day >= 10)
				.slice(0, expected.length)
				.map(({ step, day }) => `+${String(day)} ${step}`);
			return got.join() === expected.join()
				? []
				: [`P05: ${address} got ${got.join(', ')} instead of ${expected.join(', ')}`];
		}),
	);
}

/** P04–P06, P08, P12, P24 for every address on every day, with all five shipped journeys on one n8n and one ledger. */
describe('all five journeys at once, nine weeks of 200 customers, on the real n8n', () => {
	const mailbox: Message[] = [];
	const strays: string[] = [];
	beforeAll(async () => {
		const played = await play({
			workflow: readWorkflow('journey-health-intervention.json'),
			beside: [
				{ workflow: readWorkflow('journey-onboarding.json'), minutesLater: 2 },
				{ workflow: readWorkflow('journey-renewal.json'), minutesLater: 4 },
				{ workflow: withPriceList(readWorkflow('journey-expansion.json')), minutesLater: 6 },
				{
					workflow: withCatalogue(readWorkflow('journey-education.json')),
					starts: ['Your CRM', 'Sample catalogue'],
					minutesLater: 8,
				},
			],
			lives: FIVE_LIVES.map((life) => ({ ...life, expected: [] })),
			from: FROM,
			until: UNTIL,
			everyHours: 6,
			record: fiveRecord,
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
			lifeOf: (mail) => {
				const life = lifeOf(mail);
				return life === undefined ? undefined : { ...life, expected: [] };
			},
			report: (text) => process.stderr.write(`${text}\n`),
		});
		strays.push(...played.strays);
	}, 2_400_000);

	test('every journey spoke, and everybody is known', () => {
		const counts = Object.fromEntries(
			KINDS.map(([step]) => [step, mailbox.filter((message) => message.step === step).length]),
		);
		process.stderr.write(`${JSON.stringify(counts)}\n`);
		expect(strays).toEqual([]);
		expect(Object.entries(counts).filter(([, count]) => count === 0)).toEqual([]);
		expect(FIVE_LIVES.length).toBeGreaterThanOrEqual(200);
	});

	test('nobody gets more than P04 and P24 allow, nor anything in a case (P06) or once unsubscribed (P12), and a case is one (P08)', () => {
		expect(violationsIn(mailbox, facts)).toEqual([]);
	});

	test('of two that want the same slot the more important one goes (P05)', () => {
		expect(wrongOrder(mailbox)).toEqual([]);
	});

	test('what is with sales silences expansion only; a celebration goes whatever is open (P06)', () => {
		const after = (account: string, first: MessageKind, step: string): boolean => {
			const from = mailbox.find((one) => one.account === account && one.is === first)?.at;
			return mailbox.some(
				(one) =>
					from !== undefined && one.account === account && one.step === step && one.at > from,
			);
		};
		for (const city of ['berlin', 'auckland', 'los-angeles', 'new-york']) {
			expect(after(`near-sales-${city}`, 'sales', 'tip')).toBe(true);
			expect(after(`asks-and-succeeds-${city}`, 'case', 'celebrate')).toBe(true);
		}
	});

	describe('the check sees', () => {
		const DAY = 86_400_000;
		const T0 = Date.parse('2026-03-24T13:00:00Z');
		const message = (days: number, is: MessageKind, more: Partial<Message> = {}): Message => ({
			at: T0 + days * DAY,
			address: 'ann@acme.example',
			account: 'acme',
			zone: 'Europe/Berlin',
			step: is,
			is,
			...more,
		});
		const seen = (...messages: Message[]): string[] =>
			violationsIn(messages, {
				resolvedAt: (account) => (account === 'acme' ? [T0 + 5 * DAY] : []),
				unsubscribedAt: (address) => (address === 'bob@acme.example' ? T0 : undefined),
			}).map((line) => line.split(':')[0] ?? '');
		const other = { account: 'other' };
		const cases: readonly [string, Message[], string[]][] = [
			['two mails in a day', [message(0, 'service'), message(0.99, 'service')], ['P04, 24 hours']],
			['nothing in two that are a day apart', [message(0, 'service'), message(1, 'service')], []],
			[
				'two accounts of one address',
				[message(0, 'service'), message(0.08, 'service', other)],
				['P04, 24 hours'],
			],
			[
				'nothing in two addresses',
				[message(0, 'service'), message(0, 'service', { address: 'x' })],
				[],
			],
			[
				'that a welcome counts',
				[message(0, 'atOnce'), message(0.08, 'service')],
				['P04, 24 hours'],
			],
			['that it is exempt', [message(0, 'service'), message(0.5, 'atOnce')], []],
			[
				'marketing after six days',
				[message(0, 'service'), message(6, 'education')],
				['P04, 7 days'],
			],
			['nothing in marketing after seven', [message(0, 'service'), message(7, 'expansion')], []],
			['dates, not hours', [message(0, 'education'), message(6.9, 'expansion')], []],
			[
				'a tip of another account on the thirteenth date',
				[message(0, 'education'), message(13, 'education', other)],
				['P24'],
			],
			[
				'nothing in one on the fourteenth',
				[message(0, 'education'), message(14, 'education', other)],
				[],
			],
			['a mail while a case is open', [message(0, 'case'), message(2, 'service')], ['P06']],
			['nothing once it is resolved', [message(0, 'case'), message(6, 'service')], []],
			['a celebration all the same', [message(0, 'case'), message(2, 'atOnce')], []],
			[
				'an offer while sales has it',
				[message(0, 'sales'), message(2, 'expansion')],
				['P06, sales'],
			],
			['nothing in a tip then', [message(0, 'sales'), message(2, 'education')], []],
			['a second case', [message(0, 'case'), message(1, 'case')], ['P08']],
			['nothing in one after the first', [message(0, 'case'), message(6, 'case')], []],
			['a second hand-over to sales', [message(0, 'sales'), message(1, 'sales')], ['P08, sales']],
			['a mail on a Saturday', [message(4, 'service')], ['P02']],
			['nothing in a celebration then', [message(4, 'atOnce')], []],
			['a mail at five', [message(0.125, 'service')], ['P02']],
			['a survey after six days', [message(0, 'survey'), message(6, 'campaign')], ['P04, 7 days']],
			[
				'a digest within 24 hours',
				[message(0, 'service'), message(0.9, 'digest')],
				['P04, 24 hours'],
			],
			['nothing in one after a day', [message(0, 'education'), message(1, 'digest')], []],
			['nor in a tip a day after it', [message(0, 'digest'), message(1, 'education')], []],
			['who has unsubscribed', [message(0, 'service', { address: 'bob@acme.example' })], ['P12']],
		];
		test.each(cases)('%s', (_name, messages, expected) => {
			expect(seen(...messages)).toEqual(expected);
		});

		test('one mail more in the real mailbox, and two in the wrong order', () => {
			const offer = mailbox.find(({ step }) => step === 'offer');
			if (offer === undefined) throw new Error('Nobody got an offer');
			const more = { ...offer, at: offer.at + 6 * DAY, step: 'tip', is: 'education' as const };
			expect(violationsIn([...mailbox, more], facts)).not.toEqual([]);
			const turned = mailbox.map((one) =>
				one.step === 'offer'
					? { ...one, step: 'tip' }
					: one.step === 'tip'
						? { ...one, step: 'offer' }
						: one,
			);
			expect(wrongOrder(turned)).not.toEqual([]);
		});
	});
});
