/* Options and words that several verbs share, each said once. */
import type {Argument, Option} from './args.ts';

type More = Pick<Option, 'many' | 'choices' | 'completes'>;

export const option = (name: string, value: string, about: string, more: More = {}): Option => ({
	name,
	value,
	about,
	...more,
});

export const flag = (name: string, about: string): Option => ({name, value: null, about});

export const plain = flag('plain', 'no full screen: one line an event, and a prompt');
export const runbook: Argument = {name: 'RUNBOOK', about: 'the Markdown runbook', completes: 'runbook'};
export const t0 = option('t0', 'WHEN', 'when T0 is planned: 2031-03-08T22:00:00+01:00, 22:00, or +90m');
export const json = flag('json', 'one JSON document instead of text');
export const state = option('state', 'DIR', 'folder of all cutovers, instead of $XDG_STATE_HOME/cutover-tui', {
	completes: 'file',
});
export const store = option(
	'store',
	'URL',
	'where cutovers are recorded: a folder, or postgres://USER@HOST1,HOST2/DATABASE',
);
export const cutover = option('cutover', 'ID', 'which cutover, where several are open', {completes: 'cutover'});
export const settings = option('settings', 'FILE', 'settings of the runbook, instead of NAME.cutover.yaml beside it', {
	completes: 'file',
});
export const workspace = option(
	'workspace',
	'DIR',
	'folder that paths and commands start from, instead of the top of the git work tree',
	{completes: 'file'},
);
export const as = option('as', 'NAME', 'your name, instead of your login; recorded as stated (unverified)');
export const role = option('role', 'ROLE', 'the role you act in, where an act has several owners', {completes: 'role'});
export const confirm = option(
	'confirm',
	'WORD',
	'the typed word for what cannot be undone; twice where two are needed',
	{many: true},
);
const commandId = option(
	'command-id',
	'ID',
	'makes the act repeatable: the same id with the same words gets the same answer and leaves no second event',
);

/** For a verb that reads a cutover. */
export const reading: readonly Option[] = [cutover, state, store];

const sign = option(
	'sign',
	'KEY',
	'signs the act with this key: a private key file, a public one that the agent holds, or - for a signature made elsewhere',
	{completes: 'file'},
);

/** For a command that can say what it would do. */
export const dryRun = flag(
	'dry-run',
	'shows what it would record, the times after it, what turns stale and who is next; records and starts nothing',
);

/** For a verb that acts on one. */
export const acting: readonly Option[] = [as, role, confirm, sign, commandId, cutover, state, store];
