/*
Whether what is acknowledged will be there tomorrow: where the state folder lies, how much room is left, and what a sync
there takes. That a disk keeps its word when the power goes cannot be seen from here.
*/
import {
	accessSync,
	closeSync,
	constants,
	existsSync,
	fdatasyncSync,
	openSync,
	rmSync,
	statfsSync,
	statSync,
	writeSync,
} from 'node:fs';
import {dirname, join} from 'node:path';
import process from 'node:process';
import type {Path} from '../../cutover/model/runbook.ts';
import type {Clock} from '../../cutover/ports.ts';
import {refuseDangling} from '../../disk/file.ts';
import {beware, type Found, no, yes} from './finding.ts';

const elsewhere = 'Use a folder on a disk of this machine: --state DIR.';
const leastMebibytes = 256;
const fewMebibytes = 1024;
const fewFiles = 1000;

/** The folder itself, or the nearest above it that is there. */
const nearest = (folder: Path): Path =>
	existsSync(folder) || folder === dirname(folder) ? folder : nearest(dirname(folder));

export function room(root: Path): Found {
	refuseDangling(root);
	const place = nearest(root);
	accessSync(place, constants.W_OK);
	const {mode, uid} = statSync(place);
	if (place === root && uid !== process.getuid?.())
		return no(`${root} belongs to uid ${uid}.`, 'Use a folder of your own: --state DIR.');
	if (place === root && (mode & 0o022) !== 0) return no(`${root} can be written by others.`, `chmod 700 ${root}`);
	const {bavail, bsize, files, ffree} = statfsSync(place);
	const mebibytes = Math.floor((bavail * bsize) / (1 << 20));
	const left = `${root}, ${mebibytes} MiB left`;
	if (mebibytes < leastMebibytes) return no(`${left}.`, 'Make room, or use another folder: --state DIR.');
	// Some file systems have no fixed number of files, and say 0 of 0.
	if (files > 0 && ffree < fewFiles) return no(`${left}, but room for ${ffree} files only.`, 'Remove files there.');
	return mebibytes < fewMebibytes ? beware(`${left}.`, 'A log may take 16 MiB an attempt: make room.') : yes(left);
}

/** By what statfs(2) calls their type. */
const network: Readonly<Record<number, string>> = {
	0x6969: 'NFS',
	0x517b: 'SMB',
	0xff534d42: 'CIFS',
	0xfe534d42: 'SMB',
	0x5346414f: 'AFS',
	0x00c36400: 'Ceph',
	0x01021997: '9p',
	0x65735546: 'FUSE',
};
const memory: Readonly<Record<number, string>> = {0x01021994: 'tmpfs', 0x858458f6: 'ramfs'};

/** `type` as statfs(2) gives it; Node may give it as a signed number. */
export function onType(root: Path, type: number): Found {
	const unsigned = type >>> 0;
	const far = network[unsigned];
	const gone = memory[unsigned];
	if (far !== undefined) return beware(`${root} is on ${far}: locks and syncs may not hold there.`, elsewhere);
	if (gone !== undefined) return beware(`${root} is in memory (${gone}): a reboot loses the cutover.`, elsewhere);
	return yes(`${root} is on a disk of this machine`);
}

export const fileSystem = (root: Path): Found => onType(root, statfsSync(nearest(root)).type);

const syncs = 9;
const noDiskMs = 0.01;
const slowMs = 100;

/** Median ms of a sync of one line; the file has no name any more by then. */
function syncTime(folder: Path, clock: Pick<Clock, 'steady'>): number {
	const file = join(folder, `.cutover-tui-sync-${process.pid}`);
	const descriptor = openSync(file, 'wx', 0o600);
	try {
		rmSync(file);
		const times = Array.from({length: syncs}, () => {
			writeSync(descriptor, `${'x'.repeat(255)}\n`);
			const from = clock.steady();
			fdatasyncSync(descriptor);
			return clock.steady() - from;
		});
		return times.toSorted((a, b) => a - b)[Math.floor(syncs / 2)] ?? 0;
	} finally {
		closeSync(descriptor);
	}
}

/** What a sync that takes so long says. */
export function onSync(ms: number): Found {
	const shown = `${ms.toPrecision(2)} ms`;
	if (ms < noDiskMs)
		return beware(
			`A sync takes ${shown}: no disk is that quick, so what is acknowledged may not be on one (memory, eatmydata, a cache that lies).`,
			elsewhere,
		);
	return ms > slowMs
		? beware(`A sync takes ${shown}: each keypress that counts waits for it.`, 'Use a quicker disk: --state DIR.')
		: yes(`a sync takes ${shown}`);
}

export const sync = (root: Path, clock: Pick<Clock, 'steady'>): Found => onSync(syncTime(nearest(root), clock));
