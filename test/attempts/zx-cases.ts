/* The second half of what zx documents: its pages api and configuration. */
import process from 'node:process';
import {Readable} from 'node:stream';
import {
	$,
	argv,
	cd,
	chalk,
	echo,
	expBackoff,
	fs,
	glob,
	kill,
	minimist,
	os,
	parseArgv,
	path,
	ps,
	quote,
	retry,
	sleep,
	spinner,
	tmpdir,
	which,
	within,
	YAML,
} from 'zx';
import {moreCases} from './zx-more-cases.ts';
import {caught, processCases} from './zx-process-cases.ts';

const apiCases: Readonly<Record<string, () => unknown>> = {
	'$.sync': () => [$.sync`echo now`.stdout, $({sync: true})`printf ${'a b'}`.stdout, $.sync({input: 'in'})`cat`.stdout],
	'presets chain': async () => [
		(await $({nothrow: true})`exit 1`).exitCode,
		$({nothrow: true})({sync: true})`exit 2`.exitCode,
		String(await $({env: {...process.env, MODE: 'production'}})`echo $MODE`),
	],
	'input as text, buffer, stream, promise, output': async () => {
		const third = $({input: Buffer.from('baz')})`cat`;
		return [
			(await $({input: 'foo'})`cat`).stdout,
			(await $({input: Readable.from('bar')})`cat`).stdout,
			(await third).stdout,
			(await $({input: third})`cat`).stdout,
			(await $({input: await third})`cat`).stdout,
		];
	},
	'the signal of one goes through its pipes': async () => {
		const control = new AbortController();
		const first = $({signal: control.signal, nothrow: true})`echo test`;
		const piped = first.pipe`cat; sleep 30`;
		piped.stdout.once('data', () => control.abort());
		return await caught(() => piped.then(({ok}) => ok));
	},
	'cd() and within()': async () => {
		const before = process.cwd();
		const folder = fs.realpathSync(tmpdir());
		const inner = await within(async () => {
			cd(folder);
			return (await $`pwd`).stdout.trim() === folder;
		});
		cd(await $`echo ${folder}`);
		const after = (await $`pwd`).stdout.trim() === folder;
		const here = process.cwd() === folder;
		cd(before);
		return [inner, after, here];
	},
	'$.cwd and $({cwd})': async () => [
		(await $({cwd: '/'})`pwd`).stdout,
		await within(async () => {
			$.cwd = '/';
			return (await $`pwd`).stdout;
		}),
	],
	'process.env reaches later commands, and unset names do not': async () => {
		process.env['ZONE'] = 'one';
		const set = await $`echo $ZONE`;
		delete process.env['ZONE'];
		return [set.stdout, (await $`echo \${ZONE:-none}`).stdout];
	},
	'$.env': () =>
		within(async () => {
			$.env = {...process.env, ONLY: 'here'};
			return (await $`echo $ONLY`).stdout;
		}),
	'$.prefix and $.postfix': () =>
		within(async () => {
			$.prefix += 'export NAME=prefixed;';
			$.postfix = '; echo after';
			return (await $`echo $NAME`).stdout;
		}),
	'$.shell': async () => (await $({shell: '/bin/sh', prefix: ''})`echo $0`).stdout,
	'$.quote and quote()': async () => [
		quote('a b'),
		(await $`printf '%s|' ${['a b', "it's", '$HOME', '*']} ${''}`).stdout,
		within(() => {
			$.quote = text => `'${text}'`;
			return $`echo ${'a  b'}`.cmd;
		}),
	],
	'values of outputs and promises in a command': async () => {
		const name = await $`echo name`;
		return [(await $`echo ${name}.txt`).stdout, (await $`echo ${$`echo nested`}`).stdout];
	},
	'pipefail and errexit of the shell': async () => [
		(await $`false | cat`.nothrow()).exitCode,
		(await $`false; echo on`.nothrow()).stdout,
		(await $`echo $UNSET_NAME`.nothrow()).exitCode,
	],
	'echo``': () => {
		echo`printed ${1}`;
		echo('and', 2);
		return null;
	},
	'retry() and expBackoff()': async () => {
		let times = 0;
		const found = await retry(3, '10ms', async () => {
			times++;
			if (times < 3) throw new Error('not yet');
			return (await $`echo ${times}`).stdout;
		});
		const backoff = expBackoff('1s', '100ms');
		return [found, await caught(() => retry(2, () => $`exit 8`)), backoff.next().value, backoff.next().value];
	},
	'spinner()': async () => [
		await spinner(() => $`echo one`.text()),
		await spinner('working', () => $`echo two`.text()),
	],
	'glob(), which(), os, path, fs': async () => [
		await glob(['*.nothing']),
		path.basename(await which('bash')),
		await which('no-such-program-here', {nothrow: true}),
		typeof os.tmpdir(),
		fs.existsSync('/'),
	],
	'minimist, argv, parseArgv': () => [
		minimist(['--flag', '--n=1', 'x']),
		typeof argv,
		parseArgv(['--a-b=true'], {camelCase: true, parseBoolean: true}),
	],
	'YAML and chalk': () => [YAML.parse('a: [1, 2]'), typeof chalk.blue('x')],
	'ps and kill()': async () => {
		const sleeping = $`sleep 998`.nothrow();
		await sleep(50);
		const found = await ps.lookup({pid: sleeping.pid ?? 0});
		await kill(sleeping.pid ?? 0);
		return [found.length, (await sleeping).signal];
	},
	'output larger than a pipe': async () => {
		const lines = await $`seq 100000`.lines();
		return [lines.length, lines.at(-1)];
	},
	'several at once do not mix': () =>
		Promise.all(Array.from({length: 20}, async (_, at) => (await $`echo ${at}; echo ${at} >&2`).stdout)),
};

/** The result of each as JSON keeps it; what it threw where it threw. */
export async function results(): Promise<Readonly<Record<string, unknown>>> {
	const found: Record<string, unknown> = {};
	for (const [name, work] of Object.entries({...processCases, ...apiCases, ...moreCases})) {
		const result = await caught(work);
		found[name] = result === undefined ? null : JSON.parse(JSON.stringify(result));
	}
	return found;
}
