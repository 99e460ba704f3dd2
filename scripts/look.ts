/**
 * `npm run look -- SCENARIO [--columns N] [--rows N]`: a scenario on a real screen, to be driven by keys. The journal is in
 * memory and nothing real runs: what is started here passes by itself after some seconds. Without a scenario it lists them.
 * With `--png` it is not opened but drawn: a picture into `--out`, by default SCENARIO.png.
 */
import {randomUUID} from 'node:crypto';
import {constants} from 'node:os';
import process from 'node:process';
import {parseArgs} from 'node:util';
import {systemClock} from '../source/cli/clock.ts';
import type {Clock} from '../source/cutover/ports.ts';
import {openScreen} from '../source/screen/open.tsx';
import type {EndSignal} from '../source/screen/screen-options.ts';
import {isFollowed} from '../source/screen/screen-options.ts';
import {at} from '../test/given.ts';
import {readable} from '../test/scenarios/opening.ts';
import {alice} from '../test/scenarios/people.ts';
import {type Scenario, scenarios} from '../test/scenarios/scenarios.ts';
import {cutoverOf} from './look/cutover.ts';

const named: Readonly<Record<string, Scenario>> = scenarios;
const first = 'first-opening';

const {values, positionals} = parseArgs({
	allowPositionals: true,
	options: {
		columns: {type: 'string'},
		rows: {type: 'string'},
		ascii: {type: 'boolean', default: false},
		png: {type: 'boolean', default: false},
		out: {type: 'string'},
	},
});

const say = (text: string): boolean => process.stdout.write(`${text}\n`);

/** The terminal, or as much of it as was asked for. */
const output = (): NodeJS.WriteStream => {
	const columns = Number(values.columns ?? process.stdout.columns);
	const rows = Number(values.rows ?? process.stdout.rows);
	return new Proxy(process.stdout, {
		get(stream, key) {
			if (key === 'columns') return values.columns === undefined ? stream.columns : columns;
			if (key === 'rows') return values.rows === undefined ? stream.rows : rows;
			const value: unknown = Reflect.get(stream, key);
			return typeof value === 'function' ? value.bind(stream) : value;
		},
	});
};

const signals: readonly EndSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

const onSignal = (heard: (signal: EndSignal) => void): (() => void) => {
	for (const signal of signals) process.on(signal, heard);
	return () => {
		for (const signal of signals) process.off(signal, heard);
	};
};

/** It is that moment now, and time goes on from there. */
const clockFrom = (time: string): Clock => {
	const opened = systemClock.now();
	return {...systemClock, now: () => at(time) + systemClock.now() - opened};
};

const look = async (name: string, scenario: Scenario | null): Promise<number> => {
	const clock = clockFrom(scenario?.now ?? '20:49:00');
	const left = await openScreen({
		terminal: {input: process.stdin, output: output()},
		clock,
		person: scenario?.you ?? alice,
		account: 'cutover@bastion-1',
		ascii: values.ascii,
		colour: !process.env['NO_COLOR'],
		comeBack: () => `npm run look -- ${name}`,
		newId: randomUUID,
		redact: (_, text) => text,
		stop: resumed => resumed(),
		end: signal => void process.kill(process.pid, signal),
		taken: null,
		shown: () => {},
		onSignal,
		load: async () =>
			scenario === null
				? {opening: readable}
				: {cutover: await cutoverOf(scenario, clock), view: {screen: scenario.screen, ...scenario.view}},
	});
	if (left === 'left' || isFollowed(left)) return 0;
	return 128 + constants.signals[left === 'gone' ? 'SIGHUP' : left];
};

const [name] = positionals;
const scenario = name === undefined ? undefined : named[name];

if (name === undefined || (scenario === undefined && name !== first)) {
	if (name !== undefined) say(`There is no scenario "${name}".`);
	say(
		`npm run look -- SCENARIO [--columns N] [--rows N] [--ascii] [--png [--out FILE]]\n\n${[first, ...Object.keys(named)].join('\n')}`,
	);
	process.exitCode = name === undefined ? 0 : 2;
} else if (values.png && scenario !== undefined) {
	process.env['FORCE_COLOR'] = process.env['NO_COLOR'] ? '0' : '1';
	const {drawn} = await import('../test/screen/draw.tsx');
	const {openTheme} = await import('../source/screen/theme.ts');
	const {toPng} = await import('./look/png.ts');
	const size = {columns: Number(values.columns ?? 80), rows: Number(values.rows ?? 24)};
	const out = values.out ?? `${name}.png`;
	await toPng(drawn(scenario, size, openTheme({ascii: values.ascii, colour: !process.env['NO_COLOR']})), size, out);
	say(out);
} else if (!process.stdin.isTTY || !process.stdout.isTTY) {
	say('A screen needs a terminal on stdin and stdout.');
	process.exitCode = 2;
} else {
	process.env['TZ'] = 'Europe/Amsterdam';
	process.exitCode = await look(name, scenario ?? null);
}
