import type { Curve } from './model';

/** Points (0–100) for a value that is a finite number; yes is 1, no is 0, recency counts whole days. */
export type PointsOf = (value: number) => number;

export function compileCurve(curve: Curve): PointsOf {
	switch (curve.type) {
		case 'linear':
		case 'recency': {
			const { from, to } = curve;
			return (value) => pointsOnLine(value, from, to - from);
		}
		case 'bands': {
			const steps = [...curve.steps].sort((a, b) => b.atLeast - a.atLeast);
			return (value) => {
				for (const step of steps) if (value >= step.atLeast) return step.points;
				return curve.below;
			};
		}
		case 'yesNo':
			return (value) => (value === 1 ? curve.yes : curve.no);
	}
}

/** 0 at `from`, 100 at `from + span`, in between in proportion. */
export function pointsOnLine(value: number, from: number, span: number): number {
	const share = (value - from) / span;
	return share <= 0 ? 0 : share >= 1 ? 100 : share * 100;
}
