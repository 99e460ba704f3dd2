/*
The service that is cut over, as a process of its own. It hangs on the pipe to this process: whatever ends the rehearsal
ends it.
*/
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import process from 'node:process';
import {createInterface} from 'node:readline';
import {text} from 'node:stream/consumers';
import {shipped} from './shipped.ts';

export type Service = {
	/** `http://127.0.0.1:PORT` */
	readonly url: string;
	stop(): Promise<void>;
};

/** Serves from the workspace on a free port of the loopback. Throws with what it complained of. */
export async function startService(
	workspace: string,
	env: Readonly<Record<string, string | undefined>>,
): Promise<Service> {
	const child = spawn(process.execPath, [shipped.service, workspace], {
		detached: true,
		stdio: ['pipe', 'pipe', 'pipe'],
		env: {PATH: env['PATH']},
	});
	const complaints = text(child.stderr);
	const ended = once(child, 'close');
	const said = once(createInterface({input: child.stdout}), 'line');
	const [url] = await Promise.race([said, ended.then(() => [])]);
	if (typeof url !== 'string')
		throw new Error(
			`the service of the rehearsal did not start: ${(await complaints).trim().split('\n').at(-1) ?? ''}`,
		);
	return {
		url,
		async stop() {
			child.stdin.end();
			await ended;
		},
	};
}
