import { checkAnswer } from '../../../engine/content/checkAnswer';
import { plainText } from '../../../engine/content/plainText';
import type { ContentItem } from '../../../engine/content/item';
import { choiceOf } from './choices';

const LANGUAGES = [
	'en',
	'de',
	'fr',
	'es',
	'pt',
	'it',
	'nl',
	'de-AT',
	'pt-BR',
	'ja',
	'nonsense',
	undefined,
];
const NASTY = [
	'Save 50 % – now',
	'See https://evil.example/a',
	'<b>Bold</b> & **more**',
	'{{ contact.name }}',
	'[Webinar] Boards',
	'Node.js at planwell.example',
	'zoe@canary.example',
	'x'.repeat(200),
	'👩\u200D💻'.repeat(16),
	'\u202Eabc',
	'!!!',
	'Zwei\u00ADtrenn',
	'９９ Tipps ½',
	'e\u0301'.repeat(90),
];

it('always passes the check of answers, whatever the catalogue says', () => {
	const failed: unknown[] = [];
	const tell = (cells: Partial<ContentItem>, code?: string): void => {
		const choice = choiceOf(cells, code);
		for (const language of LANGUAGES) {
			const checked = checkAnswer({ picks: [plainText(choice, language)] }, [choice.item]);
			if (checked.picks.length !== 1) failed.push([language, cells, checked.reasons]);
		}
	};
	for (const text of NASTY) {
		const short = text.slice(0, 90);
		tell({ title: text });
		tell({ features: [short] });
		tell({ features: [short] }, 'featureStruggling');
		tell({ outcome: text, languages: [] });
		tell({ title: text, features: [short], outcome: text, languages: [] });
		tell({ title: text, features: [], outcome: text });
	}
	expect(failed).toEqual([]);
});

it('is the title and a sentence for what the item is there for', () => {
	expect(plainText(choiceOf(), 'en-US')).toEqual({
		id: 'automations',
		reason: 'It teaches Automations, which is not in use.',
		subject: 'Your first automation in 10 minutes',
		opening:
			'Automations may be worth a look: here is how to begin. What it is good for: Less manual work.',
	});
});

it('is in the contact’s language, without an outcome that is written in another', () => {
	const { subject, opening } = plainText(choiceOf(), 'de-AT');
	expect(subject).toBe('Your first automation in 10 minutes');
	expect(opening).toBe('Automations könnte sich für Sie lohnen: So fangen Sie an.');
	const german = plainText(choiceOf({ languages: ['de'], outcome: 'Weniger Handarbeit' }), 'de-AT');
	expect(german.opening).toMatch(/Wozu es gut ist: Weniger Handarbeit\.$/);
});

it('is English where we have no words, and differs for each language where we have', () => {
	expect(plainText(choiceOf(), 'ja')).toEqual(plainText(choiceOf(), 'en'));
	const openings = LANGUAGES.slice(0, 7).map((language) => plainText(choiceOf(), language).opening);
	expect(new Set(openings).size).toBe(7);
});

it('cuts a long title where people see it end', () => {
	const { subject } = plainText(choiceOf({ title: 'é'.normalize('NFD').repeat(90) }), 'en');
	expect(subject).toBe(`${'é'.normalize('NFD').repeat(77)}…`);
});
