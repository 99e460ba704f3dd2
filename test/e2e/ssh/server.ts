/**
 * A real sshd on the loopback, with keys, a port and a configuration of its own and without PAM: what happens to a session
 * when its connection goes is the kernel's and sshd's doing, and nothing else shows it.
 */
import {type ChildProcess, execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {type AddressInfo, createServer} from 'node:net';
import {tmpdir, userInfo} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {allRunning} from '../../../source/processes/process.ts';
import {ofProcess} from '../../harness/ending.ts';
import {heard} from '../../harness/heard.ts';
import {send} from '../kills/ours.ts';
import type {Ending} from '../operator.ts';

const program = ['/usr/sbin/sshd', '/usr/local/sbin/sshd', '/usr/bin/sshd'].find(path => existsSync(path)) ?? null;

/** Why there can be none here; false where there can. */
export const missing: string | false = program === null ? 'no sshd is installed here (openssh-server)' : false;

async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	return port;
}

const makeKey = (file: string): void =>
	void execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'test', '-f', file]);

const publicOf = (file: string): string => readFileSync(`${file}.pub`, 'utf8');

const configuration = (folder: string, port: number): string => `ListenAddress 127.0.0.1
Port ${port}
HostKey ${folder}/host
AuthorizedKeysFile ${folder}/authorized
AllowUsers ${userInfo().username}
PidFile none
UsePAM no
StrictModes no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
ExposeAuthInfo yes
PrintMotd no
PrintLastLog no
`;

/** Known by this name whatever port it is reached by. */
const alias = 'bastion';

export class Server {
	readonly #folder: string;
	readonly #port: number;
	readonly #process: ChildProcess;

	private constructor(folder: string, port: number, sshd: ChildProcess) {
		this.#folder = folder;
		this.#port = port;
		this.#process = sshd;
	}

	/** Lets in the account that the test runs under, by a key for each of `names`. */
	static async open(ending: Ending, names: readonly string[]): Promise<Server> {
		const folder = mkdtempSync(join(tmpdir(), 'sshd-'));
		ending.after(() => rmSync(folder, {recursive: true, force: true}));
		for (const name of ['host', ...names]) makeKey(join(folder, name));
		const port = await freePort();
		writeFileSync(join(folder, 'authorized'), names.map(name => publicOf(join(folder, name))).join(''));
		writeFileSync(join(folder, 'known'), `${alias} ${publicOf(join(folder, 'host'))}`);
		writeFileSync(join(folder, 'config'), configuration(folder, port));
		// Run by root it separates its privileges into a folder that only a service's start would make.
		if (process.getuid?.() === 0) mkdirSync('/run/sshd', {recursive: true, mode: 0o755});
		const sshd = spawn(program ?? 'sshd', ['-D', '-e', '-f', join(folder, 'config')], {
			stdio: ['ignore', 'ignore', 'pipe'],
		});
		const server = new Server(folder, port, sshd);
		ending.after(() => server.#end());
		await heard(sshd.stderr).shows('Server listening');
		return server;
	}

	/** Arguments of `ssh` for a command on the other side, in a terminal there where this one is a terminal; `port`: of what stands between. */
	client(name: string, command: string, terminal: boolean, port = this.#port): readonly string[] {
		const options = [
			`HostKeyAlias=${alias}`,
			'IdentitiesOnly=yes',
			'IdentityAgent=none',
			'StrictHostKeyChecking=yes',
			'LogLevel=ERROR',
		];
		const files = [`UserKnownHostsFile=${join(this.#folder, 'known')}`, `IdentityFile=${join(this.#folder, name)}`];
		return [
			...['-F', 'none', '-p', String(port), terminal ? '-tt' : '-T'],
			...[...options, ...files].flatMap(option => ['-o', option]),
			`${userInfo().username}@127.0.0.1`,
			command,
		];
	}

	get port(): number {
		return this.#port;
	}

	/** As `ssh-keygen -l` shows the key. */
	fingerprint(name: string): string {
		const shown = execFileSync('ssh-keygen', ['-l', '-f', join(this.#folder, `${name}.pub`)], {encoding: 'utf8'});
		return shown.split(' ')[1] ?? '';
	}

	/** Kills the processes of sshd that serve its sessions, and not the one that listens. */
	killSessions(): void {
		const serving = new Set([this.#process.pid]);
		const found = allRunning().filter(one => one.parent === this.#process.pid);
		for (const {pid} of found) serving.add(pid);
		// With separated privileges a session has a second process, which is a child of the first and named the same.
		const second = allRunning().filter(
			one => found.some(({pid}) => pid === one.parent) && ofProcess(one.pid, 'comm').startsWith('sshd'),
		);
		for (const {pid} of [...second, ...found]) send(pid, 'SIGKILL');
	}

	#end(): void {
		this.killSessions();
		this.#process.kill('SIGKILL');
	}
}
