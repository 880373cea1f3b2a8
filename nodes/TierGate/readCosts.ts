import type { IExecuteFunctions } from 'n8n-workflow';
import { costSettingsSchema, type CostSettings } from '../../engine/tiers/costToServe';
import { PRESET_TIERS } from '../../engine/tiers/presets';
import { parseConfiguration } from '../platform/problems';
import { isObject, readRows } from '../platform/rows';
import { tierIdOf } from './tierId';

/** Names and ids of the ready-made tiers, so that `Pooled` and `pooled` both mean that tier. */
const KNOWN = new Map(
	Object.values(PRESET_TIERS)
		.flat()
		.flatMap(({ id, name }) => [
			[id.toLowerCase(), id],
			[tierIdOf(name).toLowerCase(), id],
		]),
);

/**
 * What serving customers may cost, read and checked once per execution.
 * @throws NodeOperationError naming the setting that is wrong
 */
export function readCosts(context: IExecuteFunctions): CostSettings {
	const given: unknown = context.getNodeParameter('options', 0, {});
	const options = isObject(given) ? given : {};
	const plannedHours = Object.fromEntries(
		readRows(context, 'plannedHours', 'row').flatMap(({ tier, hours }): [string, unknown][] => {
			const asked = tierIdOf(typeof tier === 'string' ? tier : '');
			if (asked === '') return [];
			const known = KNOWN.get(asked.toLowerCase());
			// own rules may have a tier of the same name
			return known === undefined
				? [[asked, hours]]
				: [
						[asked, hours],
						[known, hours],
					];
		}),
	);
	return parseConfiguration(context.getNode(), 'Cost to Serve', costSettingsSchema, {
		budgetShare: shareOf(context.getNodeParameter('budgetShare', 0)),
		grossMargin: shareOf(options.grossMargin),
		csmCost: context.getNodeParameter('csmCost', 0),
		csmHours: context.getNodeParameter('csmHours', 0),
		bookTarget: context.getNodeParameter('bookTarget', 0, null) ?? undefined,
		accountsTarget: { from: options.accountsFrom ?? 200, to: options.accountsTo ?? 500 },
		plannedHours,
	});
}

function shareOf(percent: unknown): unknown {
	return typeof percent === 'number' ? percent / 100 : percent;
}
