import {parseArgs} from 'node:util';
import {handOver} from './machine/hand-over.ts';
import {bootMachine} from './machine/machine.ts';
import {chosenSuite, type Suite} from './machine/recipe.ts';
import {installVira} from './machine/stand-in.ts';

try {
	const {values} = parseArgs({options: {suite: {type: 'string'}}});
	process.exitCode = await visitMachine(chosenSuite(values.suite));
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
}

async function visitMachine(suite: Suite): Promise<number> {
	if (!process.stdin.isTTY || !process.stdout.isTTY) throw new Error('The lab is for a terminal.');
	console.log(`Booting a Debian ${suite} (the first time it takes a minute to make) …`);
	const machine = await bootMachine({suite});
	try {
		await installVira(machine);
		console.log(
			'You are alice, on a machine with systemd and a stand-in for Vira in ~/.local/bin. Try: vira-setup',
		);
		console.log('Leave with Ctrl-D; the machine and all that is on it are gone then.');
		return await handOver(machine, ['bash'], 'alice');
	} finally {
		await machine.destroy();
	}
}
