/* What zx documents beside commands: temporary files, presets, other shells, errors, fetch. */
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import process from 'node:process';
import {
	$,
	argv,
	defaults,
	dotenv,
	fetch,
	fs,
	log,
	nothrow,
	ProcessOutput,
	ProcessPromise,
	path,
	quiet,
	quotePowerShell,
	resolveDefaults,
	sleep,
	stdin,
	syncProcessCwd,
	tempdir,
	tempfile,
	tmpfile,
	updateArgv,
	useBash,
	version,
	which,
	within,
} from 'zx';
import {caught} from './zx-process-cases.ts';

/** Serves JSON while `work` runs. */
async function served<T>(work: (address: string) => Promise<T>): Promise<T> {
	const server = createServer((_, response) => response.end('{"lag": 3}\n'));
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	try {
		return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
	} finally {
		server.closeAllConnections();
		server.close();
	}
}

export const moreCases: Readonly<Record<string, () => unknown>> = {
	'all that zx exports, by kind': async () =>
		Object.entries(await import('zx'))
			.map(([name, value]) => `${name} ${typeof value}`)
			.toSorted(),
	'fetch() and its pipe': () =>
		served(async address => {
			const answer = await fetch(address);
			const piped = await fetch(address).pipe($`cat`);
			const literal = await fetch(address).pipe`tr a-z A-Z`;
			return [answer.status, await answer.json(), piped.stdout, literal.stdout];
		}),
	'tmpfile(), tempfile(), tempdir()': async () => {
		const [named, other, folder] = [tmpfile('a.txt', 'hello'), tempfile(), tempdir('zx-more')];
		return [
			path.basename(named),
			(await $`cat ${named}`).stdout,
			fs.statSync(other).size,
			fs.statSync(folder).isDirectory(),
			fs.statSync(tmpfile('run.sh', 'echo', 0o744)).mode & 0o777,
		];
	},
	'blob()': async () => {
		const blob = (await $`printf abc`).blob('text/plain');
		return [blob.size, blob.type, await blob.text(), (await $`printf abcd`.blob()).size];
	},
	'buffer() and valueOf()': async () => {
		const output = await $`printf ' a b '`;
		return [output.buffer().length, output.valueOf(), `${output}`, String(output).length, output.text('hex')];
	},
	'nothrow() and quiet() as functions': async () => [
		(await nothrow($`exit 3`)).exitCode,
		(await quiet($`echo x`)).stdout,
	],
	'$({delimiter})': async () => (await $({delimiter: ','})`printf 'a,b,c'`).lines(),
	'$({detached}) and its kill': async () => {
		const held = $({detached: true, nothrow: true})`sleep 997`;
		await sleep(50);
		await held.kill('SIGKILL');
		return (await held).signal;
	},
	'$({timeout, timeoutSignal})': async () => {
		const output = await $({timeout: '200ms', timeoutSignal: 'SIGKILL', nothrow: true})`sleep 996`;
		return [output.exitCode, output.signal];
	},
	'$.timeout': () =>
		within(async () => {
			$.timeout = '200ms';
			return (await nothrow($`sleep 995`)).signal;
		}),
	'$.killSignal': async () => {
		const held = $({killSignal: 'SIGINT', nothrow: true})`exec sleep 994`;
		await sleep(50);
		await held.kill();
		return (await held).signal;
	},
	'$({preferLocal})': async () => {
		fs.mkdirpSync('local/node_modules/.bin');
		fs.writeFileSync('local/node_modules/.bin/own', '#!/bin/sh\necho own\n', {mode: 0o755});
		return (await $({preferLocal: path.resolve('local')})`own`).stdout;
	},
	'$({sync})': () => [$({sync: true})`echo a`.stdout, $.sync({nothrow: true})`exit 4`.exitCode],
	'$({quote})': async () => (await $({quote: text => `'<${text}>'`})`echo ${'a'}`).stdout,
	'$ with arrays, undefined and numbers': async () => [
		(await $`echo ${['a b', 'c']} ${1}`).stdout,
		await caught(() => $`echo ${undefined}`),
	],
	'$.nothrow, $.quiet and $.verbose inside within()': () =>
		within(async () => {
			Object.assign($, {nothrow: true, quiet: true, verbose: true});
			return [(await $`exit 5`).exitCode, (await $`echo ${'x'}`).stdout];
		}),
	'exit code in a condition': async () => [
		(await $`test -e nowhere`.exitCode) !== 0,
		(await $`false`.nothrow()).ok,
		(await $({nothrow: true})`exit 1`).exitCode,
	],
	'ProcessOutput and ProcessPromise': async () => {
		const error = await $`exit 6`.catch((reason: unknown) => reason);
		return [error instanceof ProcessOutput, error instanceof Error, $`true` instanceof ProcessPromise];
	},
	dotenv: () => {
		fs.writeFileSync('.env-more', 'A=1\nB="two words"\n');
		return [dotenv.parse('C=3'), dotenv.load('.env-more')];
	},
	'useBash() and syncProcessCwd()': () =>
		within(async () => {
			useBash();
			syncProcessCwd(false);
			return (await $`echo \${BASH_VERSION:+bash}`).stdout;
		}),
	'updateArgv()': () => {
		updateArgv(['--lag', '3']);
		return argv['lag'];
	},
	'which() and $.shell by name': async () => [
		path.basename(await which('bash')),
		(await $({shell: 'bash', prefix: ''})`echo sh`).stdout,
	],
	'stdin()': () => caught(stdin).then(answer => (typeof answer === 'string' ? 'read' : 'thrown')),
	'names that are there': () => [
		typeof defaults,
		typeof resolveDefaults,
		typeof log,
		typeof quotePowerShell,
		typeof version,
		typeof process.env,
	],
	'a promise that is halted and never run': async () => {
		const held = $({halt: true})`echo never`;
		return held.stage;
	},
	// It goes on for a while: which of the two ends comes first must not depend on how busy the machine is.
	'an error thrown by a pipe to a missing folder': () =>
		caught(() => $`echo x; sleep 1`.pipe('nowhere/at/all.txt').then(() => 'written')),
};
