/** A small XML: elements, attributes, texts, CDATA. What a SOAP message has no use for (a DOCTYPE, its entities) is refused. */
export type XmlElement = {
	/** Without its prefix. */
	name: string;
	/** By name without prefix. */
	attributes: Readonly<Record<string, string>>;
	children: XmlElement[];
	text: string;
};

const TOKEN =
	/<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<\/([^\s>]+)\s*>|<([^\s/>!?]+)((?:\s+[^\s=>/]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/gy;
const ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const ENTITIES: Readonly<Record<string, string>> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
};
const DEEPEST = 32;

/** The document's root; undefined for what is no XML of this kind. */
export function readXml(text: string): XmlElement | undefined {
	const document: XmlElement = { name: '', attributes: {}, children: [], text: '' };
	const open = [document];
	const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
	TOKEN.lastIndex = 0;
	let read = 0;
	for (const token of source.matchAll(TOKEN)) {
		read = token.index + token[0].length;
		const [, cdata, closed, opened, attributes = '', empty, plain] = token;
		const inside = open.at(-1);
		if (inside === undefined) return undefined;
		if (cdata !== undefined) inside.text += cdata;
		else if (plain !== undefined) inside.text += decoded(plain);
		else if (closed !== undefined) {
			if (open.length === 1 || withoutPrefix(closed) !== inside.name) return undefined;
			open.pop();
		} else if (opened !== undefined) {
			const element: XmlElement = {
				name: withoutPrefix(opened),
				attributes: attributesOf(attributes),
				children: [],
				text: '',
			};
			inside.children.push(element);
			if (empty !== '/') open.push(element);
			if (open.length > DEEPEST) return undefined;
		}
	}
	const [root, ...others] = document.children;
	const isWhole = read === source.length && open.length === 1 && others.length === 0;
	return isWhole && document.text.trim() === '' ? root : undefined;
}

export function childrenOf(element: XmlElement | undefined, name: string): XmlElement[] {
	return element?.children.filter((child) => child.name === name) ?? [];
}

export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
	return childrenOf(element, name)[0];
}

export function textOfChild(element: XmlElement | undefined, name: string): string | undefined {
	const text = childOf(element, name)?.text.trim();
	return text === '' ? undefined : text;
}

function attributesOf(text: string): Record<string, string> {
	return Object.fromEntries(
		[...text.matchAll(ATTRIBUTE)].map(([, name = '', double, single]): [string, string] => [
			withoutPrefix(name),
			decoded(double ?? single ?? ''),
		]),
	);
}

function withoutPrefix(name: string): string {
	return name.slice(name.indexOf(':') + 1);
}

function decoded(text: string): string {
	if (!text.includes('&')) return text;
	return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));/gi, (whole, decimal, hex, name) => {
		if (typeof name === 'string') return ENTITIES[name] ?? whole;
		const code = typeof hex === 'string' ? parseInt(hex, 16) : Number(decimal);
		return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
	});
}
