/*
Every command that a person gives, once. The command line builds options, help and completion from it, the screen its
forms and the palette, and docs/cli.md and docs/keys.md are generated from it. Keys live in screen/keys.
*/
import type {CommandName as AnyCommand} from '../cutover/model/command.ts';
import {acknowledge} from './answering.ts';
import {abandon, close, extend, freeze, hold, keep, t0, vote} from './deciding.ts';
import {invite, revoke} from './links.ts';
import {confirmRelay, handRole, takeRole} from './people.ts';
import {attach, note, notRecorded, setField, sign} from './recording.ts';
import {relayFields} from './relay.ts';
import {adoptRun, byHand, cancel, prove, rollback} from './rollback.ts';
import {done, report, resume, run, skip, stop} from './running.ts';
import type {Spec} from './spec.ts';
import {answer, ask, dismiss, down, observed, standDown, up} from './triggers.ts';

/** A cutover begins and is approved by commands that read files; their entries are with those. */
type CommandName = Exclude<AnyCommand, 'begin' | 'approve'>;

const table = {
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
	extend,
	close,
	ask,
	answer,
	dismiss,
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
	confirmRelay,
	handRole,
	takeRole,
	invite,
	revoke,
} satisfies {readonly [K in CommandName]: Spec};

export type {CommandName};

export type Catalogue = Readonly<Record<string, Spec>>;

/** With the fields that every relayable command has. */
const whole = (spec: Spec): Spec =>
	spec.relayable ? {...spec, fields: [...relayFields(spec.probe), ...spec.fields]} : spec;

export const catalogue = Object.fromEntries(
	Object.entries(table).map(([name, spec]) => [name, whole(spec)]),
) as Readonly<Record<CommandName, Spec>>;

export const commandNames = Object.keys(table) as readonly CommandName[];
