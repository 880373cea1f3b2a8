/** The anchors of a page, made of its headings as GitHub makes them. */
export function anchorsOf(page: string): Set<string> {
	const anchors = new Set<string>();
	const prose = page.replaceAll(/^```[\s\S]*?^```/gm, '');
	for (const [, heading = ''] of prose.matchAll(/^#{1,6} (.+)$/gm)) {
		const plain = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
		const anchor = plain.replaceAll(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(/\s/g, '-');
		let unlike = anchor;
		for (let again = 1; anchors.has(unlike); again++) unlike = `${anchor}-${String(again)}`;
		anchors.add(unlike);
	}
	return anchors;
}
