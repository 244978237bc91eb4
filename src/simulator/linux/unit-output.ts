/** Where the output of a service goes: to the journal, to a file, or (undefined) to a target that is not simulated. */
export interface Outputs {
	readonly stdout: string | undefined;
	readonly stderr: string | undefined;
}

/** systemd.exec(5), StandardOutput=; `inherited` is what `inherit` stands for, which without an input is the journal. */
export const outputOf = (value: string, inherited: string | undefined = 'journal'): string | undefined => {
	if (value === 'inherit') return inherited;
	if (/^(?:journal|syslog|kmsg)(?:\+console)?$/u.test(value)) return 'journal';
	return /^(?:file|append|truncate):(.+)$/u.exec(value)?.[1];
};
