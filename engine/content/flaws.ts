/** What a text must not have that is to reach a customer. */
export const FLAWS = [
	'empty',
	'tooLong',
	'hidden',
	'lines',
	'markup',
	'link',
	'address',
	'number',
] as const;
export type Flaw = (typeof FLAWS)[number];

export type TextRules = {
	/** In characters as people see them. */
	readonly most: number;
	/** Whether lines may end within it. */
	readonly lines: boolean;
};

/** What the data said: figures and words such as `Node.js` that may be repeated. */
export type Source = {
	readonly numbers: ReadonlySet<string>;
	readonly dotted: ReadonlySet<string>;
};

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
/** No character that people write takes more; whatever is longer need not be counted. */
const UNITS_PER_CHARACTER = 12;

const MARKUP =
	/[<>[\]{}`*]|%\p{L}\w*%|\$\p{L}|__|~~|^[ \t]{0,3}#{1,6}\s|&(?:#\d+|#x[\da-f]+|[a-z][a-z\d]*);/imu;
const SCHEME =
	/\/\/|\b(?:https?|ftp|mailto|tel|sms|sips?|xmpp|javascript|vbscript|data|file|callto|skype|slack|whatsapp|intent):(?=\S)/iu;
const HOST =
	/\bwww\.|\blocalhost\b|\d{1,3}(?:\.\d{1,3}){3}|[a-z0-9-][。｡][a-z]{2}|[([{]\s?(?:\.|dot|punkt)\s?[)\]}]/iu;
const ADDRESS = /\S@\S/u;
/** Labels with points between them that end like a domain does, and what follows where it is a path or the like. */
const DOTTED =
	/[\p{L}\p{N}][\p{L}\p{M}\p{N}-]*(?:\.[\p{L}\p{N}][\p{L}\p{M}\p{N}-]*)*\.\p{L}[\p{L}\p{M}\p{N}-]+(?:[/:?#]\S*)?/gu;
/** A whole figure, with what says what of: `2,500`, `5.4`, `10:30`, `$5`, `500 %`, `2 500`. */
const FIGURE =
	/(?:\p{Sc}\s?)?\p{Nd}+(?:[.,:'’/]\p{Nd}+|[ \u00A0\u2009\u202F]\p{Nd}{3}(?!\p{Nd}))*(?:\s?[%‰\p{Sc}])?/gu;
const DIGIT_OF_ANY = /\p{Nd}/gu;
const DIGIT = /^\p{Nd}$/u;
/** `①`, `½`: figures that are no digits. */
const OTHER_NUMBER = /[\p{Nl}\p{No}]/gu;

/** Variation selectors, and joiners where scripts and emoji need them, are seen in what they do. */
const NEEDED =
	/[\u{FE0E}\u{FE0F}]|(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\u{FE0F}])\u200D(?=\p{Extended_Pictographic})|(?<=[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Malayalam}\p{Script=Kannada}\p{Script=Gujarati}\p{Script=Sinhala}\p{M}])[\u200C\u200D](?=\p{L})/gu;
const HIDDEN =
	/[\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]|(?!\n)\p{Cc}|\p{M}{6,}/u;
const LINE_ENDS = /[\n\p{Zl}\p{Zp}]/u;
const FAR_APART = /\n{3,}|[\p{Zl}\p{Zp}]/u;

/** Why a text may not reach a customer: none where it may. */
export function flawsOf(text: string, { most, lines }: TextRules, source: Source): Flaw[] {
	if (text.length > most * UNITS_PER_CHARACTER) return ['tooLong'];
	// what looks the same is read the same: full-width signs, ligatures, letters in circles
	const plain = text.normalize('NFKC');
	const flaws: Flaw[] = [];
	if (!/\p{L}/u.test(plain)) flaws.push('empty');
	if (lengthOf(text) > most) flaws.push('tooLong');
	if (!text.isWellFormed() || HIDDEN.test(text.replace(NEEDED, ''))) flaws.push('hidden');
	if ((lines ? FAR_APART : LINE_ENDS).test(text)) flaws.push('lines');
	if (MARKUP.test(plain)) flaws.push('markup');
	if (hasLink(plain, source)) flaws.push('link');
	if (ADDRESS.test(plain)) flaws.push('address');
	if (numbersIn(plain).some((number) => !source.numbers.has(number))) flaws.push('number');
	return flaws;
}

/** Compiles what texts of the data allow to be repeated. */
export function sourceOf(texts: readonly string[]): Source {
	const plain = texts.map((text) => text.normalize('NFKC'));
	return {
		numbers: new Set(plain.flatMap(numbersIn)),
		dotted: new Set(plain.flatMap(dottedIn)),
	};
}

/** Characters as people see them. */
export function lengthOf(text: string): number {
	let length = 0;
	for (const _character of graphemes.segment(text)) length++;
	return length;
}

/** The first so many characters as people see them, and a sign where some are left out. */
export function cutTo(text: string, most: number): string {
	const characters = Array.from(graphemes.segment(text), ({ segment }) => segment);
	if (characters.length <= most) return text;
	return `${characters
		.slice(0, most - 1)
		.join('')
		.trimEnd()}…`;
}

function hasLink(plain: string, { dotted }: Source): boolean {
	if (SCHEME.test(plain) || HOST.test(plain)) return true;
	return dottedIn(plain).some((word) => !dotted.has(word));
}

function dottedIn(plain: string): string[] {
	return Array.from(plain.matchAll(DOTTED), ([word]) =>
		word.toLowerCase().replace(/[.,:;!?)\]]+$/u, ''),
	);
}

/** Figures in digits of any script, in ours; other signs of numbers as they are. */
function numbersIn(plain: string): string[] {
	const runs = Array.from(plain.matchAll(FIGURE), ([run]) =>
		run.replace(/\s/gu, '').replace(DIGIT_OF_ANY, (digit) => String(valueOf(digit))),
	);
	return [...runs, ...Array.from(plain.matchAll(OTHER_NUMBER), ([sign]) => sign)];
}

/** Digits of a script stand in a row of ten, its zero first. */
function valueOf(digit: string): number {
	const code = digit.codePointAt(0) ?? 0;
	let value = 0;
	while (value < 9 && DIGIT.test(String.fromCodePoint(code - value - 1))) value++;
	return value;
}
