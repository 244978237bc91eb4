/** What git meets at a repository. The last four end with a variable of the shell; the keychain is that of a Mac. */
export type RepositorySituation =
	| 'not-found'
	| 'host-unknown'
	| 'silent'
	| 'host-key-changed'
	| 'key-refused'
	| 'wants-password'
	| 'password-refused'
	| 'certificate-unknown'
	| 'empty'
	| 'needs-keychain'
	| 'needs-agent'
	| 'needs-proxy'
	| 'needs-certificate'
	| 'needs-ssh-command';

/** How far a machine is from being able to build. What is absent is as it should be. */
export interface SimulatedBuilds {
	nix?: 'daemon-stopped' | 'refused' | 'flakes-off';
	/** Whether Nix trusts the user; absent: it does. */
	isTrusted?: boolean;
	/** By a URL, or the beginning of one. */
	repositories?: Record<string, RepositorySituation>;
	/** Programs that are not installed. */
	missing?: ('git' | 'ssh')[];
	/** What `git config` has of credential helpers; absent: on a Mac, the keychain. */
	credentialHelpers?: string[];
	/** The GitHub CLI; absent: it is not installed. */
	gh?: 'logged-in' | 'logged-out' | 'refused' | 'fails';
	/** Variables of the user manager, such as those of an agent that starts with it. */
	environment?: Record<string, string>;
	memoryBytes?: number;
}
