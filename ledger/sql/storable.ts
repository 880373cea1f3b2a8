/** Without what no database keeps in a text: NUL, and half a surrogate pair. */
export function storable(text: string): string {
	return (text.includes('\0') ? text.replaceAll('\0', '') : text).toWellFormed();
}
