import { lineOf, type Curve } from './curveSchema';

/**
 * Points (0–100) for what was measured, a finite number: yes is 1, no is 0, dates are whole days ago, a category is its
 * place in the list, shares and changes are quotients.
 */
export type PointsOf = (value: number) => number;

type Steps = { steps: readonly { atLeast: number; points: number }[]; below: number };

/** One answer from 0 to 10: detractors answer 0 to 6, passives 7 and 8, promoters 9 and 10. */
const NPS_ANSWERS: Steps = {
	steps: [
		{ atLeast: 9, points: 100 },
		{ atLeast: 7, points: 50 },
	],
	below: 0,
};

export function compileCurve(curve: Curve): PointsOf {
	const line = lineOf(curve);
	if (line !== undefined) {
		const { from, to } = line;
		return (value) => pointsOnLine(value, from, to - from);
	}
	switch (curve.type) {
		case 'halfLife': {
			const { days } = curve;
			return (value) => 100 * 2 ** (-value / days);
		}
		case 'yesNo':
			return (value) => (value === 1 ? curve.yes : curve.no);
		case 'categories':
			return (value) => curve.values[value]?.points ?? curve.other ?? 0;
		default:
			return onSteps(stepsOf(curve) ?? NPS_ANSWERS);
	}
}

/** The steps of a curve that has some, lowest first. */
export function stepsOf(curve: Curve): Steps | undefined {
	if (curve.type === 'nps' && curve.scale === 'answer') return NPS_ANSWERS;
	return curve.type === 'bands' ? curve : undefined;
}

function onSteps({ steps, below }: Steps): PointsOf {
	const highestFirst = [...steps].sort((a, b) => b.atLeast - a.atLeast);
	return (value) => {
		for (const step of highestFirst) if (value >= step.atLeast) return step.points;
		return below;
	};
}

/** 0 at `from`, 100 at `from + span`, in between in proportion. */
export function pointsOnLine(value: number, from: number, span: number): number {
	const share = (value - from) / span;
	return share <= 0 ? 0 : share >= 1 ? 100 : share * 100;
}
