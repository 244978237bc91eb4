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

const tests = '<rootDir>/__tests__';
const ending = '.test.{ts,tsx}';

/** Each has a folder, or a name of its own: the built program in a terminal, faults at every point, random runs. */
const slow = [`${tests}/{faults,program}/**/*${ending}`, `${tests}/{platform,steps}/**/any-*${ending}`];
const notQuick = `${tests}/(?:faults|program|system|exact|nodes|binary|fleet|(?:platform|steps)/(?:.*/)?any-[^/]*$)`;

/** They need an image with git, sshd and Nix, and minutes: a tier of their own. */
const builds = `${tests}/system/(?:readiness|build-[a-z]+)[.]`;

export default {
	// All cores: the default of one less is half of them where there are two.
	maxWorkers: '100%',
	// Modules of each file stay in memory with it (--experimental-vm-modules): a worker begins again before that is much.
	workerIdleMemoryLimit: '700MB',
	projects: [
		{
			...shared,
			displayName: 'quick',
			testMatch: [`${tests}/**/*${ending}`],
			testPathIgnorePatterns: ['/node_modules/', notQuick],
		},
		{...shared, displayName: 'slow', testMatch: slow},
		{
			...shared,
			displayName: 'binary',
			testMatch: [`${tests}/binary/**/*${ending}`],
			globalSetup: `${tests}/support/make-image.ts`,
		},
		{
			...shared,
			displayName: 'fleet',
			testMatch: [`${tests}/fleet/**/*${ending}`],
			globalSetup: `${tests}/support/make-fleet-images.ts`,
		},
		{...shared, displayName: 'nodes', testMatch: [`${tests}/nodes/**/*${ending}`]},
		{
			...shared,
			displayName: 'system',
			testMatch: [`${tests}/system/**/*${ending}`],
			testPathIgnorePatterns: ['/node_modules/', builds],
			globalSetup: `${tests}/support/make-image.ts`,
		},
		{
			...shared,
			displayName: 'builds',
			testMatch: [`${tests}/system/*${ending}`],
			testPathIgnorePatterns: ['/node_modules/', `${tests}/system/(?!readiness[.]|build-[a-z]+[.])`],
			globalSetup: `${tests}/support/make-image.ts`,
		},
		{
			...shared,
			displayName: 'exact',
			testMatch: [`${tests}/exact/**/*${ending}`],
			globalSetup: `${tests}/support/make-image.ts`,
		},
	],
	testTimeout: 30_000,
};
