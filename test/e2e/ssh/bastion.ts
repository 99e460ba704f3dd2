/** A bastion that people log in to, with a cutover on it. */
import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import process from 'node:process';
import type {TestContext} from 'node:test';
import {promisify} from 'node:util';
import {allRunning, wasGiven} from '../../../source/processes/process.ts';
import {ofProcess} from '../../harness/ending.ts';
import {program} from '../../harness/program.ts';
import {openTerminal, type Terminal} from '../../harness/terminal.ts';
import {type Site, site} from '../operator.ts';
import {Server} from './server.ts';

const execute = promisify(execFile);
const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

/** A cutover on the bastion, which is this machine. */
export class Bastion {
	readonly server: Server;
	readonly place: Site;
	readonly folder: string;

	private constructor(server: Server, place: Site, folder: string) {
		this.server = server;
		this.place = place;
		this.folder = folder;
	}

	/** `script`: what its gates G1 and G2 run. */
	static async open(t: TestContext, script: string): Promise<Bastion> {
		const server = await Server.open(t, ['ana', 'ben']);
		const place = site(t);
		for (const path of ['ops/preflight.sh', 'ops/verify.sh']) place.write(path, script);
		const {code, stderr} = await place.cli('begin', 'runbook.md', '--t0', '+80m', '--as', 'ana');
		assert.equal(code, 0, stderr);
		return new Bastion(server, place, String((await place.status())['folder']));
	}

	#command(args: readonly string[]): string {
		const {PATH = ''} = process.env;
		const env = Object.entries({...this.place.env, PATH, LANG: 'C.UTF-8'}).map(([name, value]) => `${name}=${value}`);
		const words = ['exec', 'env', ...env, ...program, ...args].map((word, at) => (at < 2 ? word : quoted(word)));
		return `cd ${quoted(this.place.folder)} && ${words.join(' ')}`;
	}

	/** The program in a terminal over a connection of its own. */
	terminal(name: string, ...args: readonly string[]): Terminal {
		return openTerminal({command: 'ssh', args: this.server.client(name, this.#command(args), true)});
	}

	/** The same over what listens on this port. */
	terminalBy(port: number, name: string, ...args: readonly string[]): Terminal {
		return openTerminal({command: 'ssh', args: this.server.client(name, this.#command(args), true, port)});
	}

	/** Runs a verb there without a terminal. */
	async verb(name: string, ...args: readonly string[]): Promise<void> {
		await execute('ssh', [...this.server.client(name, this.#command(args), false)]);
	}

	/** Pids of the program that sshd's sessions run. */
	there(): readonly number[] {
		return allRunning()
			.filter(
				one =>
					wasGiven(one, `HOME=${this.place.env['HOME']}`) &&
					ofProcess(one.pid, 'cmdline').includes('cutover-tui.cjs') &&
					ofProcess(one.pid, 'environ').includes('SSH_CONNECTION='),
			)
			.map(({pid}) => pid);
	}
}
