/** What a person has to know beside files and commands. */
export interface Warning {
	readonly code:
		| 'state-reset'
		| 'drop-in'
		| 'reachable-by-others'
		| 'changed-by-hand'
		| 'not-at-boot'
		| 'linger-not-durable';
	readonly sentence: string;
}
