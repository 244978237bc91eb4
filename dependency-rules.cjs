/** Imports go one way: settings ← platform ← steps ← ui ← command-line ← commands ← main. Packages have owners. */
const layers = ['settings', 'platform', 'steps', 'ui', 'command-line', 'commands'];

const upwards = layers.map((layer, index) => ({
	name: `${layer}-knows-nothing-above-it`,
	severity: 'error',
	from: {path: `^src/${layer}/`},
	to: {
		path: `^src/(?:${[...layers.slice(index + 1).map((above) => `${above}/`), 'simulator/', 'cli[.]ts', 'main[.]ts'].join('|')})`,
		// The one exception of the design: what can be asked depends on the kind of platform.
		...(layer === 'settings' && {pathNot: '^src/platform/(?:facts|system)[.]ts$'}),
	},
}));

/** Sub-paths and dynamic imports count as well: dependency-cruiser resolves them all. */
const owned = (name, packages, owners) => ({
	name,
	severity: 'error',
	from: {path: '^src/', pathNot: owners},
	to: {path: packages},
});

/** Everything but the front end itself reaches it by a dynamic import: a run loads the one that it needs. */
const loadedWhenUsed = (frontEnd) => ({
	name: `${frontEnd}-is-loaded-only-when-used`,
	severity: 'error',
	from: {path: '^src/', pathNot: `^src/ui/${frontEnd}/`},
	to: {path: `^src/ui/${frontEnd}/`, dynamic: false},
});

const opensSystem = '^src/simulator/open-system[.]ts$';

/** The simulator implements the port of platform, and main opens it: a run on the real machine loads none of it. */
const simulator = [
	{
		name: 'only-main-opens-the-simulator',
		severity: 'error',
		from: {path: '^src/', pathNot: '^src/(?:main[.]ts$|simulator/)'},
		to: {path: '^src/simulator/'},
	},
	{
		name: 'main-knows-only-how-to-open-the-simulator',
		severity: 'error',
		from: {path: '^src/main[.]ts$'},
		to: {path: '^src/simulator/', pathNot: opensSystem},
	},
	{
		name: 'the-simulator-is-loaded-only-when-used',
		severity: 'error',
		from: {path: opensSystem},
		to: {path: '^src/simulator/', dynamic: false, dependencyTypesNot: ['type-only']},
	},
	{
		name: 'the-simulator-knows-only-platform-and-settings',
		severity: 'error',
		from: {path: '^src/simulator/'},
		to: {path: '^src/', pathNot: '^src/(?:simulator/|platform/|settings/|errors[.]ts$|notice[.]ts$)'},
	},
];

/** Generic code asks the port; a further manager is its folder, a line in the registry and one in the facts. */
const serviceManagers = {
	name: 'only-the-registry-knows-the-service-managers',
	severity: 'error',
	from: {
		path: '^src/',
		pathNot: '^src/(?:platform/(?:systemd|launchd|service-manager/registry[.]ts$|facts[.]ts$)|simulator/)',
	},
	to: {path: '^src/platform/(?:systemd|launchd)/'},
};

/** One service manager does not know the other. */
const apart = (one, other) => ({
	name: `${one}-knows-nothing-of-${other}`,
	severity: 'error',
	from: {path: `^src/platform/${one}/`},
	to: {path: `^src/platform/${other}/`},
});

module.exports = {
	forbidden: [
		...upwards,
		serviceManagers,
		apart('systemd', 'launchd'),
		apart('launchd', 'systemd'),
		...simulator,
		owned('only-the-real-system-runs-commands', 'node_modules/execa/', '^src/platform/real/'),
		owned(
			'only-the-real-system-touches-files',
			'^(?:node:)?(?:fs|child_process|os)(?:/|$)',
			'^src/(?:platform/real/|simulator/files/disk-files[.]ts$)',
		),
		owned(
			'only-platform-uses-the-network',
			'^(?:node:)?(?:http|https|net|tls|http2|dns)(?:/|$)',
			'^src/platform/',
		),
		owned('only-platform-writes-property-lists', 'node_modules/plist/', '^src/(?:platform|simulator)/'),
		owned('only-ui-draws', 'node_modules/(?:ink|react|chalk|@inquirer)/', '^src/ui/'),
		owned('only-the-ink-front-end-uses-ink', 'node_modules/(?:ink|react)/', '^src/ui/ink/'),
		owned('only-the-plain-front-end-uses-inquirer', 'node_modules/@inquirer/', '^src/ui/plain/'),
		{
			name: 'the-form-knows-no-front-end',
			severity: 'error',
			from: {path: '^src/ui/form/'},
			to: {path: '^src/ui/(?:ink|plain|scripted)/'},
		},
		loadedWhenUsed('ink'),
		loadedWhenUsed('plain'),
		{
			name: 'settings-take-only-types-from-platform',
			severity: 'error',
			from: {path: '^src/settings/'},
			to: {path: '^src/platform/', dependencyTypesNot: ['type-only']},
		},
		{name: 'no-circles', severity: 'error', from: {}, to: {circular: true}},
		{name: 'nothing-unresolved', severity: 'error', from: {}, to: {couldNotResolve: true}},
		{name: 'nothing-unused', severity: 'error', from: {orphan: true, path: '^src/'}, to: {}},
	],
	options: {
		tsPreCompilationDeps: true,
		tsConfig: {fileName: 'tsconfig.json'},
		doNotFollow: {path: 'node_modules'},
		enhancedResolveOptions: {
			exportsFields: ['exports'],
			conditionNames: ['import', 'node', 'default', 'types'],
		},
	},
};
