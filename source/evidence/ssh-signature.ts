/*
Signatures by `ssh-keygen -Y`: made with a key file or the agent, checked against the allowed signers. It is given a time limit:
an agent that hangs freezes nothing. Every failure has a sentence of its own.
*/
import {spawn} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

export class NotSigned extends Error {}

type Ended = {readonly code: number | null; readonly stdout: string; readonly stderr: string};

const longestMs = 30_000;

function sshKeygen(args: readonly string[], input: string, limitMs: number): Promise<Ended> {
	const child = spawn('ssh-keygen', args, {stdio: ['pipe', 'pipe', 'pipe']});
	let [stdout, stderr] = ['', ''];
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		stdout += text;
	});
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		stderr += text;
	});
	child.stdin.on('error', () => {}).end(input);
	return new Promise((done, failed) => {
		const timer = setTimeout(() => {
			child.kill('SIGKILL');
			failed(
				new NotSigned(
					`ssh-keygen did not answer within ${limitMs / 1000} s: is the agent hanging, or a key waiting for touch?`,
				),
			);
		}, limitMs);
		child.on('error', error => {
			clearTimeout(timer);
			failed(new NotSigned(`ssh-keygen cannot be started: ${error.message}`));
		});
		child.on('close', code => {
			clearTimeout(timer);
			done({code, stdout, stderr});
		});
	});
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1)?.trim() ?? '';

/** The signature, armored. `key`: a private key, or a public key whose private part the agent holds. Throws NotSigned. */
export async function sign(key: string, namespace: string, statement: string, limitMs = longestMs): Promise<string> {
	const {code, stdout, stderr} = await sshKeygen(['-Y', 'sign', '-n', namespace, '-f', key], statement, limitMs);
	if (code === 0 && stdout.includes('BEGIN SSH SIGNATURE')) return stdout;
	throw new NotSigned(`Not signed with ${key}: ${lastLine(stderr) || `ssh-keygen ended with ${code}`}`);
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
	limitMs = longestMs,
): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), 'signature-'));
	try {
		const [signers, file] = [join(folder, 'allowed'), join(folder, 'signature')];
		writeFileSync(signers, allowed, {mode: 0o600});
		writeFileSync(file, signature, {mode: 0o600});
		const args = [
			'-Y',
			'verify',
			'-O',
			`verify-time=${timeOf(at)}`,
			'-f',
			signers,
			'-I',
			signer,
			'-n',
			namespace,
			'-s',
			file,
		];
		const {code, stdout, stderr} = await sshKeygen(args, statement, limitMs);
		const key = fingerprint.exec(stdout)?.[0];
		if (code === 0 && key !== undefined) return key;
		throw new NotSigned(`The signature of ${signer} does not hold: ${lastLine(`${stdout}\n${stderr}`)}`);
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
}
