import type { IExecuteFunctions } from 'n8n-workflow';
import { gateSchema, type Gate } from '../../engine/tiers/gate';
import { parseConfiguration } from '../platform/problems';
import { readText } from '../platform/readText';
import { isObject, listOf, wordsOf } from '../platform/rows';

/** The node's gate, read and checked once per execution. */
export function readGate(context: IExecuteFunctions): Gate {
	const options: unknown = context.getNodeParameter('options', 0, {});
	const chosen = listOf(context.getNodeParameter('tiers', 0, [])) ?? [];
	const others = wordsOf(context.getNodeParameter('otherTiers', 0, '')) ?? [];
	return parseConfiguration(context.getNode(), 'The gate cannot be used', gateSchema, {
		motion: readText(context, 'motion'),
		tiers: [...chosen, ...others],
		bands: context.getNodeParameter('bands', 0, []),
		stages: context.getNodeParameter('stages', 0, []),
		minimumCoverage: Number(context.getNodeParameter('minimumCoverage', 0, 0)) / 100,
		reachableContact: context.getNodeParameter('reachableContact', 0, false),
		consent:
			context.getNodeParameter('consentRequired', 0, false) === true
				? consentOf(options)
				: undefined,
		journeyFollows: isObject(options) ? options.journeyFollows : undefined,
		lookAgainAfterHours: isObject(options) ? options.lookAgainAfterHours : undefined,
	});
}

function consentOf(options: unknown): object {
	if (!isObject(options)) return {};
	const { consentField, consentDateField, consentValidDays } = options;
	return { field: consentField, dateField: consentDateField, validDays: consentValidDays };
}
