/** Why a service does not run as it should: names that do not change, each with what it stands for. */
export const reasons = {
	// What Vira says itself.
	'port-in-use': 'another program uses the port of Vira',
	'address-unusable': 'Vira cannot listen on its address or port, for another reason',
	'repository-conflict': 'Vira has a repository of the same name with another URL',
	'import-unreadable': 'Vira cannot read the file of repositories that it imports at its start',
	'schema-mismatch': 'the state was written by a Vira with another schema',
	'state-locked': 'another process holds the state',
	'certificate-unusable': 'Vira cannot use its certificate or its key',
	'unknown-option': 'Vira does not know an option that it was started with, or was given one twice',
	'tool-failed': 'a program that Vira needs for its start failed, such as gh',
	// What its page says.
	'server-error': 'the page answers with a status of 500 or above',
	'no-answer': 'Vira runs, and its page does not answer',
	// What its service manager says.
	'program-unusable': 'the program of the service is gone, or cannot be run',
	'folder-unusable': 'the folder that the service is to start in is gone, or cannot be entered',
	'log-unusable': 'launchd cannot write the log of the service',
	'other-user': 'the service asks for another user',
	'namespaces-not-allowed': 'the machine does not allow the namespaces that the service asks for',
	'not-startable': 'the service manager could not prepare the process',
	'start-limit': 'Vira exited so often that systemd no longer restarts it',
	'out-of-memory': 'the kernel killed Vira because the machine ran out of memory',
	'other-file': 'the service manager loaded the service from another file',
	'other-domain': 'launchd has loaded the service in another domain',
	'loaded-twice': 'launchd has loaded the service in two domains',
	'file-gone': 'the file of the service is gone',
	'file-not-trusted': 'launchd does not trust the file of the service',
	'file-on-volume': 'the file of the service is on a volume that launchd does not read it from',
	'waits-for-store': 'the Nix store is not mounted',
	'program-replaced': 'macOS killed a program that is another than launchd has loaded the service with',
	'put-off': 'launchd has put off the start',
	'switched-off': 'the service is switched off',
	'no-session': 'nobody is logged in at the screen',
	// What is left where nobody says more.
	exited: 'Vira exited, and vira-setup does not know why',
	killed: 'Vira was ended by a signal, and vira-setup does not know why',
	'not-steady': 'Vira does not keep running, and nothing shows why',
} as const;

export type Reason = keyof typeof reasons;

export const isReason = (code: string): code is Reason => Object.hasOwn(reasons, code);
