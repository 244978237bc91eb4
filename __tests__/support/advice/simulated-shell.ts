import {posix} from 'node:path';
import type {MacSimulation} from '../simulated-mac.ts';
import type {Simulation} from '../simulated-linux.ts';
import {setMode} from '../disks.ts';
import {lines} from '../run-command.ts';

export type Simulated = Simulation | MacSimulation;

/** The result of a typed command. */
export interface Typed {
	readonly exitCode: number | undefined;
	readonly said: string;
}

interface Call {
	readonly machine: Simulated;
	/** Without the name of the program. */
	readonly words: readonly string[];
	readonly asRoot: boolean;
}

type Program = (call: Call) => Promise<void>;

const isFlag = (word: string): boolean => word.startsWith('-');

const plain = (words: readonly string[]): readonly string[] => words.filter((word) => !isFlag(word));

const demand = async ({machine}: Call, path: string) => {
	const found = await machine.inspect(path);
	if (!found) throw new Error(`${path}: No such file or directory`);
	return found;
};

/** The user cannot change the contents of a folder that belongs to root. */
const demandRight = async ({machine, asRoot}: Call, path: string): Promise<void> => {
	const folder = await machine.inspect(posix.dirname(path));
	if (!asRoot && folder && !folder.writable) throw new Error(`${path}: Permission denied`);
};

const rm: Program = async (call) => {
	for (const path of plain(call.words)) {
		const {kind} = await demand(call, path);
		await demandRight(call, path);
		if (kind !== 'folder') await call.machine.deleteFile(path);
		else if (call.words.includes('-r')) await call.machine.deleteFolder(path, {withContents: true});
		else throw new Error(`${path}: Is a directory`);
	}
};

/** Into a folder that is there, as mv(1) and cp(1) do. */
const placeFor = async ({machine}: Call, from: string, to: string): Promise<string> =>
	(await machine.inspect(to))?.leadsTo === 'folder'
		? posix.join(to, posix.basename(from))
		: to.replace(/\/$/u, '');

const mv: Program = async (call) => {
	const to = plain(call.words).at(-1) ?? '';
	for (const from of plain(call.words).slice(0, -1)) {
		const {linksTo} = await demand(call, from);
		await demandRight(call, from);
		const place = await placeFor(call, from, to);
		if (linksTo === undefined) await call.machine.move(from, place);
		else {
			await call.machine.deleteFile(from);
			const {links} = await call.machine.events.state();
			await call.machine.events.change({links: {...links, [place]: linksTo}});
		}
	}
};

const copy = async (call: Call, from: string, to: string): Promise<void> => {
	const {kind, mode} = await demand(call, from);
	if (kind !== 'folder') return call.machine.writeFile(to, (await call.machine.readFile(from)) ?? '', mode);
	await call.machine.makeFolder(to, mode);
	for (const name of (await call.machine.list(from)) ?? [])
		await copy(call, `${from}/${name}`, `${to}/${name}`);
};

/** `cp -a FROM/. TO/` and `cp FILE FILE`. */
const cp: Program = async (call) => {
	const [from = '', to = ''] = plain(call.words).map((path) => path.replace(/\/\.?$/u, ''));
	await copy(call, from, to);
};

const bits: Readonly<Record<string, number>> = {r: 4, w: 2, x: 1, X: 1};

const shifts: Readonly<Record<string, number>> = {u: 6, g: 3, o: 0};

/** `600`, `u+rwx`, `go-w` or `a+x`: to the owner, the group, others or all of them. */
const modeAfter = (mode: number, change: string): number => {
	if (/^\d+$/u.test(change)) return parseInt(change, 8);
	const [, who, sign, letters = ''] = /^([ugo]+)([+-])([rwxX]+)$/u.exec(change.replace(/^a/u, 'ugo')) ?? [];
	if (who === undefined) throw new Error(`chmod: invalid mode: ${change}`);
	const one = Array.from(letters).reduce((sum, letter) => sum | (bits[letter] ?? 0), 0);
	const changed = Array.from(who).reduce((sum, whose) => sum | (one << (shifts[whose] ?? 0)), 0);
	return sign === '+' ? mode | changed : mode & ~changed;
};

const below = async (call: Call, path: string): Promise<readonly string[]> => {
	if ((await demand(call, path)).kind !== 'folder') return [path];
	const names = (await call.machine.list(path).catch(() => [])) ?? [];
	return [path, ...(await Promise.all(names.map((name) => below(call, `${path}/${name}`)))).flat()];
};

const chmod: Program = async (call) => {
	const [change = '', path = ''] = plain(call.words).filter((word) => word !== '-R');
	const {owner, mode} = await demand(call, path);
	if (!call.asRoot && owner !== call.machine.user.uid) throw new Error(`${path}: Operation not permitted`);
	setMode(call.machine.folder, path, modeAfter(mode, change));
	if (call.words.includes('-R'))
		for (const inside of await below(call, path))
			setMode(call.machine.folder, inside, modeAfter((await demand(call, inside)).mode, change));
};

const without = (paths: readonly string[], path: string): string[] =>
	paths.filter((one) => one !== path && !one.startsWith(`${path}/`));

/** A path that is given to the user no longer belongs to root. */
const giveAway = async ({machine, asRoot}: Call, path: string): Promise<void> => {
	if (!asRoot) throw new Error(`${path}: Operation not permitted`);
	const {readOnly, unreadable, owned = []} = await machine.events.state();
	await machine.events.change({
		readOnly: without(readOnly, path),
		unreadable: without(unreadable, path),
		owned: [...owned, path],
	});
};

const chown: Program = async (call) => {
	const [name, path = ''] = plain(call.words);
	if (name !== call.machine.user.name) throw new Error(`invalid user: ${name ?? ''}`);
	await demand(call, path);
	await giveAway(call, path);
};

/** Nothing is closed to root. */
const asRootCan = async (call: Call, program: Program): Promise<void> => {
	const {events} = call.machine;
	const {readOnly, unreadable} = await events.state();
	await events.change({readOnly: [], unreadable: []});
	await program(call).finally(() => events.change({readOnly, unreadable}));
};

const mkdir: Program = async ({machine, words}) => {
	const parts = (plain(words)[0] ?? '').split('/').slice(1);
	for (const count of parts.keys())
		await machine.makeFolder(`/${parts.slice(0, count + 1).join('/')}`, 0o755);
};

/** `install -d -o NAME -m MODE FOLDER` or `install -o NAME -m MODE FILE COPY`: the user's own inside root's folder. */
const install: Program = async (call) => {
	const {machine, words} = call;
	const [, isFolder, name, mode = '', ...paths]: readonly (string | undefined)[] =
		/^(-d )?-o (\S+) -m (0[0-7]+) (\S+)(?: (\S+))?$/u.exec(words.join(' ')) ?? [];
	const [to = '', from] = paths.filter((path) => path !== undefined).toReversed();
	if (name !== machine.user.name || (from === undefined) !== (isFolder !== undefined))
		throw new Error(`install: ${words.join(' ')}`);
	await asRootCan(call, async () => {
		if (from === undefined) await mkdir({...call, words: [to]});
		else await copy(call, from, to);
		setMode(machine.folder, to, parseInt(mode, 8));
	});
	await giveAway(call, to);
};

const cat: Program = async ({machine, words}) => {
	for (const path of words)
		if ((await machine.readFile(path)) === undefined) throw new Error(`${path}: No such file`);
};

const programs: Readonly<Record<string, Program>> = {
	rm,
	mv,
	cp,
	chmod,
	chown,
	mkdir,
	install,
	cat,
	date: async () => undefined,
};

/** They change the owner themselves. */
const givers: readonly Program[] = [chown, install];

/** systemd restarts the manager, and the services that start with it (user@.service). */
const restartManager = async ({events}: Simulated): Promise<void> => {
	await events.change({userManager: 'stopped', units: {}});
	if ('login' in events) await events.login();
};

/** Commands that need only their words: those of administrators, and those that create or remove links. */
const wholeLines: readonly (readonly [
	RegExp,
	(machine: Simulated, match: RegExpExecArray) => Promise<void>,
])[] = [
	[/^sudo systemctl restart user@\d+\.service$/u, restartManager],
	[/^sudo systemctl restart systemd-logind$/u, ({events}) => events.change({logindHangs: false})],
	[/^sudo chage --list \S+$/u, async () => undefined],
	[/^sudo chage --expiredate -1 \S+$/u, ({events}) => events.change({accountRefused: false})],
	[/^sudo systemctl restart systemd-journald$/u, ({events}) => events.change({journalKept: true})],
	[
		/^sudo usermod --append --groups systemd-journal \S+$/u,
		({events}) => events.change({inJournalGroup: true}),
	],
	[/^sudo journalctl /u, async () => undefined],
	[
		/^sudo loginctl (enable|disable)-linger \S+$/u,
		async (machine, [, verb = '']) => {
			await machine.events.change({lingerRefused: false});
			await machine.run(['loginctl', `${verb}-linger`, machine.user.name]);
		},
	],
	[
		/^systemctl --user unmask vira\.service$/u,
		async (machine) => {
			await machine.deleteFile(`${machine.user.home}/.config/systemd/user/vira.service`);
			await machine.run(['systemctl', '--user', 'daemon-reload']);
		},
	],
	[
		/^nix-store --add-root (\S+) --realise (\S+)$/u,
		async ({events}, [, link = '', path = '']) => {
			const {links} = await events.state();
			await events.change({links: {...links, [link]: path}});
		},
	],
];

/** What a user accepts after seeing the preview. */
const accepted = ['--overwrite', '--allow-state-reset'];

/** The program itself, run by a user who accepts its suggestions. */
const ownWords = (words: readonly string[]): readonly string[] => {
	const verb = words.find((word) => !isFlag(word));
	const verbs = ['start', 'stop', 'restart', 'status', 'logs', 'doctor', 'export', 'uninstall', 'rollback'];
	if (verb === undefined || !verbs.includes(words[0] ?? ''))
		return ['--non-interactive', ...words, ...accepted.filter((one) => !words.includes(one))];
	return ['uninstall', 'rollback'].includes(words[0] ?? '') ? [...words, '--non-interactive'] : words;
};

const typeWords = async (machine: Simulated, words: readonly string[], asRoot: boolean): Promise<Typed> => {
	const [program = '', ...rest] = words;
	if (program === 'sudo') return typeWords(machine, rest, true);
	if (program === 'vira-setup') {
		const [exitCode, ...said] = await lines(machine, ownWords(rest));
		return {exitCode: Number(exitCode), said: said.join('\n')};
	}
	const own = programs[program];
	if (own) {
		const call = {machine, words: rest, asRoot};
		const done = asRoot && !givers.includes(own) ? asRootCan(call, own) : own(call);
		return done.then(
			() => ({exitCode: 0, said: ''}),
			(error: unknown) => ({exitCode: 1, said: (error as Error).message}),
		);
	}
	const command = [program, ...rest] as const;
	const {exitCode, stdout, stderr} = await (asRoot ? machine.runAsRoot(command) : machine.run(command));
	return {exitCode, said: stdout + stderr};
};

/** The words of a line as a POSIX shell splits it: quotes, `~` and `$(id -u)`. */
export const shellWords = (line: string, {user}: Pick<Simulated, 'user'>): readonly string[] => {
	const pieces = line.replaceAll('$(id -u)', String(user.uid)).matchAll(/(?:'[^']*'|\\.|[^\s'\\])+/gu);
	return [...pieces].map(([word]) =>
		word
			.replace(/^~(?=\/|$)/u, user.home)
			.replaceAll(
				/'([^']*)'|\\(.)/gu,
				(_, quoted: string | undefined, one: string | undefined) => quoted ?? one ?? '',
			),
	);
};

/** What comes out of it goes into a file of the home folder, where a `>` says so. */
const redirected = async (machine: Simulated, line: string): Promise<Typed> => {
	const [command = '', file] = line.split(' > ');
	const typed = await typeWords(machine, shellWords(command, machine), false);
	if (file !== undefined) await machine.writeFile(`${machine.user.home}/${file}`, typed.said, 0o644);
	return typed;
};

/** Types a command on a simulated machine, as its user, and with `sudo` as root; then a moment passes. */
export const typeLine = async (machine: Simulated, line: string): Promise<Typed> => {
	const whole = wholeLines.find(([pattern]) => pattern.test(line));
	const match = whole?.[0].exec(line);
	if (whole && match) await whole[1](machine, match);
	const typed = match ? {exitCode: 0, said: ''} : await redirected(machine, line);
	await machine.sleep(1000);
	return typed;
};
