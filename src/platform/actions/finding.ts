import type {Notice} from '../../notice.ts';

/** The result of a check after the change. */
export interface Finding extends Notice {
	readonly code: 'running' | 'responding' | 'starts-at-boot' | 'survives-logout' | 'repositories-not-asked';
	/**
	 * Of the page: the service responds, nothing responds, it responds with a server error, another program responds, or it
	 * responds but the program is unknown.
	 */
	readonly kind?: 'responds' | 'silent' | 'server-error' | 'other-program' | 'unknown-owner';
}
