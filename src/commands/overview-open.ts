import type {CommandRun} from '../command-line/request.ts';
import {exitCode, type ExitCode} from '../errors.ts';
import {proxyFor} from '../platform/network/address.ts';
import {whyFailed} from '../platform/run-result.ts';
import type {RunResult, Command, System} from '../platform/system.ts';
import {untilAborted} from '../platform/until-aborted.ts';
import type {Status} from '../steps/health/survey.ts';
import type {Output} from '../ui/output.ts';
import {openLines} from '../ui/words/open-page.ts';
import type {Facts} from '../platform/facts.ts';

const isSet = (value: string | undefined): boolean => value !== undefined && value !== '';

/**
 * The command that opens a URL in the person's browser (xdg-open(1), open(1)); undefined: over SSH, or without a
 * graphical session, no browser can be seen from here.
 */
const openInBrowser = (
	{platform, environment}: Pick<System, 'platform' | 'environment'>,
	{ssh}: Pick<Facts, 'ssh'>,
	url: string,
): Command | undefined => {
	if (ssh) return undefined;
	if (platform === 'darwin') return ['/usr/bin/open', url];
	const isGraphical = isSet(environment['WAYLAND_DISPLAY']) || isSet(environment['DISPLAY']);
	return isGraphical ? ['xdg-open', url] : undefined;
};

/** Whether the program has opened the page; one that is still running is the browser itself. */
const hasOpened = ({exitCode: exit, timedOut}: RunResult): boolean => exit === 0 || timedOut;

/** Opens the page of Vira in the browser, or says how to open it where no browser can be opened. */
export const openPage = async (
	{system, signal}: CommandRun,
	output: Output,
	{facts, installation, url = ''}: Status,
): Promise<ExitCode> => {
	const settings = installation.is === 'there' ? installation.settings : undefined;
	// Through a proxy, the page has another URL.
	const command = settings && !proxyFor(settings) ? openInBrowser(system, facts, url) : undefined;
	const result = command && (await untilAborted(system.run(command, {mayOutlive: true}), signal));
	if (result && hasOpened(result)) {
		output.print(`✔ The browser is opening ${url}\n`);
		return exitCode.done;
	}
	if (command && result?.found)
		output.print(`✖ ${command[0]} did not open the browser. ${whyFailed(result)}\n\n`);
	output.print(`${(settings ? openLines(settings, facts) : [`  ${url}`]).join('\n')}\n`);
	return exitCode.unsuitable;
};
