import packageFile from '../package.json' with {type: 'json'};

// The quickest answer there is: nothing else is loaded for it.
if (process.argv[2] === '--version' && process.argv.length === 3) {
	process.stdout.write(`${packageFile.version}\n`);
} else {
	const {main} = await import('./main.ts');
	await main(process, packageFile.version);
}
