/** Details of a service that only `status` reads. Unknown values are undefined. */
export interface Vitals {
	/** Whether the service manager has loaded the service. */
	readonly loaded: boolean | undefined;
	/** When its process started, milliseconds since 1970; undefined if it is not running. */
	readonly since: number | undefined;
	/** Its memory usage in bytes. */
	readonly memory: number | undefined;
	/** How it ended, in a sentence, if it is not running. */
	readonly ending: string | undefined;
	/** Whether that names the cause; otherwise it says only how Vira itself ended. */
	readonly isExplained?: true;
}
