import {expect, test} from '@jest/globals';
import {overriddenBy} from '../../../../src/platform/systemd/unit/drop-in.ts';

const unit = `# Written by vira-setup
[Unit]
Description=Vira web application
After=network.target
[Service]
ExecStart="/bin/vira" "web"
Environment="PATH=/a:/b"
Environment="GIT_SSH_COMMAND=ssh -i x"
Restart=on-failure
[Install]
WantedBy=default.target
`;

test.each([
	['[Service]\nMemoryMax=2G\n', []],
	['[Service]\nExecStart=\nExecStart=/bin/false\n', ['ExecStart']],
	['  Restart = no\n', ['Restart']],
	['[Service]\n#Restart=no\n;Restart=no\n', []],
	['[Service]\nEnvironment=MINE=1\n', []],
	[
		`[Service]\nEnvironment=MINE=1 "PATH=/x" 'GIT_SSH_COMMAND=ssh'\n`,
		['Environment PATH', 'Environment GIT_SSH_COMMAND'],
	],
	['[Service]\nEnvironment=\n', ['Environment']],
	['[Unit]\nAfter=other.service\nWants=other.service\n', []],
	['', []],
])('%j overrides %j', (dropIn, names) => {
	expect(overriddenBy(dropIn, unit)).toEqual(names);
});
