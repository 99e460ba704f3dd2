#!/usr/bin/env node
// Written so that even an old Node can read it, and say what it lacks instead of failing on syntax.
'use strict';

var fs = require('node:fs');
var path = require('node:path');
var ourFolder = require('./is-ours.cjs').ourFolder;

// A core file holds the secrets of the environment. What this process starts inherits the limit.
function noCore() {
	var limits;
	try {
		limits = fs.readFileSync('/proc/self/limits', 'utf8');
	} catch (_error) {
		return;
	}
	if (/^Max core file size\s+0\s/m.test(limits)) return;
	require('node:child_process').spawnSync('prlimit', ['--core=0:0', '--pid', String(process.pid)], {stdio: 'ignore'});
}

// Compiled code is executed: its folder is this account's alone.
function cacheFolder() {
	var base = process.env.XDG_CACHE_HOME || (process.env.HOME && process.env.HOME + '/.cache');
	if (!base || !path.isAbsolute(base) || !process.geteuid) return null;
	try {
		return ourFolder(path.join(base, 'cutover-tui', 'compiled'));
	} catch (_error) {
		return null;
	}
}

// A deployment may have replaced the working directory, or removed it: then the new one of its name, or none.
function findFolder() {
	try {
		process.cwd();
	} catch (_gone) {
		try {
			process.chdir(process.env.PWD);
		} catch (_none) {
			process.chdir('/');
		}
	}
}

// SQLite warns on Node before 26 that it is an experiment: on a screen that would be written over the rows.
function hideExperiments() {
	var shown = process.listeners('warning');
	process.removeAllListeners('warning');
	process.on('warning', warning => {
		if (warning.name === 'ExperimentalWarning') return;
		shown.forEach(show => {
			show(warning);
		});
	});
}

function start(folderOf) {
	hideExperiments();
	findFolder();
	// Where the screen is opened it is there at once; all else is done behind it.
	var early = require('../dist/early.cjs');
	var words = process.argv.slice(2);
	var taken = early.takeEarly(words, process.env);
	// SIGUSR1 would open Node's debugger to every account of the machine.
	process.on('SIGUSR1', () => {});
	noCore();
	var opens = taken !== null || early.mayOpenScreen(words);
	var use = opens ? 'screen' : words[0] === 'check' ? 'check' : 'command';
	runWhole(early, taken, path.join(folderOf(taken), 'dist/program.cjs'), use);
}

// One file with the code that V8 compiled of it for such a use is there sooner than modules.
function runWhole(early, taken, file, use) {
	var whole = early.runKept(file, cacheFolder(), use);
	var done = whole.exports.main(taken, whole.keep);
	if (use !== 'screen') void done.then(whole.keep);
}

/** `folderOf`: where the program is; asked once the terminal is taken, which it gets to be given back. */
function run(folderOf) {
	var version = process.versions.node.split('.').map(Number);
	if (version[0] < 22 || (version[0] === 22 && version[1] < 18)) {
		process.stderr.write('cutover-tui needs Node 22.18 or later; this is Node ' + process.versions.node + '.\n');
		process.exitCode = 2;
	} else start(folderOf);
}

function isBinary() {
	try {
		return require('node:sea').isSea();
	} catch (_older) {
		return false;
	}
}

// Within the binary its first code runs it.
if (isBinary()) module.exports = run;
else run(() => path.dirname(__dirname));
