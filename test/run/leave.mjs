const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Calls back when we are to end: a signal, or the program that started us is gone (npm passes a signal on to its shell,
 * and the shell dies without telling us). Gives a function that stops listening.
 * @param {(signal: NodeJS.Signals) => void} callback
 */
export function onLeave(callback) {
	for (const signal of SIGNALS) process.on(signal, callback);
	const parent = process.ppid;
	const timer = setInterval(() => {
		if (process.ppid !== parent) callback('SIGTERM');
	}, 500);
	timer.unref();
	return () => {
		for (const signal of SIGNALS) process.off(signal, callback);
		clearInterval(timer);
	};
}
