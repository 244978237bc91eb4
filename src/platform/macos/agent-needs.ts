/** What launchd has to find before it makes a process of a service that it has; undefined: it does not say. */
export interface AgentNeeds {
	/** The executable that the service becomes, past the shell that waits for the Nix store. */
	readonly program: string | undefined;
	/** Whether such a shell comes first. */
	readonly waitsForStore: boolean;
	/** Where the process starts. */
	readonly folder: string | undefined;
	/** What takes its standard error. */
	readonly logFile: string | undefined;
}

/** Every argument has a line of its own, indented by two tabs. */
const argumentsIn = (text: string): readonly string[] => {
	const lines = text.split('\n');
	const begin = lines.indexOf('\targuments = {');
	if (begin < 0) return [];
	return lines.slice(begin + 1, lines.indexOf('\t}', begin)).map((line) => line.slice(2));
};

/** Reads what `launchctl print` says of a service; `own` are the lines that are about the service itself. */
export const parseNeeds = (text: string, own: ReadonlyMap<string, string>): AgentNeeds => {
	const [shell, flag, script = '', target] = argumentsIn(text);
	const isShell = shell === '/bin/sh' && flag === '-c';
	return {
		// Other programs than ours let the shell read their words as well: theirs are not told apart.
		program: isShell ? target : own.get('program'),
		waitsForStore: isShell && script.startsWith('/bin/wait4path /nix/'),
		folder: own.get('working directory'),
		logFile: own.get('stderr path'),
	};
};
