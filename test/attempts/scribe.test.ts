import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {constantFrom, property as holds, array as listOf, nat, assert as property} from 'fast-check';
import {BoundedLogFile} from '../../source/attempts/log/bounded-log-file.ts';
import {Lines} from '../../source/attempts/log/lines.ts';
import {Redactor} from '../../source/text/redact.ts';

function place(t: TestContext): string {
	const folder = mkdtempSync(join(tmpdir(), 'scribe-'));
	t.after(() => rmSync(folder, {recursive: true}));
	return folder;
}

const redacted = (secrets: readonly string[], chunks: readonly string[]): string => {
	const redactor = new Redactor(secrets);
	const parts = chunks.map(chunk => redactor.push(chunk));
	return [...parts, redactor.end()].join('');
};

test('a secret is found however the stream is cut', async () => {
	const text = 'abcd secret secretsecret sec ret s secrets abcabcd ab';
	const whole = text.replaceAll('secret', '[redacted]').replaceAll('abcdef', '[redacted]');
	await property(
		holds(listOf(nat(text.length)), cuts => {
			const at = [0, ...cuts.toSorted((a, b) => a - b), text.length];
			const chunks = at.slice(1).map((end, index) => text.slice(at[index], end));
			assert.equal(redacted(['secret', 'abcdef'], chunks), whole);
		}),
	);
});

test('of two secrets that begin alike the longer one is taken, also across chunks', () => {
	assert.equal(
		redacted(['hunter', 'hunter-22'], ['my hunter', '-22 and hunter-', '23']),
		'my [redacted] and [redacted]-23',
	);
});

test('no letters of a secret stay, whatever the stream holds', async () => {
	await property(
		holds(listOf(constantFrom('pass', 'passw', 'o', 'password', 'rd', ' ', '\n')), chunks => {
			assert.doesNotMatch(redacted(['password'], chunks), /password/);
		}),
	);
});

test('a secret that is no ASCII, or spans lines, is found by its bytes', () => {
	const bytes = (text: string): string => Buffer.from(text).toString('latin1');
	assert.equal(redacted(['schlüssel'], [bytes('der sch'), bytes('lüssel')]), 'der [redacted]');
	assert.equal(redacted(['-----BEGIN\nabc\n-----END'], ['x -----BEGIN\nab', 'c\n-----END y']), 'x [redacted] y');
});

test('a line carries the time at which it began', () => {
	const lines = new Lines();
	const text = [lines.stamp('one\ntw', '1'), lines.stamp('o\n', '2'), lines.stamp('\nthree', '3')].join('');
	assert.equal(text, '1 one\n1 two\n3 \n3 three');
	assert.equal(lines.count, 4);
});

const numbered = (from: number, to: number): Buffer =>
	Buffer.from(Array.from({length: to - from}, (_, index) => `line ${from + index}\n`).join(''));

test('a long log keeps its first and its last lines whole, and says how much is left out', t => {
	const log = join(place(t), 'log');
	const file = new BoundedLogFile(log, {head: 100, tail: 200});
	for (let at = 0; at < 1000; at += 5) file.write(numbered(at, at + 5));
	file.end(() => 'last\n');
	const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
	assert.deepEqual(lines.slice(0, 2), ['line 0', 'line 1']);
	assert.deepEqual(lines.slice(-3), ['line 998', 'line 999', 'last']);
	const [leftOut] = lines.filter(line => line.includes('left out'));
	assert.equal(leftOut, `… ${file.leftOut} bytes left out here …`);
	const kept = lines.filter(line => line.startsWith('line ')).map(line => Number(line.slice(5)));
	const all = numbered(0, 1000).length;
	assert.equal(file.leftOut, all - kept.reduce((sum, number) => sum + `line ${number}\n`.length, 0));
	assert.equal(existsSync(`${log}.tail0`) || existsSync(`${log}.tail1`), false);
});

test('a log continued by another scribe loses nothing', t => {
	const log = join(place(t), 'log');
	const first = new BoundedLogFile(log, {head: 50, tail: 400});
	first.write(numbered(0, 20));
	const second = new BoundedLogFile(log, {head: 50, tail: 400});
	assert.equal(second.resumed, true);
	second.write(numbered(20, 22));
	second.end(() => 'last\n');
	assert.equal(readFileSync(log, 'utf8'), `${numbered(0, 22)}last\n`);
});

test('a log leaves the journal its room: it takes no more of a disk that is almost full, and says so', t => {
	const log = join(place(t), 'log');
	let room = 20;
	const file = new BoundedLogFile(log, {head: 1000, tail: 1000}, () => room);
	file.write(Buffer.from('fits\n'));
	file.write(Buffer.from('does not fit in what is left\n'));
	room = 1000;
	file.write(Buffer.from('fits again\n'));
	room = 0;
	file.end(() => 'the last line\n');
	assert.equal(
		readFileSync(log, 'utf8'),
		'fits\n\n… 29 bytes could not be written here …\nfits again\nthe last line\n',
	);
	assert.equal(file.lost, 29);
});

/** Writes with room for 30 bytes first, then without a limit; prints what was lost. */
const cramped = `
import {spawnSync} from 'node:child_process';
import process from 'node:process';
const {BoundedLogFile} = await import(process.argv[1]);
const room = bytes => spawnSync('prlimit', ['--pid', String(process.pid), '--fsize=' + bytes + ':']);
process.on('SIGXFSZ', () => {});
const file = new BoundedLogFile(process.argv[2], {head: 1000, tail: 1000});
const line = number => Buffer.from('line number ' + number + '\\n');
room(30);
for (const number of [1, 2, 3, 4]) file.write(line(number));
room('unlimited');
file.write(line(5));
file.end(() => 'last\\n');
console.log(file.lost);
`;

test('a full disk stops nothing: what was lost is counted, and said in its place once there is room again', t => {
	const log = join(place(t), 'log');
	const module = fileURLToPath(new URL('../../source/attempts/log/bounded-log-file.ts', import.meta.url));
	const {stdout, stderr} = spawnSync(process.execPath, ['--input-type=module', '-e', cramped, module, log], {
		encoding: 'utf8',
	});
	assert.equal(stdout, '26\n', stderr);
	assert.equal(
		readFileSync(log, 'utf8'),
		'line number 1\nline number 2\nli\n… 26 bytes could not be written here …\nline number 5\nlast\n',
	);
});
