import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {
	chmodSync,
	lstatSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {promisify} from 'node:util';
import {systemClock} from '../../source/cli/clock.ts';
import type {Journal} from '../../source/cutover/ports.ts';
import type {Head} from '../../source/cutover/store.ts';
import {headOf, origin} from '../../source/journal/entry.ts';
import {fileStore} from '../../source/journal/file-store.ts';
import {openJournal} from '../../source/journal/journal.ts';
import {openProgress, type ProgressFile} from '../../source/journal/progress.ts';
import {begin, command, dana, untouched} from './cutover.ts';
import {cutoverFolder} from './place.ts';

const run = promisify(execFile);

async function begun(): Promise<{folder: string; file: string; journal: Journal; progress: ProgressFile}> {
	const folder = cutoverFolder();
	const progress = openProgress(folder);
	const journal = await openJournal({
		store: fileStore(folder, systemClock),
		clock: systemClock,
		look: () => untouched,
		onAppended: progress.save,
	});
	await journal.decide(begin(), dana);
	return {folder, file: join(folder, 'progress.json'), journal, progress};
}

const headOfJournal = (journal: Journal): Head => {
	const last = journal.entries().at(-1);
	return last === undefined ? origin : headOf(last);
};

const read = (file: string) => JSON.parse(readFileSync(file, 'utf8'));

test('progress names the state of each gate and stage, and its newest entry', async () => {
	const {file, journal} = await begun();
	await journal.decide(
		command('run', {target: 'T-60', resume: false, reference: null, ticket: null, early: false, reason: null}),
		dana,
	);
	const progress = read(file);
	assert.equal(progress.title, 'Ledger moves to the new cluster');
	assert.equal(progress.status, 'preparing');
	assert.equal(progress.t0, '2031-03-08T22:00:00.000Z');
	assert.deepEqual(progress.gates, {G1: 'pending'});
	assert.deepEqual(progress.stages, {'T-60': 'running', 'T-10': 'waiting', T0: 'waiting', 'T+30': 'waiting'});
	assert.deepEqual(progress.head, headOfJournal(journal));
	assert.ok(readFileSync(file, 'utf8').includes('\n\t"status": "preparing",\n'));
	assert.equal(statSync(file).mode & 0o777, 0o600);
});

test('progress that is missing, damaged, behind, ahead or foreign is rebuilt from the journal', async () => {
	const {file, journal, progress} = await begun();
	const head = headOfJournal(journal);
	const good = readFileSync(file, 'utf8');
	assert.equal(progress.fix(journal.state(), head), 'current');
	const cases = {
		missing: null,
		damaged: good.slice(0, 40),
		behind: good.replace('"seq": 1', '"seq": 0'),
		ahead: good.replace('"seq": 1', '"seq": 9'),
		different: good.replace('preparing', 'kept'),
	};
	for (const [found, text] of Object.entries(cases)) {
		rmSync(file);
		if (text !== null) writeFileSync(file, text);
		assert.equal(openProgress(join(file, '..')).fix(journal.state(), head), found);
		assert.equal(readFileSync(file, 'utf8'), good);
		assert.equal(progress.fix(journal.state(), head), 'current');
	}
});

test('a process that is behind does not overwrite newer progress', async () => {
	const {file, journal, progress} = await begun();
	const [state, head] = [journal.state(), headOfJournal(journal)];
	await journal.decide(command('note', {text: 'further', on: null}), dana);
	progress.save(state, head);
	assert.equal(read(file).head.seq, 2);
});

test('a link planted as progress.json is replaced, not followed, and no mode is widened', async () => {
	const {folder, file, journal, progress} = await begun();
	const victim = join(folder, 'victim');
	writeFileSync(victim, 'mine');
	rmSync(file);
	symlinkSync(victim, file);
	for (const name of ['.progress.json', 'progress.json.tmp', '.progress.json.tmp'])
		symlinkSync(victim, join(folder, name));
	assert.equal(progress.fix(journal.state(), headOfJournal(journal)), 'damaged');
	assert.equal(readFileSync(victim, 'utf8'), 'mine');
	assert.equal(lstatSync(file).isFile(), true);
	assert.equal(statSync(file).mode & 0o777, 0o600);
});

test('what a killed writer left of its temporary file is swept, that of a living one is not', async () => {
	const {folder, journal, progress} = await begun();
	const {pid} = await run(process.execPath, ['-e', 'process.stdout.write(String(process.pid))']).then(({stdout}) => ({
		pid: stdout.trim(),
	}));
	writeFileSync(join(folder, `.progress.json.${pid}-0123456789abcdef`), '{');
	writeFileSync(join(folder, `.progress.json.${process.pid}-0123456789abcdef`), '{');
	progress.fix(journal.state(), headOfJournal(journal));
	assert.deepEqual(
		readdirSync(folder).filter(name => name.startsWith('.')),
		[`.progress.json.${process.pid}-0123456789abcdef`],
	);
});

test('a fault of progress.json is reported, and no event is lost or refused', async () => {
	const {folder, file, journal, progress} = await begun();
	rmSync(file);
	mkdirSync(join(file, 'in the way'), {recursive: true});
	chmodSync(folder, 0o700);
	const answer = await journal.decide(command('note', {text: 'still recorded', on: null}), dana);
	assert.equal(answer.refused, false);
	assert.match(progress.fault()?.message ?? '', /^Progress cannot be written; the journal has it all\. /);
	rmSync(file, {recursive: true});
	await journal.decide(command('note', {text: 'again', on: null}), dana);
	assert.equal(progress.fault(), null);
	assert.equal(read(file).head.seq, 3);
	assert.deepEqual(
		readdirSync(folder).filter(name => name.startsWith('.')),
		[],
	);
});
