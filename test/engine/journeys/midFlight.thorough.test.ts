import type { Journey } from '../../../engine/journeys/definition';
import { dice, pick } from '../../harness/dice';
import { byFlags, human, journey, mail } from './journeys';
import { account, at, contact, DAY, everyHours, simulate, type Fate } from './simulate';

/** 2,000 journeys that are changed while accounts are inside: every account has a defined place, and nothing is sent twice. */
const STORIES = 2_000;
type Steps = Parameters<typeof journey>[0];

const WHENS: [Steps[number]['when'], ...Steps[number]['when'][]] = [
	{ type: 'daysAfterStart', days: 0 },
	{ type: 'daysAfterStart', days: 2 },
	{ type: 'daysAfterStart', days: 5 },
	{ type: 'daysAfterFirstMessage', days: 3 },
	{ type: 'everyDays', days: 4 },
	{ type: 'daysBeforeDate', field: 'renewalDate', days: 6 },
	{ type: 'conditionsMet' },
	{ type: 'noEngagement', days: 4 },
];

/** Another version of the steps: one added, removed, renamed, or all in another order. */
function changed(steps: Steps, roll: () => number, next: () => string): Steps {
	const [first, ...rest] = steps;
	if (first === undefined) return [mail(next(), pick(roll, WHENS))];
	switch (pick(roll, ['add', 'remove', 'rename', 'reorder', 'when'])) {
		case 'add':
			return [...steps, (roll() < 0.3 ? human : mail)(next(), pick(roll, WHENS))];
		case 'remove':
			return rest.length > 0 ? rest : [mail(next(), pick(roll, WHENS))];
		case 'rename':
			return [{ ...first, name: `${first.name}, renamed` }, ...rest];
		case 'when':
			return [{ ...first, when: pick(roll, WHENS) }, ...rest];
		default:
			return [...rest, first];
	}
}

it(`in ${String(STORIES)} stories`, () => {
	let sent = 0;
	for (let seed = 1; seed <= STORIES; seed++) {
		const roll = dice(seed);
		let count = 0;
		const next = (): string => `s${String(count++)}`;
		const begins = at('2026-03-02 10:00');
		let steps: Steps = [];
		for (let more = 1 + Math.floor(roll() * 4); more > 0; more--)
			steps = [...steps, mail(next(), pick(roll, WHENS))];
		const versions: [number, Journey][] = [];
		for (let from = begins; from < begins + 16 * DAY; from += (1 + roll() * 5) * DAY) {
			const version = journey(steps, {
				version: String(versions.length),
				engagementReported: true,
				endAfterDays: 14,
			});
			versions.push([from, version]);
			steps = changed(steps, roll, next);
		}
		const journeyAt = (now: number): Journey =>
			(versions.findLast(([from]) => from <= now) ?? versions[0])?.[1] ?? journey(steps);
		const fate = (): Fate => (roll() < 0.15 ? 'lost' : roll() < 0.05 ? 'refused' : 'sent');
		const told = simulate({
			sweeps: everyHours('2026-03-02 10:00', '2026-03-22 10:00', 6),
			accounts: [0, 1].map((index) =>
				account({
					hot: true,
					accountId: `a${String(index)}`,
					contacts: [contact(`p${String(index)}`, 'admin')],
					renewalDate: '2026-03-14',
				}),
			),
			journey: journeyAt,
			conditions: byFlags,
			fate,
			after: (now, ledger) => {
				const ids = new Set(journeyAt(now).steps.map(({ id }) => id));
				for (const { stepId, state, reasons, nextAt } of ledger.touches.values()) {
					if (state === 'held' && (!ids.has(stepId) || nextAt === undefined))
						throw new Error(`story ${String(seed)}: '${stepId}' waits for ever`);
					if (reasons.length === 0)
						throw new Error(`story ${String(seed)}: '${stepId}' has no reason`);
				}
			},
		});
		for (const { state, outcome, accountId } of told.ledger.enrollments.values()) {
			if (state !== 'ended' || outcome === undefined)
				throw new Error(`story ${String(seed)}: ${accountId} is ${state} without an outcome`);
		}
		const arrived = told.sent.filter((one) => one.fate === 'sent').map(({ key }) => key);
		if (new Set(arrived).size < arrived.length)
			throw new Error(`story ${String(seed)}: sent twice`);
		const open = [...told.ledger.touches.values()].filter(
			({ state }) => state === 'held' || state === 'withdrawn' || state === 'claimed',
		);
		if (open.length > 0)
			throw new Error(`story ${String(seed)}: ${open.map(({ key }) => key).join(', ')} left open`);
		sent += arrived.length;
	}
	expect(sent).toBeGreaterThan(STORIES);
}, 300_000);
