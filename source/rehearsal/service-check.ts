/*
What somebody sees who looks at the service of the rehearsal: its health at the front door, and the errors in its log.
*/

import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {errorText} from '../text/error-text.ts';
import {fieldsOf, textOf} from '../text/fields.ts';
import type {ServiceCheck} from './play.ts';

const field = (body: unknown, name: string): string => textOf(fieldsOf(body)?.[name]) ?? 'unknown';

async function health(url: string, signal: AbortSignal): Promise<{readonly well: boolean; readonly text: string}> {
	try {
		const answer = await fetch(`${url}/health`, {signal});
		const body: unknown = await answer.json();
		const version = field(body, 'version');
		return {well: answer.ok && version === 'green', text: `health ${field(body, 'status')}, version ${version}`};
	} catch (error) {
		return {well: false, text: `no answer from ${url}: ${errorText(error)}`};
	}
}

/** Green is healthy at the front door, and nothing failed since the service began. */
export async function checkService(workspace: string, url: string, signal: AbortSignal): Promise<ServiceCheck> {
	const {well, text} = await health(url, signal);
	const lines = readFileSync(join(workspace, 'runtime', 'service.log'), 'utf8')
		.trimEnd()
		.split('\n');
	const errors = lines.filter(line => line.split(' ')[1] === 'ERROR').length;
	return {well: well && errors === 0, text: `${text}; ${errors} errors in ${lines.length} requests`};
}

/** A runbook of one's own cuts over what cannot be looked at from here. */
export const notChecked: ServiceCheck = {well: null, text: 'a rehearsal: answered as a whole, nobody looked'};
