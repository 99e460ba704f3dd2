/**
 * Installed is what the lockfile says: npm leaves its own account of the installation in node_modules when it is
 * done, so comparing the two notices a fresh clone, a changed lockfile and an installation that was cut short.
 */
import {existsSync, readFileSync} from 'node:fs';
import process from 'node:process';
import {command, root} from './run.mjs';

function packages(file) {
	return JSON.parse(readFileSync(`${root}${file}`, 'utf8')).packages;
}

const fits = (wanted, here) => !wanted || wanted.includes(here);

/** An optional package for another machine is rightly missing. What C library there is, only Linux asks. */
function isMeantForHere({os, cpu, libc}) {
	if (!fits(os, process.platform) || !fits(cpu, process.arch)) return false;
	return !libc || libc.includes(process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl');
}

export function isInstalled() {
	if (!existsSync(`${root}node_modules/.package-lock.json`)) return false;
	const present = packages('node_modules/.package-lock.json');
	return Object.entries(packages('package-lock.json')).every(([path, wanted]) => {
		if (!path.startsWith('node_modules/') || wanted.link) return true;
		if (present[path]) return present[path].version === wanted.version;
		return wanted.optional === true && !isMeantForHere(wanted);
	});
}

/** Installs exactly the lockfile. Throws where npm does not succeed. */
export async function install() {
	process.stderr.write('Installing what package-lock.json names …\n');
	const npm = process.env.npm_execpath;
	const quiet = ['ci', '--loglevel=error', '--no-fund', '--no-audit'];
	const [file, args] = npm ? [process.execPath, [npm, ...quiet]] : ['npm', quiet];
	const {code} = await command(file, args, {cwd: root, stdio: ['ignore', 2, 2]});
	if (code !== 0) throw new Error(`npm ci ended with ${code}: the packages could not be installed.`);
}
