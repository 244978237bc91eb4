import {expect, test} from '@jest/globals';
import {detect} from '../../../src/steps/detect.ts';
import {load} from '../../../src/steps/load/load.ts';
import {proposer} from '../../../src/steps/plan/propose.ts';
import {planText} from '../../../src/ui/words/planned-changes.ts';
import {simulate} from '../../support/simulated-linux.ts';
import {mac} from '../../support/mac.ts';
import {run} from '../../support/run-command.ts';
import {settings} from '../../support/situation.ts';

test.each([
	['linux', []],
	['macos', ['environment BELL', 'environment SHLVL']],
] as const)('a setting that the service manager of %s rejects is reported: %j', async (platform, places) => {
	const system = await simulate();
	const found = await detect(system);
	const facts = platform === 'linux' ? found : mac({...found, managedBy: undefined});
	const propose = proposer(system, facts, await load(system, facts));
	const proposed = await propose(settings({environment: {BELL: '\u0007', SHLVL: '2'}}));
	const problems = proposed.good ? [] : proposed.problems;
	expect(problems.map(({option, item}) => `${option} ${item ?? ''}`)).toEqual(places);
});

test("vira-setup's own files are named in the preview, without their content", async () => {
	const system = await simulate();
	await run(system);
	const facts = await detect(system);
	const propose = proposer(system, facts, await load(system, facts));
	const proposed = await propose(settings({port: 7002, package: '/home/alice/.nix-profile/bin/vira'}));
	const text = proposed.good ? planText(proposed.proposal.preview) : [];
	expect(text.filter((line) => /[0-9a-f]{64}/u.test(line))).toEqual([]);
	const last = '/home/alice/.local/state/vira-setup';
	expect(text.slice(text.indexOf(`${last}/receipt.json   changed, mode 0600`)).slice(0, 6)).toEqual([
		`${last}/receipt.json   changed, mode 0600`,
		'    record what was created, for status and uninstall',
		'',
		expect.stringMatching(/versions\/vira\..*\.service {3}new, mode 0600$/u),
		'    back up vira.service for vira-setup rollback',
		'',
	]);
});
