import {afterAll, beforeAll, expect, test} from '@jest/globals';
import {bootMachine, type Machine} from '../../scripts/machine/machine.ts';
import {installVira} from '../../scripts/machine/stand-in.ts';
import {ownPair} from '../support/certificates.ts';
import {timeLimitMs, vira} from '../support/alice.ts';
import {asInDocument, stepsIn, problemsIn} from '../support/advice/fixes.ts';
import {onRealMachine} from '../support/advice/elsewhere.ts';
import {validDocument} from '../support/valid-document.ts';

const home = '/home/alice';
const units = `${home}/.config/systemd/user`;
const unit = `${units}/vira.service`;
const state = `${home}/.local/share/vira/state`;
const as = {as: 'alice'} as const;

let machine: Machine;

/** A script as root. */
const sh = (script: string) => machine.run(['sh', '-c', script]);

/** The answers in the wizard that a plain `vira-setup` opens, and what a user accepts after seeing the plan. */
const asScript = (step: string): string =>
	/^(?:\S+=\S+ )?vira-setup(?:$| uninstall)/u.test(step) ? `${step} --non-interactive` : step;

/** What alice types into her shell, as it is printed; root types commands that begin with sudo, without it. */
const typed = async (step: string): Promise<void> => {
	const isRoots = step.startsWith('sudo ');
	const script = asScript(step.replace(/^sudo /u, ''));
	const {exitCode, stdout, stderr} = await machine.run(['sh', '-c', script], isRoots ? {} : as);
	if (exitCode !== 0) throw new Error(`${step}\n${stdout}${stderr}`);
};

const path = '/usr/local/bin:/usr/bin:/bin';

/** A login would start a user manager: a problem with it is checked without one. */
const problemsOf = async (asked: string, isLogin = true) => {
	const words = ['sh', '-c', `${asked} --json`];
	const {stdout} = await (isLogin
		? machine.run(words, as)
		: machine.runWithoutSession(words, {env: {PATH: path}}));
	return problemsIn({document: validDocument(stdout)});
};

/** The fixes for the problem: lines with a command. */
const printed = async (asked: string, problem: string, isLogin = true): Promise<readonly string[]> =>
	(await problemsOf(asked, isLogin))
		.filter(({name}) => name.includes(problem))
		.flatMap(({fixes}) => fixes.filter((line) => stepsIn(line).length > 0));

beforeAll(async () => {
	machine = await bootMachine();
	await installVira(machine, vira);
}, 600_000);

afterAll(async () => machine.destroy());

interface Case {
	/** A script of root's. */
	readonly provoke: string;
	/** The typed command, and its report. */
	readonly asked: string;
	readonly problem: string;
	/** The line that is followed. */
	readonly fix: string;
	/** What a sentence requires before the command, as a script of root's. */
	readonly first?: string;
	readonly isLogin?: false;
	/** The command once the line was followed, if that made another file or folder to be named. */
	readonly then?: string;
	/** The value for a word in capitals. */
	readonly value?: readonly [name: string, value: string];
}

/** A script of alice's, with a session of her own. */
const byAlice = (script: string): string => `su alice -c 'export XDG_RUNTIME_DIR=/run/user/1000; ${script}'`;

const dryRun = 'vira-setup --non-interactive --dry-run';

const withKey = (key: string): string =>
	`${dryRun} --hostname 0.0.0.0 --tls-cert /etc/c.pem --tls-key ${key}`;

/** One after the other on the same machine: each leaves Vira set up and running. */
const cases: Readonly<Record<string, Case>> = {
	'the folder for settings belongs to root': {
		provoke: `mkdir -p ${home}/.config; chown root ${home}/.config`,
		asked: 'vira-setup --non-interactive',
		problem: `Cannot write to ${home}/.config`,
		fix: `sudo chown alice ${home}/.config`,
	},
	'the state folder is to be created in one of root’s': {
		provoke: 'true',
		asked: `${dryRun} --state-dir /srv/vira`,
		problem: '--state-dir: Cannot write to /srv',
		fix: '--state-dir: Cannot write to /srv: permission denied (owned by root). Use a folder that you own, or create this one: sudo install -d -o alice -m 0700 /srv/vira',
	},
	'the state folder is an empty one of root’s': {
		provoke: 'mkdir /srv/empty',
		asked: `${dryRun} --state-dir /srv/empty`,
		problem: '--state-dir: Cannot write to /srv/empty',
		fix: '--state-dir: Cannot write to /srv/empty: permission denied (owned by root). Use another folder, or create your own inside it: sudo install -d -o alice -m 0700 /srv/empty/vira',
		then: `${dryRun} --state-dir /srv/empty/vira`,
	},
	'the state folder is in the home, and belongs to root': {
		provoke: `mkdir ${home}/roots`,
		asked: `${dryRun} --state-dir ${home}/roots`,
		problem: `--state-dir: Cannot write to ${home}/roots`,
		fix: `--state-dir: Cannot write to ${home}/roots: permission denied (owned by root). Use another folder, or take ownership of it: sudo chown -R alice ${home}/roots`,
	},
	'only root can read a key': {
		provoke: `printf %s '${ownPair.certificate}' >/etc/c.pem; (umask 077; printf %s '${ownPair.key}' >/etc/k.pem)`,
		asked: withKey('/etc/k.pem'),
		problem: '--tls-key: Cannot read /etc/k.pem',
		fix: `--tls-key: Cannot read /etc/k.pem: permission denied (owned by root). Vira runs under your account. To create a copy that it can read: sudo install -o alice -m 0600 /etc/k.pem ${home}/k.pem`,
		then: withKey(`${home}/k.pem`),
	},
	'its program has no execute permission': {
		provoke: `install -o alice -m 0644 /usr/bin/true ${home}/vira`,
		asked: `${dryRun} --package ${home}/vira`,
		problem: `--package: ${home}/vira is not executable`,
		fix: `--package: ${home}/vira is not executable: its execute bit is not set (chmod u+x ${home}/vira).`,
	},
	'its program belongs to root, and has no execute permission': {
		provoke: 'install -m 0644 /usr/bin/true /opt/vira',
		asked: `${dryRun} --package /opt/vira`,
		problem: '--package: /opt/vira is not executable',
		fix: '--package: /opt/vira is not executable: its execute bit is not set (sudo chmod a+x /opt/vira).',
	},
	'it is masked': {
		provoke: `rm ${unit}; ${byAlice('systemctl --user mask vira.service')}`,
		asked: 'vira-setup doctor',
		problem: 'masked',
		fix: 'systemctl --user unmask vira.service',
	},
	'the user manager is not running': {
		provoke: 'systemctl stop user@1000.service',
		asked: 'vira-setup doctor',
		problem: 'user-manager-silent',
		isLogin: false,
		fix: 'sudo systemctl restart user@1000.service   restarts the user manager',
	},
	'its folder for the receipt is another one now': {
		provoke: `su alice -c 'vira-setup --non-interactive'; mkdir ${home}/elsewhere; mv ${home}/.local/state/vira-setup ${home}/elsewhere/; chown alice ${home}/elsewhere`,
		asked: 'vira-setup uninstall --non-interactive',
		problem: 'receipt',
		fix: 'Use that value: XDG_STATE_HOME=FOLDER vira-setup uninstall',
		value: ['FOLDER', `${home}/elsewhere`],
	},
	'a unit of the same name takes precedence': {
		provoke: `su alice -c 'vira-setup --non-interactive'; mkdir -p ${units}.control; printf "[Service]\\nExecStart=/bin/sleep infinity\\n" > ${units}.control/vira.service; chown -R alice ${units}.control; ${byAlice('systemctl --user daemon-reload')}`,
		asked: 'vira-setup doctor',
		problem: 'other-file',
		fix: 'If you no longer need that file, remove it, then: vira-setup',
		first: `rm -r ${units}.control; ${byAlice('systemctl --user daemon-reload')}`,
	},
};

test(
	'files that a purge could not delete are deleted by the printed commands',
	async () => {
		await sh(
			`su alice -c 'vira-setup --non-interactive'; su alice -c 'mkdir -p ${state}/workspace/a/shut/x; chmod 500 ${state}/workspace/a/shut'`,
		);
		const asked = 'vira-setup uninstall --non-interactive --purge';
		const told = await problemsOf(asked);
		const lines = (told[0]?.fixes ?? []).filter((line) => stepsIn(line).length > 0);
		expect(lines).toEqual(
			[`chmod -R u+rwX ${state}/workspace`, 'vira-setup uninstall --purge   deletes the rest'].map(
				asInDocument,
			),
		);
		for (const line of lines) for (const step of stepsIn(line)) await typed(step);
		expect(await machine.exists(state)).toBe(false);
	},
	timeLimitMs,
);

test(
	'a variable that leads the receipt into a folder of root’s: without it, or with the user’s own folder, everything works',
	async () => {
		await sh('mkdir /srv/alice');
		const [told] = await problemsOf(`XDG_STATE_HOME=/srv/alice ${dryRun}`);
		expect(told).toEqual({
			name: 'Cannot write to /srv/alice: permission denied (owned by root).',
			fixes: ['Unset XDG_STATE_HOME, or set it to a folder that you own.'],
		});
		await typed(dryRun);
		await typed(`XDG_STATE_HOME=${home}/mine ${dryRun}`);
	},
	timeLimitMs,
);

test.each(Object.entries(cases))(
	'%s: the printed command, typed into a shell, fixes it',
	async (
		_,
		{provoke, asked, problem, fix, first = 'true', then, value: [name, value] = ['', ''], isLogin},
	) => {
		await sh(provoke);
		expect((await printed(asked, problem, isLogin)).map(asInDocument)).toContain(asInDocument(fix));
		expect(onRealMachine).toContain(fix);
		await sh(first);
		for (const step of stepsIn(fix)) await typed(step.replace(name, value));
		if (then !== undefined) await typed(then);
		expect((await problemsOf(then ?? asked, isLogin)).filter((one) => one.name.includes(problem))).toEqual(
			[],
		);
	},
	timeLimitMs,
);
