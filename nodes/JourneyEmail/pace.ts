/** Longest single wait: an execution that is stopped must not sleep on. */
const NAP_MS = 500;

/** At most so many mails a minute, evenly spread over all connections of this node. Times are ms since 1970. */
export type Pace = {
	/** When the mail in this place of the queue may go, if nothing delays it. */
	slotOf: (position: number) => number;
	/** Takes the next free moment and waits for it; false, without waiting, where that is not before `deadline`. */
	turn: (deadline: number) => Promise<boolean>;
};

/** No limit where `mailsPerMinute` is not above 0. */
export function paceOf(
	mailsPerMinute: number,
	clock: () => number,
	stopped: () => boolean,
): Pace | undefined {
	if (!(mailsPerMinute > 0)) return undefined;
	const gap = 60_000 / mailsPerMinute;
	const start = clock();
	let next = start;
	return {
		slotOf: (position) => start + position * gap,
		async turn(deadline) {
			const slot = Math.max(next, clock());
			if (slot >= deadline) return false;
			next = slot + gap;
			for (let left = slot - clock(); left > 0 && !stopped(); left = slot - clock())
				await new Promise((resolve) => setTimeout(resolve, Math.min(left, NAP_MS)));
			return true;
		},
	};
}
