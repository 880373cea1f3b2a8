import type { Journey, Step } from './definition';
import { shareOf } from './hash';

/** Whether the account is among those that get no marketing message of the journey, so that its effect can be measured. */
export function isHeldOut({ id, holdOutPercent }: Journey, accountId: string): boolean {
	return shareOf(`hold-out/${id}/${accountId}`) * 100 < holdOutPercent;
}

/** The step's variant for the account, by weight; undefined where a step has none. */
export function variantOf({ id }: Journey, step: Step, accountId: string): string | undefined {
	const total = step.variants.reduce((sum, { weight }) => sum + weight, 0);
	let left = shareOf(`variant/${id}/${step.id}/${accountId}`) * total;
	for (const { name, weight } of step.variants) {
		left -= weight;
		if (left < 0) return name;
	}
	return step.variants.at(-1)?.name;
}
