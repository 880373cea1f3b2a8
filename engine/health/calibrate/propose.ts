import { shareOf } from '../../journeys/hash';
import type { Proposed } from './calibration';

/** What is needed of a model to put weights into it; everything else in it stays as it is. */
export type Reweighable = {
	readonly version: string;
	readonly signals: readonly { readonly id: string; readonly weight: number }[];
};

const MARK = '+calibrated.';

/**
 * A copy of the model with the proposed weights and a version of its own, made from the weights: the same proposal is
 * the same version, whoever made it. Nothing is applied; somebody has to take the copy and use it.
 */
export function propose<Model extends Reweighable>(
	model: Model,
	{ weights }: Pick<Proposed, 'weights'>,
): Model {
	const proposed = new Map(weights.map(({ id, proposed: weight }) => [id, weight]));
	const [base] = model.version.split(MARK);
	const hash = shareOf(JSON.stringify([...proposed].sort()))
		.toString(16)
		.slice(2, 10);
	return {
		...model,
		version: `${base ?? ''}${MARK}${hash}`,
		signals: model.signals.map((signal) => ({
			...signal,
			weight: proposed.get(signal.id) ?? signal.weight,
		})),
	};
}
