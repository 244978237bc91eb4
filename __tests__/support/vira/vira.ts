import {arch, hostname, platform} from 'node:os';
import {text} from 'node:stream/consumers';
import {dumpStart, readBehaviour, type Behaviour} from './behaviour.ts';
import {parseCommandLine, valueOf, type Asked, type Values} from './command-line.ts';
import {Failure, reasonOf} from './failure.ts';
import {logFrom} from './log.ts';
import {asJson, openState, type State} from './state.ts';
import {stopRequest} from './stop-request.ts';
import {serve} from './web.ts';

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const nixPlatform = (): string => {
	const processor = {x64: 'x86_64', arm64: 'aarch64'}[arch()] ?? arch();
	return `${processor}-${platform()}`;
};

const showInfo = ({version, schemaVersion}: Behaviour): void =>
	print(
		[
			`Vira version: ${version}`,
			'Git revision: unknown',
			`Hostname: ${hostname()}`,
			`Platform: ${nixPlatform()}`,
			`Schema version: ${schemaVersion}`,
		].join('\n'),
	);

const withState = async (
	values: Values,
	{schemaVersion}: Behaviour,
	use: (state: State) => Promise<void> | void,
): Promise<void> => {
	const state = openState({
		folder: valueOf(values, '--state-dir'),
		schemaVersion,
		autoReset: values.has('--auto-reset-state'),
		log: logFrom(valueOf(values, '--log-level')),
	});
	try {
		await use(state);
	} finally {
		state.release();
	}
};

const web = async (values: Values, behaviour: Behaviour): Promise<void> => {
	if (behaviour.mode === 'exits-at-once') {
		throw new Failure('error while loading shared libraries\nlibgmp.so.10: cannot open shared object file');
	}
	// Asked before the state is opened: a signal that comes in between must find the lock given back.
	const stopRequested = stopRequest();
	const log = logFrom(valueOf(values, '--log-level'));
	await withState(values, behaviour, async (state) => serve(state, {values, behaviour, log, stopRequested}));
};

const perform = async (asked: Asked & {does: 'run'}, behaviour: Behaviour): Promise<void> => {
	const {command, values, words} = asked;
	switch (command) {
		case 'web':
			await web(values, behaviour);
			break;
		case 'info':
			showInfo(behaviour);
			break;
		case 'export':
			await withState(values, behaviour, (state) => print(asJson(state.repositories())));
			break;
		case 'import': {
			const json = await text(process.stdin);
			await withState(values, behaviour, (state) => state.importFrom(json));
			break;
		}
		case 'ci':
			print(`The pipeline of ${words[0] ?? '.'} succeeded`);
			break;
	}
};

const main = async (program: string, given: readonly string[]): Promise<void> => {
	const behaviour = readBehaviour(program);
	const asked = parseCommandLine(given, behaviour);
	if (asked.does === 'show') {
		print(asked.text);
		return;
	}
	if (asked.command === 'web' && behaviour.dumpTo !== undefined) dumpStart(behaviour.dumpTo);
	if (asked.does === 'refuse') throw new Failure(asked.text);
	await perform(asked, behaviour);
};

const [, program = '', ...given] = process.argv;

main(program, given).then(
	() => process.exit(0),
	(error: unknown) => {
		process.stderr.write(`${error instanceof Failure ? error.message : `vira: ${reasonOf(error)}`}\n`);
		process.exit(1);
	},
);
