import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { createClaude } from '../../services/claude/claude';
import { failureText } from '../../services/claude/asked';
import { DEFAULT_MODEL } from '../../services/claude/modelTraits';
import { PRICES, priceOf } from '../../services/claude/prices';

/**
 * The models that the account may use and whose answers can be held to a schema, with what they cost.
 * @throws Error that says why they cannot be listed
 */
export async function listModels(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const credential: unknown = await this.getCredentials('anthropicApi');
	const listed = await createClaude({ credential, deadlineMs: 15_000 }).models();
	if (listed.models === undefined) throw new Error(failureText(listed));
	return listed.models
		.filter(({ structured }) => structured)
		.map(({ id, name, deprecated }) => {
			const price = priceOf(id);
			const costs =
				price === undefined
					? 'price not known'
					: `$${String(price.input)} in, $${String(price.output)} out per million tokens (${PRICES.asOf})`;
			const marks = [
				...(id === DEFAULT_MODEL ? ['the default'] : []),
				...(deprecated ? ['deprecated'] : []),
			];
			return { name, value: id, description: [costs, ...marks].join('; ') };
		});
}
