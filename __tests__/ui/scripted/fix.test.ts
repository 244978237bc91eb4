import {expect, test} from '@jest/globals';
import {fixOf, type Fix} from '../../../src/ui/scripted/fix.ts';
import {printedCommands} from '../../support/advice/printed-commands.ts';

const bare = 'Run this command.';

test.each<readonly [string, Fix]>([
	['vira-setup logs   shows why', {say: 'Shows why.', command: 'vira-setup logs'}],
	['vira-setup   applies it', {say: 'Applies it.', command: 'vira-setup'}],
	['vira-setup --help   lists everything.', {say: 'Lists everything.', command: 'vira-setup --help'}],
	['loginctl enable-linger alice', {say: bare, command: 'loginctl enable-linger alice'}],
	[
		'sudo systemctl restart user@1000.service',
		{say: bare, command: 'sudo systemctl restart user@1000.service'},
	],
	['vira-setup', {say: bare, command: 'vira-setup'}],
	['launchctl print gui/$(id -u)', {say: bare, command: 'launchctl print gui/$(id -u)'}],
	['kill -INT 1202   ends it', {say: 'Ends it.', command: 'kill -INT 1202'}],
	[
		'nix-store --add-root /home/alice/.nix-roots/vira --realise /nix/store/x-vira',
		{say: bare, command: 'nix-store --add-root /home/alice/.nix-roots/vira --realise /nix/store/x-vira'},
	],
	[
		'vira-setup export --format json > vira.json',
		{say: bare, command: 'vira-setup export --format json > vira.json'},
	],
	['Remove the link: rm /x/vira.service', {say: 'Remove the link.', command: 'rm /x/vira.service'}],
	["Move it away: mv '/a: b' '/a: b.away'", {say: 'Move it away.', command: "mv '/a: b' '/a: b.away'"}],
	["mv '/a: b' '/a: b.away'", {say: bare, command: "mv '/a: b' '/a: b.away'"}],
	['Then: vira-setup start', {say: 'Then run this command.', command: 'vira-setup start'}],
	[
		'End every other Vira, then: vira-setup start',
		{say: 'End every other Vira, then run this command.', command: 'vira-setup start'},
	],
	[
		'To keep them, first run: vira-setup export',
		{say: 'To keep them, first run this command.', command: 'vira-setup export'},
	],
	[
		'With its value: XDG_STATE_HOME=FOLDER vira-setup uninstall',
		{say: 'With its value.', command: 'XDG_STATE_HOME=FOLDER vira-setup uninstall'},
	],
	[
		'Remove the agent: launchctl bootout gui/$(id -u)/org.vira.service, then sudo rm /x',
		{say: 'Remove the agent.', command: 'launchctl bootout gui/$(id -u)/org.vira.service && sudo rm /x'},
	],
	[
		'If it is damaged: vira-setup   writes it again; then vira-setup uninstall.',
		{say: 'If it is damaged: writes it again; then vira-setup uninstall.', command: 'vira-setup'},
	],
	["tail -n 50 '/a b'   shows it", {say: 'Shows it.', command: "tail -n 50 '/a b'"}],
])('%j is taken apart', (line, fix) => {
	expect(fixOf(line)).toEqual(fix);
});

test.each([
	'Install Nix (https://nixos.org/download/): vira-setup then builds Vira with it.',
	'Then start vira-setup again.',
	'vira-setup moves them at the next start.',
	'fdesetup does not say whether FileVault is on.',
	'Set TMPDIR to a folder that you can write in, or give one: --simulation-folder FOLDER',
	'Remove the unit, if it is not needed any more: /etc/systemd/user/vira.service',
	'Remove it: rm /x, then start vira-setup again.',
	'users.users.alice.linger = true;',
	'Use the newer vira-setup.',
	'kill the process that holds the port.',
	"Remove it on Vira's page.",
])('%j is a sentence, and stays one', (line) => {
	expect(fixOf(line)).toEqual({say: line});
});

test('taken apart twice, it is the same', () => {
	for (const {line} of printedCommands()) {
		const {say, command} = fixOf(line);
		if (command !== undefined) expect(fixOf(`${command}   ${say}`)).toEqual({say, command});
	}
});
