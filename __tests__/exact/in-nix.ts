import type {Machine} from '../../scripts/machine/machine.ts';

/** The JSON of Vira's module, as far as it holds settings. */
export type ModuleJson = Readonly<Record<string, unknown>>;

const folder = '/home/alice/exported';

/**
 * What the module would see of each text, its defaults being those of Vira's module. A set is printed by its names: Nix
 * prints one that has an `outPath` or a `__toString` as something else.
 */
const asSeen = `
	let
		pairs = set: map (name: [ name set.\${name} ]) (builtins.attrNames set);
		seen = {services}: let vira = services.vira; in builtins.removeAttrs vira [ "systemd" "initialState" ] // {
			maxConcurrentBuilds = vira.maxConcurrentBuilds or null;
			extraPackages = vira.extraPackages or [ ];
			repositories = pairs (vira.initialState.repositories or { });
			environment = pairs (vira.systemd.environment or { });
			serviceConfig = pairs (vira.systemd.serviceConfig or { });
		};
	in map seen (import ${folder}/all.nix)`;

type Pairs = readonly (readonly [string, unknown])[];

interface Seen {
	readonly repositories: Pairs;
	readonly environment: Pairs;
	readonly serviceConfig: Pairs;
}

const asJson = ({repositories, environment, serviceConfig, ...rest}: Seen): ModuleJson => ({
	...rest,
	initialState: {repositories: Object.fromEntries(repositories)},
	systemd: {environment: Object.fromEntries(environment), serviceConfig: Object.fromEntries(serviceConfig)},
});

/** The values of `services.vira` in each of the texts, by the Nix of the machine. */
export const inNix = async (machine: Machine, texts: readonly string[]): Promise<readonly ModuleJson[]> => {
	const sets = texts.map((text) => `{\n${text}}\n`).join('');
	await machine.writeFile(`${folder}/all.nix`, `[\n${sets}]\n`, {owner: 'alice'});
	await machine.writeFile(`${folder}/seen.nix`, asSeen, {owner: 'alice'});
	const nix = async (...words: readonly string[]): Promise<string> => {
		// Without a daemon or write access to its store: nothing is built.
		const command = ['nix-instantiate', '--store', 'dummy://', ...words];
		const {exitCode, stdout, stderr} = await machine.run(command, {as: 'alice', timeoutMs: 300_000});
		if (exitCode !== 0) throw new Error(`${command.join(' ')}: ${stderr}`);
		return stdout;
	};
	await nix('--parse', `${folder}/all.nix`);
	return (JSON.parse(await nix('--eval', '--strict', '--json', `${folder}/seen.nix`)) as Seen[]).map(asJson);
};
