/**
 * Adds up jest's JSON results. Whatever did not run counts as failed: a suite that could not start, a test that was
 * skipped, pending or todo, a test file that nobody ran, a project without a single test.
 * @param {{name: string, result: object | undefined}[]} results one per jest project @param {string[]} files test files on disk
 * @returns {{passed: number, failed: number, complaints: string[]}}
 */
export function count(results, files) {
	const complaints = [];
	let passed = 0;
	let failed = 0;
	const complain = (number, what) => {
		if (number === 0) return;
		failed += number;
		complaints.push(what);
	};
	const ran = new Set();
	for (const { name, result } of results) {
		if (result === undefined) {
			complain(1, `${name}: jest ended without a result`);
			continue;
		}
		for (const suite of result.testResults) ran.add(suite.name);
		passed += result.numPassedTests;
		failed += result.numFailedTests;
		complain(
			result.numRuntimeErrorTestSuites,
			`${name}: ${result.numRuntimeErrorTestSuites} suites failed to run`,
		);
		const skipped = result.numPendingTests + result.numTodoTests;
		complain(
			skipped,
			`${name}: ${skipped} tests were skipped, and a skipped test counts as failed`,
		);
		if (result.numTotalTests === 0) complain(1, `${name}: no test ran`);
		else if (
			!result.success &&
			result.numFailedTests + result.numRuntimeErrorTestSuites + skipped === 0
		)
			complain(1, `${name}: jest says it failed`);
	}
	const forgotten = files.filter((file) => !ran.has(file));
	complain(forgotten.length, `never ran: ${forgotten.join(', ')}`);
	return { passed, failed, complaints };
}
