/**
 * A number in [0, 1) that is the same for the same text for ever, and spread evenly: hold-outs and variants are
 * assigned by it, so that nothing is random and everything can be repeated. FNV-1a, with the finishing touch of
 * Murmur 3, which makes texts that differ in one letter land far apart.
 */
export function shareOf(text: string): number {
	let hash = 0x811c9dc5;
	for (let index = 0; index < text.length; index++) {
		const unit = text.charCodeAt(index);
		hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
		hash = Math.imul(hash ^ (unit >>> 8), 0x01000193);
	}
	hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
	hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
	return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
