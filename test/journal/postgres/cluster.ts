/*
A PostgreSQL of the tests' own: a cluster in a temporary folder, on a free port of the loopback, run by an ordinary account, gone
with the tests. Where there is no PostgreSQL, `without` says so.
*/
import {execFile, execFileSync, spawnSync} from 'node:child_process';
import {chownSync, existsSync, globSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {delimiter, join} from 'node:path';
import process from 'node:process';
import {after, before, describe} from 'node:test';
import {promisify} from 'node:util';

/** The newest of Debian's places, else the first of PATH that has it. */
const bin = [
	...globSync('/usr/lib/postgresql/*/bin').toSorted((a, b) => Number(b.split('/')[4]) - Number(a.split('/')[4])),
	...(process.env['PATH'] ?? '').split(delimiter),
].find(folder => existsSync(join(folder, 'initdb')));

/** Why nothing can be tested on PostgreSQL here; false where it can. */
export const without: string | false =
	bin === undefined && 'PostgreSQL is not installed here (Debian: apt-get install postgresql)';

const nobody = 65_534;
const isRoot = process.getuid?.() === 0;

/** PostgreSQL refuses to run as root. */
const ordinary = (command: string, args: readonly string[]): readonly [string, readonly string[]] =>
	isRoot
		? ['setpriv', [`--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', command, ...args]]
		: [command, args];

const spawned = (command: string, args: readonly string[]) => ordinary(join(bin ?? '', command), args);

function run(command: string, args: readonly string[]): string {
	const [program, all] = spawned(command, args);
	return execFileSync(program, all, {encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], cwd: '/'});
}

/** For what goes through a network of this process, which has to go on meanwhile. */
async function runBeside(command: string, args: readonly string[]): Promise<void> {
	const [program, all] = spawned(command, args);
	await promisify(execFile)(program, all, {cwd: '/'});
}

function freePort(): Promise<number> {
	const server = createServer();
	return new Promise(done => {
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
		});
	});
}

export type Cluster = {
	readonly port: number;
	/** One column of one row, as the superuser `admin`. */
	sql(text: string, database?: string): string;
	/** From now on it also takes TLS, with this certificate and key. */
	serveTls(cert: Buffer, key: Buffer): void;
	/** From now on clients may show certificates of this authority; with TLS. */
	trustClients(cert: Buffer): void;
	/** From now on this line of pg_hba.conf comes first. */
	admit(line: string): void;
	/** Address of a database of this cluster for a login. */
	address(login: string, database: string): string;
	/** Ends all of its processes at once, as a crash does. */
	crash(): void;
	start(): void;
	/** A streaming standby of it; `through`: the port of a network that its link goes through. */
	standby(through?: number): Promise<Standby>;
	stop(): void;
};

export type Standby = Cluster & {promote(): void};

const settings = [
	'-c listen_addresses=127.0.0.1',
	'-c max_connections=60',
	'-c shared_buffers=32MB',
	'-c wal_level=replica',
	'-c max_wal_senders=5',
	'-c log_min_messages=fatal',
].join(' ');

const starting = (folder: string, port: number, fsync: string): readonly string[] => [
	...['-D', join(folder, 'data'), '-l', join(folder, 'log'), '-w'],
	...['-o', `-p ${port} -k ${folder} -c fsync=${fsync} ${settings}`, 'start'],
];

function clusterIn(folder: string, port: number, fsync: 'on' | 'off'): Cluster {
	const data = join(folder, 'data');
	const ctl = (...args: readonly string[]): string => run('pg_ctl', ['-D', data, ...args]);
	const put = (name: string, bytes: Buffer): void => {
		const file = join(data, name);
		writeFileSync(file, bytes, {mode: 0o600});
		if (isRoot) chownSync(file, nobody, nobody);
	};
	return {
		port,
		start: () => void run('pg_ctl', starting(folder, port, fsync)),
		sql: (text, database = 'postgres') =>
			run('psql', [
				'-X',
				'-q',
				'-A',
				'-t',
				'-v',
				'ON_ERROR_STOP=1',
				'-h',
				folder,
				'-p',
				String(port),
				'-U',
				'admin',
				'-d',
				database,
				'-c',
				text,
			]).trim(),
		serveTls(cert, key) {
			put('server.crt', cert);
			put('server.key', key);
			this.sql('alter system set ssl = on');
			this.sql('select pg_reload_conf()');
		},
		trustClients(cert) {
			put('clients.crt', cert);
			this.sql(`alter system set ssl_ca_file = 'clients.crt'`);
			this.sql('select pg_reload_conf()');
		},
		admit(line) {
			put('pg_hba.conf', Buffer.from(`${line}\nlocal all all trust\nhost all admin 127.0.0.1/32 trust\n`));
			this.sql('select pg_reload_conf()');
		},
		address: (login, database) => `postgres://${login}@127.0.0.1:${port}/${database}`,
		crash: () => void ctl('-m', 'immediate', '-w', 'stop'),
		async standby(through) {
			const place = newFolder();
			const own = await freePort();
			await runBeside('pg_basebackup', [
				'-h',
				through === undefined ? folder : '127.0.0.1',
				'-p',
				String(through ?? port),
				'-U',
				'admin',
				'-D',
				join(place, 'data'),
				'-R',
				'-X',
				'stream',
				'-c',
				'fast',
			]);
			await runBeside('pg_ctl', starting(place, own, fsync));
			return {
				...clusterIn(place, own, fsync),
				promote: () => void run('pg_ctl', ['-D', join(place, 'data'), '-w', 'promote']),
			};
		},
		stop() {
			spawnSync(...toSpawn(spawned('pg_ctl', ['-D', data, '-m', 'immediate', '-w', 'stop'])));
			rmSync(folder, {recursive: true, force: true});
		},
	};
}

const toSpawn = ([command, args]: readonly [string, readonly string[]]): [string, string[]] => [command, [...args]];

function newFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'cutover-postgres-'));
	if (isRoot) chownSync(folder, nobody, nobody);
	return folder;
}

/** A new cluster that runs; without fsync, which only a power cut would miss. */
export async function cluster(fsync: 'on' | 'off' = 'off'): Promise<Cluster> {
	const folder = newFolder();
	run('initdb', ['-D', join(folder, 'data'), '-A', 'trust', '-U', 'admin', '--locale=C.UTF-8', '--no-sync']);
	const made = clusterIn(folder, await freePort(), fsync);
	made.start();
	return made;
}

/** Tests on one server, which is there when they run and ends after them; skipped where none can be had. */
export function onServer(name: string, tests: (server: Cluster) => void): void {
	describe(name, {skip: without, concurrency: 1}, () => {
		const server = {} as Cluster;
		before(async () => void Object.assign(server, await cluster()));
		tests(server);
		after(() => server.stop());
	});
}
