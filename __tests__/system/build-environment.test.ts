import {afterAll, beforeAll, beforeEach, expect, test} from '@jest/globals';
import {bootMachine, type Machine} from '../../scripts/machine/machine.ts';
import {installVira} from '../../scripts/machine/stand-in.ts';
import {timeLimitMs} from '../support/alice.ts';
import {checkRepositories} from './forge/check.ts';
import {asAlice, internalAuthority, openForge} from './forge/forge.ts';
import {packages} from './forge/packages.ts';
import {over, reset} from './forge/situation.ts';

let machine: Machine;

const units = '/home/alice/.config/systemd/user';
const owned = {owner: 'alice'} as const;

beforeAll(async () => {
	machine = await bootMachine({packages});
	await Promise.all([openForge(machine), installVira(machine)]);
	await machine.run(['vira-setup', '--non-interactive'], {as: 'alice'});
}, 600_000);
beforeEach(async () => {
	await reset(machine);
	await asAlice(machine, `rm -rf ${units}/vira.service.d; systemctl --user daemon-reload`);
	await asAlice(machine, 'systemctl --user restart vira.service');
});
afterAll(async () => machine.destroy());

/** As the service that is running now, and as a setup would start it. */
const codes = async (url: string): Promise<readonly (string | undefined)[]> => {
	const running = await checkRepositories(machine, {app: url});
	const next = await checkRepositories(machine, {app: url}, {options: ['--log-level', 'Info']});
	return [running, next].map((found) => found.get('app')?.code);
};

const [unknown, ready] = ['repository-certificate-unknown', 'repository-ready'];

test.each([
	['a variable', `Environment=GIT_SSL_CAINFO=${internalAuthority}`],
	['a file of variables', 'EnvironmentFile=-%h/variables'],
])(
	'%s of a drop-in counts at once for the next start, and after it for the running service',
	async (_, line) => {
		await machine.writeFile('/home/alice/variables', `GIT_SSL_CAINFO='${internalAuthority}'\n`, owned);
		await asAlice(machine, `mkdir -p ${units}/vira.service.d`);
		await machine.writeFile(`${units}/vira.service.d/mine.conf`, `[Service]\n${line}\n`, owned);
		expect(await codes(over.internalHttps)).toEqual([unknown, ready]);
		await asAlice(machine, 'systemctl --user daemon-reload && systemctl --user restart vira.service');
		expect(await codes(over.internalHttps)).toEqual([ready, ready]);
	},
	timeLimitMs,
);

test(
	'a variable that the user manager got after the start is one of the next start only',
	async () => {
		await asAlice(machine, `systemctl --user set-environment GIT_SSL_CAINFO=${internalAuthority}`);
		expect(await codes(over.internalHttps)).toEqual([unknown, ready]);
		await asAlice(machine, 'systemctl --user unset-environment GIT_SSL_CAINFO');
	},
	timeLimitMs,
);

test(
	'the sandbox of a drop-in is one of the checks',
	async () => {
		await asAlice(machine, `mkdir -p ${units}/vira.service.d`);
		const text = '[Service]\nIPAddressDeny=any\nRestrictAddressFamilies=AF_UNIX\n';
		await machine.writeFile(`${units}/vira.service.d/mine.conf`, text, owned);
		const [, next] = await codes(over.publicHttps);
		expect(next).not.toBe(ready);
	},
	timeLimitMs,
);
