import {request as httpRequest} from 'node:http';
import {request as httpsRequest} from 'node:https';
import {text} from 'node:stream/consumers';

export interface Page {
	readonly status: number | undefined;
	readonly body: string;
}

/** Gets a page; over HTTPS only the given certificate is trusted. */
export const getPage = async (url: string, certificate?: string): Promise<Page> =>
	new Promise((resolve, reject) => {
		const request =
			certificate === undefined ? httpRequest(url) : httpsRequest(url, {ca: certificate, agent: false});
		request.once('error', reject);
		request.once('response', (response) => {
			text(response).then((body) => resolve({status: response.statusCode, body}), reject);
		});
		request.end();
	});
