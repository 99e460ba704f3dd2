/*
Who acts, and how surely that is known (RULES P1). The kernel's login uid outlives sudo and cannot be changed once it is
set; a sudo ancestor in /proc is a process of root's that keeps the real uid of who called it; SSH_USER_AUTH names the
key of this connection. The environment can be forged by anyone, and --as is what somebody says: neither proves anything.
*/

import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {readFileSync, readlinkSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import type {Person, Strength} from '../cutover/model/person.ts';
import {ifPossible} from '../disk/fault.ts';
import type {Environment} from '../net/proxy.ts';
import {passwdName} from './account.ts';

/** Where to look; a test brings a folder that is shaped like /proc. */
export type Sources = {
	readonly proc: string;
	readonly env: Environment;
	readonly uid: number;
	nameOf(uid: number): string;
};

type Known = Pick<Person, 'name' | 'login' | 'strength' | 'key'>;

const unset = 4_294_967_295;

const read = (file: string): string | null => ifPossible(() => readFileSync(file, 'utf8'));

function nameOfUid(uid: number): string {
	if (uid === process.getuid?.()) return passwdName() ?? `uid ${uid}`;
	const line = (read('/etc/passwd') ?? '').split('\n').find(entry => entry.split(':')[2] === String(uid));
	if (line !== undefined) return line.split(':')[0] ?? String(uid);
	const entry = ifPossible(() => execFileSync('getent', ['passwd', String(uid)], {encoding: 'utf8', timeout: 2000}));
	return entry?.split(':')[0] ?? `uid ${uid}`;
}

function loginUid({proc}: Sources): number | null {
	const text = read(join(proc, 'self/loginuid'));
	const uid = text === null || text.trim() === '' ? unset : Number(text);
	return uid === unset || Number.isNaN(uid) ? null : uid;
}

const field = (status: string, name: string): readonly string[] =>
	new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)?.[1]?.split(/\s+/) ?? [];

/** Real uid of who called the nearest sudo above this process; only a process that runs as root can be it. */
function sudoUid({proc}: Sources): number | null {
	let pid = 'self';
	for (let depth = 0; depth < 64 && pid !== '0'; depth++) {
		const status = read(join(proc, pid, 'status'));
		if (status === null) return null;
		const [real, effective] = field(status, 'Uid').map(Number);
		if (field(status, 'Name')[0] === 'sudo' && effective === 0 && real !== undefined && real !== 0) return real;
		pid = field(status, 'PPid')[0] ?? '0';
	}
	return null;
}

/** `SHA256:…` of the public key that sshd says this connection used. */
function keyFingerprint({env}: Sources): string | null {
	const text = env['SSH_USER_AUTH'] ? read(env['SSH_USER_AUTH']) : null;
	const blob = /^publickey \S+ (\S+)/m.exec(text ?? '')?.[1];
	if (blob === undefined) return null;
	return `SHA256:${createHash('sha256').update(Buffer.from(blob, 'base64')).digest('base64').replace(/=+$/, '')}`;
}

function knownBy(sources: Sources): Known {
	const {env, uid, nameOf} = sources;
	const login = loginUid(sources);
	const sudo = sudoUid(sources);
	const by = (who: number, strength: Strength): Known => ({name: nameOf(who), login: nameOf(who), strength});
	if (login !== null && sudo !== null) return by(login, login === sudo ? 'system login' : 'stated');
	if (login !== null && login !== uid) return by(login, 'system login');
	if (sudo !== null) return by(sudo, 'system login');
	const key = keyFingerprint(sources);
	// An environment variable and a file of the same account: shown, and no proof.
	if (key !== null) return {...by(uid, 'claimed key'), key};
	if (login !== null) return by(login, 'system login');
	const name = env['SUDO_USER'] || env['LOGNAME'] || env['USER'] || nameOf(uid);
	return {name, login: nameOf(uid), strength: 'stated'};
}

function terminal({proc}: Sources): string | null {
	const name = ifPossible(() => readlinkSync(join(proc, 'self/fd/0')));
	return name !== null && /^\/dev\/(pts\/|tty)/.test(name) ? name : null;
}

function client({env}: Sources): string | null {
	const [address, port] = (env['SSH_CONNECTION'] ?? '').split(' ');
	if (!address || !port) return null;
	return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

export const thisMachine = (env: Environment): Sources => ({
	proc: '/proc',
	env,
	uid: process.getuid?.() ?? 0,
	nameOf: nameOfUid,
});

/** Who acts here; `as` is the name that they give themselves, `role` the one that they act in, or null. */
export function person(sources: Sources, as: string | null, role: string | null): Person {
	const {name, login, strength, key} = knownBy(sources);
	const own = as?.trim() ?? name;
	const reported = own !== name;
	return {
		name: own,
		login,
		role,
		tty: terminal(sources),
		ssh: client(sources),
		strength: reported ? 'stated' : strength,
		...(key === undefined ? {} : {key}),
	};
}
