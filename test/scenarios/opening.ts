/** A runbook that was read and not begun: as it should be, and with an error in it. */
import {refuse} from '../../source/cutover/decide/refusal.ts';
import type {Opening} from '../../source/cutover/ports.ts';
import {runbook} from './runbook.ts';

const source = [
	'# Orders moves to its new release',
	'',
	'| Time | Owner | Action |',
	'|---|---|---|',
	'| T-60 | release-operator | Look over the ground |',
	'| T-sixty | release-operator | Look over the ground again |',
];

const refused = refuse('not-begun', 'This is only a drawing.', 'Begin a real runbook.');

export const readable: Opening = {
	path: runbook.path,
	runbook,
	source,
	problems: [
		{
			severity: 'warning',
			line: 41,
			column: 5,
			code: 'slash-between-roles',
			message: '"L1/L2" is read as L1 or L2, any of them.',
			fix: 'Say "L1 and L2" where both have to.',
		},
	],
	summary: [
		'5 gates: G1 command, G2 command, G3 files, G4 words of L1, L2, L3, G5 statement of project-owner',
		'6 stages: T-60 runs G1 · T-30 runs G2 · T-10 decides · T0 by hand · T+10 verifies · T+30 closes',
		'3 triggers: 1 outage of more than 10:00 · 2 two confirmations, L1 or L2 · 3 one confirmation, release-manager',
		'rollback: workflow .github/workflows/rollback.yml, else ops/rollback.sh',
		'5 sign-offs, 11 evidence fields',
	],
	willRun: [
		{
			of: 'G1',
			target: {gate: 'G1'},
			verbatim: 'bash ops/before-switch.sh',
			files: [],
		},
		{
			of: 'G2',
			target: {gate: 'G2'},
			verbatim: 'make build && make test',
			files: [],
		},
		{
			of: 'preferred',
			target: {path: 'preferred'},
			verbatim: 'bash ops/rollback.sh',
			files: [{path: 'ops/rollback.sh', digest: 'sha256:3f9c3f9c3f9c3f9c3f9c3f9c', how: 'copy'}],
		},
	],
	isAdoptable: false,
	workspace: '/srv/orders',
	begin: () => Promise.resolve(refused),
	isBegun: () => Promise.resolve(false),
};

export const broken: Opening = {
	...readable,
	runbook: null,
	problems: [
		...readable.problems,
		{
			severity: 'error',
			line: 6,
			column: 3,
			code: 'no-offset',
			message: '"T-sixty" is no offset.',
			fix: 'Write it as T-60, T+10 or T0.',
		},
	],
	willRun: [],
};
