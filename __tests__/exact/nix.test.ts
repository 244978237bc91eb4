import {afterEach, expect, test} from '@jest/globals';
import fc from 'fast-check';
import {bootMachine, type Machine} from '../../scripts/machine/machine.ts';
import {homeManagerText} from '../../src/settings/home-manager.ts';
import {withGiven, type Settings} from '../../src/settings/options.ts';
import {parseSettingsFile} from '../../src/settings/settings-file.ts';
import {anySettings} from '../support/any-settings.ts';
import {inNix, type ModuleJson} from './in-nix.ts';

const seed = Number(process.env['VIRA_SETUP_SEED'] ?? Date.now() % 2 ** 31);
const count = 1000;
/** The first machine creates its base image. */
const timeLimitMs = 1_200_000;
/** debootstrap does not find the provider of the database interface that nix-bin needs. */
const packages = ['libdbi-perl', 'nix-bin'];

process.stdout.write(`${count} generated settings. VIRA_SETUP_SEED=${seed} generates the same again.\n`);

const anyStorePath = fc
	.tuple(fc.stringMatching(/^[\da-df-np-sv-z]{32}$/u), fc.stringMatching(/^[\w+\-.?=]{1,20}$/u))
	.map(([hash, name]) => `/nix/store/${hash}-${name}`);

/** What is exported, and all of its extra packages that are packages to Nix. */
interface Exported {
	readonly settings: Settings;
	readonly packages: readonly string[];
}

const anyExported = fc
	.tuple(anySettings, fc.array(anyStorePath, {maxLength: 2}))
	.map(([one, paths]): Exported => ({
		settings: {...one, extraPackages: [...one.extraPackages, ...paths]},
		packages: paths,
	}));

/** Names that have a meaning of their own in Nix or JavaScript. */
const names = ['outPath', '__toString', '__functor', '__proto__', 'type', 'or', 'rec', '${x}', 'a.b', '$'];

const withOddNames = ({settings, ...rest}: Exported): Exported => ({
	settings: {...settings, repositories: Object.fromEntries(names.map((name) => [name, '/srv/git']))},
	...rest,
});

const generated = fc.sample(anyExported, {seed, numRuns: count});
const all = [...generated, ...generated.slice(0, 1).map(withOddNames)];

const home = '/home/alice';
const absolute = (path: string): string => path.replace(/^~(?=\/|$)/u, home);

/** The module has PrivateTmp, and our unit does not. */
const exportedLines = ({serviceConfig}: Settings) => ({PrivateTmp: 'false', ...serviceConfig});

const moduleForm = ({settings, packages: extraPackages}: Exported): ModuleJson => ({
	enable: true,
	hostname: settings.hostname,
	port: settings.port,
	https: settings.https,
	stateDir: absolute(settings.stateDir),
	basePath: settings.basePath,
	autoResetState: settings.autoResetState,
	maxConcurrentBuilds: settings.maxConcurrentBuilds ?? null,
	autoBuildNewBranches: settings.autoBuildNewBranches,
	jobRetentionDays: settings.jobRetentionDays,
	extraPackages,
	initialState: {repositories: settings.repositories},
	systemd: {environment: settings.environment, serviceConfig: exportedLines(settings)},
});

let machine: Machine | undefined;
afterEach(async () => machine?.destroy());

test.each(['bookworm', 'trixie'] as const)(
	'the Nix of %s evaluates the exported text to the same settings, and they are read back from its JSON',
	async (suite) => {
		machine = await bootMachine({suite, packages});
		const owner = {user: {name: 'alice', home}, platform: 'linux'} as const;
		const evaluated = await inNix(
			machine,
			all.map(({settings}) => homeManagerText(settings, owner)),
		);
		expect(evaluated).toHaveLength(all.length);
		for (const [index, one] of all.entries()) {
			const json = evaluated[index];
			expect(json).toEqual(moduleForm(one));
			const {given, problems, unknown} = parseSettingsFile(JSON.stringify(json));
			expect({problems, unknown}).toEqual({problems: [], unknown: {}});
			const {settings} = one;
			expect(withGiven(settings, given)).toEqual({
				...settings,
				stateDir: absolute(settings.stateDir),
				extraPackages: one.packages,
				serviceConfig: exportedLines(settings),
			});
		}
	},
	timeLimitMs,
);
