// Code is executed only from a folder that is this account's alone, and in whose place nobody else can put another.
'use strict';

var fs = require('node:fs');
var path = require('node:path');

/** `isLast`: the folder itself; those above it may be root's. A link may lead elsewhere by the time it is followed. */
function isOurs(at, isLast) {
	var found = fs.lstatSync(at);
	if (!found.isDirectory() || (found.uid !== process.geteuid() && (isLast || found.uid !== 0))) return false;
	var isSticky = (found.mode & 512) !== 0;
	if (isLast ? (found.mode & 63) !== 0 : (found.mode & 18) !== 0 && !isSticky) return false;
	return at === path.dirname(at) || isOurs(path.dirname(at), false);
}

/** Step by step: Node's own `recursive` never ends where a file system answers ENOENT within a folder that is there, such as /proc. */
function makeFolders(at) {
	if (fs.existsSync(at)) return;
	makeFolders(path.dirname(at));
	try {
		fs.mkdirSync(at, 448);
	} catch (error) {
		// Another start made it a moment ago.
		if (error.code !== 'EEXIST') throw error;
	}
}

/** The address of this folder without links, made where it is missing; null where it is not ours. Throws where there is none. */
function ourFolder(at) {
	makeFolders(at);
	var real = fs.realpathSync(at);
	return isOurs(real, true) ? real : null;
}

module.exports = {isOurs, ourFolder};
