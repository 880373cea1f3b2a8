import { runModule } from './runModule';

const GOOD = {
	success: true,
	numTotalTests: 3,
	numPassedTests: 3,
	numFailedTests: 0,
	numPendingTests: 0,
	numTodoTests: 0,
	numRuntimeErrorTestSuites: 0,
	testResults: [{ name: 'a.test.ts' }],
};
const count = (result: object | undefined, files: string[] = ['a.test.ts']): unknown =>
	runModule(
		"import { count } from './test/run/count.mjs'; answer(count(input.results, input.files));",
		{
			results: [{ name: 'unit', result }],
			files,
		},
	);

describe('the last line of npm test', () => {
	test('counts what passed', () => {
		expect(count(GOOD)).toEqual({ passed: 3, failed: 0, complaints: [] });
	});

	test.each([
		['a test failed', { ...GOOD, success: false, numPassedTests: 2, numFailedTests: 1 }, 2, 1],
		['a test was skipped', { ...GOOD, numPassedTests: 1, numPendingTests: 2 }, 1, 2],
		['a test is only a plan', { ...GOOD, numPassedTests: 2, numTodoTests: 1 }, 2, 1],
		['a suite could not start', { ...GOOD, success: false, numRuntimeErrorTestSuites: 1 }, 3, 1],
		['no test ran', { ...GOOD, numTotalTests: 0, numPassedTests: 0 }, 0, 1],
		['jest complains of something else', { ...GOOD, success: false }, 3, 1],
		['jest left no result', undefined, 0, 2],
	])('does not call it a success when %s', (_what, result, passed, failed) => {
		expect(count(result)).toMatchObject({ passed, failed });
	});

	test('does not call it a success when a test file on the disk was run by nobody', () => {
		expect(count(GOOD, ['a.test.ts', 'b.test.ts'])).toEqual({
			passed: 3,
			failed: 1,
			complaints: ['never ran: b.test.ts'],
		});
	});
});
