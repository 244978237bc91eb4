import type {Machine} from '../../../scripts/machine/machine.ts';
import {validDocument} from '../../support/valid-document.ts';
import type {Variables} from './as-service.ts';

/** A check of whether builds can succeed, as the documents have it. */
export interface Check {
	readonly group: string;
	readonly level: string;
	readonly code: string;
	readonly message: string;
	readonly item?: string;
	readonly fixes: readonly {readonly say: string; readonly command?: string}[];
}

interface Asked {
	/** Variables of alice's shell in addition to the usual ones. */
	readonly shell?: Variables;
	/** Options of the setup. */
	readonly options?: readonly string[];
}

export const readinessBy = async (
	machine: Machine,
	words: readonly string[],
	shell: Variables = {},
): Promise<readonly Check[]> => {
	const {stdout} = await machine.run(['vira-setup', '--json', ...words], {as: 'alice', env: shell});
	return validDocument(stdout)['readiness'] as readonly Check[];
};

const assigned = (variables: Variables): readonly string[] =>
	Object.entries(variables).map(([name, value]) => `${name}=${value}`);

/** The options for these variables, and these lines of [Service]. */
export const optionsFor = (environment: Variables, serviceConfig: Variables): readonly string[] => [
	...assigned(environment).flatMap((one) => ['--environment', one]),
	...assigned(serviceConfig).flatMap((one) => ['--service-config', one]),
];

/** Each repository, by its name, as the program finds it: by `check-repository`, or with options by a run that changes nothing. */
export const checkRepositories = async (
	machine: Machine,
	urls: Variables,
	{shell = {}, options = []}: Asked = {},
): Promise<ReadonlyMap<string, Check>> => {
	const repositories = assigned(urls);
	const words =
		options.length === 0
			? ['check-repository', ...repositories]
			: [
					'--non-interactive',
					'--dry-run',
					...repositories.flatMap((one) => ['--repository', one]),
					...options,
				];
	const checks = await readinessBy(machine, words, shell);
	return new Map(checks.flatMap((check) => (check.item === undefined ? [] : [[check.item, check]])));
};

/** Does what the first command of a check says; answers with options, if it is one of vira-setup. */
export const followPrinted = async (machine: Machine, {code, fixes}: Check): Promise<readonly string[]> => {
	const [command] = fixes.flatMap((fix) => fix.command ?? []);
	if (command === undefined) throw new Error(`${code} prints no command.`);
	const [program, ...options] = command.split(' ');
	if (program === 'vira-setup') return options;
	const as = program === 'sudo' ? 'root' : 'alice';
	const {exitCode, stderr} = await machine.run(['sh', '-c', command], {as});
	if (exitCode !== 0) throw new Error(`${command}\n${stderr}`);
	return [];
};
