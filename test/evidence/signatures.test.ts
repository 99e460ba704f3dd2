/** Every kind of key against everything that can be wrong with a signature: what holds here holds for ssh-keygen, and the other way round. */
import assert from 'node:assert/strict';
import {execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {differs, namespace, readStatement, statementText} from '../../source/cutover/decide/signed.ts';
import {NotSigned, sign, verifySignature} from '../../source/evidence/ssh-signature.ts';

const at = '2031-03-08T22:00:00.000Z';
const act = {
	cutover: 'ledger',
	entry: 17,
	head: 'a'.repeat(64),
	subject: 'go/no-go',
	decision: 'go',
	role: 'release-manager',
	person: 'ana',
	runbook: `sha256:${'b'.repeat(64)}`,
	at,
};
const statement = statementText(act);

/** `key` signs, `line` is what allowed signers say of it; `options` come before the key. */
type Key = {readonly key: string; line(options?: readonly string[]): string};

const keygen = (...args: readonly string[]): void => void execFileSync('ssh-keygen', ['-q', ...args]);

function plain(folder: string, name: string, ...type: readonly string[]): Key {
	const key = join(folder, name);
	keygen('-t', ...type, '-N', '', '-C', name, '-f', key);
	const line = (options: readonly string[] = []) =>
		`ana ${options.join(',')} ${readFileSync(`${key}.pub`, 'utf8').trim()}\n`;
	return {key, line};
}

/** A key that an authority has certified for `principal`, from and until then. */
function certified(folder: string, name: string, principal: string, validity: string, ...type: readonly string[]): Key {
	const {key} = plain(folder, name, ...type);
	const authority = plain(folder, `${name}-ca`, 'ed25519');
	keygen('-s', authority.key, '-I', name, '-n', principal, '-V', validity, `${key}.pub`);
	return {key: `${key}-cert.pub`, line: options => authority.line(['cert-authority', ...(options ?? [])])};
}

type Cell = {
	readonly allowed: string;
	readonly signer?: string;
	readonly namespace?: string;
	readonly text?: string;
	readonly signature: string;
};

async function holdsForSsh(above: string, cell: Cell): Promise<boolean> {
	const folder = mkdtempSync(join(above, 'cell-'));
	const [signers, file] = [join(folder, 'allowed'), join(folder, 'signature')];
	writeFileSync(signers, cell.allowed);
	writeFileSync(file, cell.signature);
	const who = ['-I', cell.signer ?? 'ana', '-n', cell.namespace ?? namespace];
	const args = ['-Y', 'verify', '-O', 'verify-time=20310308220000Z', '-f', signers, '-s', file, ...who];
	const verifying = spawn('ssh-keygen', args, {stdio: ['pipe', 'ignore', 'ignore']});
	verifying.stdin?.on('error', () => {}).end(cell.text ?? statement);
	const [code] = await once(verifying, 'exit');
	return code === 0;
}

async function holdsHere({
	allowed,
	signer = 'ana',
	namespace: name = namespace,
	text,
	signature,
}: Cell): Promise<boolean> {
	try {
		await verifySignature(allowed, signer, name, {statement: text ?? statement, signature}, at);
		return true;
	} catch (error) {
		if (error instanceof NotSigned) return false;
		throw error;
	}
}

test('a signature holds here exactly where it holds for ssh-keygen, whatever the key', async t => {
	const folder = mkdtempSync(join(tmpdir(), 'keys-'));
	t.after(() => rmSync(folder, {recursive: true}));
	const valid = '20310101:20320101';
	const keys = {
		ed25519: plain(folder, 'ed25519', 'ed25519'),
		ecdsa: plain(folder, 'ecdsa', 'ecdsa'),
		rsa: plain(folder, 'rsa', 'rsa', '-b', '2048'),
		'ed25519 certificate': certified(folder, 'ed25519-certified', 'ana', valid, 'ed25519'),
		'ecdsa certificate': certified(folder, 'ecdsa-certified', 'ana', valid, 'ecdsa'),
		'rsa certificate': certified(folder, 'rsa-certified', 'ana', valid, 'rsa', '-b', '2048'),
		'expired certificate': certified(folder, 'expired', 'ana', '20290101:20300101', 'ed25519'),
		"somebody else's certificate": certified(folder, 'foreign', 'mallory', valid, 'ed25519'),
	};
	const stranger = plain(folder, 'stranger', 'ed25519');
	const isGood = (name: string): boolean => !/^expired|^somebody/.test(name);
	for (const [name, {key, line}] of Object.entries(keys)) {
		const signature = await sign(key, namespace, statement);
		const cells: Readonly<Record<string, readonly [cell: Cell, holds: boolean]>> = {
			good: [{allowed: line(), signature}, isGood(name)],
			'bound to the namespace': [{allowed: line([`namespaces="${namespace}"`]), signature}, isGood(name)],
			'bound to another namespace': [{allowed: line(['namespaces="git"']), signature}, false],
			'made for another namespace': [{allowed: line(), signature: await sign(key, 'file', statement)}, false],
			'checked in another namespace': [{allowed: line(), signature, namespace: 'file'}, false],
			'another key': [{allowed: line(), signature: await sign(stranger.key, namespace, statement)}, false],
			'another signer': [{allowed: line(), signature, signer: 'ben'}, false],
			'no longer allowed': [{allowed: line(['valid-before="20300101"']), signature}, false],
			'not yet allowed': [{allowed: line(['valid-after="20320101"']), signature}, false],
			'an edited statement': [{allowed: line(), signature, text: statement.replace('"go"', '"no-go"')}, false],
			'a line end more': [{allowed: line(), signature, text: `${statement}\n`}, false],
			'nobody allowed': [{allowed: '', signature}, false],
			'a damaged signature': [{allowed: line(), signature: signature.replace('U1NIU0lH', 'U1NIU0lI')}, false],
		};
		// Beside each other: each starts a process, and a busy machine takes long over each.
		const checks = Object.entries(cells).map(async ([what, [cell, holds]]) => {
			const [there, here] = await Promise.all([holdsForSsh(folder, cell), holdsHere(cell)]);
			assert.equal(there, holds, `ssh-keygen, ${name}: ${what}`);
			assert.equal(here, holds, `${name}: ${what}`);
		});
		await Promise.all(checks);
	}
});

test('a good signature of another act, entry or cutover is told by its fields', () => {
	for (const [field, value] of Object.entries({
		cutover: 'ledger-2',
		entry: 18,
		head: 'c'.repeat(64),
		subject: 'keep',
		decision: 'no-go',
		role: 'ops-lead',
		person: 'ben',
		runbook: 'sha256:0',
	})) {
		const other = readStatement(statementText({...act, [field]: value}));
		assert.ok(other);
		const {at: _, ...wanted} = act;
		assert.equal(differs(other, wanted), field);
	}
});
