/**
 * A process that holds a terminal with the program in it, as an SSH client does: it says `ready` once the sign that is its
 * first argument is shown, and each line that it reads is a sign that it waits for and says back. Stopped, it reads no more.
 */
import process from 'node:process';
import {createInterface} from 'node:readline';
import {openProgram} from '../../harness/terminal.ts';

const [sign = '', ...args] = process.argv.slice(2);
const terminal = openProgram(args, {cols: 120, rows: 40});
await terminal.shows(sign);
terminal.press('enter');
await terminal.shows('line 199');
process.stdout.write('ready\n');
for await (const line of createInterface({input: process.stdin})) {
	await terminal.shows(line);
	process.stdout.write(`${line}\n`);
}
process.exit(0);
