import type {ListensAt, SimulatedVira} from './vira-process.ts';
import {makeFolders, writeWithFolders, type Machine} from '../machine.ts';
import {bindOn} from '../network.ts';
import {readRepositories} from './vira-database.ts';
import {ghFailure, ViraFailure} from './vira-words.ts';
import type {Values} from './vira-grammar.ts';
import {linesBeforeBind, logText, type Start} from './vira-log.ts';
import {closingOnFailure, importFile, openState, type Opening} from './vira-state.ts';

const hostOf = (values: Values): string => values.get('--host') ?? '0.0.0.0';

const portOf = (values: Values): number => Number(values.get('--port') ?? 5005);

/** The first port that Linux gives to who asks for none. */
const firstEphemeral = 32_768;

/** What the resolver does with the number: the rest is cut off, and 0 leaves the choice to the kernel. */
const boundPort = (port: number, pid: number): number =>
	port === 0 ? firstEphemeral + (pid % 10_000) : port % 65_536;

/** Where Haskell's network library fails: the resolver, or the bind itself. */
const notBound = (host: string, port: number, why: string): ViraFailure =>
	new ViraFailure(
		why.includes('Name or service') || why.includes('Servname')
			? `vira: Network.Socket.getAddrInfo (called with preferred socket type/protocol: AddrInfo {addrFlags = [AI_PASSIVE], addrFamily = AF_UNSPEC, addrSocketType = Stream, addrProtocol = 0, addrAddress = 0.0.0.0:0, addrCanonName = Nothing}, host name: Just "${host}", service name: Just "${port}"): ${why}`
			: `vira: Network.Socket.bind: ${why}`,
	);

const webAnswers = ({behaviour}: SimulatedVira): Pick<ListensAt, 'answers' | 'status'> => ({
	answers: behaviour !== 'never-answers',
	...(behaviour === 'answers-500' && {status: 500}),
});

const bind = ({machine: {state}, vira}: Opening, values: Values): ListensAt => {
	const host = hostOf(values);
	const asked = portOf(values);
	const port = boundPort(asked, state.nextPid);
	const bound =
		asked < 0 ? {why: 'does not exist (Servname not supported for ai_socktype)'} : bindOn(state, host, port);
	if ('why' in bound) throw notBound(host, asked, bound.why);
	return {host, ...bound, port, https: !values.has('--no-https'), ...webAnswers(vira)};
};

/** A file that Vira makes at its first start, below its state folder. */
interface Made {
	readonly path: string;
	readonly mode: number;
}

/** As nix-store(1) makes them. */
const cacheKeys: readonly Made[] = [
	{path: 'cache-keys/secret-key', mode: 0o600},
	{path: 'cache-keys/public-key', mode: 0o644},
];

/** As openssl(1) makes them. */
const ownCertificate: readonly Made[] = [
	{path: 'tls/server.key', mode: 0o600},
	{path: 'tls/openssl.conf', mode: 0o644},
	{path: 'tls/server.crt', mode: 0o644},
];

/** What lies in them is read by nobody here. */
const make = async (machine: Machine, stateFolder: string, files: readonly Made[]): Promise<boolean> => {
	const found = await Promise.all(files.map(({path}) => machine.files.inspect(`${stateFolder}/${path}`)));
	if (found.every((file) => file !== undefined)) return false;
	for (const {path, mode} of files)
		await writeWithFolders(machine, `${stateFolder}/${path}`, {content: `A simulated ${path}\n`, mode});
	return true;
};

/** Makes the keys that sign the binary cache; answers whether they were missing. */
const makeCacheKeys = (machine: Machine, stateFolder: string): Promise<boolean> =>
	make(machine, stateFolder, cacheKeys);

/** Makes the certificate of Vira's own; answers whether it was missing. */
const makeCertificate = (machine: Machine, stateFolder: string): Promise<boolean> =>
	make(machine, stateFolder, ownCertificate);

/** Makes the folder that jobs run in. */
const makeWorkspace = (machine: Machine, stateFolder: string): Promise<void> =>
	makeFolders(machine, `${stateFolder}/workspace`);

const certificateOf = async ({machine, folder}: Opening, values: Values): Promise<Start['certificate']> => {
	if (values.has('--no-https')) return 'none';
	if (values.has('--tls-cert')) return 'given';
	return (await makeCertificate(machine, folder)) ? 'made' : 'there';
};

/** Hours and minutes of the machine's clock, which is in UTC. */
const timeOf = (clock: number): string => new Date(clock).toISOString().slice(11, 16);

const printStart = async (state: Opening, values: Values): Promise<void> => {
	const {machine, given, folder, say} = state;
	const repositories = Object.keys(await readRepositories(machine, folder)).toSorted();
	const lines = linesBeforeBind({
		stateFolder: given,
		repositories,
		retentionDays: values.get('--job-retention-days') ?? '14',
		url: `${values.has('--no-https') ? 'http' : 'https'}://${hostOf(values)}:${portOf(values)}`,
		hasKeys: !(await makeCacheKeys(machine, folder)),
		certificate: await certificateOf(state, values),
	});
	for (const line of logText(lines, values.get('--log-level') ?? 'Info', timeOf(machine.state.clock)))
		await say(line, 'stdout');
};

/** `vira web` up to where it listens; answers with where that is. */
export const serveWeb = async (state: Opening, values: Values): Promise<ListensAt> => {
	await openState(state);
	return closingOnFailure(state, async () => {
		const path = values.get('--import');
		if (path !== undefined) await importFile(state, path);
		await makeWorkspace(state.machine, state.folder);
		if (state.vira.behaviour === 'gh-fails') throw new ViraFailure(ghFailure);
		await printStart(state, values);
		return bind(state, values);
	});
};
