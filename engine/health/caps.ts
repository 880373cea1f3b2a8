import { wordIndex } from './curveSchema';
import type { HealthReason } from './health';
import type { HealthModel, Signal } from './model';
import { sayValue, toldValue } from './sentences';

/** A cap by the place of its signal in what is measured, and between which measured values it holds. */
export type CompiledCap = {
	readonly signal: Signal;
	readonly index: number;
	readonly from: number;
	readonly to: number;
	readonly atMost: number;
	/** Its name among the contributions. */
	readonly name: string;
};

/** @param signals the model's signals in the scorer's order */
export function compileCaps(model: HealthModel, signals: readonly Signal[]): CompiledCap[] {
	const caps = model.caps.flatMap((cap): CompiledCap[] => {
		const index = signals.findIndex(({ id }) => id === cap.signal);
		const signal = signals[index];
		if (signal === undefined) return [];
		const { from = -Infinity, to = Infinity, is, atMost } = cap;
		const name = `cap:${signal.id}`;
		if (is === undefined) return [{ signal, index, from, to, atMost, name }];
		const word = wordIndex(signal.curve, is);
		return [{ signal, index, from: word, to: word, atMost, name }];
	});
	// the lowest first; of two alike the first signal's, so that the model's order does not matter
	return caps.sort((a, b) => a.atMost - b.atMost || a.index - b.index);
}

/** Whether the cap holds; what is not known caps nothing. */
export function holds({ index, from, to }: CompiledCap, values: Float64Array): boolean {
	const value = values[index] ?? NaN;
	return value - value === 0 && value >= from && value <= to;
}

/** @param without the score before the cap */
export function capReason(cap: CompiledCap, values: Float64Array, without: number): HealthReason {
	const { signal, index, atMost } = cap;
	const hundredths = Math.round((values[index] ?? 0) * 100) + 0;
	const instead = Math.round(without);
	const said = `${signal.label} ${sayValue(signal, hundredths)}`;
	return Object.freeze({
		code: 'score_capped',
		signal: signal.id,
		value: toldValue(signal, hundredths),
		atMost,
		without: instead,
		text: `${said}, so the score is at most ${atMost} instead of ${instead}`,
	});
}
