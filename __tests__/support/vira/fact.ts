import type {Heard, StandIn} from './stand-in.ts';

/** Something that was observed with the real Vira: how to observe the same with a stand-in. */
export interface Fact {
	/** What holds, which is the title of its test. */
	readonly title: string;
	readonly see: (vira: StandIn) => Promise<unknown>;
	readonly is: unknown;
}

/** Whole lines of output. */
export const lines = (...text: readonly string[]): string => text.map((line) => `${line}\n`).join('');

/** The lines about opening the state. */
export const opening = ['Opening ViraState database...', 'Opened ViraState; schema version = 8'];

/** The lines about closing it. */
export const closing = 'Creating checkpoint before closing...';

/** A command that exited on its own. */
export const ended = (status: number, stdout: string, stderr = ''): Heard => ({
	status,
	signal: null,
	stdout,
	stderr,
});

/** The object that is imported and exported. */
export const ofRepositories = (repositories: Record<string, string>): string =>
	JSON.stringify({repositories});

/** One with one repository. */
export const page = ofRepositories({page: 'https://a'});

/** Serving over HTTPS, on an address that every machine has. */
export const web = '--state-dir STATE web --host 127.0.0.1 --port PORT';

/** Serving over HTTP, with more options. */
export const webOver = (options: string): string => `${web} --no-https ${options}`.trim();
