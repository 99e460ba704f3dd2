/** The runbook of the scenarios: five gates, six stages, three triggers, a workflow with a script to fall back on. */
import {type Digests, type Gate, type Runbook, type Stage, usualProof} from '../../source/cutover/model/runbook.ts';

const gate = (id: string, title: string, rest: Partial<Gate> & Pick<Gate, 'kind' | 'owners'>): Gate => ({
	id,
	title,
	commands: [],
	files: [],
	passWhen: 'exit code 0',
	groups: [],
	need: 'all',
	playbook: null,
	timeoutSeconds: 900,
	maxAgeSeconds: 5400,
	paths: [],
	line: 12,
	more: {},
	...rest,
});

const stage = (
	id: string,
	minutes: number,
	action: string,
	rest: Partial<Stage> & Pick<Stage, 'kind' | 'owners'>,
): Stage => ({
	id,
	offsetSeconds: minutes * 60,
	action,
	evidence: 'what it printed',
	items: [],
	gates: [],
	playbook: null,
	timeoutSeconds: minutes < 0 ? 900 : null,
	start: 'person',
	line: 24,
	more: {},
	...rest,
});

const gates: readonly Gate[] = [
	gate('G1', 'Tools and paths in place', {
		kind: 'command',
		owners: ['release-operator'],
		commands: ['bash ops/before-switch.sh'],
	}),
	gate('G2', 'Build and tests', {kind: 'command', owners: ['qa-owner'], commands: ['make build && make test']}),
	gate('G3', 'Rollback can be called', {
		kind: 'files',
		owners: ['release-manager'],
		files: ['.github/workflows/rollback.yml', 'ops/rollback.sh'],
		passWhen: 'both are there and callable',
	}),
	gate('G4', 'Operations handed over', {
		kind: 'acknowledgement',
		owners: ['ops-lead'],
		groups: ['L1', 'L2', 'L3'],
		files: ['docs/operating.md', 'docs/incidents.md'],
		passWhen: 'L1, L2 and L3 have read both',
	}),
	gate('G5', 'No blocker left from acceptance', {
		kind: 'statement',
		owners: ['project-owner'],
		groups: ['project-owner'],
		files: ['docs/acceptance-2.md', 'docs/acceptance-3.md'],
		passWhen: 'nothing open that blocks',
	}),
];

const stages: readonly Stage[] = [
	stage('T-60', -60, 'Look over the ground', {kind: 'checks', owners: ['release-operator'], gates: ['G1']}),
	stage('T-30', -30, 'Build and test', {kind: 'checks', owners: ['qa-owner'], gates: ['G2']}),
	stage('T-10', -10, 'Go or no-go, freeze', {
		kind: 'decision',
		owners: ['release-manager', 'ops-lead'],
		gates: ['G1', 'G2', 'G3', 'G4', 'G5'],
	}),
	stage('T0', 0, 'Switch, outside the tool', {kind: 'act', owners: ['release-manager']}),
	stage('T+10', 10, 'Look at health and logs', {
		kind: 'verification',
		owners: ['oncall-ops'],
		items: ['health endpoints', 'service status', 'critical logs', 'baseline'],
	}),
	stage('T+30', 30, 'Keep or roll back, tell everyone', {
		kind: 'closing',
		owners: ['release-manager', 'project-owner'],
	}),
];

const fields = [
	'Ticket',
	'Environment',
	'Operator',
	'Gate results (G1-G5)',
	'T-60 evidence',
	'T-30 evidence',
	'T-10 decision',
	'T0 execution reference',
	'T+10 verification',
	'T+30 closure decision',
	'Rollback trigger (if any)',
];

export const runbook: Runbook = {
	title: 'Orders moves to its new release',
	path: '/srv/orders/docs/switch.md',
	digest: 'sha256:7c1f0e5b2a9d4c386e17f0b5a4d3c2918e7f6a5b4c3d2e1f0918273645546372',
	settings: 'docs/switch.cutover.yaml',
	gates,
	stages,
	triggers: [
		{
			id: '1',
			kind: 'outage',
			text: 'a critical endpoint is down for more than 10 minutes',
			line: 40,
			thresholdSeconds: 600,
			strict: true,
			roles: [],
		},
		{
			id: '2',
			kind: 'confirmation',
			text: 'P1 impact, and no safe way to fix it in place',
			line: 41,
			roles: ['L1', 'L2'],
			need: 'any',
			facts: ['P1 impact', 'no safe way to fix it in place'],
			answerSeconds: 300,
		},
		{
			id: '3',
			kind: 'confirmation',
			text: 'the release manager finds that users are hurt too much',
			line: 42,
			roles: ['release-manager'],
			need: 'any',
			facts: ['users are hurt too much'],
			answerSeconds: 300,
		},
	],
	rollback: {
		preferred: {
			kind: 'workflow',
			workflow: '.github/workflows/rollback.yml',
			inputs: {action: 'back', stack: 'ops/stack.yml', drop_volumes: '0'},
		},
		fallback: {kind: 'script', script: 'ops/rollback.sh', reference: 'docs/incidents.md'},
		environment: {ACTION: 'back', STACK: 'ops/stack.yml', DROP_VOLUMES: '0'},
		...usualProof,
		line: 46,
	},
	signOffs: [
		{
			id: 'S1',
			role: 'release-operator',
			text: 'Output of T-60 attached',
			requires: [{kind: 'log', of: 'T-60'}],
			line: 52,
		},
		{
			id: 'S2',
			role: 'qa-owner',
			text: 'Output of build and tests attached',
			requires: [{kind: 'log', of: 'T-30'}],
			line: 53,
		},
		{id: 'S3', role: 'ops-lead', text: 'Both handbooks read', requires: [{kind: 'acknowledged', of: 'G4'}], line: 54},
		{
			id: 'S4',
			role: 'release-manager',
			text: 'Decided at T-10 and at T+30',
			requires: [
				{kind: 'decision', of: 'T-10'},
				{kind: 'decision', of: 'T+30'},
			],
			line: 55,
		},
		{
			id: 'S5',
			role: 'project-owner',
			text: 'Closing report approved',
			requires: [{kind: 'file', of: 'docs/closing-report.md'}],
			line: 56,
		},
	],
	evidence: fields.map(field => ({field, text: `${field}:`})),
	roles: [
		'release-operator',
		'qa-owner',
		'release-manager',
		'ops-lead',
		'project-owner',
		'oncall-ops',
		'L1',
		'L2',
		'L3',
	],
	people: {
		'release-operator': ['dave'],
		'qa-owner': ['carol'],
		'release-manager': ['alice'],
		'ops-lead': ['carol'],
		'project-owner': ['bob'],
		'oncall-ops': ['dave'],
		L1: ['ben'],
		L2: ['lena'],
		L3: ['omar'],
	},
	id: null,
	environment: 'production',
	ticket: 'CHG-4821',
	t0: null,
	secrets: [],
	pass: [],
};

const digest = (path: string): string =>
	`sha256:${[...path]
		.reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 0xffffffff, 7)
		.toString(16)
		.padStart(64, '3f9c')}`;

/** Every path, with a digest of its own. */
const digests = (paths: readonly string[]): Digests => Object.fromEntries(paths.map(path => [path, digest(path)]));

export const approved: Digests = digests(['docs/switch.md', 'docs/switch.cutover.yaml', 'ops/rollback.sh']);

/** As they lie in the workspace; the closing report is not written yet. */
export const files: Digests = {
	...digests([...gates.flatMap(row => row.files)]),
	'docs/closing-report.md': null,
};
