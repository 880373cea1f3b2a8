import { sayExact } from './figures';
import type { Signal } from './model';

/** `1 weekly user`, `3 weekly users`. */
export function sayCount(unit: NonNullable<Signal['unit']>, count: number): string {
	return `${sayExact(count)} ${count === 1 ? oneOf(unit) : manyOf(unit)}`;
}

export function manyOf(unit: NonNullable<Signal['unit']>): string {
	return typeof unit === 'string' ? unit : unit.many;
}

/** English forms nearly every singular by leaving off the s; whoever counts replies or mice says both. */
export function oneOf(unit: NonNullable<Signal['unit']>): string {
	return typeof unit === 'string' ? unit.replace(/(?<=[^s])s$/, '') : unit.one;
}
