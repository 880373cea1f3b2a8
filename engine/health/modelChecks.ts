import { kindOf, wordIndex } from './curveSchema';
import { capsFollow, directionOfCurve, directionOfLevels } from './direction';
import type { HealthModel, Signal } from './model';

type Mistake = { path: (string | number)[]; message: string };

/** What is wrong with a model whose parts are right by themselves. */
export function checkModel(model: HealthModel): Mistake[] {
	const { signals } = model;
	const mistakes: Mistake[] = signals.flatMap((signal, index) => {
		const path = ['signals', index];
		const own = [...checkReading(signal), ...checkDirection(model, signal)];
		const twice = signals.findIndex(({ id }) => id === signal.id) < index;
		const found: Mistake[] = own.map((mistake) => ({
			...mistake,
			path: [...path, ...mistake.path],
		}));
		if (twice) {
			found.push({
				path: [...path, 'id'],
				message: `'${signal.id}' is used twice: every signal needs an id of its own`,
			});
		}
		return found;
	});
	// a weight below 0 is a mistake of its own
	if (signals.every(({ weight }) => weight === 0)) {
		mistakes.push({
			path: ['signals', 0, 'weight'],
			message: 'is 0, and so is every other: at least one signal must count',
		});
	}
	return [...mistakes, ...checkCaps(model)];
}

function checkReading({ curve, of, range }: Signal): Mistake[] {
	const mistakes: Mistake[] = [];
	const isNumber = kindOf(curve) === 'number';
	if (of !== undefined && !isNumber) {
		mistakes.push({ path: ['of'], message: 'only numbers can be divided' });
	}
	if (curve.type === 'licenceUse' && of === undefined) {
		mistakes.push({ path: ['of'], message: 'is missing: say which field holds the seats bought' });
	}
	if (range?.min !== undefined && range.max !== undefined && range.min > range.max) {
		mistakes.push({ path: ['range'], message: 'ends before it begins' });
	}
	return mistakes;
}

function checkDirection(model: HealthModel, signal: Signal): Mistake[] {
	const { direction, curve } = signal;
	if (direction === undefined || direction === 'none') return [];
	// words have no order but the one they are listed in
	const found =
		curve.type === 'categories'
			? directionOfLevels(curve.values.map(({ points }) => points))
			: directionOfCurve(curve);
	if (found !== direction) {
		const way = found === 'none' ? 'goes neither way' : `goes ${found}`;
		return [{ path: ['direction'], message: `is '${direction}', but the curve ${way}` }];
	}
	if (capsFollow(model, signal, direction)) return [];
	return [{ path: ['direction'], message: `is '${direction}', but its caps reward the other way` }];
}

function checkCaps({ caps, signals }: HealthModel): Mistake[] {
	return caps.flatMap((cap, index): Mistake[] => {
		const path = ['caps', index];
		const signal = signals.find(({ id }) => id === cap.signal);
		if (signal === undefined) {
			return [{ path: [...path, 'signal'], message: `there is no signal '${cap.signal}'` }];
		}
		const kind = kindOf(signal.curve);
		const isWord = kind === 'yesNo' || kind === 'category';
		const { from, to, is } = cap;
		if (isWord !== (is !== undefined) || (isWord && (from !== undefined || to !== undefined))) {
			const expected = isWord ? `'is', because '${signal.id}' is a word` : `'from' or 'to'`;
			return [{ path, message: `says when it holds by ${expected}` }];
		}
		if (is !== undefined && wordIndex(signal.curve, is) === -1) {
			return [{ path: [...path, 'is'], message: `'${signal.id}' is never '${is}'` }];
		}
		if (!isWord && from === undefined && to === undefined) {
			return [{ path, message: `needs 'from' or 'to': when does it hold?` }];
		}
		if (from !== undefined && to !== undefined && from > to) {
			return [{ path, message: 'ends before it begins' }];
		}
		return [];
	});
}
