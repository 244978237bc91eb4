import {afterAll, beforeAll, expect, test} from '@jest/globals';
import {fileURLToPath} from 'node:url';
import {bootMachine, type Machine} from '../../scripts/machine/machine.ts';
import {installVira} from '../../scripts/machine/stand-in.ts';
import {keys} from '../../scripts/terminal/screen.ts';
import {pictureOf, timeLimitMs, vira} from '../support/alice.ts';
import {thenTell, watch} from '../support/terminal.ts';
import {validDocument, type Document} from '../support/valid-document.ts';

const executable = fileURLToPath(new URL('../../build/binary/vira-setup-linux-x64', import.meta.url));

/** For the stand-in of Vira alone: it is in no folder on PATH. */
const node = '/opt/stand-in/node';

let machine: Machine;

beforeAll(async () => {
	machine = await bootMachine({programs: {node, executable}});
	await installVira(machine, vira, node);
}, 600_000);

afterAll(() => machine.destroy());

const run = async (...words: readonly string[]): Promise<Document> => {
	const {stdout} = await machine.run(['vira-setup', ...words, '--json'], {as: 'alice'});
	return validDocument(stdout);
};

test('the machine has no Node', async () => {
	expect((await machine.run(['sh', '-c', 'command -v node nodejs npm'], {as: 'alice'})).stdout).toBe('');
});

test(
	'the wizard installs Vira, status finds it healthy also after a reboot, uninstall leaves nothing',
	async () => {
		const before = await pictureOf(machine);
		const screen = watch(machine.terminal(thenTell(['vira-setup'])));
		for (const title of ['Turn it on', 'Hostname', 'Reachable from']) {
			await screen.shows(title);
			screen.press(keys.enter);
		}
		expect(await screen.shows('told')).toContain('ended with 0');
		expect(await run('status')).toMatchObject({healthy: true});
		await machine.reboot();
		expect(await run('restart')).toMatchObject({outcome: 'restarted', healthy: true});
		const uninstall = ['uninstall', '--non-interactive', '--purge', '--disable-linger'];
		expect(await run(...uninstall)).toMatchObject({outcome: 'removed'});
		expect(await pictureOf(machine)).toEqual(before);
	},
	timeLimitMs,
);
