import type {ProxyRule} from '../../platform/network/address.ts';
import type {Progress} from '../../platform/actions/progress.ts';
import type {ServiceOutcome, ServiceCommand} from '../../steps/execute/outcome.ts';
import {followInLines} from '../follow-lines.ts';
import type {Output} from '../output.ts';
import {toned} from '../toned.ts';
import {serviceDocument} from '../scripted/service-document.ts';
import {serviceLines} from './service-lines.ts';
import {tell} from './tell.ts';

/** The output of start, stop and restart: progress on standard error, the result on standard output. */
export interface ServiceUi {
	follow<T>(stream: AsyncGenerator<Progress, T>): Promise<T>;
	/** The same, without output. */
	waitFor<T>(stream: AsyncGenerator<Progress, T>): Promise<T>;
	conclude(outcome: ServiceOutcome): void;
}

export interface ServiceManner {
	readonly command: ServiceCommand;
	readonly json: boolean;
	readonly simulation: boolean;
	/** The home folder, which is written `~`. */
	readonly home: string;
	/** Hides the secrets of the settings. */
	readonly mask: (text: string) => string;
	/** What a proxy has to forward, if one is needed. */
	readonly proxy?: ProxyRule | undefined;
}

export const serviceUi = (output: Output, manner: ServiceManner): ServiceUi => {
	const {home, mask} = manner;
	const report = (line: string): void => output.note(toned(line, output.colour.note));
	return {
		waitFor: (stream) => followInLines(stream, {report: () => undefined, home, mask}),
		follow: (stream) => followInLines(stream, {report, home, mask}),
		conclude: (outcome) =>
			tell(
				{lines: serviceLines(outcome, manner), document: serviceDocument(outcome, manner)},
				output,
				manner,
			),
	};
};
