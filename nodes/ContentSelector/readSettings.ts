import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod/v4';
import { promptSettingsSchema, type PromptSettings } from '../../engine/content/prompt';
import { selectorSettingsSchema, type SelectorSettings } from '../../engine/content/settings';
import { variantsSchema, type Variant } from '../../engine/content/variants';
import { DEFAULT_MODEL } from '../../services/claude/modelTraits';
import { PRICES, readPrices, type PriceList } from '../../services/claude/prices';
import { isObject, listOf, readRows, textOf, wordsOf } from '../platform/rows';
import { parseConfiguration } from '../platform/problems';
import { readText } from '../platform/readText';

const MICROS = 1_000_000;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export type ChooseBy = 'rules' | 'claude' | 'chatModel';

/** Read once per execution. */
export type Settings = {
	readonly chooseBy: ChooseBy;
	readonly selector: SelectorSettings;
	readonly prompt: PromptSettings;
	readonly model: string;
	/** '' without one. */
	readonly experiment: string;
	readonly variants: readonly Variant[];
	/** For how long an answer is kept, ms. */
	readonly memoMs: number;
	/** When there is nothing to send, the touch is looked at again after so long, ms. */
	readonly retryMs: number;
	/** Micro-dollars; Infinity for none. */
	readonly runBudget: number;
	readonly monthBudget: number;
	readonly prices: Readonly<PriceList>;
	readonly deadlineMs: number;
	readonly timeoutMs: number;
};

const optionsSchema = z.looseObject({
	choices: z.number().optional(),
	windowDays: z.number().optional(),
	mostPerKind: z.number().optional(),
	kindDays: z.number().optional(),
	fallbackLanguages: z.string().optional(),
	memoDays: z.number().min(1).max(365).default(30),
	retryHours: z.number().min(1).max(720).default(24),
	runBudget: z.number().min(0).default(1),
	monthBudget: z.number().min(0).default(20),
	callSeconds: z.number().min(0.1).max(600).default(30),
	deadlineMinutes: z.number().min(1).max(55).default(10),
	prices: z.unknown().optional(),
});

/** @throws NodeOperationError that names the field, what was found and what to do */
export function readSettings(context: IExecuteFunctions): Settings {
	const node = context.getNode();
	const given: unknown = context.getNodeParameter('options', 0, {});
	const options = parseConfiguration(node, 'Options', optionsSchema, given);
	const { choices, windowDays, mostPerKind, kindDays } = options;
	const fallbackLanguages = wordsOf(options.fallbackLanguages);
	const selector = parseConfiguration(node, 'Options', selectorSettingsSchema, {
		...present({ choices, windowDays, mostPerKind, kindDays, fallbackLanguages }),
		zone: context.getTimezone(),
	});
	const also = new Set(listOf(context.getNodeParameter('alsoSend', 0, [])) ?? []);
	refuseExpressions(context);
	const prompt = parseConfiguration(node, 'What Claude Is Told', promptSettingsSchema, {
		instructions: readText(context, 'instructions'),
		...present({ askAbout: readText(context, 'askAbout') || undefined }),
		alsoSend: {
			accountName: also.has('accountName'),
			goals: also.has('goals'),
			notes: also.has('notes'),
		},
		...present({ fallbackLanguage: fallbackLanguages?.[0] }),
	});
	const experiment = readText(context, 'experiment');
	const variants = experiment === '' ? [] : readVariants(context);
	if (experiment !== '' && variants.length < 2)
		throw new NodeOperationError(
			node,
			`The experiment '${experiment}' has fewer than two variants`,
			{
				description:
					'Add variants, the first of which the others are compared with, or empty the name.',
			},
		);
	return {
		chooseBy: chooserOf(context.getNodeParameter('chooseBy', 0, 'rules')),
		selector,
		prompt,
		model: readText(context, 'model') || DEFAULT_MODEL,
		experiment,
		variants,
		memoMs: options.memoDays * DAY_MS,
		retryMs: options.retryHours * HOUR_MS,
		runBudget: options.runBudget === 0 ? Infinity : options.runBudget * MICROS,
		monthBudget: options.monthBudget === 0 ? Infinity : options.monthBudget * MICROS,
		prices: pricesOf(context, options.prices),
		deadlineMs: options.deadlineMinutes * 60_000,
		timeoutMs: options.callSeconds * 1_000,
	};
}

/**
 * Instructions are those of all accounts: what an expression reads of the first item would be told to all who share its
 * question, and kept as nobody's.
 */
function refuseExpressions(context: IExecuteFunctions): void {
	const node = context.getNode();
	const { instructions, variants } = node.parameters;
	const texts = [instructions, ...rowsIn(variants).map((row) => row.instructions)];
	// n8n takes the sign of an expression away where it evaluates none
	const isFixed = (text: unknown): boolean =>
		typeof text !== 'string' || !(text.startsWith('=') || text.includes('{{'));
	if (texts.every(isFixed)) return;
	throw new NodeOperationError(node, 'Instructions hold an expression', {
		description:
			"They are the same for all accounts, which share answers: write them as fixed text. What is known of one account is sent by 'Also Send'.",
	});
}

function rowsIn(variants: unknown): Record<string, unknown>[] {
	const rows = isObject(variants) ? variants.variant : undefined;
	return Array.isArray(rows) ? rows.filter(isObject) : [];
}

function chooserOf(value: unknown): ChooseBy {
	return value === 'claude' || value === 'chatModel' ? value : 'rules';
}

function readVariants(context: IExecuteFunctions): Variant[] {
	const rows = readRows(context, 'variants', 'variant').map(
		({ name, weight, by, model, instructions }) => ({
			name: textOf(name),
			...present({ weight: typeof weight === 'number' ? weight : undefined }),
			by: by === 'rules' ? 'rules' : 'claude',
			...present({
				model: textOf(model) || undefined,
				instructions: textOf(instructions) || undefined,
			}),
		}),
	);
	return parseConfiguration(context.getNode(), 'Variants', variantsSchema, rows);
}

function pricesOf(context: IExecuteFunctions, given: unknown): Readonly<PriceList> {
	if (given === undefined || given === null || given === '') return PRICES;
	if (isObject(given) && Object.keys(given).length === 0) return PRICES;
	try {
		return readPrices(given);
	} catch (error) {
		throw new NodeOperationError(
			context.getNode(),
			`Prices: ${error instanceof Error ? error.message : 'cannot be read'}`,
			{
				description:
					'Write them as { "asOf": "2026-10-24", "source": "…", "models": [{ "model": "claude-…", "input": 1, "output": 5, "cacheWrite": 1.25, "cacheRead": 0.1 }] }: US dollars per million tokens.',
			},
		);
	}
}

function present<Shape extends object>(values: Shape): Partial<Shape> {
	const entries = Object.entries(values).filter(([, value]) => value !== undefined);
	return Object.fromEntries(entries) as Partial<Shape>;
}
