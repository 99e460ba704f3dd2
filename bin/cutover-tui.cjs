#!/usr/bin/env node
// Written so that even an old Node can read it, and say what it lacks instead of failing on syntax. What Node compiles
// is kept in the user's own cache and not in the temporary folder, where others of a shared machine could plant code.
'use strict';

var version = process.versions.node.split('.').map(Number);
var cache = process.env.XDG_CACHE_HOME || (process.env.HOME && process.env.HOME + '/.cache');
if (version[0] < 22 || (version[0] === 22 && version[1] < 18)) {
	process.stderr.write('cutover-tui needs Node 22.18 or later; this is Node ' + process.versions.node + '.\n');
	process.exitCode = 2;
} else {
	// A deployment may have replaced the working directory, or removed it: then the new one of its name, or none.
	try {
		process.cwd();
	} catch (_gone) {
		try {
			process.chdir(process.env.PWD);
		} catch (_none) {
			process.chdir('/');
		}
	}
	// The cache keeps what was compiled as a file was read and not what is first called later. `check`, which editors and
	// hooks wait for, has all compiled at once, and so kept; for the screen, of which little is called, it would be slower.
	if (process.argv[2] === 'check') require('node:v8').setFlagsFromString('--no-lazy');
	if (cache) require('node:module').enableCompileCache(cache + '/cutover-tui/compiled');
	void import('../dist/cli.js');
}
