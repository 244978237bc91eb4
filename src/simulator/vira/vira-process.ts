export interface SimulatedVira {
	version: string;
	schema: number;
	/** Of its sources; absent: the first. */
	revision?: string;
	behaviour: Behaviour;
}

/** `gh-fails`: the program of GitHub's that every Vira asks at its start ends with status 1. */
export type Behaviour =
	'well' | 'exits-at-once' | 'dies-after-a-second' | 'never-answers' | 'answers-500' | 'gh-fails';
/** A running Vira: what it was started with, and where it listens once it does. */
export interface ViraProcess {
	program: string;
	arguments: string[];
	environment: Record<string, string>;
	folder: string;
	listens?: ListensAt | undefined;
	/** The process that listens, if it is not the one that was started. */
	child?: number;
}

/** Where a Vira listens, and what it answers with. */
export interface ListensAt {
	/** As it was given. */
	host: string;
	/** The one address that it has bound. */
	address: string;
	port: number;
	https: boolean;
	answers: boolean;
	/** The status of all its pages, if it is always the same. */
	status?: number;
}
