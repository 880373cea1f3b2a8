/** An own tier's id: `Mid Touch` is `mid-touch`. Ids of the presets stay as they are. */
export function tierIdOf(name: string): string {
	const words = name.trim().split(/[^\p{Letter}\p{Number}]+/u);
	const id = words.filter((word) => word !== '').join('-');
	return words.length === 1 && /^[a-z]/.test(id) ? id : id.toLowerCase();
}
