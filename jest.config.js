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

/** What takes its time: the built program in a terminal, faults at every point, and whatever happens in any order. */
const slow = ['faults/', 'program/', '(?:.*/)?any-[^/]*\\.test'];
const tests = '<rootDir>/__tests__';

export default {
	// All cores: the default of one less is half of them where there are two.
	maxWorkers: '100%',
	projects: [
		{
			...shared,
			displayName: 'quick',
			testMatch: [`${tests}/**/*.test.{ts,tsx}`],
			testPathIgnorePatterns: ['/node_modules/', `${tests}/(?:${[...slow, 'system/', 'exact/'].join('|')})`],
		},
		{
			...shared,
			displayName: 'slow',
			testMatch: [`${tests}/{faults,program}/**/*.test.ts`, `${tests}/**/any-*.test.ts`],
		},
		{...shared, displayName: 'system', testMatch: [`${tests}/system/**/*.test.ts`]},
		{...shared, displayName: 'exact', testMatch: [`${tests}/exact/**/*.test.ts`]},
	],
	testTimeout: 30_000,
};
