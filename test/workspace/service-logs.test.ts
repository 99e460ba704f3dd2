/** Logs of the service since T0, through whatever rotation does to them. */
import assert from 'node:assert/strict';
import {
	appendFileSync,
	copyFileSync,
	mkdtempSync,
	renameSync,
	rmSync,
	statSync,
	symlinkSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {gzipSync} from 'node:zlib';
import {type LogMark, marker, markIn} from '../../source/workspace/service-logs/marks.ts';
import {type Scan, scanLog} from '../../source/workspace/service-logs/scan.ts';
import {observing, withBook} from '../cutover/night.ts';
import {runbook} from '../scenarios/runbook.ts';

const error = (name: string): string => `2031-03-08T22:00:00Z ERROR ${name}\n`;
const plain = '2031-03-08T22:00:00Z INFO fine\n';

type Place = {
	readonly file: string;
	readonly mark: LogMark;
	write(text: string): void;
	scan(mark?: LogMark | null): Promise<Scan>;
};

/** A log with an error from before T0. */
function log(t: TestContext): Place {
	const folder = mkdtempSync(join(tmpdir(), 'cutover-logs-'));
	t.after(() => rmSync(folder, {recursive: true}));
	const file = join(folder, 'orders.log');
	writeFileSync(file, error('before T0') + plain);
	const {ino, size} = statSync(file, {bigint: true});
	const mark = {inode: String(ino), size: Number(size), at: 1000};
	const started = Number(statSync(file).mtimeMs);
	return {
		file,
		mark,
		write: text => appendFileSync(file, text),
		scan: (from = mark) => scanLog({file, errors: 'ERROR|FATAL', max: 0}, folder, from, started),
	};
}

const names = ({shown}: Scan): readonly string[] => shown.map(line => line.slice('2031-03-08T22:00:00Z ERROR '.length));

test('a log that cannot be looked at holds up no watcher', t => {
	const folder = mkdtempSync(join(tmpdir(), 'cutover-logs-'));
	t.after(() => rmSync(folder, {recursive: true}));
	symlinkSync('loop.log', join(folder, 'loop.log'));
	const logs = [{file: 'loop.log', errors: 'ERROR', max: 0}];
	const state = {
		...observing(withBook({stages: runbook.stages.map(row => ({...row, logs}))})).state(),
		workspace: folder,
	};
	marker(folder)(state, 1000);
	assert.deepEqual(markIn(folder, 'loop.log'), {inode: null, size: 0, at: 1000});
});

test('only what was written since T0 counts', async t => {
	const place = log(t);
	assert.deepEqual([(await place.scan()).errors, (await place.scan()).fault], [0, null]);
	place.write(plain + error('after T0') + plain);
	const scan = await place.scan();
	assert.deepEqual([scan.errors, scan.lines, names(scan), scan.since], [1, 3, ['after T0'], 1000]);
});

test('a log that was renamed away is read to its end, then those after it, then the one that is written now', async t => {
	const place = log(t);
	place.write(error('one'));
	renameSync(place.file, `${place.file}.1`);
	writeFileSync(place.file, error('two'));
	assert.deepEqual(names(await place.scan()), ['one', 'two']);
	renameSync(`${place.file}.1`, `${place.file}.2`);
	renameSync(place.file, `${place.file}.1`);
	writeFileSync(place.file, error('three'));
	assert.deepEqual(names(await place.scan()), ['one', 'two', 'three']);
});

test('a log that was copied and cut is read in its copy from where T0 was', async t => {
	const place = log(t);
	place.write(error('one'));
	copyFileSync(place.file, `${place.file}.1`);
	truncateSync(place.file);
	place.write(error('two'));
	assert.deepEqual(names(await place.scan()), ['one', 'two']);
});

test('a rotated log that was packed is unpacked', async t => {
	const place = log(t);
	place.write(error('one'));
	writeFileSync(`${place.file}.1.gz`, gzipSync(error('before T0') + plain + error('one')));
	rmSync(place.file);
	writeFileSync(place.file, error('two'));
	assert.deepEqual(names(await place.scan()), ['one', 'two']);
});

test('a log begun after T0 counts whole; without a mark all of it counts, with a note', async t => {
	const place = log(t);
	assert.deepEqual(names(await place.scan({inode: null, size: 0, at: 1000})), ['before T0']);
	const scan = await place.scan(null);
	assert.deepEqual([names(scan), scan.since], [['before T0'], null]);
});

test('the log of another service beside it is no part of it, however it is named', async t => {
	const place = log(t);
	const beside = (name: string, text: string): void => writeFileSync(join(dirname(place.file), name), error(text));
	renameSync(place.file, join(dirname(place.file), 'orders-2031-03-08.1.log'));
	appendFileSync(join(dirname(place.file), 'orders-2031-03-08.1.log'), error('one'));
	beside('orders-worker.log', 'of the worker');
	beside('orders-worker.log.1', 'of the worker before');
	writeFileSync(place.file, error('two'));
	assert.deepEqual(names(await place.scan()), ['one', 'two']);
});

test('a packed log that goes away while the logs are read is reported', async t => {
	const place = log(t);
	for (const count of [2, 1]) writeFileSync(`${place.file}.${count}.gz`, gzipSync(error(`${count}`)));
	rmSync(place.file);
	writeFileSync(place.file, error('now'));
	const scanning = place.scan();
	rmSync(`${place.file}.1.gz`);
	assert.match((await scanning).fault ?? '', /No such file|ENOENT/);
});

test('a missing or broken log is reported and not counted', async t => {
	const place = log(t);
	rmSync(place.file);
	assert.match((await place.scan()).fault ?? '', /orders\.log is not there/);
	writeFileSync(place.file, '');
	writeFileSync(`${place.file}.1.gz`, 'no gzip');
	assert.match((await place.scan()).fault ?? '', /header/);
});
