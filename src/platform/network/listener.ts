import type {ServiceState} from '../machine-facts.ts';

/** Who holds a socket. */
export type Holder =
	/** A process of the service. */
	| {readonly is: 'service'}
	| {
			readonly is: 'process';
			readonly name: string;
			readonly pid: number;
			/** The systemd unit that it belongs to, if it is a service. */
			readonly unit: string | undefined;
	  }
	/** A program of another user: only root can inspect its processes. */
	| {readonly is: 'other-user'; readonly user: string | undefined}
	/** A program of this user that is not the service; which one is unknown. */
	| {readonly is: 'own-program'}
	/** A program of this user; whether it is the service is unknown. */
	| {readonly is: 'hidden'};

/** A holder that is certainly not the service. */
export type Stranger = Exclude<Holder, {readonly is: 'service' | 'hidden'}>;

export const isStranger = (holder: Holder): holder is Stranger =>
	holder.is !== 'service' && holder.is !== 'hidden';

/** A listening socket. */
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

/** Identifies the processes of the service. */
export type ServiceProcesses = Pick<ServiceState, 'mainPid' | 'otherPids' | 'controlGroup'>;

/** The holder of a socket in words, if it is not the service. */
export const holderText = (holder: Exclude<Holder, {readonly is: 'service'}>): string => {
	switch (holder.is) {
		case 'process': {
			const {name, pid, unit} = holder;
			return `${name} (PID ${pid}${unit === undefined ? '' : `, ${unit}`})`;
		}
		case 'other-user':
			return holder.user === undefined ? 'a program of another user' : `a program of user ${holder.user}`;
		case 'own-program':
			return 'another of your programs';
		case 'hidden':
			return 'another program';
	}
};
