// n8n's logger would write every error that a test provokes between the results
process.env.N8N_LOG_LEVEL ??= 'silent';

/**
 * Four projects. `unit` is for every change: it runs in seconds and needs nothing. `thorough` (*.thorough.test.ts) needs
 * nothing either and takes its time: many cases, other processes, the built pack. `n8n` drives a real n8n, real mail and
 * a real browser. `lives` plays whole journeys on a real n8n: minutes each, and nothing in them hangs on the time of day.
 */
const shared = {
	preset: 'ts-jest',
	testEnvironment: 'node',
	setupFilesAfterEnv: ['<rootDir>/test/harness/patience.ts'],
	// babel's coverage rewrites functions; n8n reads the text of our `outputs` function, which then silently yields no outputs
	coverageProvider: 'v8',
	modulePathIgnorePatterns: [
		'<rootDir>/dist/',
		'<rootDir>/test/n8n/host/',
		'<rootDir>/.demo/',
		'<rootDir>/.cache/',
	],
	// types are checked by `npm run lint` and by the build
	transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.json', diagnostics: false }] },
};

const THOROUGH = '\\.thorough\\.test\\.ts$';

module.exports = {
	// jest would leave a core to others, and so run one suite after another on a machine with two
	maxWorkers: '100%',
	projects: [
		{
			...shared,
			displayName: 'unit',
			testMatch: ['<rootDir>/test/**/*.test.ts'],
			testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/n8n/', THOROUGH],
		},
		{
			...shared,
			displayName: 'thorough',
			testMatch: ['<rootDir>/test/**/*.thorough.test.ts'],
			testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/n8n/'],
		},
		{
			...shared,
			displayName: 'n8n',
			testMatch: ['<rootDir>/test/n8n/**/*.test.ts'],
			testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/n8n/lives/'],
		},
		{
			...shared,
			displayName: 'lives',
			testMatch: ['<rootDir>/test/n8n/lives/**/*.test.ts'],
		},
	],
};
