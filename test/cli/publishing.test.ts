import assert from 'node:assert/strict';
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {systemClock} from '../../source/cli/clock.ts';
import {toCommand, toFile} from '../../source/cli/publishing.ts';
import {observed} from '../harness/observed.ts';
import {desk} from './desk.ts';
import {begin} from './walks.ts';

/** A folder, and a page that is given to a command line in it. */
function sending(context: TestContext) {
	const cwd = mkdtempSync(join(tmpdir(), 'publishing-'));
	context.after(() => rmSync(cwd, {recursive: true, force: true}));
	const write = (line: string, env: typeof process.env = process.env): Promise<void> =>
		toCommand({line: () => line, cwd, env: {...env, SHLVL: undefined}}, systemClock).write('<p>PAGE</p>');
	return {write, read: (name: string) => readFileSync(join(cwd, name), 'utf8')};
}

test('a publish command is over when it exits, whatever it leaves in the background', {
	timeout: 300_000,
}, async context => {
	const {write, read} = sending(context);
	await write('setsid sleep 600 & echo $! > pid; cat > page.html');
	const pid = Number(read('pid'));
	context.after(() => process.kill(pid));
	assert.equal(read('page.html'), '<p>PAGE</p>');
});

test('a publish command that fails says so in the last line that it printed', async context => {
	const {write} = sending(context);
	await assert.rejects(write('cat > /dev/null; echo first >&2; echo "no such host" >&2; exit 7'), {
		message: 'exit 7: no such host',
	});
	await assert.rejects(write('kill -9 $$'), {message: 'killed by SIGKILL'});
});

test('a publish command opens its input and output by name, and no ~/.bashrc runs before it', async context => {
	const {write, read} = sending(context);
	const home = mkdtempSync(join(tmpdir(), 'home-'));
	context.after(() => rmSync(home, {recursive: true}));
	writeFileSync(join(home, '.bashrc'), 'exit 9\n');
	await write('cat /dev/stdin > page.html && echo sent > /dev/stderr && echo sent > /dev/stdout', {
		...process.env,
		HOME: home,
	});
	assert.equal(read('page.html'), '<p>PAGE</p>');
});

test('what is no regular file is not replaced by the page: a device, a link, a folder', async context => {
	const folder = mkdtempSync(join(tmpdir(), 'published-'));
	context.after(() => rmSync(folder, {recursive: true}));
	const [link, page] = [join(folder, 'link.html'), join(folder, 'page.html')];
	symlinkSync(page, link);
	await assert.rejects(toFile(link).write('one'), {message: `${link} is a symbolic link, which is not followed.`});
	await assert.rejects(toFile(folder).write('one'), {message: `${folder} exists and is not a regular file.`});
	await toFile(page).write('one');
	await toFile(page).write('two');
	assert.deepEqual(
		[readFileSync(page, 'utf8'), statSync(page).mode & 0o777, readdirSync(folder)],
		['two', 0o644, ['link.html', 'page.html']],
	);
});

test('a page whose folder is missing is announced as not yet written, and is written once there is one', async context => {
	const night = desk(context);
	await begin(night);
	const publishing = night.start('publish', 'web/cutover.html');
	await publishing.shows('web/cutover.html once it can be written.');
	mkdirSync(join(night.folder, 'web'));
	await observed('the page', () => existsSync(join(night.folder, 'web/cutover.html')));
	publishing.signal('SIGTERM');
	assert.equal((await publishing.ended).code, 143);
});

test('a file that cannot be written is named, in the same words each time', async () => {
	const {write} = toFile('/nowhere/cutover.html');
	for (const page of ['one', 'two'])
		await assert.rejects(write(page), {message: 'No such file or folder: /nowhere/cutover.html (ENOENT)'});
});
