import {expect, test} from '@jest/globals';
import type {Fix} from '../../../src/notice.ts';
import type {AgentOwner} from '../../../src/platform/launchd/facts.ts';
import {refusalsOn} from '../../../src/platform/launchd/advice.ts';
import {
	agentPath,
	agentText,
	daemonPath,
	gui,
	label,
	launched,
	simulateMac,
	typed,
} from '../../support/simulated-mac.ts';
import {ended} from '../../support/mac-setup.ts';
import {mac} from '../../support/mac.ts';
import {refusal} from '../../support/run-command.ts';

const generation = '/Users/alice/.local/state/home-manager/gcroots/current-home';
const store = '/nix/store/1-home-manager-generation';

test.each<readonly [AgentOwner, who: string, detail: string, fixes: readonly Fix[]]>([
	[
		{by: 'home-manager', path: agentPath, target: undefined, generation},
		'managed by Home Manager.',
		`Its file is ${agentPath}.`,
		[
			{
				say: 'Set services.vira.enable = false in your Home Manager configuration and switch to it, then run vira-setup again.',
			},
			{say: expect.stringContaining('no longer use Home Manager') as unknown as string},
			{say: '', command: `rm ${generation}`},
		],
	],
	[
		{by: 'link', path: agentPath, target: '/Users/alice/dotfiles/vira.plist'},
		'managed by someone else.',
		`${agentPath} is a link to /Users/alice/dotfiles/vira.plist.`,
		[{say: 'If you no longer need the link, delete it:', command: `rm ${agentPath}`}],
	],
	[
		{by: 'nix-darwin', path: daemonPath, target: daemonPath},
		'managed by nix-darwin.',
		`Its file is ${daemonPath}.`,
		[
			{say: expect.stringContaining('your nix-darwin configuration') as unknown as string},
			{say: expect.stringContaining('no longer use nix-darwin') as unknown as string},
			{say: '', command: `sudo rm ${daemonPath}`},
		],
	],
	[
		{by: 'system-agent', path: '/Library/LaunchAgents/x.plist', target: '/Library/LaunchAgents/x.plist'},
		'managed by the system, for all users.',
		'Its file is /Library/LaunchAgents/x.plist.',
		[
			{
				say: 'If you no longer need that agent, remove it first:',
				command: 'launchctl bootout gui/$(id -u)/org.vira.service && sudo rm /Library/LaunchAgents/x.plist',
			},
		],
	],
	[
		{by: 'unseen', path: agentPath, target: undefined},
		'managed by Home Manager or nix-darwin, it seems.',
		`Its file is ${agentPath}.`,
		[{say: expect.stringContaining('The Nix store is not mounted') as unknown as string}],
	],
])('managed by %j', (managedBy, who, detail, fixes) => {
	expect(refusalsOn(mac({managedBy}))).toEqual([
		{
			level: 'error',
			code: 'managed-elsewhere',
			message: `A service named org.vira.service is ${who}`,
			detail,
			fixes,
		},
	]);
});

/** A Mac with an agent that Home Manager has copied there, as it does, and loaded. */
const homeManagersMac = async () => {
	const machine = await simulateMac({links: {[generation]: store}});
	for (const path of [`${store}/LaunchAgents/${label}.plist`, agentPath])
		await machine.events.put(
			path,
			agentText({StandardOutPath: undefined, StandardErrorPath: undefined}),
			0o444,
		);
	await typed(machine, `launchctl bootstrap gui/501 ${agentPath}`);
	return machine;
};

test('an agent of Home Manager is refused, and left as it is', async () => {
	const machine = await homeManagersMac();
	expect(await refusal(machine)).toMatchObject({
		exit: 3,
		message: 'A service named org.vira.service is managed by Home Manager.',
	});
	expect(await launched(machine)).toEqual([`${gui} running 1 ${agentPath}`]);
});

test.each([
	['that exists', false, agentPath],
	['that is missing, and returns with the next switch', true, `${generation}/LaunchAgents/${label}.plist`],
])('for an agent of Home Manager %s, the file that it comes from is named', async (_, gone, path) => {
	const machine = await homeManagersMac();
	if (gone) await machine.deleteFile(agentPath);
	expect(await refusal(machine)).toMatchObject({detail: `Its file is ${path}.`});
});

test.each<readonly [string, 'switched' | 'left']>([
	['that Home Manager no longer manages, with changed contents', 'switched'],
	['left by a Home Manager whose link was removed', 'left'],
])("a copy of Home Manager's agent that was %s is shown, and replaced after consent", async (_, how) => {
	const machine = await homeManagersMac();
	await machine.deleteFile(generation);
	if (how === 'switched') {
		const {links} = await machine.events.state();
		await machine.events.put('/nix/store/2-home-manager-generation/activate', '');
		await machine.events.change({links: {...links, [generation]: '/nix/store/2-home-manager-generation'}});
	}
	expect(await refusal(machine)).toMatchObject({message: expect.stringContaining(agentPath)});
	expect(await ended(machine, '--overwrite')).toEqual([0, 'installed', '']);
	expect(await launched(machine)).toEqual([`${gui} running 1 ${agentPath}`]);
	expect(await machine.inspect(agentPath)).toMatchObject({mode: 0o644});
});
