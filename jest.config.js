// n8n's logger would write every error that a test provokes between the results
process.env.N8N_LOG_LEVEL ??= 'silent';

/** Two projects: `unit` runs in seconds and needs nothing; `n8n` drives a real n8n, real mail and a real browser. */
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

module.exports = {
	projects: [
		{
			...shared,
			displayName: 'unit',
			testMatch: ['<rootDir>/test/**/*.test.ts'],
			testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/n8n/'],
		},
		{
			...shared,
			displayName: 'n8n',
			testMatch: ['<rootDir>/test/n8n/**/*.test.ts'],
		},
	],
};
