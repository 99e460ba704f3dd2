/* What zx documents in its pages process-promise and process-output, call by call, as functions whose results do not depend on when or where they run. */

import process from 'node:process';
import {type Readable, Transform} from 'node:stream';
import {$, fs, ProcessOutput, type ProcessPromise, retry, tmpfile, within} from 'zx';

const upper = () =>
	new Transform({
		transform(chunk, _, done) {
			done(null, String(chunk).toUpperCase());
		},
	});

/** Node's types do not know that a command is enough of a stream. */
const into = (stream: Readable, command: ProcessPromise): ProcessPromise =>
	Reflect.apply(stream.pipe, stream, [command]);

export const caught = async (work: () => unknown): Promise<unknown> => {
	try {
		return await work();
	} catch (error) {
		if (error instanceof ProcessOutput)
			return {exit: error.exitCode, signal: error.signal, out: error.stdout, err: error.stderr};
		return error instanceof Error ? error.message.split('\n')[0] : String(error);
	}
};

const listed = async <T>(items: AsyncIterable<T>): Promise<readonly T[]> => {
	const found: T[] = [];
	for await (const item of items) found.push(item);
	return found;
};

export const processCases: Readonly<Record<string, () => unknown>> = {
	// process-promise
	'stage and run() of a halted command': async () => {
		const halted = $({halt: true})`echo foo`;
		const before = halted.stage;
		const output = await halted.run();
		return [before, halted.stage, output.stdout];
	},
	'stage of a running command': async () => {
		const running = $`echo foo`;
		const before = running.stage;
		await running;
		return [before, running.stage];
	},
	'stdin is written and ended': async () => {
		const reading = $`while read -r line; do echo "got $line"; done`;
		reading.stdin.write('Hello, World!\n');
		reading.stdin.end();
		return (await reading).stdout;
	},
	'stdin is kept open by $({stdio})': async () => {
		const asked = $({stdio: 'pipe'})`echo name; read -r name; echo "hello $name"`;
		for await (const chunk of asked.stdout) if (String(chunk).includes('name')) asked.stdin.end('ana\n');
		return (await asked).stdout;
	},
	'stdout and stderr are streams': async () => {
		const both = $`echo out; echo err >&2`;
		const [out, err] = await Promise.all([listed(both.stdout), listed(both.stderr)]);
		return [out.join(''), err.join('')];
	},
	'stdout with an encoding of its own': async () => {
		const running = $`echo Größe; echo x`;
		running.stdout.setEncoding('utf8');
		const chunks: unknown[] = [];
		running.stdout.on('data', chunk => chunks.push(typeof chunk));
		await running;
		return [...new Set(chunks)];
	},
	exitCode: async () => [await $`[[ -d missing ]]`.exitCode, await $`true`.exitCode],
	'text() and buffer()': async () => [
		await $`echo 'foo\nbar'`.text(),
		await $`echo foo`.text('hex'),
		(await $`echo foo`.buffer()).toString(),
		(await $`echo foo`.blob()).size,
	],
	'lines()': async () => [await $`printf 'foo\nbar\n'`.lines(), await $`printf 'a\\0b\\0'`.lines('\0')],
	'json()': () => $`echo '{"foo": "bar"}'`.json(),
	'for await over lines': async () => [
		await listed($`echo "Line1\nLine2\nLine3"`),
		await listed($({delimiter: '\0'})`printf 'a\\0b\\0'`),
	],
	'for await over a slow command': () => listed($`echo 1; sleep 0.1; echo 2; sleep 0.1; printf 3`),
	'pipe() into commands': async () =>
		(await $`printf "hello"`.pipe($`awk '{printf $1", world!"}'`).pipe($`tr '[a-z]' '[A-Z]'`)).stdout,
	'pipe() into literals': async () =>
		(await $`printf "hello"`.pipe`awk '{printf $1", world!"}'`.pipe`tr '[a-z]' '[A-Z]'`).stdout,
	'pipe() into a file by name and by stream': async () => {
		const [one, other] = [tmpfile(), tmpfile()];
		await $`echo "Hello, stdout!"`.pipe(one);
		await $`echo "Hello, stdout!"`.pipe(fs.createWriteStream(other));
		// zx does not wait until they are written.
		const text = (file: string) =>
			retry(50, '20ms', () => {
				const found = fs.readFileSync(file, 'utf8');
				if (found === '') throw new Error('empty');
				return found;
			});
		return [await text(one), await text(other)];
	},
	'pipe() through a transform into a command': async () => (await into($`echo "hello"`.pipe(upper()), $`cat`)).stdout,
	'a stream piped into a command': async () => {
		const file = tmpfile('in.txt', 'test');
		return (await into(fs.createReadStream(file).pipe(upper()), $`cat`)).stdout;
	},
	'pipe() into process.stdout': async () => (await $`echo shown`.pipe(process.stdout)).stdout,
	'pipe() while it runs and after it ended': async () => {
		const result = $`echo 1; sleep 0.2; echo 2`;
		const first = result.pipe`cat`;
		await new Promise(shown => result.stdout.once('data', shown));
		const second = result.pipe`cat`;
		await result;
		const third = result.pipe`cat`;
		return [String(await first), String(await second), String(await third)];
	},
	'pipe() to two consumers': async () => {
		const source = $`printf '1\n2\n3\n'`;
		const both = await Promise.all([source.pipe`head -n 1`, source.pipe`wc -l`]);
		return both.map(output => output.stdout.trim());
	},
	'unpipe() of what it was piped into': async () => {
		const waits = tmpfile('waits');
		const [source, sink] = [$`echo a; while test -e ${waits}; do sleep 0.05; done; echo b`, $({halt: true})`cat`];
		source.pipe(sink);
		const first = new Promise(shown => source.stdout.once('data', shown));
		const reading = sink.run();
		await first;
		await new Promise(done => setImmediate(done));
		source.unpipe(sink);
		fs.rmSync(waits);
		const {stdout} = await source;
		sink.stdin.end();
		return [stdout, (await reading).stdout];
	},
	'what a command says of itself': async () => {
		const running = $({nothrow: true})`echo x`;
		const says = () => [running.isQuiet(), running.isVerbose(), running.isNothrow(), running.isHalted()];
		const before = says();
		const {cmd, fullCmd, id, child, pid, signal} = running;
		const about = [cmd, fullCmd, typeof id, child?.pid === pid, signal.aborted];
		await running;
		return [before, about, says()];
	},
	'pipe() merges several': async () => {
		const held = $({halt: true});
		const [one, two, all] = [$`echo foo`, held`echo a; sleep 0.1; echo c`, held`cat`];
		await one;
		one.pipe(all);
		two.pipe(all);
		return (await all.run()).stdout;
	},
	'pipe.stderr and pipe.stdout': async () => {
		const both = $`echo foo >&2; echo bar`;
		return [String(await both.pipe.stderr`cat`), String(await both.pipe.stdout`cat`)];
	},
	'pipe() with nothrow()': async () =>
		(await $`printf 'a\nb\n'`.pipe($`grep missing`.nothrow()).pipe($`wc -l`)).stdout.trim(),
	'pipe() of a command that fails': () => caught(() => $`echo x; exit 4`.pipe`cat`),
	'kill()': () =>
		caught(async () => {
			const sleeping = $`echo up; exec sleep 30`;
			sleeping.stdout.once('data', () => sleeping.kill('SIGINT'));
			await sleeping;
		}),
	'kill() of one that ended': () =>
		caught(async () => {
			const ended = $`true`;
			await ended;
			await ended.kill();
		}),
	'abort()': async () => {
		const control = new AbortController();
		const sleeping = $({signal: control.signal, nothrow: true})`echo up; exec sleep 30`;
		sleeping.stdout.once('data', () => control.abort('reason'));
		const output = await sleeping;
		return [output.ok, output.exitCode, output.signal];
	},
	'stdio() of a halted command': async () => {
		const own = await $({halt: true})`cat; echo out; echo err >&2`.stdio('ignore', 'pipe', 'ignore').run();
		return [own.stdout, own.stderr];
	},
	'nothrow(), nothrow(false), $.nothrow': async () => [
		(await $`exit 3`.nothrow()).exitCode,
		await within(async () => {
			$.nothrow = true;
			return [(await $`exit 4`).exitCode, await caught(() => $`exit 5`.nothrow(false))];
		}),
	],
	'quiet() and verbose() change no result': async () => [
		(await $`echo q`.quiet()).stdout,
		(await $`echo v`.verbose()).stdout,
		(await $({quiet: true})`echo p`).stdout,
	],
	'timeout()': async () => [
		await caught(() => $`sleep 30`.timeout('100ms')),
		await caught(() => $`sleep 30`.timeout('100ms', 'SIGKILL')),
		await caught(() => $({timeout: '100ms'})`sleep 30`),
	],
	// process-output
	'an output has exitCode, signal, stdout, stderr, stdall, ok, duration': async () => {
		const output = await $`echo out; sleep 0.05; echo err >&2`;
		const {exitCode, signal, stdout, stderr, stdall, ok} = output;
		return [exitCode, signal, stdout, stderr, stdall, ok, output.duration > 0, String(output), output.valueOf()];
	},
	'an output is iterable, and has text, json, lines, buffer': async () => {
		const output = await $`printf '[1,\n2]'`;
		return [[...output], output.text(), output.json(), output.lines(), output.buffer().length];
	},
	'a failure is thrown with its output': () => caught(() => $`echo out; echo err >&2; exit 7`),
	'the message of a failure': () =>
		$`echo bad >&2; exit 7`.catch((error: Error) => error.message.replaceAll(/\s*at:? .*/g, '')),
	'a program that is not there': () => caught(() => $`no-such-program-here`.nothrow().then(({exitCode}) => exitCode)),
};
