/**
 * One line a request in the service's own log: what a cutover's "critical logs" are looked up in.
 */
import {appendFileSync} from 'node:fs';

/** Control characters of a request must not end a line early. */
const shown = (text: string) => text.replace(/[^ -~]/g, '?').slice(0, 200);

/** `2031-03-08T22:00:00.000Z INFO GET /health 200`; ERROR from status 500 on. */
export const requestLog =
	(file: string) =>
	(method: string, url: string, status: number): void => {
		const level = status >= 500 ? 'ERROR' : 'INFO';
		appendFileSync(file, `${new Date().toISOString()} ${level} ${shown(method)} ${shown(url)} ${status}\n`);
	};
