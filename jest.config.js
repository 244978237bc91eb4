const shared = {
	testEnvironment: 'node',
	extensionsToTreatAsEsm: ['.ts', '.tsx'],
	transform: {
		'\\.tsx?$': [
			'@swc/jest',
			{
				jsc: {
					parser: {syntax: 'typescript', tsx: true},
					transform: {react: {runtime: 'automatic'}},
					target: 'es2023',
				},
				module: {type: 'es6'},
			},
		],
	},
};

export default {
	projects: [
		{
			...shared,
			displayName: 'unit',
			testMatch: ['<rootDir>/__tests__/**/*.test.{ts,tsx}'],
			testPathIgnorePatterns: ['/node_modules/', '<rootDir>/__tests__/(?:system|exact)/'],
		},
		{...shared, displayName: 'system', testMatch: ['<rootDir>/__tests__/system/**/*.test.ts']},
		{...shared, displayName: 'exact', testMatch: ['<rootDir>/__tests__/exact/**/*.test.ts']},
	],
	testTimeout: 30_000,
};
