/* What the screen asks of the world, and the names of what a person can do at it: plain data, known to views and dialogs. */
import type {CommandName} from '../../commands/catalogue.ts';
import type {Relayed} from '../../commands/relay.ts';
import type {Step} from '../../commands/spec.ts';
import type {ReplayMove} from '../../cutover/model/replay.ts';
import type {BeginForm, SignedWith} from '../../cutover/ports.ts';

/** What the screen does itself, beside the commands of the catalogue. */
export type OwnName =
	| 'begin'
	| 'approve'
	| 'export'
	| 'copy'
	| 'copyUpdate'
	| 'copyLink'
	| 'person'
	| 'read'
	| 'cutovers'
	| 'signAll'
	| 'signature'
	| 'jump';

export type ActName = CommandName | OwnName;

export type About = {readonly title: string; readonly lines: readonly string[]};

/** What the screen asks of the world. */
export type Effect =
	| {
			readonly kind: 'send';
			/** Sent in this order, until one is refused. */
			readonly steps: readonly Step[];
			/** The role to act in where a step names none; null for the person's own or the one owner. */
			readonly as: string | null;
			readonly confirm: readonly string[];
			readonly relayed?: Relayed;
			/** What the form showed, to be shown again above the words, whatever is asked in between. */
			readonly about?: About;
			/** The person wants to sign it, whether or not that is required. */
			readonly signs?: boolean;
			readonly signedWith?: SignedWith;
	  }
	/** Signs what is sent with it. */
	| {readonly kind: 'sign'; readonly signedWith: SignedWith; readonly after: Effect | null}
	/** The statement once more, because an entry came in between. */
	| {readonly kind: 'toSign'; readonly of: Effect}
	| {readonly kind: 'cancelSigning'}
	/** The link and its digits come back once. */
	| {readonly kind: 'invite'; readonly step: Step; readonly as: string | null}
	| {readonly kind: 'attach'; readonly of: string; readonly file: string}
	| {readonly kind: 'export'; readonly format: string; readonly file: string}
	| {readonly kind: 'copy'; readonly what: 'evidence' | 'update' | {readonly text: string}}
	/** The next line of the output shown, from `from` on, that holds the text or, where that is empty, reads like a failure. */
	| {readonly kind: 'find'; readonly text: string; readonly from: number; readonly by: 1 | -1}
	/** Opens a file to be read, at a line from 0. */
	| {readonly kind: 'read'; readonly path: string; readonly line: number}
	| {readonly kind: 'approve'}
	| ({readonly kind: 'begin'} & BeginForm)
	| {readonly kind: 'person'; readonly name: string; readonly role: string | null; readonly after: Effect | null}
	| {readonly kind: 'replay'; readonly move: ReplayMove}
	/** Stops the program until the shell lets it go on (Ctrl-Z, fg). */
	| {readonly kind: 'suspend'}
	| {readonly kind: 'leave'; readonly to?: 'adopt' | 'choose'};
