/* Rows of a small runbook, for a cutover that really runs. */

import type {Endpoint} from '../../source/cutover/model/endpoint.ts';
import type {NotifyOn, NotifyTarget} from '../../source/cutover/model/notify.ts';
import type {Gate, Runbook, Stage} from '../../source/cutover/model/runbook.ts';

export const gate = (id: string, rest: Partial<Gate>): Gate => ({
	id,
	title: `gate ${id}`,
	kind: 'command',
	commands: [],
	files: [],
	passWhen: 'exit code 0',
	owners: [],
	groups: [],
	need: 'all',
	playbook: null,
	timeoutSeconds: 60,
	maxAgeSeconds: 5400,
	paths: [],
	line: 1,
	more: {},
	...rest,
});

/** A command of the workspace that is notified. */
export const notifies = (on: readonly NotifyOn[], command: string): NotifyTarget => ({
	on,
	to: 'command',
	values: {command},
	commands: [command],
	variables: [],
});

/** An endpoint that a script asks each second. */
export const asks = (script: string): Endpoint => ({
	name: 'api',
	kind: 'script',
	target: script,
	run: script,
	everySeconds: 1,
	timeoutSeconds: 5,
	critical: true,
});

export const stage = (id: string, minutes: number, rest: Partial<Stage>): Stage => ({
	id,
	kind: 'manual',
	offsetSeconds: minutes * 60,
	owners: [],
	action: `what ${id} does`,
	evidence: '',
	items: [],
	gates: [],
	playbook: null,
	timeoutSeconds: 60,
	start: 'person',
	line: 1,
	more: {},
	...rest,
});

export const runbookOf = (path: string, rest: Partial<Runbook>): Runbook => ({
	title: 'A small cutover',
	path,
	digest: 'sha256:0',
	settings: null,
	gates: [],
	stages: [stage('T-10', -10, {kind: 'decision'}), stage('T0', 0, {kind: 'act'}), stage('T+10', 10, {kind: 'closing'})],
	triggers: [],
	rollback: null,
	signOffs: [],
	evidence: [],
	roles: [],
	people: null,
	id: null,
	environment: null,
	ticket: null,
	t0: null,
	secrets: [],
	pass: [],
	...rest,
});
