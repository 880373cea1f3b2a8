/** Language, script and region of a BCP 47 tag; variants and extensions may hold any word, so they are not read. */
const TAG = /^([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|\d{3}))?$/i;
/** What POSIX adds, as in `de_AT.UTF-8@euro`. */
const POSIX_TAIL = /[.@].*$/s;
const MOST_REMEMBERED = 2_000;

/** What a reader of a language can read too: the same language in the same script. */
export type Language = { readonly tag: string; readonly script: string };

const languageNames = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });
const regionNames = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

const known = new Map<string, Language | undefined>();

/**
 * A language as people and systems write it (`de`, `de_AT`, `pt-br`) as a BCP 47 tag of language, script and region.
 * Undefined for whatever is none that is in use: any word of three letters looks like one, and a name must not pass.
 */
export function readLanguage(text: string | undefined): Language | undefined {
	if (text === undefined || text.length > 100) return undefined;
	if (known.has(text)) return known.get(text);
	const read = parse(text);
	if (known.size < MOST_REMEMBERED) known.set(text, read);
	return read;
}

function parse(text: string): Language | undefined {
	const parts = TAG.exec(text.trim().replace(POSIX_TAIL, '').replaceAll('_', '-'));
	if (parts === null) return undefined;
	const [, language = '', script, region] = parts;
	if (languageNames.of(language.toLowerCase()) === undefined) return undefined;
	if (region !== undefined && regionNames.of(region.toUpperCase()) === undefined) return undefined;
	const locale = new Intl.Locale(language, { script, region });
	const { language: spoken, script: written = '' } = locale.maximize();
	// a script that is no script stays in what is written, and none that is known has one
	if (script !== undefined && !SCRIPTS.has(written)) return undefined;
	return { tag: locale.toString(), script: `${spoken}-${written}` };
}

/** Of the languages people write mails in. */
const SCRIPTS = new Set(
	'Latn Cyrl Arab Hans Hant Hang Kore Jpan Deva Grek Hebr Thai Beng Taml Telu Armn Geor Ethi'.split(
		' ',
	),
);

/** Of these the regions are written too differently to share a text. */
const WRITTEN_BY_REGION = new Set(['pt']);

/**
 * The tag of a language as texts for its readers are written: `de` for `de-AT`, `zh-Hant` for `zh-TW`, `pt-BR` as it is.
 * @param tag as `readLanguage` writes it
 */
export function writtenTag(tag: string | undefined): string | undefined {
	if (tag === undefined) return undefined;
	const locale = new Intl.Locale(tag);
	if (WRITTEN_BY_REGION.has(locale.language)) return locale.toString();
	const { script } = locale.maximize();
	const usual = new Intl.Locale(locale.language).maximize().script;
	return script === undefined || script === usual
		? locale.language
		: `${locale.language}-${script}`;
}

/** How near the languages of something are to what somebody reads. */
export type Nearness =
	| { readonly is: 'exact' | 'base' | 'any' }
	/** `place` counts from 0. */
	| { readonly is: 'fallback'; readonly place: number }
	| { readonly is: 'none' };

const NONE: Nearness = { is: 'none' };

/**
 * Something without languages is for everybody. `de-AT` is exact for a reader of `de-AT`, and `de` or `de-DE` the base;
 * simplified Chinese is no base of traditional.
 */
export function nearnessOf(
	languages: readonly Language[],
	reader: Language | undefined,
	fallbacks: readonly Language[],
): Nearness {
	if (languages.length === 0) return { is: 'any' };
	if (reader !== undefined) {
		if (languages.some(({ tag }) => tag === reader.tag)) return { is: 'exact' };
		if (languages.some(({ script }) => script === reader.script)) return { is: 'base' };
	}
	const place = fallbacks.findIndex((one) => languages.some(({ script }) => script === one.script));
	return place < 0 ? NONE : { is: 'fallback', place };
}
