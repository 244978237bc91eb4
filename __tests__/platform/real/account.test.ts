import {userInfo} from 'node:os';
import {expect, test} from '@jest/globals';
import {currentUser, temporaryFolders} from '../../../src/platform/real/account.ts';
import {cleanPath} from '../../../src/platform/paths.ts';
import {ownFolders} from '../../../src/platform/installed/our-files.ts';
import {simulate} from '../../support/simulated-linux.ts';

test.each([
	['/home/alice/', '/home/alice'],
	['/home//alice', '/home/alice'],
	['/home/./alice/.', '/home/alice'],
	['/home/alice/../../etc', '/etc'],
	['/', '/'],
	['//', '/'],
])('the path %s is normalized to %s', (path, clean) => {
	expect(cleanPath(path)).toBe(clean);
});

test('the account comes from the system, whatever HOME and USER contain', () => {
	const {username, uid, homedir} = userInfo();
	expect(currentUser({HOME: 'relative', USER: 'mallory'})).toMatchObject({
		name: username,
		uid,
		home: cleanPath(homedir),
	});
});

test.each([
	[{TMPDIR: '/var/tmp/', XDG_RUNTIME_DIR: '/run/user/1000/'}, ['/var/tmp', '/run/user/1000', '/tmp']],
	[{TMPDIR: 'relative', XDG_RUNTIME_DIR: ''}, ['/tmp']],
	[{TMPDIR: ''}, ['/tmp']],
])('with %j, scratch files go to %j', (environment, folders) => {
	expect(temporaryFolders(environment)).toEqual(folders);
});

test.each([
	[
		{XDG_CONFIG_HOME: '/home/alice/cfg/', XDG_STATE_HOME: '/home/alice/./st'},
		'/home/alice/cfg',
		'/home/alice/st',
	],
	[{XDG_CONFIG_HOME: '/home/alice/../bob'}, '/home/bob', '/home/alice/.local/state'],
	[{XDG_CONFIG_HOME: 'cfg', XDG_STATE_HOME: ''}, '/home/alice/.config', '/home/alice/.local/state'],
])('with %j, our folders are in %s and %s', async (environment, config, state) => {
	expect(ownFolders(await simulate({environment}))).toEqual({
		config: `${config}/vira-setup`,
		state: `${state}/vira-setup`,
	});
});
