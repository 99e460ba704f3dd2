/* Verbs that read a cutover and change nothing. */

import {formats} from '../../evidence/formats.ts';
import type {Verb} from '../args.ts';
import {as, flag, json, option, plain, reading, role, state, store} from '../options.ts';

export const snapshots: readonly Verb[] = [
	{
		name: 'status',
		about: 'shows where the cutover is and what comes next',
		detail: [
			'Without an open cutover it reads the newest closed one, and says so on stderr.',
			'--line prints one line for a shell prompt or tmux, and nothing where no cutover is open.',
		],
		examples: ['status', 'status --since 21:30', 'status --line', 'status --json'],
		arguments: [],
		options: [
			flag('line', 'one line, for a prompt'),
			option('since', 'WHEN', 'first what happened since then; a time of day is the last one'),
			json,
			as,
			...reading,
		],
		load: () => import('../verbs/status.ts'),
	},
	{
		name: 'links',
		about: 'lists personal links: who has one, how it was sent, whether it was opened',
		detail: [],
		examples: ['links', 'links --json'],
		arguments: [],
		options: [json, ...reading],
		load: () => import('../verbs/links.ts'),
	},
	{
		name: 'list',
		about: 'lists all cutovers, newest first: how each ended, what comes next in the open ones',
		detail: [],
		examples: ['list'],
		arguments: [],
		options: [json, state, store],
		load: () => import('../verbs/list.ts'),
	},
	{
		name: 'log',
		about: 'prints the journal, one event a line',
		detail: [],
		examples: ['log', 'log --follow'],
		arguments: [],
		options: [
			{...json, about: 'one JSON document a line'},
			flag('follow', 'goes on as events come, until the cutover is closed'),
			...reading,
		],
		load: () => import('../verbs/log.ts'),
	},
	{
		name: 'replay',
		about: 'shows a cutover that is over again on the screen, at its own pace or faster',
		detail: [
			'Row 1 says REPLAY, the replayed time, the newest event of all, and how fast it plays. Space plays and pauses, ← and → go one event back or forth, - and + change the speed, j lists all events and jumps to one.',
			'It reads only: nothing is recorded, nothing runs, no watcher starts. CUTOVER may be a copy of the folder on another machine, also one that cannot be written. Without CUTOVER it takes the one that ended last.',
			'With --plain (or TERM=dumb, or ACCESSIBLE=1) each event is a line as it comes; play, pause, next, back, jump, speed and status are typed. Where nobody can type, it plays to its end.',
		],
		examples: [
			'replay',
			'replay ledger-2031 --speed 300',
			'replay /media/audit/ledger-2031 --event 42',
			'replay --plain </dev/null',
		],
		arguments: [{name: 'CUTOVER', about: 'its id or its folder', optional: true, completes: 'cutover'}],
		options: [
			option('speed', 'N', 'times as fast as it was; 60 unless given'),
			option('event', 'NUMBER', 'opens at this event of the log, paused'),
			plain,
			as,
			role,
			...reading,
		],
		load: () => import('../verbs/replay.ts'),
	},
	{
		name: 'verify',
		about: 'checks a cutover, offline and without running anything of it',
		detail: [
			'The chain of the journal, the digest of every log, attachment, approved file, the runbook, the settings and the evidence, and the closing entry. DIR may be a copy of the folder on another machine; of a file that export --format html wrote, the journal in it is checked, and that the page says what this journal says.',
			'`HOLDS  closed and whole`, `HOLDS  open: nothing after entry N is proven`, or what does not hold, by entry and file. Exit 0 or 1.',
		],
		examples: ['verify', 'verify /media/audit/ledger-2031 --closed', 'verify evidence.html --head 3f1c…'],
		arguments: [
			{name: 'CUTOVER', about: 'its id, its folder, or its evidence in HTML', optional: true, completes: 'cutover'},
		],
		options: [
			flag('closed', 'a cutover that is still open does not hold'),
			option('head', 'HASH', 'a head that was noted elsewhere: the journal must contain it'),
			json,
			...reading,
		],
		load: () => import('../verbs/verify.ts'),
	},
	{
		name: 'export',
		about: 'prints or writes the evidence',
		detail: [
			"`text` is the runbook's own template, one line a field; md and json also hold votes, sign-offs, logs and attachments with their sha256.",
			'html is one file without scripts: computed checks and exceptions on top, the journal as data that verify checks, its head in the foot of every printed page. For a PDF, print it with a browser.',
		],
		examples: ['export', 'export --format md --output evidence.md', 'export --format html --output evidence.html'],
		arguments: [],
		options: [
			option('format', 'FORMAT', 'text unless given', {choices: Object.keys(formats)}),
			option('output', 'FILE', 'writes there instead of stdout (-), whole or not at all', {completes: 'file'}),
			flag('force', 'replaces the file where there is one; a link is never followed'),
			...reading,
		],
		load: () => import('../verbs/export.ts'),
	},
	{
		name: 'serve',
		about: 'serves the live page of a cutover until it is over, and prints its link',
		detail: [
			'Whoever has the link follows the cutover in a browser: the current state, who is awaited, timeline, gates, health, rollback, sign-offs, journal. Somebody with a personal link (invite) votes, answers and signs there; nobody else can do anything. Output of attempts, commands, addresses and logins are not on it. The link is the same each time.',
			'It is reached by ssh -L 8440:127.0.0.1:8440 HOST, by a proxy with TLS before a unix socket, or with --cert and --key by itself.',
			'Where the settings have `serve`, the page is served from begin to close, and this prints its link.',
		],
		examples: ['serve', 'serve --listen unix:/run/cutover/web.sock --url https://cutover.example.org', 'serve --open'],
		arguments: [],
		options: [
			option('listen', 'ADDRESS', 'address and port, or unix:PATH; 127.0.0.1:8440 unless given'),
			option('url', 'ADDRESS', 'what readers open, where that is another address'),
			option('cert', 'FILE', 'certificate with its chain, PEM', {completes: 'file'}),
			option('key', 'FILE', 'key of the certificate, PEM', {completes: 'file'}),
			flag('open', 'without a code in the link: whoever reaches the address may look'),
			...reading,
		],
		load: () => import('../verbs/serve.ts'),
	},
	{
		name: 'publish',
		about: 'writes the live page to a file, or to a command, whenever it changes',
		detail: [
			'For those who open no port: a web server, a bucket or a share shows the file. It is one file that needs nothing else; it is written at least each minute, and says by itself when it was not.',
			'--command runs a command line with the page on its standard input, at most each 5 s.',
		],
		examples: ['publish /srv/www/cutover.html', "publish --command 'aws s3 cp - s3://status/cutover.html'"],
		arguments: [{name: 'FILE', about: 'file to write, mode 0644', optional: true, completes: 'file'}],
		options: [option('command', 'LINE', 'command line that gets the page'), flag('once', 'writes it once'), ...reading],
		load: () => import('../verbs/publish.ts'),
	},
];
