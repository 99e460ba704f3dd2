/*
The first code of the single binary. The program inside it is the npm package: it is unpacked once, by its digest, into a
folder of this account alone, and runs from there in this process, so that playbooks import what they always do. Where a screen
is opened its terminal is taken before. Processes that it starts are this file again, with the entry that they are.
*/
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const {createRequire} = require('node:module');
const {getAsset} = require('node:sea');
const run = require('../../bin/cutover-tui.cjs');
const {isOurs, ourFolder} = require('../../bin/is-ours.cjs');

/** `digest` of the program; `sizes` of its files, by their names. */
const {digest, sizes} = JSON.parse(getAsset('contents', 'utf8'));
const name = `program-${digest}`;

/** Where it may be unpacked, the best first. */
function places() {
	const home = process.env.HOME;
	const cache = process.env.XDG_CACHE_HOME || (home && path.join(home, '.cache'));
	return [
		cache && path.join(cache, 'cutover-tui'),
		path.join(process.env.TMPDIR || '/tmp', `cutover-tui-${process.geteuid()}`),
	].filter(place => place && path.isAbsolute(place));
}

/** No file is missing: what cleans caches and /tmp takes them one by one. Their bytes were on the disk before they had this name. */
function isWhole(folder) {
	try {
		const there = new Set(fs.readdirSync(folder, {recursive: true}));
		return Object.keys(sizes).every(file => there.has(file));
	} catch {
		return false;
	}
}

function write(file, bytes) {
	fs.mkdirSync(path.dirname(file), {recursive: true, mode: 0o700});
	fs.writeFileSync(file, bytes, {mode: 0o600, flush: true});
}

/** Whole, or not there: it is written beside its place and renamed into it. */
function unpack(folder) {
	const aside = `${folder}.${process.pid}`;
	// Loaded for the first start only: it takes as long as all the rest of this file.
	const all = require('node:zlib').brotliDecompressSync(Buffer.from(getAsset('program')));
	let at = 0;
	for (const [file, size] of Object.entries(sizes)) {
		write(path.join(aside, file), all.subarray(at, at + size));
		at += size;
	}
	try {
		if (fs.existsSync(folder)) fs.renameSync(folder, `${aside}.broken`);
		fs.renameSync(aside, folder);
	} catch (error) {
		// Another one was faster.
		if (!isWhole(folder)) throw error;
	} finally {
		for (const rest of [aside, `${aside}.broken`]) fs.rmSync(rest, {recursive: true, force: true});
	}
}

/** `taken`: the terminal, where a screen is opened, or null. */
function folderOf(taken) {
	let why = 'there is no folder for it';
	for (const place of places()) {
		try {
			const ours = ourFolder(place);
			if (ours === null) throw new Error(`${place} is not of this account alone`);
			const folder = path.join(ours, name);
			if (!isWhole(folder)) unpack(folder);
			if (!isOurs(folder, true)) throw new Error(`${folder} is not of this account alone`);
			return folder;
		} catch (error) {
			why = error.message;
		}
	}
	taken?.giveBack();
	process.stderr.write(`The program cannot be unpacked: ${why}. Set XDG_CACHE_HOME to a folder of your own.\n`);
	process.exit(3);
}

// Flags that only a node of its own would take are before the entry of a process that the program starts.
const words = process.argv.slice(2);
const first = words.findIndex(
	word => !/^--(?:disable-(?:warning=\w+|sigusr1)|optimize-for-size|m(?:ax|in)-semi-space-size=\d+)$/.test(word),
);
const entry = first < 0 ? undefined : words[first];

/** Of this program, where it was unpacked: a process that it starts may not know where caches are. Null for any other word. */
function startedFrom() {
	if (entry === undefined || !/\/dist\/\w+\.js$/.test(entry)) return null;
	const folder = path.dirname(path.dirname(entry));
	return path.basename(folder) === name && fs.existsSync(entry) && isOurs(folder, true) ? folder : null;
}

const started = startedFrom();
if (started === null) run(folderOf);
else {
	process.argv = [process.execPath, entry, ...words.slice(first + 1)];
	createRequire(path.join(started, 'bin/'))('./entry.cjs');
}
