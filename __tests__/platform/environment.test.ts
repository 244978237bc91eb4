import {expect, test} from '@jest/globals';
import type {Facts} from '../../src/platform/facts.ts';
import {serviceFrom} from '../../src/platform/service.ts';
import type {Settings} from '../../src/settings/options.ts';
import {mac} from '../support/mac.ts';
import {debian, settings} from '../support/situation.ts';

const onLinux =
	'/home/alice/.nix-profile/bin:/home/alice/.local/state/nix/profile/bin:/etc/profiles/per-user/alice/bin:/run/wrappers/bin:/run/current-system/sw/bin:/nix/var/nix/profiles/default/bin:/usr/local/bin:/usr/bin:/bin';
const onMac =
	'/Users/alice/.nix-profile/bin:/Users/alice/.local/state/nix/profile/bin:/etc/profiles/per-user/alice/bin:/run/current-system/sw/bin:/nix/var/nix/profiles/default/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin';

test.each<readonly [string, Facts, Partial<Settings>, Readonly<Record<string, string>>]>([
	['no settings', debian(), {}, {PATH: onLinux}],
	['no settings, on a Mac', mac(), {}, {PATH: onMac}],
	[
		'packages come first, in their order',
		debian(),
		{extraPackages: ['/b', '~/a c', '/b']},
		{PATH: `/b/bin:/home/alice/a c/bin:/b/bin:${onLinux}`},
	],
	['also on a Mac', mac(), {extraPackages: ['~/x']}, {PATH: `/Users/alice/x/bin:${onMac}`}],
	[
		'variables are passed with PATH, unchanged',
		debian(),
		{environment: {GIT_SSH_COMMAND: 'ssh -i ~/key', B: '$A %h'}},
		{PATH: onLinux, GIT_SSH_COMMAND: 'ssh -i ~/key', B: '$A %h'},
	],
	['a PATH from the user replaces ours', debian(), {environment: {PATH: '/only/this'}}, {PATH: '/only/this'}],
])('the environment: %s', (_, facts, changes, environment) => {
	expect(serviceFrom(settings(changes), facts, '/vira').environment).toEqual(environment);
});
