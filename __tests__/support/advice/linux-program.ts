import {simulate, type Simulation} from '../simulated-linux.ts';
import type {MachineState} from '../../../src/simulator/machine-state.ts';
import {ownPair} from '../certificates.ts';
import {setMode} from '../disks.ts';
import {put} from '../installed.ts';
import {setUp} from '../linux-states.ts';
import {attempt} from '../run-command.ts';
import {home, after, stop, other, certificate, ofCertificate, startAgain} from './linux-changes.ts';
import type {Situation} from './situation.ts';

const taken: Partial<MachineState> = {listeners: [{port: 5005, program: 'nginx'}]};

const free = (machine: Simulation): Promise<void> => machine.events.change({listeners: []});

const store = '/nix/store/0zv7q5yv8c3hlmkb2dpafs1nr4w6xgj9-tools-1.0';

/** Problems with programs, ports and certificates, and each line that is printed for them. */
export const programSituations: Readonly<Record<string, Situation<Simulation>>> = {
	'another program has its port': {
		make: () =>
			after(async (machine) => {
				await stop(machine);
				await machine.events.change(taken);
				await startAgain(machine);
			}),
		asked: 'doctor',
		problem: 'port-in-use',
		values: {PORT: '8443'},
		fixes: ['vira-setup --port PORT   uses another port; or stop the other program'],
	},
	'another program has its port, and it is to start': {
		make: () =>
			after(async (machine) => {
				await stop(machine);
				await machine.events.change(taken);
			}),
		asked: 'start',
		problem: 'Port 5005 is in use',
		answers: ['--port', '8443'],
		fixes: ['vira-setup   changes the settings'],
	},
	'another program responds on its port': {
		make: async () => {
			const machine = await setUp({localhost: ['127.0.0.1', '::1']});
			await stop(machine);
			await machine.events.change({listeners: [{port: 5005, program: 'nginx', address: '127.0.0.1'}]});
			await startAgain(machine);
			return machine;
		},
		first: free,
		asked: 'doctor',
		problem: 'other-program',
		values: {PORT: '8443'},
		fixes: ['Stop that program, then: vira-setup restart', 'vira-setup --port PORT   uses another port'],
	},
	'its program does not exist': {
		make: () =>
			after(async (machine) => {
				await stop(machine);
				await machine.events.change({links: {}, vira: undefined});
				await other(machine, '/opt/vira/bin/vira');
				await startAgain(machine);
			}),
		asked: 'doctor',
		problem: 'vira-gone',
		values: {PATH: '/opt/vira/bin/vira'},
		fixes: ['vira-setup --package PATH   uses another Vira'],
	},
	'its program does not exist, and systemd has tried': {
		make: () =>
			after(async (machine) => {
				await stop(machine);
				await machine.events.change({links: {}, vira: undefined});
				await other(machine, '/usr/local/bin/vira');
				await startAgain(machine);
			}),
		asked: 'doctor',
		problem: 'program-unusable',
		values: {PATH: '/usr/local/bin/vira'},
		fixes: ['vira-setup --package /usr/local/bin/vira   uses the Vira that was found'],
	},
	'its program does not exist, and it is to start': {
		make: () =>
			after(async (machine) => {
				await stop(machine);
				await machine.events.change({links: {}, vira: undefined});
				await other(machine, '/usr/local/bin/vira');
			}),
		asked: 'start',
		problem: 'Vira cannot be started',
		fixes: ['vira-setup --package /usr/local/bin/vira   uses the Vira that was found'],
	},
	'another user can read the key': {
		make: async () => {
			const machine = await simulate();
			await certificate(machine);
			await attempt(machine, ...ofCertificate);
			setMode(machine.folder, `${home}/k.pem`, 0o644);
			return machine;
		},
		asked: 'doctor',
		problem: 'key-readable-by-others',
		fixes: ['chmod 600 /home/alice/k.pem'],
	},
	'its certificate is damaged': {
		make: async () => {
			const machine = await simulate();
			await certificate(machine);
			await attempt(machine, ...ofCertificate);
			await machine.writeFile(`${home}/c.pem`, 'broken', 0o600);
			await machine.writeFile(`${home}/d.pem`, ownPair.certificate, 0o600);
			return machine;
		},
		asked: 'doctor',
		problem: 'certificate-unusable',
		values: {'cert FILE': `cert ${home}/d.pem`, 'key FILE': `key ${home}/k.pem`},
		fixes: ['Replace the file, or use other files: vira-setup --tls-cert FILE --tls-key FILE'],
	},
	'nothing protects a store path': {
		make: async () => {
			const machine = await simulate();
			await put(machine, `${store}/bin/tool`, '');
			return machine;
		},
		asked: `--dry-run --extra-package ${store}`,
		problem: 'no-gc-root',
		fixes: [
			'nix-store --add-root /home/alice/.nix-roots/tools-1.0 --realise /nix/store/0zv7q5yv8c3hlmkb2dpafs1nr4w6xgj9-tools-1.0',
		],
	},
	'others can read a key of root’s': {
		make: async () => {
			const machine = await simulate({readOnly: ['/etc/k.pem']});
			await certificate(machine);
			await put(machine, '/etc/k.pem', ownPair.key);
			return machine;
		},
		asked: `--dry-run --tls-cert ${home}/c.pem --tls-key /etc/k.pem --hostname 0.0.0.0`,
		problem: 'key-readable-by-others',
		fixes: ['sudo chmod o-rwx /etc/k.pem'],
	},
	'only root can read a key': {
		make: async () => {
			const machine = await simulate({unreadable: ['/etc/k.pem']});
			await certificate(machine);
			await machine.deleteFile(`${home}/k.pem`);
			await put(machine, '/etc/k.pem', ownPair.key);
			return machine;
		},
		asked: `--tls-cert ${home}/c.pem --tls-key /etc/k.pem --hostname 0.0.0.0`,
		problem: '--tls-key: Cannot read /etc/k.pem',
		fixes: [
			'--tls-key: Cannot read /etc/k.pem: permission denied (owned by root). Vira runs under your account. To create a copy that it can read: sudo install -o alice -m 0600 /etc/k.pem /home/alice/k.pem',
		],
		then: ofCertificate.join(' '),
	},
	'its program has no execute permission': {
		make: async () => {
			const machine = await simulate();
			await other(machine, `${home}/vira`);
			setMode(machine.folder, `${home}/vira`, 0o644);
			return machine;
		},
		asked: `--package ${home}/vira`,
		problem: '--package: /home/alice/vira is not executable',
		fixes: [
			'--package: /home/alice/vira is not executable: its execute bit is not set (chmod u+x /home/alice/vira).',
		],
	},
	'its program belongs to root, and has no execute permission': {
		make: async () => {
			const machine = await simulate();
			await other(machine);
			setMode(machine.folder, '/opt/vira/bin/vira', 0o644);
			return machine;
		},
		asked: '--package /opt/vira/bin/vira',
		problem: '--package: /opt/vira/bin/vira is not executable',
		fixes: [
			'--package: /opt/vira/bin/vira is not executable: its execute bit is not set (sudo chmod a+x /opt/vira/bin/vira).',
		],
	},
};
