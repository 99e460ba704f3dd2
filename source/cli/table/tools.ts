/* Verbs beside the cutover. */
import type {Verb} from '../args.ts';
import {confirm, cutover, flag, json, option, plain, runbook, settings, state, store, workspace} from '../options.ts';

export const tools: readonly Verb[] = [
	{
		name: 'rehearse',
		about: 'rehearses the whole cutover, on a faster clock',
		detail: [
			'Without a runbook it rehearses the sample, which cuts a small service over that ends with it. It works in a copy of the workspace, and keeps its cutovers apart from those that are meant.',
			'With --auto it plays every role itself and needs no terminal; the clock then goes at real speed while something runs.',
			'What a runbook of your own runs, it really runs: with --auto a T0 with a playbook takes --confirm T0, and with a fault a script of the rollback takes --confirm ROLLBACK.',
		],
		examples: ['rehearse', 'rehearse runbook.md --auto', 'rehearse --auto --inject outage@T+2m:12m'],
		arguments: [{...runbook, optional: true}],
		options: [
			flag('auto', 'plays every role itself'),
			plain,
			option('speed', 'N', 'how many times as fast the clock runs: 10 unless given, with --auto 600'),
			option(
				'inject',
				'FAULT',
				'a fault, such as outage@T+2m:12m: outage, flap, slow, watcher-killed, screen-killed, github-404, github-timeout',
				{many: true},
			),
			flag('notify', 'really sends to the channels of `notify`; else what they would get is written into notify.log'),
			confirm,
			settings,
			workspace,
			state,
		],
		load: () => import('../verbs/rehearse.ts'),
	},
	{
		name: 'backtest',
		about: 'when each outage trigger would have fired on recorded samples',
		detail: [
			'FILE holds lines such as {"at": "2031-03-08T22:00:00Z", "endpoint": "api", "ok": true} (false: down, null: unknown; the time may be Unix seconds), what a cutover recorded, or the answer of Prometheus to a query_range for probe_success.',
			'Without --t0 the triggers are armed from the first sample; 22:00 and +10m count from it. It starts nothing and needs no cutover.',
		],
		examples: ['backtest runbook.md --samples prometheus.json'],
		arguments: [runbook],
		options: [
			option('samples', 'FILE', 'the recorded samples', {completes: 'file'}),
			option('t0', 'WHEN', 'when the triggers are armed: RFC 3339, 22:00, or +10m after the first sample'),
			json,
			settings,
			workspace,
		],
		load: () => import('../verbs/backtest.ts'),
	},
	{
		name: 'notify',
		about: 'sends a test message to each channel of notify, and says what each answered',
		detail: [
			'With a runbook before it is begun, else of the open cutover. Commands of notify are not tested: they run only in a cutover, as they were approved.',
			'Exit 0 where every channel has taken its message, 1 where one has not.',
		],
		examples: ['notify runbook.md --test', 'notify --test', 'notify --test --to slack'],
		arguments: [{name: 'RUNBOOK', about: 'the Markdown runbook, or a channel', optional: true, completes: 'runbook'}],
		options: [
			flag('test', 'sends the test message'),
			option('to', 'CHANNEL', 'this channel only'),
			json,
			cutover,
			state,
			store,
			settings,
			workspace,
		],
		load: () => import('../verbs/notify.ts'),
	},
	{
		name: 'doctor',
		about: 'what this machine lacks, and what endangers detached runs',
		detail: ['Exit 0 where nothing is missing, 1 where something is.'],
		examples: ['doctor', 'doctor runbook.md'],
		arguments: [{...runbook, optional: true}],
		options: [json, state, store, settings, workspace],
		load: () => import('../doctor/doctor.ts'),
	},
	{
		name: 'store',
		about: 'prepares a database for cutovers, checks it, and brings a cutover out of it',
		detail: [
			'init creates the schema, as an administrator of the database that --store names; grants LOGIN lets a login use it. Both only print their SQL with --print.',
			'check says what is ready and what is missing, without changing anything: exit 0, or 1 where something is missing.',
			'join lets this host work for --cutover ID: its watcher begins, and attempts can be asked to run here (run --on HOST).',
			'pull ID [DIR] writes a cutover into the state folder DIR, else into that of this host, which goes on with it alone. It takes --confirm PULL unless the cutover is closed: an attempt that still runs elsewhere may run twice.',
			'push FOLDER is the opposite: it brings the cutover in that folder into the database, behind what is there of it, with the same hashes.',
		],
		examples: [
			'store init --store postgres://admin@db1/cutover',
			'store grants bastion1 --store postgres://admin@db1/cutover',
			'store check --store postgres://bastion1@db1,db2/cutover',
			'store pull ledger-2031 ./copy --store postgres://bastion1@db1,db2/cutover',
		],
		arguments: [
			{
				name: 'ACT',
				about: 'init, grants, check, join, pull or push',
				choices: ['init', 'grants', 'check', 'join', 'pull', 'push'],
			},
			{name: 'WHAT', about: 'grants: a login of the database; pull: the cutover; push: its folder', optional: true},
			{name: 'DIR', about: 'pull: the state folder to write it into', optional: true},
		],
		options: [flag('print', 'prints the SQL and changes nothing'), confirm, cutover, state, store],
		load: () => import('../verbs/store.ts'),
	},
	{
		name: 'complete',
		about: 'prints the completion script of a shell',
		detail: [
			'bash: source <(cutover-tui complete bash) · zsh: source <(cutover-tui complete zsh) · fish: cutover-tui complete fish | source',
		],
		examples: ['complete bash'],
		arguments: [{name: 'SHELL', about: 'bash, zsh or fish', choices: ['bash', 'zsh', 'fish']}],
		options: [],
		load: () => import('../verbs/complete.ts'),
	},
];
