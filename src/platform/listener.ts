import type {ServiceState} from './facts.ts';

/** Who has a socket. */
export type Holder =
	/** A process of the service. */
	| {readonly is: 'service'}
	| {
			readonly is: 'process';
			readonly name: string;
			readonly pid: number;
			/** The unit of systemd that it belongs to, where it is a service. */
			readonly unit: string | undefined;
	  }
	/** A program of someone else's: only root can look into its processes. */
	| {readonly is: 'other-user'; readonly user: string | undefined}
	/** A program of this person's that is not the service, and which one it is cannot be seen. */
	| {readonly is: 'own-program'}
	/** A program of this person's, and whether it is the service cannot be seen. */
	| {readonly is: 'hidden'};

/** Who is known not to be the service. */
export type Stranger = Exclude<Holder, {readonly is: 'service' | 'hidden'}>;

export const isStranger = (holder: Holder): holder is Stranger =>
	holder.is !== 'service' && holder.is !== 'hidden';

/** A socket at which a program waits for connections. */
export interface Listener {
	/** In its canonical spelling. */
	readonly address: string;
	readonly holder: Holder;
}

export interface Listeners {
	readonly seen: readonly Listener[];
	/** Whether those of other users are among them. */
	readonly complete: boolean;
}

/** What tells the processes of the service from others. */
export type ServiceProcesses = Pick<ServiceState, 'mainPid' | 'otherPids' | 'controlGroup'>;

/** The holder of a socket in words, where it is not the service. */
export const holderText = (holder: Exclude<Holder, {readonly is: 'service'}>): string => {
	switch (holder.is) {
		case 'process': {
			const {name, pid, unit} = holder;
			return `${name} (PID ${pid}${unit === undefined ? '' : `, of the service ${unit}`})`;
		}
		case 'other-user':
			return holder.user === undefined ? 'a program of another user' : `a program of the user ${holder.user}`;
		case 'own-program':
			return 'another program of yours';
		case 'hidden':
			return 'another program';
	}
};
