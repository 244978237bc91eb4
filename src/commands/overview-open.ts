import type {CommandRun} from '../command-line/request.ts';
import {exitCode, type ExitCode} from '../errors.ts';
import {openInBrowser} from '../platform/browser.ts';
import {proxyFor} from '../platform/network/address.ts';
import {whyFailed} from '../platform/run-result.ts';
import type {RunResult} from '../platform/system.ts';
import {untilAborted} from '../platform/until-aborted.ts';
import type {Status} from '../steps/health/survey.ts';
import type {Output} from '../ui/output.ts';
import {openLines} from '../ui/words/open-page.ts';

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
