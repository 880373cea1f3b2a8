import type { Facts } from '../../../engine/health/fields';
import { healthModelSchema, type HealthModel, type Signal } from '../../../engine/health/model';
import type { HistoryOf } from '../../../engine/health/remembered';
import { historyOf } from './histories';
import { DAY, NOW } from './models';
import { dice } from '../../harness/dice';

/** A model of any signals, curves, policies and caps, and accounts in which anything may be missing or wrong. */
export type AnyCase = { model: HealthModel; accounts: Facts[]; history: HistoryOf | undefined };

type Random = () => number;

const POLICIES: unknown[] = ['leaveOut', 'leaveOut', 'neutral', 'worst', { lastKnown: 9 }];
const UNITS: unknown[] = ['users', { one: 'a', many: 'b', less: 'c' }];
const WORDS = ['red', 'blue', 'green', 'grey'];

/** The same cases for the same seed, in any process. */
export function anyCases(models: number, accounts: number, seed: number): AnyCase[] {
	const random = dice(seed);
	return Array.from({ length: models }, () => {
		const model = anyModel(random);
		return {
			model,
			accounts: Array.from({ length: accounts }, () => anyAccount(model, random)),
			history: random() < 0.5 ? undefined : anyHistory(model, random),
		};
	});
}

function anyModel(random: Random): HealthModel {
	for (;;) {
		const count = 1 + Math.floor(random() * 8);
		const signals = Array.from({ length: count }, (_none, index) => anySignal(index, random));
		const yellow = Math.round(random() * 800) / 10;
		const parsed = healthModelSchema.safeParse({
			id: 'any',
			signals,
			caps: random() < 0.5 ? [] : [0, 1].map(() => anyCap(pick(signals, random), random)),
			bands: { yellow, green: Math.min(100, yellow + Math.round(random() * 30)) },
			coverageFloor: random() * 0.8,
		});
		// now and then the dice make a line that is level, or a cap that holds never
		if (parsed.success) return parsed.data;
	}
}

type AnyCurve = { type: string; [setting: string]: unknown };
type Raw = { id: string; curve: AnyCurve };

function anySignal(index: number, random: Random): Raw {
	const curve = anyCurve(random);
	const isNumber = !['recency', 'halfLife', 'yesNo', 'categories'].includes(curve.type);
	const of = curve.type === 'licenceUse' || (isNumber && random() < 0.3);
	// ids in no particular order
	const id = `${'qwertzui'[index] ?? 'x'}${index}`;
	const signal = {
		id,
		label: `Signal ${id}`,
		field: random() < 0.5 ? id : `nested.${id}`,
		...(of ? { of: { field: `${id}of` } } : {}),
		weight: random() < 0.1 ? 0 : 1 + Math.floor(random() * 40),
		curve,
		...(isNumber && random() < 0.4 ? { unit: pick(UNITS, random) } : {}),
		...(isNumber && random() < 0.3
			? { range: { min: 0, max: 20 + Math.floor(random() * 90) } }
			: {}),
		...(random() < 0.3 ? { asOf: { field: 'asOf', maxAgeDays: 10 } } : {}),
		missing: random() < 0.02 ? 'fail' : pick(POLICIES, random),
		stale: pick(POLICIES, random),
		invalid: pick(POLICIES, random),
	};
	return signal;
}

function anyCurve(random: Random): AnyCurve {
	const whole = (most: number): number => Math.floor(random() * (most + 1));
	const line = { from: whole(100), to: whole(100) };
	const share = random() < 0.7 ? {} : { from: 2, to: 1 };
	const curves: AnyCurve[] = [
		{ type: 'linear', ...line },
		{ type: 'linear', ...line },
		{
			type: 'bands',
			steps: [whole(100), whole(100), whole(100)].map((atLeast) => ({
				atLeast,
				points: whole(100),
			})),
			below: whole(100),
		},
		{ type: 'yesNo', ...(random() < 0.5 ? {} : { yes: 0, no: 80 }) },
		{ type: 'recency', from: 30 + whole(30), to: whole(20) },
		{ type: 'halfLife', days: 1 + whole(40) },
		{ type: 'baseline', ...share, days: 20, atLeastDays: 5 },
		{ type: 'weekChange', ...share, counts: pick(['day', 'week'], random) },
		{ type: 'nps', scale: pick(['score', 'answer'], random) },
		{ type: 'csat', scale: pick([5, 7, 10, 100], random) },
		{
			type: 'categories',
			values: WORDS.slice(1).map((value) => ({ value, points: whole(100) })),
			...(random() < 0.5 ? {} : { other: whole(100) }),
		},
		{ type: 'licenceUse' },
	];
	return pick(curves, random);
}

function anyCap({ id, curve }: Raw, random: Random): object {
	const atMost = Math.floor(random() * 90);
	if (curve.type === 'yesNo') return { signal: id, is: pick(['yes', 'no'], random), atMost };
	if (curve.type === 'categories') return { signal: id, is: pick(WORDS.slice(1), random), atMost };
	const from = Math.floor(random() * 60);
	const ends = [{ from }, { to: from }, { from, to: from + 10 }];
	return { signal: id, ...pick(ends, random), atMost };
}

function anyAccount({ signals }: HealthModel, random: Random): Facts {
	const account: Record<string, unknown> = {};
	const nested: Record<string, unknown> = {};
	if (random() < 0.8) account.asOf = daysAgo(random() * 13);
	for (const signal of signals) {
		const dice = random();
		if (dice < 0.12) continue;
		const key = signal.field.replace('nested.', '');
		const value = dice < 0.16 ? pick(['n/a', {}, 'x', 1e9], random) : anyValue(signal, random);
		(key === signal.field ? account : nested)[key] = value;
		if (signal.of !== undefined) account[signal.of.field] = Math.floor(random() * 150);
	}
	account.nested = nested;
	return account;
}

/** Something that the signal can be. */
export function anyValue({ curve, range, unit }: Signal, random: Random): unknown {
	switch (curve.type) {
		case 'yesNo':
			return random() < 0.5;
		case 'recency':
		case 'halfLife':
			return daysAgo(random() * 80);
		case 'categories':
			return pick(curve.other === undefined ? WORDS.slice(1) : WORDS, random);
		case 'nps':
			return curve.scale === 'answer'
				? Math.floor(random() * 11)
				: Math.floor(random() * 201) - 100;
		case 'csat':
			return Math.round(random() * curve.scale * 100) / 100;
		default: {
			const value = random() * (range?.max ?? 110);
			return unit === undefined ? Math.floor(value * 100) / 100 : Math.floor(value);
		}
	}
}

function anyHistory({ signals }: HealthModel, random: Random): HistoryOf {
	const days = Object.fromEntries(
		signals.map(({ id }) => [
			id,
			Array.from({ length: 30 }, () => (random() < 0.2 ? NaN : Math.floor(random() * 60))),
		]),
	);
	const history = Object.freeze(historyOf(days));
	return () => history;
}

export function daysAgo(days: number): string {
	return new Date(NOW - days * DAY).toISOString();
}

export function pick<T>(list: readonly T[], random: Random): T {
	const found = list[Math.floor(random() * list.length)];
	if (found === undefined) throw new Error('nothing to pick from');
	return found;
}
