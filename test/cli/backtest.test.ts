import assert from 'node:assert/strict';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {local} from '../../source/text/time.ts';
import {type Desk, desk} from './desk.ts';

const night = Date.UTC(2031, 2, 8, 21) / 1000;

type Point = {readonly at: number | string; readonly endpoint: string; readonly ok: boolean | null};

/** One every 15 s from `from` to before `to` (s). */
const every = (endpoint: string, ok: boolean | null, from: number, to: number): readonly Point[] =>
	Array.from({length: Math.ceil((to - from) / 15)}, (_, index) => ({at: night + from + index * 15, endpoint, ok}));

const write = ({folder}: Desk, text: string): void => writeFileSync(join(folder, 'samples.ndjson'), text);

const lines = (points: readonly object[]): string => `${points.map(point => JSON.stringify(point)).join('\n')}\n`;

const at = (seconds: number): string => new Date((night + seconds) * 1000).toISOString();

async function backtest(here: Desk, ...more: readonly string[]) {
	const {code, stdout, stderr} = await here.answers(
		'backtest',
		'runbook.md',
		'--samples',
		'samples.ndjson',
		'--json',
		...more,
	);
	assert.equal(code, 0, stderr);
	return JSON.parse(stdout);
}

test('recorded samples say when the trigger would have fired, and every outage', async context => {
	const here = desk(context);
	write(
		here,
		lines([
			...every('api', true, 0, 60),
			...every('api', false, 60, 120),
			...every('api', true, 120, 300),
			...every('api', null, 300, 345),
			...every('api', false, 345, 1200),
		]),
	);
	const {triggers, endpoints, samples} = await backtest(here);
	assert.deepEqual(endpoints, [{name: 'api', everySeconds: 15, samples: 80}]);
	assert.equal(samples, 80);
	const [trigger, ...others] = triggers;
	assert.deepEqual(others, []);
	assert.equal(trigger.id, '1');
	assert.equal(trigger.thresholdSeconds, 600);
	assert.equal(trigger.firedAt, at(960));
	assert.equal(trigger.armedAt, at(0));
	assert.deepEqual(
		trigger.warnings.map((warning: {at: string; percent: number}) => [warning.at, warning.percent]),
		[
			[at(645), 50],
			[at(825), 80],
		],
	);
	assert.deepEqual(trigger.outages, [
		{
			endpoint: 'api',
			start: at(60),
			end: at(120),
			seconds: 60,
			atLeastSeconds: 45,
			atMostSeconds: 75,
			unobservedSeconds: 0,
		},
		{
			endpoint: 'api',
			start: at(345),
			end: null,
			seconds: 840,
			atLeastSeconds: 840,
			atMostSeconds: null,
			unobservedSeconds: 0,
		},
	]);
});

test('armed at T0 it counts from there: RFC 3339, a time of day after the first sample, or a duration from it', async context => {
	const here = desk(context);
	write(here, lines(every('api', false, 0, 1800)));
	const timeOfDay = new Date((night + 300) * 1000).toTimeString().slice(0, 5);
	for (const t0 of [at(300), '+5m', timeOfDay])
		assert.equal((await backtest(here, '--t0', t0)).triggers[0].firedAt, at(915), t0);
	const ofFirst = local(night * 1000).slice(11, 16);
	assert.equal((await backtest(here, '--t0', ofFirst)).triggers[0].armedAt, at(0));
	const late = await here.answers('backtest', 'runbook.md', '--samples', 'samples.ndjson', '--t0', '+2d');
	assert.match(late.stdout, /^Armed at \S+, after the last sample: nothing could fire$/m);
	assert.equal((await backtest(here)).triggers[0].firedAt, at(615));
});

test('the settings decide over the threshold', async context => {
	const here = desk(context);
	write(here, lines(every('api', false, 0, 1800)));
	writeFileSync(join(here.folder, 'short.yaml'), 'cutover: 1\ntriggers:\n  "1": { threshold: 2m }\n');
	const [trigger] = (await backtest(here, '--settings', 'short.yaml')).triggers;
	assert.deepEqual([trigger.thresholdSeconds, trigger.firedAt], [120, at(135)]);
});

test('the settings say how many endpoints, how many samples, and when it warns', async context => {
	const here = desk(context);
	const dips = every('api', false, 0, 1800).map((point, index) => ({...point, ok: index % 20 === 19}));
	write(here, lines([...dips, ...every('web', false, 0, 600), ...every('web', true, 600, 1800)]));
	const by = async (words: string) => {
		writeFileSync(join(here.folder, 'own.yaml'), `cutover: 1\ntriggers:\n  "1": { ${words} }\n`);
		const [{firedAt, warnings, need}] = (await backtest(here, '--settings', 'own.yaml')).triggers;
		return [firedAt, need, warnings.map(({percent}: {percent: number}) => percent)];
	};
	assert.deepEqual(await by('threshold: 10m'), [null, 1, [50, 80]]);
	assert.deepEqual(await by('restore: 2, warn: [25%]'), [at(630), 1, [25]]);
	assert.deepEqual(await by('restore: 2, confirm: 5'), [at(660), 1, [50, 80]]);
	assert.deepEqual(await by('restore: 2, of: all'), [null, 2, [50, 80]]);
	assert.deepEqual(await by('restore: 2, of: all, threshold: 9m'), [at(555), 2, [50, 80]]);
});

test('an answer of Prometheus is read, on one line or over many; steps without a value are holes', async context => {
	const here = desk(context);
	const values = [...every('', false, 0, 301), ...every('', false, 600, 700)].map(({at}) => [at, '0']);
	const healthy = every('', true, 0, 700).map(({at}) => [at, '1']);
	const answer = {
		status: 'success',
		data: {
			resultType: 'matrix',
			result: [
				{metric: {__name__: 'probe_success', instance: 'https://api.example.org', job: 'blackbox'}, values},
				{metric: {__name__: 'probe_success', instance: 'https://web.example.org', job: 'blackbox'}, values: healthy},
			],
		},
	};
	for (const indent of [0, 2]) {
		write(here, JSON.stringify(answer, null, indent));
		const {triggers, endpoints} = await backtest(here);
		assert.deepEqual(
			endpoints.map(({name}: {name: string}) => name),
			['https://api.example.org', 'https://web.example.org'],
		);
		assert.equal(triggers[0].firedAt, at(630));
		assert.equal(triggers[0].unobservedSeconds, 300);
		assert.deepEqual(triggers[0].firedBy, ['https://api.example.org']);
	}
});

test("samples of our own are read by the machine's steady clock", async context => {
	const here = desk(context);
	const own = every('api', false, 0, 630).map(({at: seconds}, index) => {
		const shift = index < 10 ? 0 : 3600;
		const wall = (Number(seconds) + shift) * 1000;
		return {
			endpoint: 'api',
			at: wall,
			boot: 'b',
			up: index * 15_000,
			wall,
			took: 12,
			verdict: 'fail',
			reason: 'refused',
		};
	});
	write(here, lines(own));
	assert.equal((await backtest(here)).triggers[0].firedAt, at(615 + 3600));
});

test('the order of the lines does not matter', async context => {
	const here = desk(context);
	const points = [...every('web', true, 0, 1800), ...every('api', false, 0, 1800)];
	write(here, lines(points));
	const apart = await backtest(here);
	write(here, lines(points.toReversed()));
	assert.deepEqual(await backtest(here), apart);
	assert.equal(apart.triggers[0].firedAt, at(615));
});

test('as text it says the same in sentences', async context => {
	const here = desk(context);
	write(here, lines([...every('api', true, 0, 30), ...every('api', false, 30, 700)]));
	const {code, stdout} = await here.answers('backtest', 'runbook.md', '--samples', 'samples.ndjson');
	assert.equal(code, 0);
	assert.match(stdout, /^47 samples: api \(47, every 15s\)$/m);
	assert.match(stdout, /^Trigger 1: 1 of 1 down more than 10m$/m);
	assert.ok(stdout.includes(`would have fired at ${local(Date.parse(at(645)))}: api down 10:15\n`), stdout);
	assert.match(stdout, /warning at 80 % /);
	assert.match(stdout, /still down at the last sample, 11:00$/m);
	write(here, lines(every('api', true, 0, 300)));
	assert.match(
		(await here.answers('backtest', 'runbook.md', '--samples', 'samples.ndjson')).stdout,
		/would not have fired\n {2}no outage\n$/,
	);
});

test('unreadable input is exit 2, with its line and its fix', async context => {
	const here = desk(context);
	const [good] = every('api', true, 0, 15);
	const says = async (text: string, wanted: RegExp): Promise<void> => {
		write(here, text);
		const {code, stdout, stderr} = await here.answers('backtest', 'runbook.md', '--samples', 'samples.ndjson');
		assert.deepEqual([code, stdout], [2, ''], text);
		assert.match(stderr, wanted);
		assert.equal(stderr.trimEnd().split('\n').length, 1, stderr);
	};
	await says('', /holds no sample/);
	await says(`${JSON.stringify(good)}\n\n{"at": 1,\n`, /samples\.ndjson:3: .*line of JSON/);
	await says('{"at": 1,\n', /samples\.ndjson:\d+: .*JSON/);
	await says(`${JSON.stringify(good)}\n{"at": "yesterday", "endpoint": "api", "ok": true}`, /:2: "at" is not a time/);
	await says(`${JSON.stringify(good)}\n{"at": 5, "ok": true}`, /:2: "endpoint"/);
	await says(`${JSON.stringify(good)}\n{"at": 5, "endpoint": "api", "ok": 1}`, /:2: "ok"/);
	await says('[1, 2]', /:1: This is not a sample/);
	await says('{"status": "error", "error": "parse error"}', /parse error/);
	await says('{"status": "success", "data": {"resultType": "vector", "result": []}}', /query_range/);
	await says(
		'{"status": "success", "data": {"resultType": "matrix", "result": [{"metric": {"job": "x"}, "values": [[1, "0.5"]]}]}}',
		/Value 1 of x is \[1,"0\.5"\]/,
	);
});

test('a missing file, name, trigger or runbook is named', async context => {
	const here = desk(context);
	const says = async (wanted: RegExp, ...argv: readonly string[]): Promise<void> => {
		const {code, stderr} = await here.answers('backtest', ...argv);
		assert.equal(code, 2, stderr);
		assert.match(stderr, wanted);
	};
	await says(/--samples FILE/, 'runbook.md');
	await says(/cannot be read \(ENOENT\)/, 'runbook.md', '--samples', 'nowhere');
	await says(/cannot be read \(EISDIR\)/, 'runbook.md', '--samples', '.');
	write(here, lines(every('api', true, 0, 30)));
	await says(/nowhere\.md/, 'nowhere.md', '--samples', 'samples.ndjson');
	const text = readFileSync(join(here.folder, 'runbook.md'), 'utf8');
	writeFileSync(
		join(here.folder, 'calm.md'),
		text.replace(/^1\. Critical health.*$/m, '1. P1 impact confirmed by L1/L2.'),
	);
	await says(/calm\.md has no outage trigger/, 'calm.md', '--samples', 'samples.ndjson');
	await says(/is not a time/, 'runbook.md', '--samples', 'samples.ndjson', '--t0', 'soon');
});

test('two hundred thousand samples are answered in seconds', async context => {
	const here = desk(context);
	write(here, lines([...every('api', false, 0, 1_500_000), ...every('web', true, 0, 1_500_000)]));
	const {triggers, samples} = await backtest(here);
	assert.equal(samples, 200_000);
	assert.equal(triggers[0].firedAt, at(615));
});

test('the example of the manual is what the program says', async context => {
	const here = desk(context);
	const page = readFileSync(new URL('../../docs/triggers.md', import.meta.url), 'utf8');
	const block = (start: string): string => page.split(`\n\`\`\`${start}\n`)[1]?.split('\n```')[0] ?? '';
	write(here, block('json'));
	writeFileSync(join(here.folder, 'short.yaml'), 'cutover: 1\ntriggers:\n  "1": { threshold: 1m }\n');
	const said = await here.answers('backtest', 'runbook.md', '--settings', 'short.yaml', '--samples', 'samples.ndjson');
	assert.equal(said.code, 0, said.stderr);
	const inUtc = said.stdout.replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[+-]\d\d:\d\d|Z)/g, time =>
		new Date(time).toISOString().replace('.000Z', '+00:00'),
	);
	const [, example] = page.split('are UTC\n\n```\n');
	assert.equal(inUtc.trimEnd(), example?.split('\n```')[0]);
});

test('a time of day is read in the zone of the runbook', async context => {
	const here = desk(context);
	here.write('runbook.cutover.yaml', 'cutover: 1\nzone: Pacific/Kiritimati\n');
	write(here, lines(every('api', true, 0, 60)));
	assert.equal((await backtest(here, '--t0', '22:00')).triggers[0].armedAt, '2031-03-09T08:00:00.000Z');
});
