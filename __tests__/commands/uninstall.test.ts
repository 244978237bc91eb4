import {describe, expect, test} from '@jest/globals';
import {simulate, type Simulation} from '../support/simulated-linux.ts';
import {putBytes} from '../support/in-folder.ts';
import {machineWithUnit, put, type, typeAll, unitPath} from '../support/installed.ts';
import {
	agentPath,
	backgroundPath,
	daemonPath,
	gui,
	label,
	logPath,
	macWithPerson,
	macWithRunning,
	serviceAt,
	simulateMac,
	typed,
} from '../support/simulated-mac.ts';
import {ignoring} from '../support/linux-states.ts';
import {pictureOf, type Pictured} from '../support/picture-of.ts';
import {lines, refusal, run} from '../support/run-command.ts';
import {repositoriesIn} from '../support/vira-database.ts';
import {fixOf} from '../support/printed-fix.ts';
import {warned} from '../support/notices.ts';

const stateFolder = '/home/alice/.local/share/vira/state';
const lingerFile = '/var/lib/systemd/linger/alice';
const settingsPath = '/home/alice/.config/vira-setup/settings.json';
const receiptPath = '/home/alice/.local/state/vira-setup/receipt.json';

/** A machine on which Vira is set up, and has created its state. */
const machineSetUp = async (...words: readonly string[]): Promise<Simulation> => {
	const machine = await simulate();
	expect((await run(machine, ...words)).code).toBe(0);
	return machine;
};

const uninstall = (machine: Pictured, ...words: readonly string[]) => run(machine, 'uninstall', ...words);

/** What a document lists as remaining, by path. */
const leftIn = ({leftovers}: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> =>
	Object.fromEntries(
		(leftovers as readonly {readonly path: string | null; readonly what: string}[]).map(({path, what}) => [
			path ?? '',
			what,
		]),
	);

const log = {'': "Vira's log, in the journal: journalctl --user-unit=vira.service"};
const stillThere = 'should have been deleted but still exists';
const state = "Vira's state: repositories, jobs and keys";

test('set up, removed, removed again: the leftovers are reported, and nothing else remains', async () => {
	const before = await pictureOf(await simulate());
	const machine = await machineSetUp();
	const {code, document} = await uninstall(machine, '--disable-linger');
	expect([code, document.outcome, document['changed']]).toEqual([0, 'removed', true]);
	expect(leftIn(document)).toEqual({[stateFolder]: state, ...log});
	const after = await pictureOf(machine);
	const isLeft = (path: string): boolean =>
		path.startsWith(stateFolder) || stateFolder.startsWith(`${path}/`);
	const others = Object.entries(after.files).filter(([path]) => path in before.files || !isLeft(path));
	expect({...after, files: Object.fromEntries(others)}).toEqual(before);

	const again = await uninstall(machine);
	expect([again.code, again.document]).toMatchObject([
		0,
		{outcome: 'unchanged', changed: false, leftovers: []},
	]);
});

test('without --disable-linger a script leaves lingering on, and says so', async () => {
	const {document} = await uninstall(await machineSetUp());
	expect(leftIn(document)).toMatchObject({[lingerFile]: 'lingering stays on'});
});

test('with --disable-linger, lingering that anyone may have turned on stays on and is reported, also after an uninstall', async () => {
	const machine = await machineSetUp();
	await uninstall(machine);
	await run(machine);
	const said =
		'lingering is on, but may not have been turned on by vira-setup; to turn it off: loginctl disable-linger alice';
	const silent = await uninstall(machine, '--dry-run');
	expect(leftIn(silent.document)[lingerFile]).toBeUndefined();
	const asked = await uninstall(machine, '--disable-linger');
	expect([asked.code, leftIn(asked.document)[lingerFile]]).toEqual([0, said]);
	const again = await uninstall(machine, '--disable-linger');
	expect([again.document.outcome, leftIn(again.document)]).toEqual(['unchanged', {[lingerFile]: said}]);
	expect((await machine.events.state()).lingering).toBe(true);
});

test.each([
	['a service that was enabled by hand', 'default.target', 'syncthing.service', true],
	['a timer', 'timers.target', 'backup.timer', true],
	['a service of a desktop session only', 'graphical-session.target', 'bar.service', false],
])('lingering and %s', async (_, target, unit, isNeeded) => {
	const machine = await machineSetUp();
	const {links: known} = await machine.events.state();
	const folder = `/home/alice/.config/systemd/user/${target}.wants`;
	await machine.makeFolder(folder, 0o755);
	await machine.events.change({links: {...known, [`${folder}/${unit}`]: `/usr/lib/systemd/user/${unit}`}});
	const {document} = await uninstall(machine, '--disable-linger');
	expect((await machine.events.state()).lingering).toBe(isNeeded);
	expect(leftIn(document)[lingerFile]).toBe(
		isNeeded ? `lingering stays on: it is needed by ${unit}` : undefined,
	);
});

test("files that a generator such as Podman's created for the user need lingering too", async () => {
	const machine = await machineSetUp();
	await put(machine, '/run/user/1000/systemd/generator/default.target.wants/web.service', '');
	const {document} = await uninstall(machine, '--disable-linger');
	expect(leftIn(document)[lingerFile]).toBe('lingering stays on: it is needed by web.service');
});

test('lingering that cannot be turned off ends with exit 4, and everything is as before', async () => {
	const machine = await machineSetUp();
	await machine.events.change({lingerRefused: true});
	const before = await pictureOf(machine);
	const {code, document} = await uninstall(machine, '--disable-linger');
	expect([code, document.outcome, document['changed']]).toEqual([4, 'failed', false]);
	expect(await pictureOf(machine)).toEqual(before);
	expect((await uninstall(machine)).code).toBe(0);
});

test('lingering that stays on, although loginctl reports success, is listed, with the command that turns it off', async () => {
	const machine = await machineSetUp();
	const {code, document} = await uninstall(ignoring(machine, 'disable-linger'), '--disable-linger');
	expect([code, document.outcome, document['leftovers']]).toMatchObject([
		0,
		'removed',
		expect.arrayContaining([
			{
				path: lingerFile,
				what: 'lingering is still on although it was turned off',
				fixes: [fixOf('sudo loginctl disable-linger alice')],
			},
		]),
	]);
});

test('--check and --dry-run change nothing; --check exits with 10 or 0', async () => {
	const machine = await machineSetUp();
	const before = await pictureOf(machine);
	expect(await uninstall(machine, '--check')).toMatchObject({
		code: 10,
		document: {outcome: 'planned', changed: true},
	});
	expect((await uninstall(machine, '--dry-run', '--purge')).code).toBe(0);
	expect(await pictureOf(machine)).toEqual(before);
	expect((await uninstall(await simulate(), '--check')).code).toBe(0);
});

test('afterwards a setup starts again, with the defaults and the remaining state', async () => {
	const machine = await machineSetUp('--port', '7001', '--repository', 'a=https://x/a');
	await uninstall(machine);
	const {code, document} = await run(machine);
	expect([code, document]).toMatchObject([0, {outcome: 'installed', settings: {port: 5005}}]);
	expect(await repositoriesIn(machine, stateFolder)).toEqual({a: 'https://x/a'});
});

test('only before the settings are deleted, a note says how to keep them', async () => {
	const machine = await machineSetUp();
	const codes = async (...words: readonly string[]): Promise<unknown> =>
		((await uninstall(machine, ...words)).document['notes'] as readonly {code: string}[]).map(
			({code}) => code,
		);
	expect(await codes('--dry-run')).toContain('settings-deleted');
	expect(await codes()).not.toContain('settings-deleted');
});

test('a unit that was changed by hand is kept and named; with --overwrite it is removed', async () => {
	const machine = await machineSetUp();
	const text = (await machine.readFile(unitPath)) ?? '';
	await machine.writeFile(unitPath, `${text}# mine\n`, 0o600);
	const {code, document} = await uninstall(machine);
	expect([code, leftIn(document)[unitPath]]).toEqual([0, 'changed by hand and kept: it is not enabled']);
	expect(await machine.readFile(unitPath)).toContain('# mine');
	expect((await pictureOf(machine)).enabled).toEqual([]);

	const other = await machineSetUp();
	await other.writeFile(unitPath, `${text}# mine\n`, 0o600);
	expect((await uninstall(other, '--overwrite')).document.outcome).toBe('removed');
	expect(await other.readFile(unitPath)).toBeUndefined();
});

test('for a unit that is kept, the report names the deleted files that it uses', async () => {
	const machine = await machineSetUp('--repository', 'a=https://x/a');
	await machine.writeFile(unitPath, `${(await machine.readFile(unitPath)) ?? ''}# mine\n`, 0o600);
	const {document} = await uninstall(machine);
	expect(leftIn(document)[unitPath]).toBe(
		'changed by hand and kept: it is not enabled; it needs deleted files: /home/alice/.config/vira-setup/initial-state.json',
	);
	expect(document['leftovers']).toContainEqual(expect.objectContaining({fixes: [fixOf(`rm ${unitPath}`)]}));
});

test('a drop-in stays, and is named', async () => {
	const machine = await machineSetUp();
	const dropIn = '/home/alice/.config/systemd/user/vira.service.d/override.conf';
	await put(machine, dropIn, '[Service]\nNice=5\n');
	await type(machine, 'systemctl --user daemon-reload');
	const {document} = await uninstall(machine);
	expect(leftIn(document)[dropIn]).toBe('your own drop-in for the service');
	expect(await machine.readFile(dropIn)).toContain('Nice=5');
});

describe('no service of vira-setup', () => {
	test('a unit that was created by hand is named and left alone, running', async () => {
		const machine = await machineWithUnit();
		await typeAll(
			machine,
			'loginctl enable-linger alice',
			'systemctl --user daemon-reload',
			'systemctl --user start vira.service',
		);
		await machine.sleep(10_000);
		const before = await pictureOf(machine);
		const {code, document} = await uninstall(machine, '--purge', '--overwrite', '--disable-linger');
		expect([code, document.outcome]).toEqual([0, 'unchanged']);
		expect(leftIn(document)).toEqual({
			[unitPath]: 'a service with the same name, not created by vira-setup',
			[lingerFile]: expect.stringContaining('may not have been turned on by vira-setup'),
		});
		expect(await pictureOf(machine)).toEqual(before);
	});

	test('the service of Home Manager is named and left alone', async () => {
		const machine = await simulate({links: {[unitPath]: '/nix/store/x-vira.service/vira.service'}});
		const {document} = await uninstall(machine);
		expect(leftIn(document)).toEqual({[unitPath]: 'the service managed by Home Manager'});
	});

	test("root is told to run it as the user, because it would not find the user's files", async () => {
		const user = {name: 'root', uid: 0, home: '/root', sudoFrom: 'alice'};
		expect(await refusal(await simulate({user}), 'uninstall')).toMatchObject({
			exit: 3,
			fixes: [{say: expect.stringContaining('as alice')}],
		});
	});
});

test.each(['{"schema": 2, "state": "complete"}', 'not JSON'])(
	'a receipt that is %j is not guessed at, and nothing changes',
	async (text) => {
		const machine = await machineSetUp();
		await machine.writeFile(receiptPath, text, 0o600);
		const before = await pictureOf(machine);
		expect(await refusal(machine, 'uninstall')).toMatchObject({
			exit: 3,
			message: expect.stringContaining(`${receiptPath} is not a receipt that this vira-setup can read`),
		});
		expect(await pictureOf(machine)).toEqual(before);
	},
);

test.each([
	['gone', undefined],
	['not JSON', '{'],
	['with wrong values', '{"port": "x"}'],
])('settings that are %s do not block removing the rest', async (_, text) => {
	const machine = await machineSetUp();
	if (text === undefined) await machine.deleteFile(settingsPath);
	else await machine.writeFile(settingsPath, text, 0o600);
	const {code, document} = await uninstall(machine, '--purge');
	expect([code, document.outcome]).toEqual([0, 'removed']);
	expect(await machine.inspect(unitPath)).toBeUndefined();
	expect(await machine.inspect(stateFolder)).toBeUndefined();
});

test('secrets in files that were changed by hand are masked wherever they are shown', async () => {
	const machine = await machineSetUp('--environment', 'API_TOKEN=s3cr3tvalue');
	await machine.writeFile(unitPath, `${(await machine.readFile(unitPath)) ?? ''}# mine\n`, 0o600);
	const {written} = await uninstall(machine, '--dry-run', '--overwrite');
	expect(written).toContain('# mine');
	expect(written).not.toContain('s3cr3tvalue');
});

test.each([
	['a file', unitPath, []],
	['in the state that is to be deleted', `${stateFolder}/before-update-20260302T090000.json`, ['--purge']],
])('a change %s between preview and removal stops it before anything is done', async (_, path, words) => {
	const machine = await machineSetUp();
	const meddled: Simulation = {
		...machine,
		// The first check of a command that is about to change something.
		readFile: async (one) => {
			if (one === '/proc/self/cgroup') await put(machine, path, 'somebody else was here');
			return machine.readFile(one);
		},
	};
	expect(await refusal(meddled, 'uninstall', ...words)).toMatchObject({exit: 5});
	expect(await machine.readFile(settingsPath)).toContain('"port"');
	expect(await machine.readFile(path)).toBe('somebody else was here');
});

test('a service that failed is no longer among the failed ones', async () => {
	const machine = await machineSetUp();
	const {units} = await machine.events.state();
	const unit = units['vira.service'];
	if (!unit) throw new Error('There is no unit.');
	await machine.events.change({units: {'vira.service': {...unit, active: 'failed', sub: 'failed'}}});
	expect((await uninstall(machine)).code).toBe(0);
	expect((await pictureOf(machine)).units).toEqual({});
});

describe('--purge', () => {
	test('deletes the state and its parent folders, and leaves the home as it was', async () => {
		const before = await pictureOf(await simulate());
		const machine = await machineSetUp('--repository', 'a=https://x/a');
		const {code, document} = await uninstall(machine, '--purge', '--disable-linger');
		expect([code, document.outcome, leftIn(document)]).toEqual([0, 'removed', log]);
		expect(await pictureOf(machine)).toEqual(before);
	});

	test('removes only Vira’s files from a folder that contains others', async () => {
		const machine = await simulate();
		await put(machine, '/home/alice/data/photos/one.jpg', 'x');
		await run(machine, '--state-dir', '~/data', '--repository', 'a=https://x/a');
		const {document} = await uninstall(machine, '--purge');
		expect(leftIn(document)).toMatchObject({
			'/home/alice/data': "contains files that are not Vira's: photos",
		});
		expect(await machine.list('/home/alice/data')).toEqual(['photos']);
	});

	test('leaves names that Vira uses in a folder without a Vira state', async () => {
		const machine = await simulate();
		await put(machine, '/home/alice/code/workspace/mine.txt', 'x');
		const {vira} = await machine.events.state();
		if (!vira) throw new Error('There is no Vira.');
		await machine.events.change({vira: {...vira, behaviour: 'exits-at-once'}});
		await run(machine, '--state-dir', '~/code', '--keep-on-failure', '--wait', '5');
		for (const name of ['ViraState', 'schema-version'])
			await machine.deleteFolder(`/home/alice/code/${name}`, {withContents: true});
		const {document} = await uninstall(machine, '--purge');
		expect(leftIn(document)).toMatchObject({
			'/home/alice/code': "contains files that are not Vira's: workspace",
		});
		expect(await machine.readFile('/home/alice/code/workspace/mine.txt')).toBe('x');
	});

	test("leaves files that were in a folder before it was Vira’s, even with Vira's names, and after further runs", async () => {
		const machine = await simulate();
		await put(machine, '/home/alice/proj/workspace/own.txt', 'own');
		await put(machine, '/home/alice/proj/tls/my.key', 'k');
		for (const name of ['a', 'b', 'c']) await put(machine, `/home/alice/proj/${name}`, '');
		const words = ['--state-dir', '~/proj', '--repository', 'a=https://x/a'];
		const {document: setUp} = await run(machine, ...words);
		expect(setUp['warnings']).toEqual([
			warned({
				code: 'state-shared',
				setting: 'stateDir',
				message:
					'/home/alice/proj contains tls, workspace, but no Vira state. Vira uses the same names and would write into them.',
				fixes: ['Use a separate folder, such as /home/alice/proj/vira.'],
			}),
		]);
		expect((await run(machine, '--port', '7001')).document['warnings']).toEqual([]);
		const {document} = await uninstall(machine, '--purge');
		expect(leftIn(document)['/home/alice/proj']).toBe(
			"contains files that are not Vira's: tls, workspace, a and 2 more",
		);
		expect(await machine.readFile('/home/alice/proj/workspace/own.txt')).toBe('own');
		expect(await machine.readFile('/home/alice/proj/tls/my.key')).toBe('k');
		expect(await machine.list('/home/alice/proj')).not.toContain('ViraState');
	});

	test('removes every earlier state folder of Vira too, and without it each is named', async () => {
		const machine = await machineSetUp('--repository', 'a=https://x/a');
		await run(machine, '--state-dir', '~/b');
		await run(machine, '--state-dir', '~/c');
		const states = [stateFolder, '/home/alice/b', '/home/alice/c'];
		const gentle = await uninstall(machine, '--dry-run');
		expect(leftIn(gentle.document)).toMatchObject(Object.fromEntries(states.map((path) => [path, state])));
		const {written} = await uninstall(machine, '--dry-run', '--purge');
		for (const path of states) expect(written).toContain(`${path}/ViraState`);
		const {code, document} = await uninstall(machine, '--purge', '--disable-linger');
		expect([code, leftIn(document)]).toEqual([0, log]);
		for (const path of states) expect(await machine.inspect(path)).toBeUndefined();
	});

	test('uses the one folder in an older receipt, and a change of it forgets none', async () => {
		const machine = await machineSetUp();
		const receipt = JSON.parse((await machine.readFile(receiptPath)) ?? '') as object;
		await machine.writeFile(receiptPath, JSON.stringify({...receipt, states: undefined}), 0o600);
		expect((await uninstall(machine, '--dry-run', '--purge')).written).toContain(`${stateFolder}/ViraState`);
		await run(machine, '--state-dir', '~/b');
		await uninstall(machine, '--purge');
		expect(await machine.inspect(stateFolder)).toBeUndefined();
	});

	test('names a folder that is empty then and stays, because it existed before', async () => {
		const machine = await machineSetUp();
		await uninstall(machine);
		await run(machine);
		const {document} = await uninstall(machine, '--purge');
		expect(leftIn(document)[stateFolder]).toBe('an empty folder that existed before Vira was set up');
		expect(await machine.list(stateFolder)).toEqual([]);
	});

	test("does not take a file that was just deleted for another owner's", async () => {
		const machine = await simulate();
		await machine.makeFolder('/home/alice/.local/state', 0o755);
		await put(machine, '/home/alice/.local/state/nix/x', '');
		await run(machine);
		const receipt = JSON.parse((await machine.readFile(receiptPath)) ?? '') as object;
		const states = [{path: '/home/alice/.local/state', theirs: []}];
		await machine.writeFile(receiptPath, JSON.stringify({...receipt, states, stateFolder: undefined}), 0o600);
		const {document} = await uninstall(machine, '--purge');
		expect(leftIn(document)['/home/alice/.local/state']).toBe("contains files that are not Vira's: nix");
	});

	test('does not follow a link: neither the folder itself, nor one in it', async () => {
		const machine = await simulate();
		await put(machine, '/mnt/big/vira/.here', '');
		await put(machine, '/mnt/big/workspace/other/file', 'x');
		const {links} = await machine.events.state();
		await machine.events.change({links: {...links, '/home/alice/vira': '/mnt/big/vira'}});
		await run(machine, '--state-dir', '~/vira');
		const {document} = await uninstall(machine, '--purge');
		expect(leftIn(document)['/home/alice/vira']).toBe(`${state}; not deleted: it is a link to /mnt/big/vira`);
		expect(await machine.list('/mnt/big/vira')).toContain('ViraState');

		const other = await machineSetUp();
		await put(other, '/mnt/big/workspace/other/file', 'x');
		await other.deleteFolder(`${stateFolder}/workspace`, {withContents: true});
		const known = (await other.events.state()).links;
		await other.events.change({links: {...known, [`${stateFolder}/workspace`]: '/mnt/big/workspace'}});
		expect(leftIn((await uninstall(other, '--purge')).document)).toMatchObject({
			[stateFolder]: "contains files that are not Vira's: workspace",
		});
		expect(await other.readFile('/mnt/big/workspace/other/file')).toBe('x');
	});

	test.each([
		['/home/alice', 'it is your home folder'],
		['/home', 'it contains your home folder'],
		['/', 'it is the root of the file system'],
		['/home/alice/.config/../../alice', 'it is your home folder'],
	])('deletes nothing in %s, whatever the receipt says', async (folder, why) => {
		const machine = await machineSetUp();
		await put(machine, '/home/alice/ViraState/x', '');
		await put(machine, '/home/alice/workspace/x', '');
		const receipt = JSON.parse((await machine.readFile(receiptPath)) ?? '') as object;
		const changed = JSON.stringify({...receipt, stateFolder: folder});
		await machine.writeFile(receiptPath, changed, 0o600);
		const {code, document} = await uninstall(machine, '--purge');
		expect([code, leftIn(document)[folder]]).toEqual([0, `${state}; not deleted: ${why}`]);
		expect(await machine.inspect('/home/alice/workspace/x')).toBeDefined();
	});

	test.each([
		['of this setup', []],
		['that an earlier setup has left', [['uninstall'], []]],
	])(
		'that cannot delete all of a state %s says what remains, and the next one continues',
		async (_, before) => {
			const machine = await machineSetUp('--repository', 'a=https://x/a');
			for (const words of before) await run(machine, ...words);
			const stuck: Simulation = {
				...machine,
				deleteFolder: (path, options) =>
					path === `${stateFolder}/workspace`
						? Promise.reject(new Error(`EACCES: permission denied, unlink '${path}/x'`))
						: machine.deleteFolder(path, options),
			};
			const {code, document} = await uninstall(stuck, '--purge');
			expect([code, document.outcome, document['changed']]).toEqual([1, 'failed', true]);
			expect(document['error']).toMatchObject({
				message: expect.stringContaining(`Could not delete all of ${stateFolder}/workspace.`),
				fixes: expect.arrayContaining([expect.objectContaining({command: 'vira-setup uninstall --purge'})]),
			});
			expect(leftIn(document)[stateFolder]).toBe(before.length === 0 ? stillThere : undefined);
			expect(await machine.inspect(unitPath)).toBeUndefined();
			expect(await uninstall(machine, '--purge')).toMatchObject({code: 0, document: {outcome: 'removed'}});
			expect((await machine.list(stateFolder)) ?? []).toEqual([]);
		},
	);
});

describe('on a Mac', () => {
	test('the agent is unloaded before its file is deleted; log and state remain', async () => {
		const machine = await simulateMac();
		await run(machine);
		await machine.events.behave(label, {termDelayMs: 8000});
		const {code, document} = await uninstall(machine);
		expect([code, document.outcome]).toEqual([0, 'removed']);
		expect(leftIn(document)).toEqual({
			'/Users/alice/.local/share/vira/state': state,
			[logPath]: "Vira's log",
		});
		expect([await serviceAt(machine), await machine.inspect(agentPath)]).toEqual([undefined, undefined]);
	});

	test('a process that does not exit in time keeps its file, and everything is as before', async () => {
		const machine = await simulateMac();
		await run(machine);
		await machine.events.behave(label, {termDelayMs: 1e9, killDelayMs: 1e9});
		const {code} = await uninstall(machine);
		expect(code).toBe(5);
		expect(await machine.inspect(agentPath)).toBeDefined();
	});

	test('a service that was disabled by hand does not block the next setup', async () => {
		const machine = await simulateMac();
		await run(machine);
		await typed(machine, `launchctl disable ${gui}`);
		await uninstall(machine);
		expect((await pictureOf(machine)).launchd?.disabled).toEqual([]);
		expect(await run(machine)).toMatchObject({
			code: 0,
			document: {outcome: 'installed', warnings: [{code: 'background-item'}]},
		});
	});

	test.each([
		['gui', agentPath, 'launchd loads it again after your next desktop login', `rm ${agentPath}`],
		['user', backgroundPath, 'launchd does not load it automatically', `rm ${backgroundPath}`],
		['system', daemonPath, 'launchd loads it again after a reboot', `sudo rm ${daemonPath}`],
	])(
		'for a file changed by hand in the domain %s the report says whether the service starts again',
		async (domain, path, fate, byHand) => {
			const {machine} = await macWithPerson();
			await run(machine, '--domain', domain);
			const text = (await machine.readFile(path)) ?? '';
			const content = text.replace('<dict>', '<!-- mine --><dict>');
			putBytes(machine, path, {content, mode: 0o644});
			const {document} = await uninstall(machine);
			expect(await machine.inspect(path)).toBeDefined();
			expect(document['leftovers']).toContainEqual({
				path,
				what: `changed by hand and kept: ${fate}`,
				fixes: [fixOf(byHand)],
			});
		},
	);

	test('a link in place of the log is named, and neither it nor its target is deleted', async () => {
		const machine = await simulateMac();
		await run(machine);
		await machine.deleteFile(logPath);
		await put(machine, '/Users/alice/elsewhere.log', 'kept');
		const {links} = await machine.events.state();
		await machine.events.change({links: {...links, [logPath]: '/Users/alice/elsewhere.log'}});
		for (const words of [['--dry-run'], ['--purge']])
			expect(leftIn((await uninstall(machine, ...words)).document)[logPath]).toBe(
				"a link in place of Vira's log, to /Users/alice/elsewhere.log",
			);
		expect(await machine.inspect(logPath)).toBeDefined();
		expect(await machine.readFile('/Users/alice/elsewhere.log')).toMatch(/^kept/u);
	});

	test('with --purge the log is removed too', async () => {
		const machine = await simulateMac();
		const before = await pictureOf(machine);
		await run(machine);
		expect(leftIn((await uninstall(machine, '--purge')).document)).toEqual({});
		expect(await machine.inspect(logPath)).toBeUndefined();
		expect(await pictureOf(machine)).toEqual(before);
	});

	test('an agent that vira-setup did not load is named and left running', async () => {
		const machine = await macWithRunning();
		const before = await pictureOf(machine);
		const {code, document} = await uninstall(machine);
		expect([code, document.outcome]).toEqual([0, 'unchanged']);
		expect(leftIn(document)[agentPath]).toBe(`the file of a service that vira-setup did not load: ${gui}`);
		expect(await pictureOf(machine)).toEqual(before);
	});
});

test('the plan names each step in words, in the order in which it is done', async () => {
	const [, , ...planned] = await lines(await machineSetUp(), 'uninstall --dry-run --non-interactive');
	expect(planned.slice(1, 5)).toEqual([
		'  Stop Vira',
		'  Disable automatic start',
		'  Remove ~/.config/systemd/user/vira.service',
		'  Remove ~/.config/vira-setup/settings.json',
	]);
});

test('the text output for a script', async () => {
	const machine = await machineSetUp();
	await typeAll(machine, 'systemctl --user stop vira.service');
	expect((await uninstall(machine, '--disable-linger')).written).toContain('✔ Turn off lingering');
});
