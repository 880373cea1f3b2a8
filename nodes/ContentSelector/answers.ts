import type { Ledger } from '../../ledger/ledger';
import type { Asked, Failure, Usage } from '../../services/claude/asked';
import { requestsOf, type Question } from '../../services/claude/questions';
import type { Asker } from './asker';
import type { Settings } from './readSettings';

/** What came of a question: an answer that nobody checked yet, from memory or from a call, or why there is none. */
export type Answered =
	| { readonly answer: unknown; readonly fromMemory: true }
	| {
			readonly answer: unknown;
			readonly fromMemory: false;
			readonly usage: Usage;
			readonly costMicros: number | undefined;
	  }
	| {
			readonly failed: Failure;
			readonly status?: number;
			readonly usage: Usage;
			readonly costMicros: number | undefined;
	  };

/** Of calls one after the other, nearly all find the prefix that the first one wrote. */
const HIT_RATE = 0.95;

/**
 * Answers by signature: what is remembered first, then of each other question one call. Answers are kept; failures are
 * not, so that the next execution asks again. Never throws for what a service does.
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
	const open = unique.filter(({ signature }, place) => {
		const answer = kept[place];
		if (answer === undefined) return true;
		answers.set(signature, { answer: parsed(answer), fromMemory: true });
		return false;
	});
	if (asker === undefined || open.length === 0) return answers;
	const requests = requestsOf(open, settings.prices, HIT_RATE);
	const asked = await Promise.all(
		open.map(async ({ signature, about }) => {
			const request = requests.get(signature);
			return request === undefined ? [] : [{ signature, about, asked: await asker.ask(request) }];
		}),
	);
	const done = asked.flat();
	for (const one of done) answers.set(one.signature, answeredOf(one.asked));
	await ledger.rememberAnswers(
		done.flatMap(({ signature, about, asked: { failed, answer } }) =>
			failed === undefined
				? [
						{
							signature,
							about,
							answer: JSON.stringify(answer),
							expiresAt: now + settings.memoMs,
						},
					]
				: [],
		),
	);
	return answers;
}

export type AnswerRules = {
	readonly ledger: Ledger;
	readonly asker: Asker | undefined;
	readonly settings: Settings;
	readonly now: number;
};

function answeredOf(asked: Asked): Answered {
	const { usage, costMicros } = asked;
	return asked.failed === undefined
		? { answer: asked.answer, fromMemory: false, usage, costMicros }
		: {
				failed: asked.failed,
				...(asked.status === undefined ? {} : { status: asked.status }),
				usage,
				costMicros,
			};
}

/** What cannot be read is an answer that does not hold. */
function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
