/*
Options and words that several verbs share, each said once.
*/
import type {Argument, Option} from './args.ts';

export const runbook: Argument = {name: 'RUNBOOK', about: 'the Markdown runbook', completes: 'runbook'};
export const t0: Option = {
	name: 't0',
	value: 'WHEN',
	about: 'when T0 is planned: 2031-03-08T22:00:00+01:00, 22:00, or +90m',
};
export const json: Option = {name: 'json', value: null, about: 'one JSON document instead of text'};
export const state: Option = {
	name: 'state',
	value: 'DIR',
	about: 'folder of all cutovers, instead of $XDG_STATE_HOME/cutover-tui',
	completes: 'file',
};
export const store: Option = {
	name: 'store',
	value: 'URL',
	about: 'where cutovers are recorded: a folder, or postgres://USER@HOST1,HOST2/DATABASE',
};
export const cutover: Option = {
	name: 'cutover',
	value: 'ID',
	about: 'which cutover, where several are open',
	completes: 'cutover',
};
export const settings: Option = {
	name: 'settings',
	value: 'FILE',
	about: 'settings of the runbook, instead of NAME.cutover.yaml beside it',
	completes: 'file',
};
export const workspace: Option = {
	name: 'workspace',
	value: 'DIR',
	about: 'folder that paths and commands start from, instead of the top of the git work tree',
	completes: 'file',
};
export const as: Option = {
	name: 'as',
	value: 'NAME',
	about: 'your name, instead of your login; recorded as stated (unverified)',
};
export const role: Option = {
	name: 'role',
	value: 'ROLE',
	about: 'the role you act in, where an act has several owners',
	completes: 'role',
};
export const confirm: Option = {
	name: 'confirm',
	value: 'WORD',
	about: 'the typed word for what cannot be undone; twice where two are needed',
	many: true,
};
const commandId: Option = {
	name: 'command-id',
	value: 'ID',
	about: 'makes the act repeatable: the same id with the same words gets the same answer and leaves no second event',
};

/** For a verb that reads a cutover. */
export const reading: readonly Option[] = [cutover, state, store];

const sign: Option = {
	name: 'sign',
	value: 'KEY',
	about:
		'signs the act with this key: a private key file, a public one that the agent holds, or - for a signature made elsewhere',
	completes: 'file',
};

/** For a command that can say what it would do. */
export const dryRun: Option = {
	name: 'dry-run',
	value: null,
	about: 'shows what it would record, the times after it, what turns stale and who is next; records and starts nothing',
};

/** For a verb that acts on one. */
export const acting: readonly Option[] = [as, role, confirm, sign, commandId, cutover, state, store];
