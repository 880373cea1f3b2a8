import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod/v4';
import { wallClock } from '../../engine/calendar/zone';
import { KINDS, PRIORITIES } from '../../engine/escalation/case';
import type { Router } from '../../engine/escalation/memory';
import { compileRouter } from '../../engine/escalation/routing/router';
import { compileFieldPath, type FieldReader } from '../platform/fieldPath';
import { parseConfiguration } from '../platform/problems';
import { readRates } from '../platform/readRates';
import { readText } from '../platform/readText';
import { checkFields } from './checkFields';
import { compileCalls, type CallReader, type OwnReason } from './readCalls';
import { compileFacts } from './readFacts';
import { readPolicy } from './readPolicy';
import { sayOverlaps } from './sayOverlaps';

const optionsSchema = z.looseObject({
	staleHours: z.number().positive().optional(),
	nearing: z.number().min(1).max(99).optional(),
	reopenDays: z.number().int().min(0).max(365).optional(),
	digestCap: z.number().int().min(0).max(1_000).optional(),
	currency: z.string().trim().length(3, 'is no currency code such as USD').default('USD'),
	rates: z.string().default(''),
	regionField: z.string().trim().min(1).default('region'),
	languageField: z.string().trim().min(1).default('locale'),
	productField: z.string().trim().min(1).default('plan'),
	testRuns: z.enum(['fresh', 'continue']).default('fresh'),
});

export type RouteSettings = {
	router: Router;
	readCall: CallReader;
	/** How many accounts are routed without their ARR, by the currency that has no rate. */
	withoutRate: ReadonlyMap<string, number>;
	/** Whether a try begins with an empty ledger. */
	fresh: boolean;
};

/**
 * Everything Route needs, read once per execution.
 * @throws NodeOperationError naming the field and what is wrong with it, before any item is looked at
 */
export function readRoute(context: IExecuteFunctions, now: number): RouteSettings {
	const node = context.getNode();
	const given: unknown = context.getNodeParameter('options', 0, {});
	const options = checkFields(node, { what: 'Options' }, optionsSchema, given);
	const policy = readPolicy(context, options);
	sayOverlaps(context, policy);
	const { currency, rates, regionField, languageField, productField } = options;
	const field = (path: string): FieldReader => {
		try {
			return compileFieldPath(path);
		} catch (error) {
			const message = error instanceof Error ? error.message : 'It is no field path';
			throw new NodeOperationError(node, message, { description: 'Nothing was routed.' });
		}
	};
	const withoutRate = new Map<string, number>();
	const missed = (of: unknown): void => {
		const code = typeof of === 'string' && /^[a-z]{3}$/i.test(of) ? of.toUpperCase() : '';
		withoutRate.set(code, (withoutRate.get(code) ?? 0) + 1);
	};
	const readFacts = compileFacts(
		{ region: field(regionField), language: field(languageField), product: field(productField) },
		currency,
		readRates(context, rates),
		missed,
	);
	const own = readOwnReason(context, field, now);
	return {
		router: compileRouter(policy),
		readCall: compileCalls(field(readText(context, 'accountField')), readFacts, own, now),
		withoutRate,
		fresh: options.testRuns === 'fresh',
	};
}

function readOwnReason(
	context: IExecuteFunctions,
	field: (path: string) => FieldReader,
	now: number,
): OwnReason | undefined {
	if (context.getNodeParameter('reasonSource', 0) !== 'own') return undefined;
	const node = context.getNode();
	const reason = parseConfiguration(node, 'Reason', ownSchema, {
		text: readText(context, 'reasonText'),
		code: readText(context, 'reasonCode'),
		kind: context.getNodeParameter('kind', 0),
		priority: context.getNodeParameter('priority', 0),
	});
	const keyField = readText(context, 'reasonKeyField');
	return {
		...reason,
		readKey: keyField === '' ? undefined : field(keyField),
		day: new Date(wallClock(now, context.getTimezone())).toISOString().slice(0, 10),
	};
}

const ownSchema = z.strictObject({
	text: z.string().min(1, 'is empty: say what the owner should read'),
	code: z.string().min(1, 'is empty'),
	kind: z.enum(KINDS),
	priority: z.enum(PRIORITIES),
});
