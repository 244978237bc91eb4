/** Lines that __tests__/system/advice.test.ts follows: not simulated, or tested against the real thing. */
export const onRealMachine: readonly string[] = [
	'--state-dir: Cannot write to /srv: permission denied (owned by root). Use a folder that you own, or create this one: sudo install -d -o alice -m 0700 /srv/vira',
	'--state-dir: Cannot write to /srv/empty: permission denied (owned by root). Use another folder, or create your own inside it: sudo install -d -o alice -m 0700 /srv/empty/vira',
	'--state-dir: Cannot write to /home/alice/roots: permission denied (owned by root). Use another folder, or take ownership of it: sudo chown -R alice /home/alice/roots',
	'--tls-key: Cannot read /etc/k.pem: permission denied (owned by root). Vira runs under your account. To create a copy that it can read: sudo install -o alice -m 0600 /etc/k.pem /home/alice/k.pem',
	'--package: /home/alice/vira is not executable: its execute bit is not set (chmod u+x /home/alice/vira).',
	'--package: /opt/vira is not executable: its execute bit is not set (sudo chmod a+x /opt/vira).',
	'Use that value: XDG_STATE_HOME=FOLDER vira-setup uninstall',
	'If you no longer need that file, remove it, then: vira-setup',
	'Stop every other Vira that uses this folder, then: vira-setup start',
	'systemctl --user unmask vira.service',
	'sudo systemctl restart user@1000.service   restarts the user manager',
	'loginctl enable-linger alice   lets it run while alice is logged out',
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

const realPrograms =
	'Its situation is provoked and ended with real programs in __tests__/system/readiness.test.ts.';
const needsBuild = 'Nix has to build a package first.';
const addsVariables =
	'Followed in __tests__/steps/readiness/readiness.test.ts: "with the fix followed, it can be read".';

/** Commands that no test follows, by the file that prints them, with the reason. */
export const notFollowed: Readonly<Record<string, string>> = {
	'platform/real/account.ts: vira-setup --simulate   works without an account':
		'Followed in __tests__/system/accounts.test.ts: "a UID without an account gets one sentence, and everything that needs no account works".',
	'platform/systemd/journal/journal.ts: journalctl …': shows,
	'platform/systemd/journal/journal.ts: sudo journalctl … … + … …': shows,
	'platform/systemd/unit/unit.ts: # Add your own settings in a drop-in: systemctl --user edit vira.service':
		noFix,
	'settings/home-manager.ts: Not in the module: lingering. On NixOS: users.users.….linger = true; elsewhere: loginctl enable-linger':
		noFix,
	'settings/module-json.ts: …: Must be a string. To repeat the line, use a drop-in (systemctl --user edit vira.service).':
		editor,
	'platform/systemd/unit/check-unit.ts: It belongs in [Unit]: remove it here and add it to a drop-in (systemctl --user edit vira.service).':
		editor,
	'platform/service-manager/service-words.ts: vira-setup --max-concurrent-builds 1   runs one build at a time':
		'No memory runs out on a machine of a test.',
	'platform/systemd/diagnosis/diagnose.ts: vira-setup start   tries again': asOthers,
	'platform/systemd/diagnosis/diagnose.ts: sudo sysctl kernel.unprivileged_userns_clone=1   allows them, if the kernel has this setting':
		'A switch of the kernel, which a container shares with its host.',
	'platform/systemd/unit/as-unit.ts: Remove the line PrivateTmp= from …, then: vira-setup restart': editor,
	'platform/systemd/unit/as-unit.ts: Set PrivateTmp=no under "systemd settings": vira-setup': wizard,
	'platform/systemd/unit/as-unit.ts: vira-setup …   turns off the sandbox that hides the owners of files':
		'No simulated machine has such a sandbox; __tests__/system/readiness.test.ts makes the same setting on real ones.',
	'platform/vira/said-by-vira.ts: vira-setup   checks the certificate and its key': wizard,
	'platform/vira/said-by-vira.ts: vira-setup   checks which options this Vira knows': wizard,
	'platform/vira/said-by-vira.ts: vira-setup   changes the address or the port': wizard,
	'command-line/usage-errors.ts: vira-setup --help   lists all commands': shows,
	'steps/detect.ts: vira-setup --simulate linux   shows it on a simulated machine': shows,
	'steps/plan/plan-builds.ts: vira-setup --package ~/vira-new   shows what becomes of the old state':
		'Nix has to build a Vira first.',
	'steps/plan/plan-state.ts: To start without repositories: vira-setup':
		'Followed in __tests__/steps/checks/old-state.test.ts.',
	'steps/health/check-setup.ts: cat …   shows what it adds': shows,
	'steps/health/find-drift.ts: vira-setup   rewrites it': asOthers,
	'platform/systemd/detect/masks.ts: ln --symbolic --force --no-dereference /dev/null': ownCommand,
	'platform/systemd/remover.ts: ln --symbolic --force --no-dereference … …': ownCommand,
	'platform/systemd/remover.ts: systemctl --user status vira.service': shows,
	'platform/systemd/manager.ts: systemctl --user status vira.service': shows,
	'platform/actions/change-path.ts: chmod -R u+rwX …':
		'Followed in __tests__/system/advice.test.ts with a purge.',
	'platform/actions/change-path.ts: vira-setup uninstall --purge   deletes the rest':
		'Followed in __tests__/system/advice.test.ts with a purge.',
	'platform/launchd/advice.ts: fdesetup did not report whether FileVault is on. If it is, …': message,
	'platform/launchd/boot-behavior.ts: fdesetup did not report whether FileVault is on.': message,
	'platform/launchd/boot-behavior.ts: sudo fdesetup authrestart   reboots once without waiting for a password':
		needsMac,
	'platform/launchd/boot-behavior.ts: launchctl enable …': needsMac,
	'platform/launchd/detect/find-owner.ts: If you no longer need that agent, remove it first: launchctl bootout gui/$(id -u)/org.vira.service && sudo …':
		needsMac,
	'platform/launchd/agent/unload-agent.ts: kill -9 …   kills it': needsMac,
	'platform/launchd/agent/load-agent.ts: plutil -lint …   checks its file': shows,
	'platform/launchd/agent/load-agent.ts: xattr -d com.apple.quarantine PROGRAM   lifts the quarantine':
		needsMac,
	'ui/words/phrases.ts: vira-setup --non-interactive … …': noFix,
	'ui/words/open-page.ts: vira-setup --repository NAME=URL   adds a repository; you can also do that on the page':
		noFix,
	'ui/words/open-page.ts: vira-setup logs -f   follows the log': shows,
	'ui/words/open-page.ts: vira-setup status   shows the state of Vira': shows,
	'ui/reports/service-ui.ts: ! Vira keeps restarting. To stop it: vira-setup stop': asOthers,
	'ui/reports/status-lines.ts: … more: vira-setup status --json': shows,
	'steps/execute/service-back.ts: vira-setup doctor   looks for the cause': shows,
	'steps/execute/service-back.ts: vira-setup status   shows it once the machine responds again': shows,
	'platform/launchd/manager.ts: sudo launchctl kickstart -k': needsMac,
	'platform/systemd/manager.ts: sudo systemctl restart nix-daemon.socket nix-daemon.service': realPrograms,
	'steps/readiness/build-check.ts: Add … under Environment: vira-setup': wizard,
	'steps/readiness/build-check.ts: vira-setup …   gives it to the service': addsVariables,
	'steps/readiness/forges.ts: chmod u+rw …': realPrograms,
	'steps/readiness/nix.ts: Debian lets only the group nix-users use it. Join it, then restart the machine: sudo usermod -aG nix-users …':
		realPrograms,
	"steps/readiness/nix.ts: mkdir -p ~/.config/nix && echo 'extra-experimental-features = nix-command flakes' >> ~/.config/nix/nix.conf   enables them for you":
		realPrograms,
	'steps/readiness/repositories.ts: vira-setup --extra-package nixpkgs#git   adds git': needsBuild,
	'steps/readiness/answer-words.ts: chmod go-rwx …   makes it private': realPrograms,
	'steps/readiness/answer-words.ts: vira-setup --domain gui   runs it in your desktop session':
		'Followed in __tests__/steps/readiness/readiness.test.ts: "the keychain is open in the desktop session".',
	'steps/readiness/answer-words.ts: vira-setup --extra-package nixpkgs#openssh   adds it': needsBuild,
	"steps/readiness/answer-words.ts: vira-setup doctor   shows it, in a terminal on the Mac's own screen":
		needsMac,
	'steps/readiness/surroundings.ts: vira-setup --max-concurrent-builds …   runs fewer at once':
		'No memory runs out on a machine of a test.',
};
