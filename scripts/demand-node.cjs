// `npm ci` runs this before it builds: an old Node gets the sentence that the program has for it, not a stack trace of the
// build. Any Node can parse this file.
var needed = require('../package.json').engines.node.replace('>=', '');
var parts = needed.split('.');
var found = process.versions.node.split('.');
var more = found[0] - parts[0];

if (more < 0 || (more === 0 && found[1] < Number(parts[1]))) {
	console.error('vira-setup needs Node ' + needed + ' or newer; this is ' + process.versions.node);
	process.exitCode = 3;
}
