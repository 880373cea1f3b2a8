/** One field of a form as n8n's Webhook gives its body; undefined where it is missing, repeated or no text. */
export function fieldOf(body: unknown, name: string): string | undefined {
	if (typeof body !== 'object' || body === null) return undefined;
	const value: unknown = Object.hasOwn(body, name) ? Reflect.get(body, name) : undefined;
	return typeof value === 'string' ? value.trim() : undefined;
}
