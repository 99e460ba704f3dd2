/** A run of the writer that tells its own calls: where nobody may trace it, and where it has to wait in the middle. */
import {Buffer} from 'node:buffer';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, readFileSync, rmSync} from 'node:fs';
import process from 'node:process';
import {text} from 'node:stream/consumers';
import type {Call, Run} from './calls.ts';

export type Asked = {
	/** At the Nth call, with this code. */
	readonly fail?: {readonly nth: number; readonly code: string};
	/** At the Nth call, until this file stands; `FILE.reached` stands once it waits. */
	readonly wait?: {readonly nth: number; readonly until: string};
};

const callIn = (line: string): Call => {
	const call = JSON.parse(line);
	return call.call === 'write' ? {...call, bytes: Buffer.from(call.bytes, 'base64')} : call;
};

export async function tell(writer: string, root: string, {fail, wait}: Asked = {}): Promise<Run> {
	const file = `${root}.told`;
	rmSync(file, {force: true});
	const child = spawn(process.execPath, ['--v8-pool-size=0', writer, root], {
		stdio: ['ignore', 'pipe', 'pipe'],
		env: {
			CRASH_TOLD: file,
			CRASH_FAIL: fail ? `${fail.nth} ${fail.code}` : '',
			CRASH_WAIT: wait ? `${wait.nth} ${wait.until}` : '',
		},
	});
	const [[code], said, complained] = await Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]);
	const lines = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
	return {
		code: code ?? 137,
		acknowledged: [...said.matchAll(/^ack (.*)$/gm)].map(match => match[1] ?? ''),
		calls: lines.map(callIn),
		said: complained,
	};
}
