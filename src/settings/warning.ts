import type {OptionName} from './options.ts';

/** A valid choice with a consequence to know in advance. */
export interface Warning {
	readonly code:
		| 'state-reset'
		| 'goes-back'
		| 'drop-in'
		| 'overrides-ours'
		| 'systemd-remark'
		| 'unit-not-verified'
		| 'reachable-by-others'
		| 'changed-by-hand'
		| 'removal-unfinished'
		| 'not-at-boot'
		| 'linger-not-durable'
		| 'home-locked'
		| 'gone-after-reboot'
		| 'linger-not-read'
		| 'wsl-idle'
		| 'systemd-untested'
		| 'log-large'
		| 'log-unreadable'
		| 'until-reboot'
		| 'locked-at-boot'
		| 'boot-unknown'
		| 'no-keychain'
		| 'sleeps'
		| 'headless'
		| 'background-item'
		| 'switched-off'
		| 'switch-unknown'
		| 'path-replaced'
		| 'needs-proxy'
		| 'secret-in-url'
		| 'repository-stays'
		| 'repositories-not-asked'
		| 'certificate-expired'
		| 'certificate-not-yet-valid'
		| 'certificate-expires-soon'
		| 'certificate-other-host'
		| 'key-readable-by-others'
		| 'state-little-room'
		| 'state-temporary'
		| 'state-network'
		| 'state-fuse'
		| 'state-place-unknown'
		| 'options-not-checked'
		| 'state-on-volume'
		| 'state-guarded'
		| 'place-on-volume'
		| 'place-guarded'
		| 'home-on-volume'
		| 'state-moved'
		| 'state-shared'
		| 'no-gc-root'
		| 'module-value'
		| 'extra-package-missing';
	/** The option that causes it, if one does. */
	readonly option?: OptionName;
	/** The consequence, in a sentence or two. */
	readonly message: string;
	/** What to do about it: sentences, or commands to copy. */
	readonly fixes?: readonly string[];
}
