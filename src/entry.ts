import {engines} from '../package.json';
import {exitCode} from './errors.ts';
import {documentSchema, errorNames} from './ui/scripted/json-text.ts';

/**
 * What npm starts, and what any Node can parse: the build turns the syntax of this file into ECMAScript 5. It calls nothing
 * newer either. A Node that is new enough loads the program, which an old one cannot parse.
 */
const needed = engines.node.replace('>=', '');

/** The number in a version, such as 16 of `20.16.0` at 1. */
const numberAt = (version: string, at: number): number => Number(version.split('.')[at]);

const isSupported = (version: string): boolean => {
	const more = numberAt(version, 0) - numberAt(needed, 0);
	return more > 0 || (more === 0 && numberAt(version, 1) >= numberAt(needed, 1));
};

/** The document of `failureDocument`, which needs much of the program. */
const documentText = (message: string, words: readonly string[]): string => {
	const error = {
		level: 'error',
		code: errorNames[exitCode.unsuitable],
		message,
		detail: null,
		fixes: [],
		log: [],
	};
	const isSimulation = words.some((word) => /^--(?:simulat|rehears)/.test(word));
	const simulation = isSimulation ? true : undefined;
	const document = {schema: documentSchema, outcome: 'failed', simulation, changed: false, error};
	return JSON.stringify(document, undefined, 2);
};

const {node} = process.versions;
if (isSupported(node)) {
	// An old Node cannot parse import().
	// eslint-disable-next-line @typescript-eslint/no-require-imports
	require('./cli.ts');
} else {
	const words = process.argv.slice(2);
	const message = `vira-setup needs Node ${needed} or newer; this is ${node}`;
	if (!words.some((word) => word === '--json')) process.stderr.write(`${message}\n`);
	else process.stdout.write(`${documentText(message, words)}\n`);
	process.exitCode = exitCode.unsuitable;
}
