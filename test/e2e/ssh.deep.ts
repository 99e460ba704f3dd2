/**
 * The bastion: a real sshd, a terminal behind it, and every way in which the connection can go. What was begun over it
 * goes on, and the screen that is opened over a new one stands where the cutover stands.
 */
import assert from 'node:assert/strict';
import {rmSync} from 'node:fs';
import {userInfo} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {person, thisMachine} from '../../source/cli/person.ts';
import {observed} from '../harness/observed.ts';
import type {Terminal} from '../harness/terminal.ts';
import {ours, send} from './kills/ours.ts';
import {entriesOf} from './kills/record.ts';
import {Operator} from './operator.ts';
import {Bastion} from './ssh/bastion.ts';
import {missing, type Server} from './ssh/server.ts';

const waiting = 'echo "waits for the word"\nuntil test -e go-on; do sleep 0.1; done\necho "goes on"\n';

/** Each takes away what a person at the other end has. */
const ways = {
	'the client is killed': (_, terminal) => terminal.kill('SIGKILL'),
	'its terminal is closed': (_, terminal) => terminal.hangUp(),
	"sshd's session is killed": ({server}) => server.killSessions(),
	'everything of it hears SIGHUP': ({folder, there}) => {
		for (const pid of [...there, ...ours('runner', folder), ...ours('scribe', folder), ...ours('watcher', folder)])
			send(pid, 'SIGHUP');
	},
	'the program there is killed': ({there}) => {
		for (const pid of there) send(pid, 'SIGKILL');
	},
} satisfies Record<
	string,
	(at: {server: Server; folder: string; there: readonly number[]}, terminal: Terminal) => void
>;

/** What is begun over each connection, by key on the screen or by a verb in the foreground. */
const begun: Readonly<Record<keyof typeof ways, {readonly of: string; readonly how: 'key' | 'verb'}>> = {
	'the client is killed': {of: 'G1', how: 'verb'},
	'its terminal is closed': {of: 'T-60', how: 'key'},
	"sshd's session is killed": {of: 'T-30', how: 'key'},
	'everything of it hears SIGHUP': {of: 'G2', how: 'verb'},
	'the program there is killed': {of: 'G1', how: 'verb'},
};

/** NEXT of a gate's own attempt, and the row of a stage. */
const running = (of: string): RegExp => new RegExp(`▶ ${of} RUNNING|NEXT +wait: ${of} runs since`);
const ended = (of: string): RegExp => new RegExp(`✔ ${of} +(DONE|PASS)`);

async function begin(bastion: Bastion, {of, how}: {of: string; how: 'key' | 'verb'}): Promise<Terminal> {
	if (how === 'verb') {
		const terminal = bastion.terminal('ana', 'run', of, '--as', 'ana');
		await terminal.shows('waits for the word');
		return terminal;
	}
	const terminal = bastion.terminal('ana', 'runbook.md', '--as', 'ana');
	const operator = new Operator(terminal);
	await operator.shows(`run ${of}`);
	await operator.run(of, running(of));
	return terminal;
}

test('work begun over ssh outlives its connection, and the next login shows the present state', {
	timeout: 300_000,
	skip: missing,
}, async t => {
	const bastion = await Bastion.open(t, waiting);
	const {folder, place, server} = bastion;
	for (const [way, end] of Object.entries(ways)) {
		const {of, how} = begun[way as keyof typeof ways];
		await t.test(`${way}: ${of} goes on`, async () => {
			const first = await begin(bastion, {of, how});
			const runners = await observed('the runner', () => ours('runner', folder).length === 1 && ours('runner', folder));
			const there = bastion.there();
			assert.equal(there.length, 1);
			end({server, folder, there}, first);
			await observed('the end of what the session ran', () => bastion.there().length === 0);
			await first.exited;
			assert.deepEqual(ours('runner', folder), runners);

			const second = bastion.terminal('ana', 'runbook.md', '--as', 'ana');
			await second.shows(running(of));
			place.write('go-on', '');
			await second.until(screen => ended(of).test(screen) && !running(of).test(screen), `the end of ${of}`);
			rmSync(join(place.folder, 'go-on'));
			second.press('q');
			assert.equal((await second.exited).code, 0);
		});
	}
	const ends = entriesOf(folder).flatMap(entry => (entry.type === 'ended' ? [entry.data.outcome] : []));
	assert.ok(ends.length >= 5 && ends.every(outcome => outcome === 'pass'), ends.join());
	assert.equal(entriesOf(folder).filter(({type}) => type === 'watcherLost').length, 0, 'the watcher outlived it all');
});

/** Where the kernel or a sudo above names who runs the tests, they come before any key (RULES P1). */
const {strength, name: account} = person(thisMachine({}), null, null);
const named = strength === 'stated' || (strength === 'system login' && account === userInfo().username);

test('the key that sshd exposes is recorded as claimed, beside the login of the account', {
	timeout: 300_000,
	skip: missing || (named ? false : `a ${strength} of ${account} stands above these tests`),
}, async t => {
	const bastion = await Bastion.open(t, waiting);
	for (const name of ['ana', 'ben']) await bastion.verb(name, 'note', `${name} was here`);
	const notes = entriesOf(bastion.folder).filter(({type}) => type === 'noted');
	assert.deepEqual(
		notes.map(({by}) => ({login: by.login, key: by.key, strength: by.strength, tty: by.tty})),
		['ana', 'ben'].map(name => ({
			login: account,
			key: bastion.server.fingerprint(name),
			strength: 'claimed key',
			tty: null,
		})),
	);
	for (const {by} of notes) assert.match(by.ssh ?? '', /^127\.0\.0\.1:\d+$/);
});
