import { checkAnswer } from '../../../engine/content/checkAnswer';
import { settle, type Settled } from '../../../engine/content/settle';
import { dice, pick } from '../../harness/dice';
import { choiceOf } from './choices';
import { INJECTIONS } from './injections';

const CHOICES = [
	choiceOf(),
	choiceOf({ id: 'api', title: 'The API' }),
	choiceOf({ id: 'forms', features: [] }),
];
const ITEMS = CHOICES.map(({ item }) => item);
const IDS: readonly string[] = ITEMS.map(({ id }) => id);
const settled = (answer: unknown, language: string): Settled =>
	settle(checkAnswer(answer, ITEMS), { ranked: CHOICES, among: CHOICES }, language);

type Roll = () => number;

const anyText = (roll: Roll): string =>
	Array.from({ length: Math.floor(roll() * 40) }, () => {
		const last = pick(roll, [0x7f, 0x24f, 0xffff, 0x10ffff]);
		return String.fromCodePoint(Math.floor(roll() * last));
	}).join('');

const LEAVES: readonly [(roll: Roll) => unknown, ...((roll: Roll) => unknown)[]] = [
	() => undefined,
	() => null,
	(roll) => roll() * 1e9,
	() => true,
	() => 10n,
	() => Symbol('x'),
	() => new Date(0),
	() => () => 'automations',
	anyText,
	anyText,
	(roll) => pick(roll, ['automations', 'api', 'forms', 'evil']),
	(roll) => pick(roll, ['automations', 'api', 'forms']),
	(roll) => INJECTIONS[Math.floor(roll() * INJECTIONS.length)],
	(roll) => 'long '.repeat(Math.floor(roll() * 2_000)),
	() => 'A plain sentence that could go out.',
	() => 'A plain sentence that could go out.',
	() => 'A plain sentence that could go out.',
];

const leaf = (roll: Roll): unknown => pick(roll, LEAVES)(roll);

function anything(roll: Roll): unknown {
	if (roll() < 0.05) return leaf(roll);
	if (roll() < 0.05) return { picks: leaf(roll) };
	return { picks: Array.from({ length: 1 + Math.floor(roll() * 2) }, () => anyPick(roll)) };
}

function anyPick(roll: Roll): unknown {
	if (roll() < 0.05) return leaf(roll);
	if (roll() < 0.05) return [leaf(roll), leaf(roll)];
	const answer: Record<string, unknown> = {};
	for (const name of ['id', 'reason', 'subject', 'opening', 'extra']) {
		if (roll() < 0.95) answer[name] = leaf(roll);
	}
	if (roll() < 0.6) answer.id = pick(roll, ['automations', 'api', 'forms']);
	return roll() < 0.1 ? Object.assign(Object.create(null), answer) : answer;
}

const HOLDS = /^[^<>[\]{}`*@\u0000-\u0009\u000B-\u001F\u202A-\u202E]*$/u;

it('whatever comes in, an eligible id with texts that hold comes out, or the rules’ choice with reasons: 25,000 answers', () => {
	const roll = dice(11);
	const wrong: unknown[] = [];
	let claude = 0;
	for (let index = 0; index < 25_000; index++) {
		const answer = anything(roll);
		const language = pick(roll, ['en', 'de', 'ja']);
		const its = settled(answer, language);
		const { item, by, subject, opening, reason, reasons } = its;
		if (by === 'claude') claude++;
		const again = checkAnswer({ picks: [{ id: item.id, subject, opening, reason }] }, ITEMS);
		const holds =
			IDS.includes(item.id) &&
			again.picks.length === 1 &&
			[subject, opening, reason].every(
				(text) => HOLDS.test(text) && !/https?:|www\.|canary/i.test(text),
			) &&
			subject.length <= 78 * 12 &&
			(by === 'claude' ||
				(item.id === 'automations' && reasons.some(({ code }) => code.startsWith('answer.'))));
		if (!holds) wrong.push({ answer, its });
	}
	expect(wrong.slice(0, 3)).toEqual([]);
	// both ways out have to be taken
	expect(claude).toBeGreaterThan(100);
	expect(claude).toBeLessThan(40_000);
});

it('an injection that a model obeys reaches nobody', () => {
	const escaped = INJECTIONS.flatMap((text) =>
		(['subject', 'opening', 'reason'] as const).flatMap((field) => {
			const said = { reason: 'Fine.', subject: 'Fine', opening: 'Fine.', [field]: text };
			const { item: _item, ...told } = settled({ picks: [{ id: 'automations', ...said }] }, 'en');
			return told.by !== 'rules' || /canar|https|555|mailbox/i.test(JSON.stringify(told))
				? [{ field, text }]
				: [];
		}),
	);
	expect(escaped).toEqual([]);
});
