import {simulate, type Simulation} from '../simulated-linux.ts';
import {linuxStates, setUp} from '../linux-states.ts';
import {after} from './linux-changes.ts';
import type {Situation} from './situation.ts';

/** Problems with lingering and the user manager, and each line that is printed for them. */
export const accountSituations: Readonly<Record<string, Situation<Simulation>>> = {
	'lingering was turned off': {
		make: linuxStates['lingering off'],
		asked: 'doctor',
		problem: 'lingering',
		fixes: ['vira-setup doctor --fix   fixes it', 'loginctl enable-linger alice'],
	},
	'lingering was turned off, and status is asked': {
		make: linuxStates['lingering off'],
		asked: 'status',
		problem: 'lingering-off',
		fixes: ['vira-setup   turns lingering on'],
	},
	'no one is logged in, and lingering was not wanted': {
		make: linuxStates['no session'],
		asked: 'doctor',
		problem: 'no-user-manager',
		fixes: ['loginctl enable-linger alice   lets it run while alice is logged out'],
	},
	'no one is logged in, and it is to start': {
		make: linuxStates['no session'],
		asked: 'start',
		problem: 'The systemd user manager of alice is not running',
		fixes: ['loginctl enable-linger alice   lets it run while alice is logged out'],
	},
	'the user manager does not respond': {
		make: () => after((machine) => machine.events.change({userManager: 'stopped'})),
		asked: 'doctor',
		problem: 'user-manager-silent',
		fixes: ['sudo systemctl restart user@1000.service   restarts the user manager'],
	},
	'the user manager does not respond, and it is to stop': {
		make: () => after((machine) => machine.events.change({userManager: 'stopped'})),
		asked: 'stop',
		problem: 'The systemd user manager of alice does not respond',
		fixes: ['sudo systemctl restart user@1000.service   restarts the user manager'],
	},
	'lingering cannot be turned on': {
		make: () => simulate({lingerRefused: true}),
		asked: '',
		problem: 'Could not turn on lingering',
		fixes: ['sudo loginctl enable-linger alice'],
	},
	'PAM rejects the account': {
		make: async () => {
			const machine = await setUp();
			await machine.events.logout();
			await machine.events.change({accountRefused: true});
			await machine.events.reboot();
			return machine;
		},
		asked: 'doctor',
		problem: 'account-refused',
		inOrder: true,
		fixes: [
			'sudo chage --list alice   shows whether the account has expired',
			'sudo chage --expiredate -1 alice   removes the expiration date',
			'sudo systemctl restart user@1000.service   restarts the user manager',
		],
	},
	'logind does not respond': {
		make: () => simulate({logindHangs: true}),
		asked: 'doctor',
		problem: 'logind-silent',
		fixes: ['sudo systemctl restart systemd-logind'],
	},
	'logind does not respond, and lingering is to be turned on': {
		make: () => simulate({logindHangs: true}),
		asked: '',
		problem: '--linger: systemd-logind does not respond',
		fixes: [
			'--linger: systemd-logind does not respond, and only it can turn lingering on or off. Leave lingering off, or restart systemd-logind first: sudo systemctl restart systemd-logind',
		],
	},
};
