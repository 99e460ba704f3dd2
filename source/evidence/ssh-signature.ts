/*
Signatures by `ssh-keygen -Y`: made with a key file or the agent, checked against the allowed signers. It has a time limit and
can be cancelled: an agent that hangs freezes nothing. Every failure has a sentence of its own.
*/

import {spawn} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {errorText, InputError, lastLine} from '../text/error-text.ts';

export class NotSigned extends InputError {}

type Ended = {readonly code: number | null; readonly stdout: string; readonly stderr: string};

/** `limitMs`: how long it may take; `cancel`: ends it before; `alone`: without the terminal, so that it asks nothing there. */
type Limits = {
	readonly limitMs?: number;
	readonly cancel?: AbortSignal;
	readonly alone?: boolean;
	/** Where the agent is. */
	readonly env?: Readonly<Record<string, string | undefined>>;
};

const longestMs = 30_000;

function started(
	program: string,
	args: readonly string[],
	input: string,
	{limitMs = longestMs, cancel, alone = false, env = process.env}: Limits,
): Promise<Ended> {
	const child = spawn(program, args, {stdio: ['pipe', 'pipe', 'pipe'], detached: alone, env});
	let [stdout, stderr] = ['', ''];
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		stdout += text;
	});
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		stderr += text;
	});
	child.stdin.on('error', () => {}).end(input);
	return new Promise((done, failed) => {
		const end = (why: string): void => {
			clearTimeout(timer);
			cancel?.removeEventListener('abort', cancelled);
			child.kill('SIGKILL');
			failed(new NotSigned(why));
		};
		const timer = setTimeout(
			() =>
				end(
					`${program} did not answer within ${limitMs / 1000} s: is the agent hanging, or a key waiting for a touch?`,
				),
			limitMs,
		);
		const cancelled = (): void => end('Cancelled before it was signed.');
		cancel?.addEventListener('abort', cancelled);
		child.on('error', error => end(`${program} cannot be started: ${error.message}`));
		child.on('close', code => {
			clearTimeout(timer);
			cancel?.removeEventListener('abort', cancelled);
			done({code, stdout, stderr});
		});
		if (cancel?.aborted) cancelled();
	});
}

/** A folder of its own for what `ssh-keygen` reads, gone afterwards. */
async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
	const folder = mkdtempSync(join(tmpdir(), 'signature-'));
	try {
		return await work(folder);
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
}

/** The signature, armored. `key`: a private key, or a public key whose private part the agent holds. Throws NotSigned. */
export async function sign(key: string, namespace: string, statement: string, limits: Limits = {}): Promise<string> {
	const {code, stdout, stderr} = await started(
		'ssh-keygen',
		['-Y', 'sign', '-n', namespace, '-f', key],
		statement,
		limits,
	);
	if (code === 0 && stdout.includes('BEGIN SSH SIGNATURE')) return stdout;
	const why = lastLine(stderr);
	if (limits.alone && /passphrase/i.test(why))
		throw new NotSigned(`${key} needs a passphrase. Add it to the agent (ssh-add ${key}), then sign with the agent.`);
	throw new NotSigned(`Not signed with ${key}: ${why || `ssh-keygen ended with ${code}`}`);
}

/** The same with a key of the agent, by its public line. */
export const signByAgent = (
	publicKey: string,
	namespace: string,
	statement: string,
	limits: Limits = {},
): Promise<string> =>
	withFolder(async folder => {
		const file = join(folder, 'key.pub');
		writeFileSync(file, `${publicKey}\n`, {mode: 0o600});
		try {
			return await sign(file, namespace, statement, limits);
		} catch (error) {
			const why = error instanceof Error ? error.message.replaceAll(file, 'the key of the agent') : String(error);
			throw new NotSigned(why);
		}
	});

const agentMs = 3000;

/** Public lines of the keys that the agent holds, or the reason why there are none. */
export async function agentKeys(
	env: Readonly<Record<string, string | undefined>>,
	limitMs = agentMs,
): Promise<{readonly keys: readonly string[]; readonly why: string | null}> {
	const none = (why: string) => ({keys: [], why});
	if (!env['SSH_AUTH_SOCK']) return none('There is no agent: SSH_AUTH_SOCK is not set.');
	try {
		const {code, stdout, stderr} = await started('ssh-add', ['-L'], '', {limitMs, alone: true, env});
		if (code === 1) return none('The agent holds no key. Add one: ssh-add KEY.');
		if (code !== 0) return none(`The agent cannot be asked: ${lastLine(stderr)}`);
		return {keys: stdout.split('\n').filter(line => line.trim() !== ''), why: null};
	} catch (error) {
		return none(errorText(error));
	}
}

const armored = /-----BEGIN SSH SIGNATURE-----([\sA-Za-z0-9+/=]+)-----END SSH SIGNATURE-----/;

/** A pasted signature as ssh-keygen writes it, whatever became of its line ends. Throws NotSigned. */
export function pastedSignature(text: string): string {
	const body = armored.exec(text)?.[1]?.replaceAll(/\s/g, '');
	if (body === undefined)
		throw new NotSigned('This is not a signature: paste all of it, from BEGIN SSH SIGNATURE to END SSH SIGNATURE.');
	const lines = body.match(/.{1,70}/g) ?? [];
	return ['-----BEGIN SSH SIGNATURE-----', ...lines, '-----END SSH SIGNATURE-----', ''].join('\n');
}

export type Signed = {
	readonly statement: string;
	readonly signature: string;
};

const fingerprint = /SHA256:[A-Za-z0-9+/]{43}/;

/** `YYYYMMDDHHMMSSZ`: allowed signers may be bound to a time. */
const timeOf = (at: string): string => at.replaceAll(/[-:T]|\.\d+/g, '').replace(/Z?$/, 'Z');

/**
Fingerprint of the key, where the signature is `signer`'s, of this namespace, and good at `at`. `allowed`: contents of the file
of allowed signers. Throws NotSigned with the reason.
*/
export async function verifySignature(
	allowed: string | Uint8Array,
	signer: string,
	namespace: string,
	{statement, signature}: Signed,
	at: string,
): Promise<string> {
	return withFolder(async folder => {
		const [signers, file] = [join(folder, 'allowed'), join(folder, 'signature')];
		writeFileSync(signers, allowed, {mode: 0o600});
		writeFileSync(file, signature, {mode: 0o600});
		const bound = ['-O', `verify-time=${timeOf(at)}`, '-f', signers, '-I', signer, '-n', namespace, '-s', file];
		const {code, stdout, stderr} = await started('ssh-keygen', ['-Y', 'verify', ...bound], statement, {alone: true});
		const key = fingerprint.exec(stdout)?.[0];
		if (code === 0 && key !== undefined) return key;
		throw new NotSigned(`The signature of ${signer} does not hold: ${lastLine(`${stdout}\n${stderr}`)}`);
	});
}
