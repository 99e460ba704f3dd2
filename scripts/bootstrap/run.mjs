/**
 * Starts Node 26 with the terminal handed on as it is: its standard streams, its signals and its exit code are ours.
 */
import {spawn} from 'node:child_process';
import {existsSync} from 'node:fs';
import process from 'node:process';
import {fileURLToPath} from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2'];

/** The Node of the lockfile where the machine has a package for it, else the one that runs this. */
function node() {
	const ours = `${root}node_modules/.bin/node`;
	return existsSync(ours) ? ours : process.execPath;
}

/** Runs a command to its end: {code, signal}. A signal from the keyboard reaches the child by itself. */
export function command(file, args, options) {
	return new Promise((resolve, reject) => {
		const child = spawn(file, args, {stdio: 'inherit', ...options});
		const pass = signal => {
			if (!(signal === 'SIGINT' && process.stdin.isTTY)) child.kill(signal);
		};
		for (const signal of passedOn) process.on(signal, pass);
		child.once('error', reject);
		child.once('exit', (code, signal) => {
			for (const name of passedOn) process.off(name, pass);
			resolve({code, signal});
		});
	});
}

/** Runs Node with these arguments in the project's folder: {code, signal}. */
export function run(args, options) {
	return command(node(), ['--disable-warning=ExperimentalWarning', ...args], {cwd: root, ...options});
}
