/** How a service fares: what only `status` asks for. Whatever is not known is undefined. */
export interface Vitals {
	/** Whether the service manager has the service: systemd its file, launchd the agent. */
	readonly loaded: boolean | undefined;
	/** Since when its process runs, milliseconds since 1970; undefined where it does not. */
	readonly since: number | undefined;
	/** What it takes of the memory, in bytes. */
	readonly memory: number | undefined;
	/** How it ended, in a sentence, where it does not run. */
	readonly ending: string | undefined;
	/** Whether that names the cause: else it says only how Vira itself ended. */
	readonly isExplained?: true;
}
