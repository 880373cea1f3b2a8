import type { Progress } from '../../engine/health/backtest/steps';

const PATIENCE_MS = 2000;
const TICK_MS = 250;
const PLAIN_TICK_MS = 10_000;

/** Says on standard error how far a piece of work is, once it takes more than two seconds. */
export function progressOf(title: string): { report: Progress; end: () => void } {
	const started = Date.now();
	const live = process.stderr.isTTY;
	let shown = started + PATIENCE_MS - (live ? TICK_MS : PLAIN_TICK_MS);
	let silent = true;
	return {
		report: (done) => {
			const now = Date.now();
			if (now - shown < (live ? TICK_MS : PLAIN_TICK_MS)) return;
			shown = now;
			silent = false;
			const text = `… ${title} ${Math.floor(done * 100)} %`;
			process.stderr.write(live ? `\r\x1b[K${text}` : `${text}\n`);
		},
		end: () => {
			if (live && !silent) process.stderr.write('\r\x1b[K');
		},
	};
}
