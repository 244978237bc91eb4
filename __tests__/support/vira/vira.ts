import {arch, hostname, platform} from 'node:os';
import {text} from 'node:stream/consumers';
import {exported} from '../../../src/simulator/vira/vira-repositories.ts';
import {infoText} from '../../../src/simulator/vira/vira-words.ts';
import {dumpStart, readBehaviour, type Behaviour} from './behaviour.ts';
import {parseCommandLine, valueOf, type Asked, type Values} from './command-line.ts';
import {Failure, reasonOf} from './failure.ts';
import {print} from './log.ts';
import {openState, type State} from './state.ts';
import {serve} from './web.ts';

/** As Haskell names processors (base, System.Info). */
const architectures: Readonly<Record<string, string>> = {x64: 'x86_64', arm64: 'aarch64'};

const showInfo = ({version, schemaVersion}: Behaviour): void =>
	print(
		infoText({
			version,
			revision: process.env['NIX_GIT_HASH'] ?? 'unknown',
			host: hostname(),
			os: platform() === 'darwin' ? 'darwin' : 'linux',
			architecture: architectures[arch()] ?? arch(),
			schema: schemaVersion,
		}),
	);

/** Opens the state; where what is done with it fails, it is closed. */
const withState = async (
	values: Values,
	{schemaVersion}: Behaviour,
	use: (state: State) => Promise<void> | void,
): Promise<void> => {
	const state = await openState({
		folder: valueOf(values, '--state-dir'),
		schemaVersion,
		autoReset: values.has('--auto-reset-state'),
	});
	try {
		await use(state);
	} catch (error) {
		state.close();
		throw error;
	}
};

const web = async (values: Values, behaviour: Behaviour): Promise<void> => {
	if (behaviour.mode === 'exits-at-once') {
		throw new Failure('error while loading shared libraries\nlibgmp.so.10: cannot open shared object file');
	}
	await withState(values, behaviour, async (state) => serve(state, {values, behaviour}));
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
			// The object has no line break after it.
			await withState(values, behaviour, (state) => state.close(exported(state.repositories())));
			break;
		case 'import':
			await withState(values, behaviour, async (state) => {
				state.importFrom(await text(process.stdin));
				state.close();
			});
			break;
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
		const words = error instanceof Failure ? error.words : `vira: ${reasonOf(error)}`;
		if (words !== undefined) process.stderr.write(`${words}\n`);
		process.exit(1);
	},
);
