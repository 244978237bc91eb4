/** Lines that __tests__/system/advice.test.ts follows: not simulated, or tested against the real thing. */
export const onRealMachine: readonly string[] = [
	'--state-dir: You may not write in /srv: it belongs to root. Use a folder of your own, or have this one made: sudo install -d -o alice -m 0700 /srv/vira',
	'--state-dir: You may not write in /srv/empty: it belongs to root. Use another folder, or one of your own in it: sudo install -d -o alice -m 0700 /srv/empty/vira',
	'--state-dir: You may not write in /home/alice/roots: it belongs to root. Use another folder, or have it given to you: sudo chown -R alice /home/alice/roots',
	'--tls-key: You may not read /etc/k.pem: it belongs to root. Vira runs as you. Give it a copy: sudo install -o alice -m 0600 /etc/k.pem /home/alice/k.pem',
	'--package: /home/alice/vira is no executable file: its execute bit is not set (chmod u+x /home/alice/vira).',
	'--package: /opt/vira is no executable file: its execute bit is not set (sudo chmod a+x /opt/vira).',
	'With the value that it had: XDG_STATE_HOME=FOLDER vira-setup uninstall',
	'Remove that file, if it is not needed any more, then: vira-setup',
	'End every other Vira on this state folder, then: vira-setup start',
	'systemctl --user unmask vira.service',
	'sudo systemctl restart user@1000.service',
	'loginctl enable-linger alice   lets it run without a login',
	'sudo chown alice /home/alice/.config',
];

/** Opens the wizard, which reports the problem itself and lets the user choose: other situations follow such a line. */
const wizard = 'The wizard that it opens names what is to be chosen.';
const shows = 'It only shows something.';
const noFix = 'It is no fix: it comes with a setup that went well, or stands in a file.';
const ownCommand = 'The program runs it itself.';
const editor = 'An editor, in which the person writes.';
const needsMac = 'It needs a real Mac.';
const message = 'A sentence that begins with the name of a program.';
const asOthers = 'The same command as in situations that are followed, in other words.';

/** Commands that no test follows, by the file that prints them, with the reason. */
export const notFollowed: Readonly<Record<string, string>> = {
	'parse-words.ts: vira-setup --help   lists everything.': shows,
	'refused-together.ts: vira-setup --help   lists everything.': shows,
	'platform/account.ts: vira-setup --simulate   needs no account.':
		'Followed in __tests__/system/accounts.test.ts: "a UID that no account has is told so in a sentence, and what needs no account works".',
	'platform/linux/journal.ts: journalctl …': shows,
	'platform/linux/journal.ts: sudo journalctl … … + … …': shows,
	'platform/linux/unit.ts: # Additions of your own belong in a drop-in: systemctl --user edit vira.service':
		noFix,
	'settings/home-manager.ts: Not in the module: lingering. On NixOS: users.users.….linger = true; elsewhere: loginctl enable-linger':
		noFix,
	'settings/module-json.ts: …: Give one text; several lines of one name belong in a drop-in (systemctl --user edit vira.service).':
		editor,
	'steps/systemd/check-unit.ts: It belongs to [Unit]: remove it here, and put it into a drop-in (systemctl --user edit vira.service).':
		editor,
	'steps/causes/said-by-systemd.ts: vira-setup --max-concurrent-builds 1   builds one thing at a time':
		'No memory runs out on a machine of a test.',
	'steps/systemd/diagnose.ts: vira-setup --max-concurrent-builds 1   builds one thing at a time':
		'No memory runs out on a machine of a test.',
	'steps/systemd/diagnose.ts: vira-setup start   tries again': asOthers,
	'steps/systemd/diagnose.ts: sudo sysctl kernel.unprivileged_userns_clone=1   allows them, where the machine has that switch':
		'A switch of the kernel, which a container shares with its host.',
	'steps/causes/said-by-vira.ts: vira-setup   checks the certificate and its key': wizard,
	'steps/causes/said-by-vira.ts: vira-setup   checks what this Vira knows': wizard,
	'steps/causes/said-by-vira.ts: vira-setup   gives Vira another address or port': wizard,
	'steps/detect.ts: vira-setup --simulate linux   shows it on a simulated machine.': shows,
	'steps/installation.ts: vira-setup uninstall   removes the rest.': asOthers,
	'steps/plan-builds.ts: vira-setup --package ~/vira-new   shows what becomes of the old state.':
		'Nix has to build a Vira first.',
	'steps/plan-old-state.ts: To begin without repositories: vira-setup':
		'Followed in __tests__/steps/checks/old-state.test.ts.',
	'steps/status/drift-of-settings.ts: vira-setup   writes it anew': asOthers,
	'steps/systemd/masks.ts: ln --symbolic --force --no-dereference /dev/null': ownCommand,
	'steps/systemd/remover.ts: ln --symbolic --force --no-dereference … …': ownCommand,
	'steps/systemd/remover.ts: systemctl --user status vira.service': shows,
	'steps/systemd/systemd.ts: systemctl --user status vira.service': shows,
	'steps/perform.ts: chmod -R u+rwX …': 'Followed in __tests__/system/advice.test.ts with a purge.',
	'steps/perform.ts: vira-setup uninstall --purge   goes on with it.':
		'Followed in __tests__/system/advice.test.ts with a purge.',
	'steps/launchd/advice.ts: fdesetup does not say whether FileVault is on. If it is, after a reboot nothing starts until somebody enters a password at the screen.':
		message,
	'steps/launchd/outlook.ts: fdesetup does not say whether FileVault is on.': message,
	'steps/launchd/outlook.ts: For one reboot without that: sudo fdesetup authrestart': needsMac,
	'steps/launchd/outlook.ts: launchctl enable …': needsMac,
	'steps/launchd/managed-elsewhere.ts: Remove that agent first, if it is not needed any more: launchctl bootout gui/$(id -u)/org.vira.service, then sudo …':
		needsMac,
	'steps/launchd/perform-agent.ts: kill -9 …': needsMac,
	'steps/launchd/perform-agent.ts: plutil -lint …': shows,
	'steps/launchd/perform-agent.ts: xattr -d com.apple.quarantine PROGRAM': needsMac,
	'ui/conclusion.ts: vira-setup --non-interactive --config …': noFix,
	'ui/equivalent-command.ts: vira-setup --non-interactive … …': noFix,
	'ui/verbs/service-lines.ts: ! It is started again and again, by itself. To end that: vira-setup stop':
		asOthers,
	'ui/verbs/status-lines.ts: … more: vira-setup status --json': shows,
	'verbs/service-back.ts: vira-setup doctor   looks for the reason': shows,
	'verbs/service-back.ts: vira-setup status   tells it once the machine answers again': shows,
};
