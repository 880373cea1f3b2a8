import { HUMAN_PRIORITY, priorityOf } from '../../../engine/journeys/priority';
import { byFlags, human, journey, mail } from './journeys';
import { LedgerModel } from './ledgerModel';
import {
	account,
	at,
	diary,
	event,
	everyHours,
	simulate,
	touchStates,
	type Story,
} from './simulate';

const now = (days = 0) => ({ type: 'daysAfterStart', days }) as const;
const SWEEPS = everyHours('2026-03-02 10:00', '2026-03-10 10:00', 24);
const run = (story: Partial<Story>) =>
	simulate({ sweeps: SWEEPS, accounts: [account({ hot: true })], conditions: byFlags, ...story });

/** A case that nobody's hand-over opened: a person did, or a reply. */
const openCase = (over: { silences?: number; accountId?: string; key?: string } = {}) => ({
	key: 'case/1/0',
	accountId: 'acme',
	since: at('2026-03-01 10:00'),
	silences: HUMAN_PRIORITY,
	...over,
});
const withCase = (over: Parameters<typeof openCase>[0] = {}): LedgerModel => {
	const ledger = new LedgerModel();
	ledger.openCases = [openCase(over)];
	return ledger;
};
const EVERYTHING = journey([
	mail('news', now()),
	mail('party', now(1), { atOnce: true }),
	human('call', now(2)),
	human('look', now(3), { channel: 'alert' }),
]);

describe('a case is open, whoever opened it (P06, P08)', () => {
	it('journeys are silent and hand nobody over; welcome, celebration and alerts still go', () => {
		const told = run({ ledger: withCase(), journey: EVERYTHING });
		expect(diary(told)).toEqual(['Tue 03-03 10:00 party → ada', 'Thu 03-05 10:00 look → team']);
		expect(touchStates(told)).toMatchObject({ news: 'lapsed caseOpen', call: 'lapsed joinedCase' });
	});

	it('the hand-over that lapses keeps why it was due, so that it can join the case', () => {
		const { ledger } = run({ ledger: withCase(), journey: journey([human('call', now())]) });
		const free = run({ journey: journey([human('call', now())]) });
		const own = [...free.ledger.touches.values()][0]?.reasons[0];
		const reasons = [...ledger.touches.values()][0]?.reasons ?? [];
		expect(reasons.map(({ code }) => code)).toEqual(['joinedCase', own?.code]);
		expect(reasons[1]).toEqual(own);
	});

	it('nothing more is written of it, however often it is decided', () => {
		const ledger = withCase();
		const notes: number[] = [];
		run({
			ledger,
			journey: journey([human('call', now())]),
			after: (_time, _ledger, decisions) => notes.push(decisions[0]?.notes.length ?? 0),
		});
		expect(notes).toEqual([1, ...SWEEPS.slice(1).map(() => 0)]);
	});

	it.each([
		['with sales, expansion', priorityOf('expansion'), 'expansion', 0],
		['with sales, onboarding', priorityOf('expansion'), 'onboarding', 1],
		['for everything, expansion', HUMAN_PRIORITY, 'expansion', 0],
	] as const)('%s: %s', (_what, silences, type, mails) => {
		const told = run({
			ledger: withCase({ silences }),
			journey: journey([mail('news', now())], { type, marketingDays: 0 }),
		});
		expect(diary(told)).toHaveLength(mails);
	});

	it('of a record merged into the account it silences the account; of another account nobody', () => {
		const accounts = [account({ hot: true, aliases: ['old'] })];
		const news = journey([mail('news', now())]);
		expect(diary(run({ ledger: withCase({ accountId: 'old' }), accounts, journey: news }))).toEqual(
			[],
		);
		expect(
			diary(run({ ledger: withCase({ accountId: 'other' }), accounts, journey: news })),
		).toHaveLength(1);
	});

	it('in a dry run too (P34)', () => {
		const told = run({ ledger: withCase(), journey: EVERYTHING, dry: true });
		expect(touchStates(told).news).toBe('lapsed caseOpen');
	});

	it('when it is closed automation goes on; not when something else is resolved meanwhile', () => {
		const ledger = withCase();
		const told = run({
			ledger,
			journey: journey([mail('first', now(1)), mail('second', now(3)), mail('third', now(7))], {
				marketingDays: 0,
			}),
			events: [event('case_resolved', '2026-03-03 09:00')],
			after: (time) => {
				if (time === at('2026-03-06 10:00')) ledger.openCases = [];
			},
		});
		expect(diary(told)).toEqual(['Mon 03-09 10:00 third → ada']);
		expect(touchStates(told)).toMatchObject({
			first: 'lapsed caseOpen',
			second: 'lapsed caseOpen',
		});
	});

	it('conditions see that a human has the account (P22), where it concerns the journey', () => {
		const seen = (silences: number) =>
			run({ ledger: withCase({ silences }), journey: journey([mail('news', now())]) }).decisions[0]
				?.standing?.caseOpen;
		expect(seen(HUMAN_PRIORITY)).toBe(true);
		expect(seen(priorityOf('expansion'))).toBe(false);
	});
});

describe('a case that is opened between the decision and the claim', () => {
	const raced = (before: ReturnType<typeof openCase>[], after: ReturnType<typeof openCase>[]) => {
		const ledger = new LedgerModel();
		ledger.openCases = before;
		const told = run({
			ledger,
			sweeps: [at('2026-03-02 10:00')],
			journey: journey([
				mail('news', now(), { channel: 'inApp' }),
				human('look', now(), { channel: 'alert' }),
			]),
			conditions: (accounts) => ({
				...byFlags(accounts),
				step: () => {
					ledger.openCases = after;
					return true;
				},
			}),
		});
		return touchStates(told);
	};

	it('holds what it silences, and not what it does not', () => {
		expect(raced([], [openCase()])).toEqual({ news: 'held caseOpen', look: 'sent' });
	});

	it('is news also where it was with sales when the decision was taken, and stops everything now', () => {
		const sales = openCase({ silences: priorityOf('expansion') });
		expect(raced([sales], [sales])).toMatchObject({ news: 'sent' });
		expect(raced([sales], [openCase()])).toMatchObject({ news: 'held caseOpen' });
	});
});
