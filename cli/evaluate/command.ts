import { accessSync, constants, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { evaluate } from '../../engine/content/evaluation/evaluate';
import { labelledProfiles, sampleCatalogue } from '../../engine/content/evaluation/labels';
import { promptSettingsSchema, type PromptSettings } from '../../engine/content/prompt';
import { selectorSettingsSchema } from '../../engine/content/settings';
import { createClaude } from '../../services/claude/claude';
import { PRICES } from '../../services/claude/prices';
import { progressOf } from '../backtest/progress';
import { picksByModel, picksByRules, type Picks } from './picks';
import { sayEvaluation } from './sayEvaluation';

const DEFAULT_CHOICES = 8;
const MOST_CHOICES = 100;

const USAGE = `npm run evaluate -- content [--model=<id>] [--ask-about=<what>] [--choices=${String(DEFAULT_CHOICES)}] [--json=<file>]
  scores whoever chooses content against 60 labelled profiles

  without --model  the rules; nothing leaves this machine
  --model=<id>     Claude, as in --model=claude-haiku-5-5; the key comes from ANTHROPIC_API_KEY
  --base-url=<url> where Claude is asked, in place of Anthropic's own address
  --ask-about=<what> topic: once for all who need the same next; account: about each of them, which costs more.
                   Without it, topic
  --goals          sends the goals of the profiles too, as Also Send does in the node; then each account is asked about
  --choices=<n>    how many of the best by the rules a model chooses from, 1 to ${String(MOST_CHOICES)}
  --json=<file>    writes all figures to a file as well
`;

export type Surroundings = {
	env: Readonly<Record<string, string | undefined>>;
	/** Standard output. */
	tell: (text: string) => void;
	/** Standard error. */
	complain: (text: string) => void;
};

/** Runs the command. @returns the exit code; what is wrong is said in a sentence, and nothing is thrown */
export async function evaluateCommand(
	args: readonly string[],
	{ env, tell, complain }: Surroundings,
): Promise<number> {
	try {
		const given = readArguments(args);
		if (given.help) {
			tell(USAGE);
			return 0;
		}
		const { by, choices, json } = given;
		// before anything is asked, which costs
		if (json !== undefined) checkFolder(json);
		const { picks, ...found } = await picksBy(given, env);
		const evaluation = evaluate(labelledProfiles(), picks);
		tell(sayEvaluation(by, evaluation, found));
		if (json !== undefined) {
			const all = { by, choices, pricesAsOf: PRICES.asOf, ...evaluation, ...found };
			write(json, `${JSON.stringify(all, undefined, '\t')}\n`);
			tell(`\nWritten: ${json}\n`);
		}
		return 0;
	} catch (error) {
		complain(`${messageOf(error)}\n`);
		return 1;
	}
}

type Given = {
	help: boolean;
	/** The rules, or the id of a model. */
	by: string;
	model: string | undefined;
	baseUrl: string;
	goals: boolean;
	askAbout: PromptSettings['askAbout'];
	choices: number;
	json: string | undefined;
};

/** @throws Error with a sentence and the usage */
function readArguments(args: readonly string[]): Given {
	const { values, positionals } = parse(args);
	const { help = false, model, goals = false, json, choices: typed } = values;
	const [what, more] = positionals;
	if (!help && (what !== 'content' || more !== undefined)) {
		const found = what === undefined ? '' : ` (found '${positionals.join(' ')}')`;
		throw new Error(`Say what to evaluate: there is content${found}\n\n${USAGE}`);
	}
	if (model?.trim() === '') throw new Error(`--model names no model\n\n${USAGE}`);
	const choices = Number(typed ?? DEFAULT_CHOICES);
	if (!Number.isInteger(choices) || choices < 1 || choices > MOST_CHOICES)
		throw new Error(
			`--choices=${typed ?? ''} is no whole number from 1 to ${String(MOST_CHOICES)}`,
		);
	const askAbout = values['ask-about'] ?? 'topic';
	if (askAbout !== 'topic' && askAbout !== 'account')
		throw new Error(`--ask-about=${askAbout} is neither topic nor account`);
	const baseUrl = values['base-url'] ?? '';
	return { help, by: model ?? 'the rules', model, baseUrl, goals, askAbout, choices, json };
}

function parse(args: readonly string[]) {
	try {
		return parseArgs({
			args: [...args],
			allowPositionals: true,
			options: {
				help: { type: 'boolean', short: 'h' },
				model: { type: 'string' },
				'base-url': { type: 'string' },
				goals: { type: 'boolean' },
				'ask-about': { type: 'string' },
				choices: { type: 'string' },
				json: { type: 'string' },
			},
		});
	} catch (error) {
		throw new Error(`${messageOf(error)}\n\n${USAGE}`, { cause: error });
	}
}

async function picksBy(
	{ model, baseUrl, goals, askAbout, choices }: Given,
	env: Surroundings['env'],
): Promise<Picks> {
	const labelled = labelledProfiles();
	const items = sampleCatalogue();
	const settings = selectorSettingsSchema.parse({ choices });
	if (model === undefined) return picksByRules(labelled, items, settings);
	const apiKey = env.ANTHROPIC_API_KEY ?? '';
	if (apiKey.trim() === '')
		throw new Error(
			`Asking ${model} needs a key: ANTHROPIC_API_KEY=… npm run evaluate -- content --model=${model}\nWithout --model the rules are scored, and nothing is asked.`,
		);
	if (baseUrl !== '' && !/^https?:\/\/[^\s/]/i.test(baseUrl))
		throw new Error(`--base-url=${baseUrl} is no http or https address`);
	const claude = createClaude({ credential: { apiKey, url: baseUrl } });
	const progress = progressOf(`Asking ${model}`);
	try {
		return await picksByModel(labelled, items, {
			settings,
			model,
			prompt: promptSettingsSchema.parse({
				askAbout,
				alsoSend: { accountName: false, goals, notes: false },
			}),
			ask: (request) => claude.ask(request),
			report: progress.report,
		});
	} finally {
		progress.end();
	}
}

/** Node's own errors are not `instanceof` ours where it runs in a sandbox, as in tests. */
function messageOf(error: unknown): string {
	const hasMessage = typeof error === 'object' && error !== null && 'message' in error;
	return String(hasMessage ? error.message : error);
}

/** @throws Error with a sentence where the file's folder cannot be written to */
function checkFolder(file: string): void {
	try {
		accessSync(dirname(resolve(file)), constants.W_OK);
	} catch (error) {
		throw new Error(unwritable(file), { cause: error });
	}
}

const unwritable = (file: string): string =>
	`The file ${file} cannot be written: is its folder there, and yours?`;

/** @throws Error with a sentence where it cannot be written */
function write(file: string, text: string): void {
	try {
		writeFileSync(file, text);
	} catch (error) {
		throw new Error(unwritable(file), { cause: error });
	}
}
