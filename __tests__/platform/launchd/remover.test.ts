import {expect, test} from '@jest/globals';
import {launchdRemover} from '../../../src/platform/launchd/remover.ts';
import {agentPath} from '../../support/simulated-mac.ts';
import {agents, loaded, mac} from '../../support/mac.ts';

const theirs = loaded({path: '/Users/alice/mine.plist'});

test.each([
	['ours', {gui: loaded({path: agentPath})}, []],
	['from another file', {user: theirs}, ['/Users/alice/mine.plist']],
	['ours, while launchd does not respond for the daemons', {gui: loaded(), system: {known: 'unknown'}}, []],
] as const)('of the services in launchd, those of others are kept: %s', (_, had, left) => {
	const facts = mac({mac: {agents: agents(had)}});
	expect(
		launchdRemover(facts)
			.strangers([agentPath])
			.map(({path = 'unknown'}) => path),
	).toEqual(left);
});
