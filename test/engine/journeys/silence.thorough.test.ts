import { DateTime } from 'luxon';
import { advanceJourney } from '../../../engine/journeys/advance';
import { dice, pick } from './dice';
import { journey, mail } from './journeys';
import { LedgerModel } from './ledgerModel';
import { account, at, contact, DAY, HOUR } from './simulate';

/**
 * 100,000 cases of a message that is due at some moment, somewhere, for people some of whom may not be written to, while
 * unsubscribes, pauses and stops come in before or after it was decided: none leaves that may not (P02, P12, P33).
 */
const CASES = 100_000;
const ZONES = Intl.supportedValuesOf('timeZone') as [string, ...string[]];
const one = journey([mail('hello', { type: 'daysAfterStart', days: 0 })]);
const NAMES = ['ada', 'dee', 'cha'] as const;
type Change = 'unsubscribe' | 'stop' | 'pauseAccount' | 'pauseAddress' | 'bounce' | 'nothing';
const CHANGES: [Change, ...Change[]] = [
	'unsubscribe',
	'stop',
	'pauseAccount',
	'pauseAddress',
	'nothing',
	'nothing',
];

function play(seed: number): { left: boolean; wrong: string | undefined } {
	const roll = dice(seed);
	const now = at('2026-01-05 00:00') + Math.floor(roll() * 350 * DAY);
	const zone = pick(roll, ZONES);
	const ledger = new LedgerModel();
	const forbidden = new Set<string>();
	const sends = { stopped: false };
	const happens = (change: Change): void => {
		const address = `${pick(roll, NAMES)}@acme.example`;
		const until = roll() < 0.5 ? now + HOUR : roll() < 0.5 ? now - 1 : undefined;
		const holds = until === undefined || until > now;
		const end = until === undefined ? {} : { until };
		if (change === 'unsubscribe') {
			ledger.suppressed.add(address);
			forbidden.add(address);
		} else if (change === 'stop' || change === 'pauseAccount') {
			const scope = change === 'stop' ? 'all' : 'account';
			ledger.pause({ scope, id: change === 'stop' ? '' : 'acme', reason: 'asked', ...end });
			sends.stopped ||= holds;
		} else if (change === 'pauseAddress') {
			ledger.pause({ scope: 'address', id: address, reason: 'asked', ...end });
			if (holds) forbidden.add(address);
		}
	};
	const people = NAMES.map((name) => {
		const silent = roll() < 0.15;
		const state = silent
			? pick<object>(roll, [{ unsubscribed: true }, { status: 'left' }, { status: 'bounced' }])
			: {};
		if (silent) forbidden.add(`${name}@acme.example`);
		const own = roll() < 0.3 ? { timezone: pick(roll, ZONES) } : {};
		return contact(name, pick(roll, ['admin', 'user', 'decisionMaker']), { ...state, ...own });
	});
	const accounts = [account({ timezone: zone, contacts: people })];
	happens(pick(roll, CHANGES));
	const [decision] = advanceJourney(one, accounts, ledger.recall(one.id, false, now), {
		now,
		dry: false,
	});
	// the race: it comes after the decision and before the claim
	happens(pick(roll, CHANGES));
	const [planned] = decision?.touches ?? [];
	if (planned === undefined) return { left: false, wrong: undefined };
	const { touch, caps, yieldsUntil, maxAttempts } = planned;
	const claim = ledger.claim({ touch, caps, yieldsUntil, maxAttempts, leaseMs: HOUR }, now);
	if (!claim.claimed) return { left: false, wrong: undefined };
	const person = accounts[0]?.contacts?.find(({ email }) => email === planned.to);
	const local = DateTime.fromMillis(now, { zone: person?.timezone ?? zone });
	const open = local.weekday <= 5 && local.hour >= 9 && local.hour < 17;
	const wrong = sends.stopped
		? 'it was stopped'
		: forbidden.has(planned.to)
			? `${planned.to} may not be written to`
			: open
				? undefined
				: `it is ${local.toFormat('ccc HH:mm')}`;
	return { left: true, wrong };
}

it(`in ${String(CASES)} cases nothing leaves that may not, and much does`, () => {
	let left = 0;
	for (let seed = 1; seed <= CASES; seed++) {
		const result = play(seed);
		if (result.wrong !== undefined)
			throw new Error(`case ${String(seed)}: sent although ${result.wrong}`);
		if (result.left) left++;
	}
	expect(left).toBeGreaterThan(CASES / 20);
}, 300_000);
