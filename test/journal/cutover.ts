/** A small cutover to journal: one gate, four stages, a clock that tests move. */

import {systemClock} from '../../source/cli/clock.ts';
import type {Command, CommandData, CommandType, Observation} from '../../source/cutover/model/command.ts';
import type {Person} from '../../source/cutover/model/person.ts';
import type {Runbook, Stage} from '../../source/cutover/model/runbook.ts';
import type {Clock} from '../../source/cutover/ports.ts';
import {instant} from '../../source/text/time.ts';

const stage = (id: string, kind: Stage['kind'], offsetMinutes: number): Stage => ({
	id,
	kind,
	offsetSeconds: offsetMinutes * 60,
	owners: ['release-manager'],
	action: `Do ${id}`,
	evidence: '',
	items: [],
	gates: kind === 'decision' ? ['G1'] : [],
	playbook: null,
	timeoutSeconds: null,
	start: 'person',
	line: 1,
	more: {},
});

export const runbook: Runbook = {
	title: 'Ledger moves to the new cluster',
	path: '/srv/ledger/runbook.md',
	digest: 'sha256:00',
	settings: null,
	gates: [
		{
			id: 'G1',
			title: 'Ledger is quiet',
			kind: 'command',
			commands: ['true'],
			files: [],
			passWhen: 'exit 0',
			owners: ['release-manager'],
			groups: [],
			need: 'all',
			playbook: null,
			timeoutSeconds: 900,
			maxAgeSeconds: 5400,
			paths: [],
			line: 1,
			more: {},
		},
	],
	stages: [
		stage('T-60', 'checks', -60),
		stage('T-10', 'decision', -10),
		stage('T0', 'act', 0),
		stage('T+30', 'closing', 30),
	],
	triggers: [],
	rollback: null,
	signOffs: [],
	evidence: [],
	roles: ['release-manager'],
	people: null,
	id: null,
	environment: null,
	ticket: null,
	t0: null,
	secrets: [],
	pass: [],
};

export const dana: Person = {
	name: 'dana',
	login: 'dana',
	role: null,
	tty: 'pts/3',
	ssh: null,
	strength: 'system login',
};
export const watcher: Person = {name: 'watcher', login: 'dana', role: null, tty: null, ssh: null, strength: 'process'};

export const untouched: Observation = {heads: {G1: 'a1'}, files: {}, approved: {'runbook.md': 'sha256:00'}};

let ids = 0;

export const command = <K extends CommandType>(type: K, data: CommandData[K], id = `c${++ids}`): Command<K> =>
	({id, type, data}) as Command<K>;

export const begin = (id = `c${++ids}`): Command<'begin'> => ({
	confirm: ['BEGIN'],
	...command(
		'begin',
		{
			id: 'ledger-2031',
			runbook,
			t0: '2031-03-08T22:00:00.000Z',
			ticket: 'OPS-7',
			environment: null,
			workspace: '/srv/ledger',
			approved: {'runbook.md': 'sha256:00'},
			rehearsal: null,
		},
		id,
	),
});

/** A clock whose time of day stands where a test puts it; timers are real. */
export const clockAt = (time: string): Clock & {set(time: string): void} => {
	let now = instant(time);
	return {
		...systemClock,
		now: () => now,
		set: text => {
			now = instant(text);
		},
	};
};
