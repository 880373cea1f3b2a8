import { plainLine } from '../escalation/pack/plainText';

/** Longer texts are cut before anything is looked for in them. */
const MOST_READ = 5_000;

/** Whatever cannot be seen can stand between the letters of an address. */
const UNSEEN = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/** In this order: an address holds a domain, and a key may hold digits enough for a phone number. */
const REPLACED: readonly (readonly [RegExp, string])[] = [
	[/[^\s@(),;:<>"']*@[^\s@(),;<>"']+/gu, '(address)'],
	[/[^\s()[\]]+\s?[([{]\s?(?:at|ät)\s?[)\]}]\s?\S+/giu, '(address)'],
	[/\b(?:bearer|basic)\s+[\w.~+/=-]{8,}/giu, '(key)'],
	[
		/(?<![\p{L}\p{N}])(?:(?:pass(?:word|wort|phrase|code)|pwd|pw|kennwort|contraseña|secret|token|api[ _-]?key|pin)\s*(?:[:=]|\b(?:is|ist|es)\b)|pass(?:word|wort|phrase|code)|kennwort|contraseña)\s*\S+/giu,
		'(key)',
	],
	[
		/\b(?:sk|pk|rk|gh[opsu]|glpat|xox[abeoprs]|whsec|shp(?:at|ss)|AKIA|ASIA|eyJ)[-_]?[\w.-]{6,}/gu,
		'(key)',
	],
	[/(?:\b[a-z][a-z0-9+.-]{1,20}:)?\/\/\S+/giu, '(link)'],
	[/\bwww\.\S+/giu, '(link)'],
	[
		/[\p{L}\p{N}][\p{L}\p{M}\p{N}-]*(?:\.[\p{L}\p{N}][\p{L}\p{M}\p{N}-]*)*\.\p{L}[\p{L}\p{M}]+(?:[/:?#]\S*)?/gu,
		'(link)',
	],
	// letters and digits mixed, capitals in the middle, or longer than words are
	[/(?<![\w-])(?=[\w+/=-]*\d)(?=[\w+/=-]*[a-z])[\w+/=-]{12,}/giu, '(key)'],
	[/(?<![\w-])(?=(?:\w*[a-z][A-Z]){3})\w{16,}/gu, '(key)'],
	[/[\w+/=-]{40,}/gu, '(key)'],
	[/[+(]?\p{Nd}(?:[\s().\-/–]{0,3}\p{Nd}){5,}/gu, '(number)'],
];

/**
 * Free text of a customer as one line of at most so many characters, without addresses, phone numbers, links, keys and
 * other long numbers: each is replaced by a word for what it was. It cannot tell a name from another word; that is why
 * free text leaves only where somebody switched it on.
 */
export function clean(text: string, most: number): string {
	let line = bounded(text)
		.normalize('NFKC')
		.replace(UNSEEN, '')
		.replace(/[\p{Cc}\s]+/gu, ' ');
	for (const [pattern, word] of REPLACED) line = line.replace(pattern, word);
	return plainLine(line, most);
}

/** Never half a word: of a cut address something would stay that nobody recognizes as one. */
function bounded(text: string): string {
	const whole = text.toWellFormed();
	return whole.length <= MOST_READ ? whole : whole.slice(0, MOST_READ).replace(/\S*$/u, '');
}
