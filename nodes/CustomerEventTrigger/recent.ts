/** A secret that was taken back is believed this much longer, no more. */
const RECENT_MS = 5000;

/**
 * What was read lately, used again: n8n decrypts a credential in a sandbox of its own, which takes longer than all else
 * that a call asks for.
 */
export class Recent<Value> {
	private readonly read = new Map<string, { at: number; value: Value }>();

	/** What was made under the key within the last seconds, or is made now; never what failed. */
	async get(key: string, make: () => Promise<Value>): Promise<Value> {
		const now = performance.now();
		for (const [old, { at }] of this.read) if (now - at > RECENT_MS) this.read.delete(old);
		const known = this.read.get(key);
		if (known !== undefined) return known.value;
		const value = await make();
		this.read.set(key, { at: now, value });
		return value;
	}
}
