import assert from 'node:assert/strict';
import {mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, test} from 'node:test';
import {person, type Sources} from '../../source/cli/person.ts';
import {notProvenApart} from '../../source/cutover/model/person.ts';

const made: string[] = [];

after(() => {
	for (const folder of made) rmSync(folder, {recursive: true, force: true});
});

function temporary(name: string): string {
	const folder = mkdtempSync(join(tmpdir(), name));
	made.push(folder);
	return folder;
}

type Process = {readonly name: string; readonly real: number; readonly effective: number; readonly parent: string};

const names: Readonly<Record<number, string>> = {1000: 'ana', 1001: 'ben', 990: 'cutover', 0: 'root'};

/** A folder shaped like /proc: `self` is a process of the service account below the given ancestors. */
function machine(given: {
	loginuid?: number;
	ancestors?: readonly Process[];
	env?: Sources['env'];
	uid?: number;
}): Sources {
	const proc = temporary('proc-');
	const uid = given.uid ?? 990;
	const put = (pid: string, {name, real, effective, parent}: Process): void => {
		mkdirSync(join(proc, pid), {recursive: true});
		writeFileSync(
			join(proc, pid, 'status'),
			`Name:\t${name}\nPPid:\t${parent}\nUid:\t${real}\t${effective}\t${effective}\t${effective}\n`,
		);
	};
	const ancestors = given.ancestors ?? [];
	put('self', {name: 'node', real: uid, effective: uid, parent: ancestors.length > 0 ? '100' : '1'});
	for (const [index, ancestor] of ancestors.entries())
		put(String(100 + index), {...ancestor, parent: index + 1 < ancestors.length ? String(101 + index) : '0'});
	writeFileSync(join(proc, 'self/loginuid'), String(given.loginuid ?? 4_294_967_295));
	mkdirSync(join(proc, 'self/fd'));
	symlinkSync('/dev/pts/3', join(proc, 'self/fd/0'));
	return {proc, env: given.env ?? {}, uid, nameOf: id => names[id] ?? `uid ${id}`};
}

const sudoOf = (real: number): Process => ({name: 'sudo', real, effective: 0, parent: '0'});
const shell: Process = {name: 'bash', real: 990, effective: 990, parent: '0'};

test('the login uid of the kernel that agrees with the sudo ancestor is a system login', () => {
	const {name, login, strength, tty} = person(machine({loginuid: 1000, ancestors: [shell, sudoOf(1000)]}), null, null);
	assert.deepEqual(
		{name, login, strength, tty},
		{name: 'ana', login: 'ana', strength: 'system login', tty: '/dev/pts/3'},
	);
});

test('a login uid that differs from the sudo ancestor proves nothing', () => {
	assert.equal(person(machine({loginuid: 1000, ancestors: [sudoOf(1001)]}), null, null).strength, 'stated');
});

test('without a login uid the sudo ancestor names who acts', () => {
	const {name, strength} = person(machine({ancestors: [shell, sudoOf(1001)]}), null, null);
	assert.deepEqual({name, strength}, {name: 'ben', strength: 'system login'});
});

test('a process that only calls itself sudo proves no identity', () => {
	const fake: Process = {name: 'sudo', real: 1001, effective: 1001, parent: '0'};
	assert.equal(person(machine({ancestors: [fake], env: {USER: 'cutover'}}), null, null).strength, 'stated');
});

test('a login uid outlives a sudo that is gone', () => {
	const {name, strength} = person(machine({loginuid: 1001}), null, null);
	assert.deepEqual({name, strength}, {name: 'ben', strength: 'system login'});
});

test('a key that the environment names is claimed, and leaves the login what it is', () => {
	const proc = machine({loginuid: 990});
	const of = (blob: string): Sources => {
		const file = join(proc.proc, `auth-${blob}`);
		writeFileSync(file, `publickey ssh-ed25519 ${Buffer.from(blob).toString('base64')}\n`);
		return {...proc, env: {SSH_USER_AUTH: file}};
	};
	const one = person(of('one'), null, null);
	const two = person(of('two'), null, null);
	assert.equal(one.strength, 'claimed key');
	assert.match(one.key ?? '', /^SHA256:[\w+/]{43}$/);
	assert.notEqual(one.key, two.key);
	assert.equal(one.login, two.login);
	assert.match(notProvenApart([one, two]) ?? '', /^not proven to be 2 people: one login is behind/);
});

test('a name given with --as is only stated, and the login stays beside it', () => {
	const {name, login, strength} = person(machine({loginuid: 1000, ancestors: [sudoOf(1000)]}), 'carol', null);
	assert.deepEqual({name, login, strength}, {name: 'carol', login: 'ana', strength: 'stated'});
});

test("one's own name given with --as loses nothing, and blanks around it make nobody else of it", () => {
	assert.equal(person(machine({loginuid: 1000, ancestors: [sudoOf(1000)]}), 'ana', null).strength, 'system login');
	assert.equal(person(machine({loginuid: 1000, ancestors: [sudoOf(1000)]}), ' ana\n', null).strength, 'system login');
});

test("SUDO_USER alone is only the environment's word", () => {
	const {name, strength} = person(machine({env: {SUDO_USER: 'mallory'}}), null, null);
	assert.deepEqual({name, strength}, {name: 'mallory', strength: 'stated'});
});

test('the SSH client is shown with its port, IPv6 in brackets', () => {
	assert.equal(
		person(machine({env: {SSH_CONNECTION: '192.0.2.7 51000 192.0.2.1 22'}}), null, null).ssh,
		'192.0.2.7:51000',
	);
	assert.equal(
		person(machine({env: {SSH_CONNECTION: '2001:db8::7 51000 2001:db8::1 22'}}), null, null).ssh,
		'[2001:db8::7]:51000',
	);
	assert.equal(person(machine({}), null, null).ssh, null);
});
