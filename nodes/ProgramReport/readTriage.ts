import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod/v4';
import type { Rates } from '../../engine/tiers/amount';
import type { Wording } from '../../engine/triage/lists';
import { readNow } from '../platform/now';
import { parseConfiguration } from '../platform/problems';
import { readRates } from '../platform/readRates';
import { readText } from '../platform/readText';

export type TriageSettings = Wording & {
	readonly rates: Rates;
	readonly mostAccounts: number;
	readonly listWhenEmpty: boolean;
};

const optionsSchema = z.looseObject({
	accountLink: z.string().trim().default(''),
	currency: z.string().trim().length(3, 'is no currency code such as USD').default('USD'),
	rates: z.string().default(''),
	listWhenEmpty: z.boolean().default(true),
	mostAccounts: z.number().int().min(1, 'must be at least 1').default(200),
});
const teamSchema = z.email('is no e-mail address such as success-team@example.com');

/** @throws NodeOperationError naming the field that is wrong, before anything is read */
export function readTriage(context: IExecuteFunctions): TriageSettings {
	const node = context.getNode();
	const given: unknown = context.getNodeParameter('options', 0, {});
	const options = parseConfiguration(node, 'Options', optionsSchema, given);
	const { accountLink: link, currency, rates, listWhenEmpty, mostAccounts } = options;
	const team = parseConfiguration(node, 'Team Address', teamSchema, readText(context, 'team'));
	return {
		now: readNow(context),
		zone: context.getTimezone(),
		team: team.toLowerCase(),
		currency: currency.toUpperCase(),
		rates: readRates(context, rates),
		link,
		listWhenEmpty,
		mostAccounts,
	};
}
