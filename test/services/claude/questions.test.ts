import { promptSettingsSchema } from '../../../engine/content/prompt';
import { compileSelector } from '../../../engine/content/selector';
import { selectorSettingsSchema } from '../../../engine/content/settings';
import { readProfile } from '../../../engine/content/profile';
import { Words } from '../../../engine/escalation/routing/words';
import { PRICES } from '../../../services/claude/prices';
import { compileQuestions, requestsOf, type Question } from '../../../services/claude/questions';
import { itemOf } from '../../engine/content/choices';

const NOW = Date.UTC(2026, 2, 2);
const MODEL = 'claude-haiku-5-5';

/** As many questions as there are features, each about one item. */
function questions(features: number): Question[] {
	const selector = selectorSettingsSchema.parse({ choices: 2 });
	const items = Array.from({ length: features }, (_none, place) =>
		itemOf({ id: `about-${String(place)}`, features: [`F${String(place)}`] }),
	);
	const prompt = promptSettingsSchema.parse({});
	const questionOf = compileQuestions(items, { selector, prompt, model: MODEL });
	const select = compileSelector(items, selector);
	return items.map(({ features: [failing = ''] }) => {
		const usage = { features: { [failing]: { uses: 9, failures: 9 } } };
		const profile = readProfile({ usage }, undefined, { zone: 'UTC', words: new Words() });
		return questionOf(profile, select.select(profile, [], NOW).ranked);
	});
}

it('a prefix that is cached lists a hundred contents at the most: the service refuses larger schemas', () => {
	const idsIn = (count: number): number[] =>
		[...requestsOf(questions(count), PRICES, 0.95).values()].map(
			({ schema }) =>
				/"enum":\[([^\]]*)\]/.exec(JSON.stringify(schema))?.[1]?.split(',').length ?? 0,
		);
	expect(new Set(idsIn(20))).toEqual(new Set([20]));
	expect(Math.max(...idsIn(120))).toBeLessThanOrEqual(2);
});

it('what has no own schema to share marks nothing for the cache', () => {
	const [request] = requestsOf(questions(1), PRICES, 0.95).values();
	expect(request?.system.some(({ cached }) => cached === true)).toBe(false);
});
