import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { kindOf } from '../../../engine/health/curveSchema';
import { directionOf } from '../../../engine/health/direction';
import type { Facts } from '../../../engine/health/fields';
import type { Change, Health } from '../../../engine/health/health';
import { rangeOf } from '../../../engine/health/measure';
import { healthModelSchema, type HealthModel, type Signal } from '../../../engine/health/model';
import { comparesWithMemory } from '../../../engine/health/remembered';
import { compileScorer, type Scorer } from '../../../engine/health/scoreAccounts';
import { anyCases, anyValue, daysAgo, pick, type AnyCase } from './anyCase';
import { options } from './models';
import { dice } from '../../harness/dice';

const MODELS = 1_000;
const ACCOUNTS = 100;
const SEED = 2026;
const cases = anyCases(MODELS, ACCOUNTS, SEED);
const scorers = cases.map(({ model, history }) => compileScorer(model, { ...options, history }));
const scored = cases.map(({ accounts }, index) =>
	accounts.map((account) => scorerOf(index).score(account)),
);
const random = dice(7);

function scorerOf(index: number): Scorer {
	const scorer = scorers[index];
	if (scorer === undefined) throw new Error('every case has a scorer');
	return scorer;
}

type Judged = { model: HealthModel; scorer: Scorer; account: Facts; health: Health };

/** The first of all cases for which `finds` says what is wrong. */
function firstWrong(finds: (judged: Judged) => unknown): unknown {
	for (const [index, { model, accounts }] of cases.entries()) {
		const scorer = scorerOf(index);
		for (const [number, account] of accounts.entries()) {
			const health = scored[index]?.[number];
			const wrong = health && finds({ model, scorer, account, health });
			if (wrong !== undefined) return { wrong, model, account, health };
		}
	}
	return undefined;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
const near = (a: number, b: number): boolean => Math.abs(a - b) < 1e-9;

function changed(account: Facts, signal: Signal, value: unknown): Facts {
	const key = signal.field.replace('nested.', '');
	if (key === signal.field) return { ...account, [key]: value };
	return { ...account, nested: { ...nestedOf(account), [key]: value } };
}

function nestedOf({ nested }: Facts): Facts {
	return typeof nested === 'object' && nested !== null
		? Object.fromEntries(Object.entries(nested))
		: {};
}

function signalOf(model: HealthModel, id: string): Signal {
	const signal = model.signals.find((one) => one.id === id);
	if (signal === undefined) throw new Error(`there is a signal ${id}`);
	return signal;
}

const rank = (band: string): number => ['unknown', 'red', 'yellow', 'green'].indexOf(band);

describe(`over ${MODELS * ACCOUNTS} cases of any model, a score`, () => {
	it('is a whole number from 0 to 100, or null', () => {
		expect(
			firstWrong(({ health: { score } }) =>
				score === null || (Number.isInteger(score) && score >= 0 && score <= 100)
					? undefined
					: score,
			),
		).toBeUndefined();
	});

	it('is what the contributions add up to before the one rounding, each within what it could earn', () => {
		expect(
			firstWrong(({ model, health: { score, signals, contributions, possible } }) => {
				if (score === null) return contributions.length === 0 ? undefined : 'no score';
				if (Math.round(sum(contributions) + 1e-9) !== score) return 'sum';
				if (!near(sum(possible), 100)) return 'possible';
				const last = signals.at(-1) ?? '';
				if (last.startsWith('cap:')) {
					const caps = model.caps.map(({ atMost }) => atMost);
					if (!caps.some((atMost) => near(atMost, sum(contributions)))) return 'cap';
					if ((contributions.at(-1) ?? 0) >= 0) return 'a cap takes';
				}
				return contributions.find(
					(earned, place) =>
						signals[place]?.startsWith('cap:') === false &&
						!(earned >= 0 && earned <= (possible[place] ?? 0) + 1e-9),
				);
			}),
		).toBeUndefined();
	});

	it('never falls when a signal gets better that has a direction', () => {
		let compared = 0;
		const wrong = firstWrong(({ model, scorer, account, health }) => {
			const signal = pick(model.signals, random);
			const direction = directionOf(model, signal);
			const kind = kindOf(signal.curve);
			if (direction === 'none' || health.score === null) return undefined;
			if ([...health.missing, ...health.invalid, ...health.stale].includes(signal.id))
				return undefined;
			const other = anyValue(signal, random);
			const again = scorer.score(changed(account, signal, other));
			if ([...again.missing, ...again.invalid].includes(signal.id)) return undefined;
			const measure = (value: unknown): number =>
				kind === 'days' ? -Date.parse(String(value)) : Number(value);
			const key = signal.field.replace('nested.', '');
			const now = key === signal.field ? account[key] : nestedOf(account)[key];
			const more = measure(other) - measure(now);
			const better = direction === 'up' ? more : -more;
			compared++;
			const gain = (again.score ?? 0) - health.score;
			return better * gain < 0 ? { signal: signal.id, now, other, gain } : undefined;
		});
		expect(wrong).toBeUndefined();
		expect(compared).toBeGreaterThan(20_000);
	});

	it('takes what is missing for nothing, never for zero', () => {
		expect(
			firstWrong(({ model, scorer, account }) => {
				const signal = pick(model.signals, random);
				if (signal.missing !== 'leaveOut') return undefined;
				const without = scorer.score(changed(account, signal, undefined));
				const isPast = signal.curve.type === 'weekChange' && comparesWithMemory(signal);
				if (isPast) return undefined;
				if (!without.missing.includes(signal.id)) return 'missing';
				if (without.signals.includes(signal.id)) return 'counts';
				if (kindOf(signal.curve) !== 'number' || signal.of !== undefined) return undefined;
				const zero = scorer.score(changed(account, signal, 0));
				return zero.missing.includes(signal.id) && !comparesWithMemory(signal) ? 'zero' : undefined;
			}),
		).toBeUndefined();
	});

	it('does not depend on the order of signals and caps, byte for byte', () => {
		for (const [index, { model, accounts, history }] of cases.entries()) {
			const turned = healthModelSchema.parse({
				...model,
				signals: [...model.signals].reverse(),
				caps: [...model.caps].reverse(),
			});
			const scorer = compileScorer(turned, { ...options, history });
			const again = accounts.map((account) => scorer.score(account));
			if (JSON.stringify(again) === JSON.stringify(scored[index])) continue;
			expect({ index, again }).toEqual({ index, again: scored[index] });
		}
	});

	it('changes nothing of what it was given', () => {
		const frozen = (value: unknown): void => {
			if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
			Object.freeze(value);
			Object.values(value).forEach(frozen);
		};
		const given: AnyCase[] = anyCases(MODELS, ACCOUNTS, SEED);
		given.forEach(({ model, accounts }) => {
			frozen(model);
			accounts.forEach(frozen);
		});
		const again = given.map(({ model, accounts, history }) => {
			const scorer = compileScorer(model, { ...options, history });
			return accounts.map((account) => scorer.score(account));
		});
		expect(digest(again)).toBe(digest(scored));
	});

	it.each(['UTC', 'Pacific/Auckland', 'America/St_Johns'])(
		'is the same in a process of its own in %s, byte for byte',
		(TZ) => {
			const script = join(__dirname, 'digest.process.ts');
			const parameters = [MODELS, ACCOUNTS, SEED].map(String);
			const found = execFileSync(process.execPath, ['--import', 'tsx', script, ...parameters], {
				env: { ...process.env, TZ, NODE_OPTIONS: '' },
				encoding: 'utf8',
			});
			expect(found.trim()).toBe(digest(scored));
		},
	);

	/** What the field would hold. */
	const valueOf = (signal: Signal, to: Change['to']): unknown =>
		kindOf(signal.curve) === 'days' ? daysAgo(Number(to)) : to;

	it('reaches the next band by each change that it tells, and by no smaller one', () => {
		let tried = 0;
		const wrong = firstWrong(({ model, scorer, account, health: { nextBand } }) => {
			for (const { signal: id, from, to } of nextBand?.changes ?? []) {
				const signal = signalOf(model, id);
				const bandWith = (value: Change['to']): number =>
					rank(scorer.score(changed(account, signal, valueOf(signal, value))).band);
				const target = rank(nextBand?.band ?? '');
				tried++;
				if (bandWith(to) < target) return { id, from, to, not: 'enough' };
				if (typeof to !== 'number' || typeof from !== 'number') continue;
				const { unit, curve } = signal;
				const steps =
					unit !== undefined || curve.type === 'nps' || kindOf(curve) === 'days' ? 1 : 100;
				const { min = -Infinity, max = Infinity } = rangeOf(signal);
				const distance = Math.abs(to - from);
				const smaller = [
					1 / steps,
					...[1, 2, 3].map(() => Math.floor(random() * distance * steps) / steps),
				];
				for (const less of smaller) {
					for (const way of [Math.sign(to - from), -Math.sign(to - from)]) {
						const value = Math.round((from + way * (distance - less)) * steps) / steps;
						const possible =
							value >= Math.max(min, kindOf(curve) === 'days' ? 0 : min) && value <= max;
						if (!possible || Math.abs(value - from) >= distance - 1e-9) continue;
						if (bandWith(value) >= target) return { id, from, to, enough: value };
					}
				}
			}
			return undefined;
		});
		expect(wrong).toBeUndefined();
		expect(tried).toBeGreaterThan(10_000);
	});

	it('is silent about the next band only where no signal reaches it', () => {
		const wrong = firstWrong(({ model, scorer, account, health }) => {
			const { band, nextBand, missing, invalid, stale } = health;
			if (nextBand !== null || (band !== 'red' && band !== 'yellow')) return undefined;
			const signal = pick(model.signals, random);
			if ([...missing, ...invalid, ...stale].includes(signal.id)) return undefined;
			const value = anyValue(signal, random);
			const again = scorer.score(changed(account, signal, value));
			// what is impossible, or another word than those listed, is no change that anybody could ask for
			if (value === 'red' || again.invalid.includes(signal.id)) return undefined;
			return rank(again.band) > rank(band) ? { signal: signal.id, value } : undefined;
		});
		expect(wrong).toBeUndefined();
	});
});

function digest(all: readonly (readonly Health[])[]): string {
	const hash = createHash('sha256');
	for (const some of all) hash.update(JSON.stringify(some));
	return hash.digest('hex');
}
