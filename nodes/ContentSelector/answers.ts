import { checkAnswer, type Checked } from '../../engine/content/checkAnswer';
import type { Ledger } from '../../ledger/ledger';
import { NO_USAGE, type Failure, type Usage } from '../../services/claude/asked';
import { HIT_RATES, requestsOf, type Question } from '../../services/claude/questions';
import type { ClaudeRequest } from '../../services/claude/request';
import type { Asker } from './asker';
import type { Settings } from './readSettings';

/** What the call for a question took; nothing where the answer was remembered. */
export type Bill = {
	readonly usage: Usage;
	/** Micro-dollars, at most; undefined where the model has no known price. */
	readonly costMicros: number | undefined;
	/** Whether anything was sent. */
	readonly called: boolean;
};

/** What came of a question: what holds of its answer, or why there is none. */
export type Answered = Bill &
	(
		| { readonly checked: Checked; readonly fromMemory: boolean }
		| { readonly failed: Failure; readonly status?: number }
	);

const FREE: Bill = { usage: NO_USAGE, costMicros: 0, called: false };

/**
 * Answers by signature: what is remembered first, then of each other question one call. What holds of an answer is kept;
 * an answer of which nothing holds is not, nor a failure, so that the next execution asks again. Never throws for what a
 * service does.
 * @param asker undefined where nobody is to be asked any more: then only memory answers
 */
export async function answersTo(
	questions: readonly (Question & { readonly about: string })[],
	{ ledger, asker, settings, now }: AnswerRules,
): Promise<Map<string, Answered>> {
	const unique = [...new Map(questions.map((one) => [one.signature, one])).values()];
	const kept = await ledger.recallAnswers(
		unique.map(({ signature }) => signature),
		now,
	);
	const answers = new Map<string, Answered>();
	const open = unique.filter((question, place) => {
		const answer = kept[place];
		if (answer === undefined) return true;
		const checked = check(parsed(answer), question);
		answers.set(question.signature, { checked, fromMemory: true, ...FREE });
		return checked.picks.length === 0;
	});
	if (asker === undefined || open.length === 0) return answers;
	const requests = requestsOf(open, settings.prices, HIT_RATES.calls);
	const done = await Promise.all(
		open.flatMap((question) => {
			const request = requests.get(question.signature);
			return request === undefined ? [] : [ask(asker, question, request)];
		}),
	);
	for (const { question, answered } of done) answers.set(question.signature, answered);
	await ledger.rememberAnswers(
		done.flatMap(({ question: { signature, about }, answered }) =>
			'checked' in answered && answered.checked.picks.length > 0
				? [
						{
							signature,
							about,
							answer: JSON.stringify({ picks: answered.checked.picks }),
							expiresAt: now + settings.memoMs,
						},
					]
				: [],
		),
	);
	return answers;
}

async function ask<Its extends Question>(
	asker: Asker,
	question: Its,
	request: ClaudeRequest,
): Promise<{ question: Its; answered: Answered }> {
	const { failed, status, answer, usage, costMicros, uncertainMicros, attempts } = {
		status: undefined,
		...(await asker.ask(request)),
	};
	const bill: Bill = {
		usage,
		costMicros: costMicros === undefined ? undefined : costMicros + uncertainMicros,
		called: attempts > 0,
	};
	if (failed === undefined)
		return { question, answered: { checked: check(answer, question), fromMemory: false, ...bill } };
	return { question, answered: { failed, ...(status === undefined ? {} : { status }), ...bill } };
}

function check(answer: unknown, { items, payload }: Question): Checked {
	return checkAnswer(answer, items, payload.profile);
}

export type AnswerRules = {
	readonly ledger: Ledger;
	readonly asker: Asker | undefined;
	readonly settings: Settings;
	readonly now: number;
};

/** What cannot be read is an answer that does not hold. */
function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
