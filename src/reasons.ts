/** Why a service does not run as it should: names that do not change, each with what it stands for. */
export const reasons = {
	'port-in-use': 'another program has the port that Vira is to listen on',
	'address-unusable': 'Vira cannot listen on its address and port for another reason',
	'repository-conflict': 'Vira has a repository of the same name with another URL',
	'import-unreadable': 'Vira cannot read the file of repositories that it imports at its start',
	'schema-mismatch': 'the state was written by a Vira with another schema',
	'state-locked': 'another process holds the state',
	'certificate-unusable': 'Vira cannot use its certificate or its key',
	'unknown-option': 'this Vira does not know an option that it was started with',
	'tool-failed': 'a program that Vira needs for its start failed, such as gh',
	'program-unusable': 'the program of the service is gone, or cannot be run',
	'not-startable': 'the service manager could not prepare the process',
	'start-limit': 'Vira ended so often that the service manager has given up',
	'out-of-memory': 'the kernel ended Vira: the memory ran out',
	exited: 'Vira ended with an exit status, for a reason that vira-setup does not know',
	killed: 'Vira was ended by a signal',
	'server-error': 'the page answers with a status of 500 or above',
	'no-answer': 'Vira runs, and its page does not answer',
	'not-steady': 'Vira does not keep running, and nothing says why',
} as const;

export type Reason = keyof typeof reasons;
