import { healthModelSchema, type HealthModel } from '../../../engine/health/model';
import { b2bSaas } from '../../../engine/health/presets';
import { scoreAccounts } from '../../../engine/health/scoreAccounts';
import type { Health } from '../../../engine/health/health';
import { expectEach } from '../../harness/expectEach';
import { DAY, NOW, options } from './models';
import { dice } from '../../harness/dice';

const random = dice(2026);
const maybe = (value: unknown): unknown => {
	const dice = random();
	return dice < 0.15 ? undefined : dice < 0.2 ? 'n/a' : value;
};

function anyAccount(): Record<string, unknown> {
	return {
		usage: maybe({
			adoption: maybe(random()),
			events: maybe(Math.floor(random() * 900)),
			previousEvents: maybe(Math.floor(random() * 900)),
			lastActiveAt: maybe(new Date(NOW - Math.floor(random() * 60) * DAY).toISOString()),
			asOf: maybe(new Date(NOW - Math.floor(random() * 20) * DAY).toISOString()),
		}),
		support: maybe({ openP1: maybe(Math.floor(random() * 2)), openTickets: maybe(random() * 8) }),
		sentiment: maybe({ nps: maybe(random() * 220 - 110), csat: maybe(random() * 6) }),
		licences: maybe({ used: maybe(random() * 60), bought: maybe(Math.floor(random() * 60)) }),
	};
}

const COUNT = 100_000;
const accounts = Array.from({ length: COUNT }, anyAccount);
const scored = scoreAccounts(b2bSaas, accounts, options);

/** The rule of the model, written a second time without any of the machinery that makes it fast. */
function pointsByHand(id: string, account: Record<string, unknown>): number | undefined {
	const at = (group: string, name: string): unknown => {
		const parent = account[group];
		if (typeof parent !== 'object' || parent === null) return undefined;
		return new Map<string, unknown>(Object.entries(parent)).get(name);
	};
	const number = (group: string, name: string, min: number, max: number): number | undefined => {
		const value = at(group, name);
		return typeof value === 'number' && value >= min && value <= max ? value : undefined;
	};
	const line = (value: number | undefined, from: number, to: number): number | undefined =>
		value === undefined ? undefined : Math.min(1, Math.max(0, (value - from) / (to - from))) * 100;
	const daysSince = (name: string): number | undefined => {
		const value = at('usage', name);
		if (typeof value !== 'string' || value === 'n/a') return undefined;
		return (NOW - Date.parse(value)) / DAY;
	};
	const share = (part: number | undefined, whole: number | undefined): number | undefined =>
		part === undefined || whole === undefined ? undefined : part / whole;
	const stale = (daysSince('asOf') ?? 0) > 14;
	switch (id) {
		case 'adoption':
			return stale ? undefined : line(number('usage', 'adoption', 0, 1), 0, 0.6);
		case 'usageTrend': {
			const events = number('usage', 'events', 0, Infinity);
			const before = number('usage', 'previousEvents', 50, Infinity);
			return stale ? undefined : line(share(events, before), 0.6, 1);
		}
		case 'lastActive':
			return stale ? undefined : line(daysSince('lastActiveAt'), 30, 3);
		case 'openP1':
			return line(number('support', 'openP1', 0, Infinity), 1, 0);
		case 'openTickets':
			return line(number('support', 'openTickets', 0, Infinity), 5, 0);
		case 'nps':
			return line(number('sentiment', 'nps', -100, 100), -50, 50);
		case 'csat':
			return line(number('sentiment', 'csat', 0, 5), 2, 4.5);
		default: {
			const used = number('licences', 'used', 0, Infinity);
			return line(share(used, number('licences', 'bought', 1, Infinity)), 0.2, 0.8);
		}
	}
}

const near = (a: number, b: number): boolean => Math.abs(a - b) < 1e-9;

function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, number) => total + number, 0);
}

describe(`over ${COUNT} accounts, a score`, () => {
	it('is what the model says, in contributions that add up to it before its one rounding', () => {
		const expected = accounts.map((account, index) => {
			const known = b2bSaas.signals.flatMap(({ id, weight }) => {
				const points = pointsByHand(id, account);
				return points === undefined ? [] : [{ id, weight, points }];
			});
			const weights = sum(known.map(({ weight }) => weight));
			const exact = sum(known.map(({ weight, points }) => (weight * points) / weights));
			const { contributions = [], coverage = Number.NaN } = scored[index] ?? {};
			return {
				score: known.length === 0 ? null : Math.round(exact + 1e-9),
				signals: known.map(({ id }) => id).sort(),
				contributions: known.length,
				addUp: near(sum(contributions), exact),
				covers: near(coverage, weights / 100),
			};
		});
		expectEach(
			scored.map(({ score, signals, contributions }) => ({
				score,
				signals: [...signals],
				contributions: contributions.length,
				addUp: true,
				covers: true,
			})),
			expected,
		);
	});

	it('stays from 0 to 100, has a reason, and is green, yellow or red only with enough data', () => {
		const outside = scored.find(
			({ score }) => score !== null && !(Number.isInteger(score) && score >= 0 && score <= 100),
		);
		const silent = scored.find(
			({ reasons }) => reasons.length === 0 || reasons.some(({ text }) => text.length === 0),
		);
		const misjudged = scored.find(
			({ band, coverage }) => (band === 'unknown') !== coverage < 0.6 - 1e-9,
		);
		expect({ outside, silent, misjudged }).toEqual({});
	});

	it('is the same for the same account, in any company and any order of signals', () => {
		const reversed: HealthModel = healthModelSchema.parse({
			...b2bSaas,
			signals: [...b2bSaas.signals].reverse(),
		});
		const backwards = scoreAccounts(reversed, [...accounts].reverse(), options).reverse();
		const comparable = (health: Health): object => {
			const { score, band, coverage, signals, contributions, reasons } = health;
			const costs = reasons.filter((reason) => 'earned' in reason);
			return { score, band, coverage, signals, contributions, costs };
		};
		expectEach(backwards.map(comparable), scored.map(comparable));
	});

	it('never falls when a signal that is better high rises', () => {
		const lows = accounts.map(() => random() * 200 - 100);
		const highs = lows.map((low) => Math.min(100, low + random() * 50));
		const scoresWith = (nps: number[]): number[] =>
			scoreAccounts(
				b2bSaas,
				accounts.map((account, index) => ({ ...account, sentiment: { nps: nps[index], csat: 3 } })),
				options,
			).map(({ score }) => score ?? -1);
		const low = scoresWith(lows);
		const high = scoresWith(highs);
		expect(accounts.find((_account, index) => (high[index] ?? -1) < (low[index] ?? 0))).toBe(
			undefined,
		);
	});

	it('changes nothing of what it was given', () => {
		const frozen = accounts.slice(0, 500).map((account) => {
			Object.values(account).forEach((value) => Object.freeze(value));
			return Object.freeze(account);
		});
		expect(scoreAccounts(b2bSaas, frozen, options)).toEqual(scored.slice(0, 500));
	});

	it('does not depend on which account a shared reason was first made for', () => {
		const alone = accounts
			.slice(0, 1_000)
			.flatMap((account) => scoreAccounts(b2bSaas, [account], options));
		expectEach(alone, scored.slice(0, 1_000));
	});
});
