/** The package ships no types. Everything counts from 1, as in the Fortran it was ported from; index 0 stays empty. */
declare module 'quadprog' {
	type Vector = readonly (number | undefined)[];
	type Matrix = readonly (Vector | undefined)[];

	/** Minimizes bᵀDb / 2 − dᵀb where Aᵀb ≥ b0 (Goldfarb and Idnani 1983). `message` is empty unless it failed. */
	export function solveQP(
		D: Matrix,
		d: Vector,
		A: Matrix,
		b0: Vector,
	): { solution: (number | undefined)[]; message: string };
}
