/** Every act of the screen by name: what a key, a menu or the palette may lead to. */
import type {Act} from './act.ts';
import {answer, ask, dismissTrigger, down, observed, standDown, up} from './answering.ts';
import {begin} from './beginning.ts';
import {abandon, acknowledge, approve, close, extend, freeze, hold, keep, t0, vote} from './deciding.ts';
import {attach, copy, copyUpdate, exportIt, note, notRecorded, person, setField, sign} from './recording.ts';
import {confirmRelay, handRole, takeRole} from './relaying.ts';
import {adoptRun, byHand, cancel, copyLink, prove, rollback} from './reversing.ts';
import {done, report, resume, run, skip, stop} from './running.ts';

const table = {
	begin,
	run,
	resume,
	report,
	skip,
	done,
	stop,
	acknowledge,
	vote,
	keep,
	freeze,
	hold,
	t0,
	abandon,
	approve,
	extend,
	close,
	ask,
	answer,
	dismissTrigger,
	down,
	up,
	observed,
	standDown,
	rollback,
	cancel,
	adoptRun,
	byHand,
	prove,
	sign,
	note,
	attach,
	setField,
	notRecorded,
	export: exportIt,
	copy,
	copyUpdate,
	copyLink,
	person,
	confirmRelay,
	handRole,
	takeRole,
} satisfies Record<string, Act>;

export type ActName = keyof typeof table;

export const acts: Readonly<Record<ActName, Act>> = table;

/** What `B` and Enter offer on the rollback screen. */
export const ofRollback = ['prove', 'cancel', 'rollback', 'adoptRun', 'byHand'] as const satisfies readonly ActName[];

/** What `t` and Enter offer on a trigger. */
export const ofTriggers = [
	'answer',
	'ask',
	'observed',
	'down',
	'up',
	'standDown',
	'dismissTrigger',
] as const satisfies readonly ActName[];

export const actNames = Object.keys(table) as readonly ActName[];
