import type { Choice } from './choice';
import { sourceFor, TEXT_RULES, type Answer } from './checkAnswer';
import { cutTo, flawsOf, type Source, type TextRules } from './flaws';
import type { ContentItem } from './item';
import { readLanguage } from './languages';

type Sentences = {
	readonly subject: string;
	readonly struggling: (feature: string) => string;
	readonly unused: (feature: string) => string;
	readonly outcome: (outcome: string) => string;
	readonly opening: string;
};

const ENGLISH: Sentences = {
	subject: 'A tip for you',
	struggling: (feature) => `Here is how to get more out of ${feature}.`,
	unused: (feature) => `${feature} may be worth a look: here is how to begin.`,
	outcome: (outcome) => `What it is good for: ${outcome}.`,
	opening: 'We think this may help you next.',
};

const SENTENCES: ReadonlyMap<string, Sentences> = new Map([
	['en', ENGLISH],
	[
		'de',
		{
			subject: 'Ein Tipp für Sie',
			struggling: (feature) => `So haben Sie mehr von ${feature}.`,
			unused: (feature) => `${feature} könnte sich für Sie lohnen: So fangen Sie an.`,
			outcome: (outcome) => `Wozu es gut ist: ${outcome}.`,
			opening: 'Das könnte Ihnen als Nächstes helfen.',
		},
	],
	[
		'es',
		{
			subject: 'Un consejo para usted',
			struggling: (feature) => `Así le saca más partido a ${feature}.`,
			unused: (feature) => `${feature} puede serle útil: así se empieza.`,
			outcome: (outcome) => `Para qué sirve: ${outcome}.`,
			opening: 'Creemos que esto puede ayudarle ahora.',
		},
	],
	[
		'fr',
		{
			subject: 'Une astuce pour vous',
			struggling: (feature) => `Voici comment tirer un meilleur parti de ${feature}.`,
			unused: (feature) => `${feature} pourrait vous être utile : voici comment commencer.`,
			outcome: (outcome) => `À quoi cela sert : ${outcome}.`,
			opening: 'Voici ce qui pourrait vous aider maintenant.',
		},
	],
	[
		'it',
		{
			subject: 'Un suggerimento per lei',
			struggling: (feature) => `Ecco come ottenere di più da ${feature}.`,
			unused: (feature) => `${feature} potrebbe esserle utile: ecco come iniziare.`,
			outcome: (outcome) => `A che cosa serve: ${outcome}.`,
			opening: 'Pensiamo che questo possa aiutarla ora.',
		},
	],
	[
		'nl',
		{
			subject: 'Een tip voor u',
			struggling: (feature) => `Zo haalt u meer uit ${feature}.`,
			unused: (feature) => `${feature} is misschien iets voor u: zo begint u.`,
			outcome: (outcome) => `Waar het goed voor is: ${outcome}.`,
			opening: 'Dit kan u nu verder helpen.',
		},
	],
	[
		'pt',
		{
			subject: 'Uma dica para você',
			struggling: (feature) => `Veja como tirar mais proveito de ${feature}.`,
			unused: (feature) => `${feature} pode ser útil: veja como começar.`,
			outcome: (outcome) => `Para que serve: ${outcome}.`,
			opening: 'Achamos que isto pode ajudar agora.',
		},
	],
]);

/**
 * The texts of a choice without Claude, in the contact's language where we have it, else in English. They always pass
 * `checkAnswer`: where words of the catalogue do not, a sentence without them stands in their place.
 * @param language BCP 47
 */
export function plainText(choice: Choice, language: string | undefined): Answer {
	const { item, parts } = choice;
	const [spoken = 'en'] = readLanguage(language)?.tag.split('-') ?? [];
	const sentences = SENTENCES.get(spoken) ?? ENGLISH;
	const source = sourceFor(item, {});
	const first = (rules: TextRules, texts: readonly string[], last: string): string =>
		texts.find((text) => passes(text, rules, source)) ?? last;

	const feature = featureSentence(choice, sentences);
	const outcome = outcomeSentence(item, SENTENCES.has(spoken) ? spoken : 'en', sentences);
	const both = [feature, outcome].filter((text) => text !== '').join(' ');
	const why = parts[0]?.text ?? '';
	return {
		id: item.id,
		reason: first(TEXT_RULES.reason, [withoutPoints(why)], 'It ranked first by the rules.'),
		subject: first(
			TEXT_RULES.subject,
			[cutTo(withoutMarkup(item.title), TEXT_RULES.subject.most)],
			sentences.subject,
		),
		opening: first(TEXT_RULES.opening, [both, feature, outcome], sentences.opening),
	};
}

/**
 * `plainText` that writes each different text once: a hundred thousand accounts share a few thousand, and to look at each
 * letter of all of them takes longer than to choose.
 */
export function oncePlainText(): typeof plainText {
	const known = new Map<string, Answer>();
	return (choice, language) => {
		const { item, parts } = choice;
		const said = parts.find(({ feature }) => feature !== undefined)?.text ?? '';
		const key = JSON.stringify([item.id, language, said, parts[0]?.text]);
		let text = known.get(key);
		if (text === undefined) known.set(key, (text = plainText(choice, language)));
		return text;
	};
}

function passes(text: string, rules: TextRules, source: Source): boolean {
	return flawsOf(text, rules, source).length === 0;
}

function featureSentence({ parts }: Choice, sentences: Sentences): string {
	for (const { code, feature } of parts) {
		if (typeof feature !== 'string') continue;
		if (code === 'featureStruggling') return sentences.struggling(withoutMarkup(feature));
		if (code === 'featureUnused') return sentences.unused(withoutMarkup(feature));
	}
	return '';
}

/** Only where it is written in the language of the sentence around it. */
function outcomeSentence(
	{ outcome, languages }: ContentItem,
	spoken: string,
	sentences: Sentences,
): string {
	const isSpoken =
		languages.length === 0 ||
		languages.some((tag) => tag === spoken || tag.startsWith(`${spoken}-`));
	if (outcome === undefined || !isSpoken) return '';
	const said = withoutMarkup(outcome).replace(/[\s.!?…]+$/u, '');
	return said === '' ? '' : sentences.outcome(said);
}

/** `[Webinar] Boards` as `(Webinar) Boards`. */
function withoutMarkup(text: string): string {
	return text
		.replaceAll(/[[{]/g, '(')
		.replaceAll(/[\]}]/g, ')')
		.replaceAll(/[*`<>]/g, '')
		.trim();
}

function withoutPoints(text: string): string {
	const said = text.replace(/ \([+−]\d+\)$/u, '');
	return said === '' ? '' : `${said}.`;
}
