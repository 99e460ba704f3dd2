#!/usr/bin/env node
// Written so that even an old Node can read it, and say what it lacks instead of failing on syntax.
'use strict';

var version = process.versions.node.split('.').map(Number);
if (version[0] < 22 || (version[0] === 22 && version[1] < 18)) {
	process.stderr.write('cutover-tui needs Node 22.18 or later; this is Node ' + process.versions.node + '.\n');
	process.exitCode = 2;
} else {
	require('node:module').enableCompileCache();
	void import('../dist/cli.js');
}
