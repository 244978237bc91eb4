/** What launchd needs to start a loaded service. Undefined: it does not report it. */
export interface AgentNeeds {
	/** The program of the service, not the shell that waits for the Nix store. */
	readonly program: string | undefined;
	/** Whether such a shell runs first. */
	readonly waitsForStore: boolean;
	/** The working directory of the process. */
	readonly folder: string | undefined;
	/** The file for its standard error. */
	readonly logFile: string | undefined;
}

/** Every argument is on its own line, indented by two tabs. */
const argumentsIn = (text: string): readonly string[] => {
	const lines = text.split('\n');
	const begin = lines.indexOf('\targuments = {');
	if (begin < 0) return [];
	return lines.slice(begin + 1, lines.indexOf('\t}', begin)).map((line) => line.slice(2));
};

/** Reads the output of `launchctl print` for a service; `own` has the lines about the service itself. */
export const parseNeeds = (text: string, own: ReadonlyMap<string, string>): AgentNeeds => {
	const [shell, flag, script = '', target] = argumentsIn(text);
	const isShell = shell === '/bin/sh' && flag === '-c';
	return {
		// In files that we did not write, the shell may parse the arguments itself: those are not recognized.
		program: isShell ? target : own.get('program'),
		waitsForStore: isShell && script.startsWith('/bin/wait4path /nix/'),
		folder: own.get('working directory'),
		logFile: own.get('stderr path'),
	};
};
