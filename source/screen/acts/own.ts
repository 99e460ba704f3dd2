/** Deeds of the screen that are no command: begin and approve, files and the clipboard, who sits here. */

import {choice, field, orNull, same} from '../../commands/field.ts';
import {forbids, runbookOf} from '../../commands/situation.ts';
import {timeOf} from '../../commands/spec.ts';
import {identityText} from '../../cutover/model/person.ts';
import type {SignedWith} from '../../cutover/ports.ts';
import {sentence} from '../../cutover/snapshot/sentence.ts';
import {signOffText} from '../../cutover/snapshot/sign-offs.ts';
import {instant, local, parseInstant, wall} from '../../text/time.ts';
import type {Act} from './act.ts';
import {documentsFor, lineIn} from './documents.ts';
import type {OwnName} from './effect.ts';

const plain: Omit<Act, 'title' | 'help' | 'effect'> = {
	fields: [],
	relayable: false,
	asks: null,
	course: false,
	nothing: null,
	on: () => null,
	targets: () => [],
	titleOn: () => '',
	fits: () => true,
	unless: () => null,
	probe: () => null,
	lines: () => [],
};

/** What the settings say of T0, the ticket and the environment is known; the rest is asked. */
const begin: Act = {
	...plain,
	title: 'Begin the cutover',
	help: 'Approves this version of the runbook and of all that it runs, and opens the cutover.',
	unless: ({opening}) =>
		opening?.runbook === null && !opening.isAdoptable ? 'The runbook has errors: fix them, then open it again.' : null,
	lines: ({opening, account, view}) =>
		opening === null
			? []
			: [
					`${opening.path}   ${opening.runbook?.digest ?? ''}`,
					`by ${view.person.name}, identity ${identityText(view.person)}, as ${account} in ${opening.workspace}`,
					'Nothing runs yet. What runs later runs from the version that is approved here.',
				],
	fields: [
		field('t0', 'time', '', {label: 'T0', requiredWhen: () => true}),
		field('ticket', 'text', '', {hint: 'change ticket; optional'}),
		field('environment', 'text', '', {hint: 'what is cut over; optional'}),
	],
	effect: (values, _, {snapshot: {now}}) => {
		const t0 = timeOf(values['t0'] ?? '', now);
		if (typeof t0 !== 'number') return t0;
		if (t0 <= now) return {problem: `T0 ${wall(t0)} is in the past: it is ${wall(now)}. Name a later one.`};
		const [ticket, environment] = [orNull(values['ticket']), orNull(values['environment'])];
		return {kind: 'begin', t0, ticket, environment, confirm: []};
	},
};

/** What the settings of a runbook that is not begun say already, by field. */
export const plannedFor = (at: Parameters<Act['lines']>[0]): Readonly<Record<string, string>> => {
	const {t0 = null, ticket, environment} = at.opening?.runbook ?? {};
	const planned = t0 === null ? null : parseInstant(t0);
	return {
		...(planned === null ? {} : {t0: local(planned)}),
		...(ticket ? {ticket} : {}),
		...(environment ? {environment} : {}),
	};
};

const nothingChanged = 'Nothing differs from what was approved.';

const approve: Act = {
	...plain,
	title: 'Approve what changed',
	help: 'Shows what differs from what was approved, and approves it as it is now.',
	asks: 'Approve this?',
	unless: at => (at.changes() === null ? nothingChanged : null),
	lines: at => at.changes() ?? [nothingChanged],
	effect: () => ({kind: 'approve'}),
};

const exportIt: Act = {
	...plain,
	title: 'Export the evidence',
	help: 'Writes the evidence to a file, in the format that you choose.',
	unless: ({replay}) => (replay === null ? null : 'A replay writes nothing: export it from the command line.'),
	fields: [
		field('format', 'choice', '', {
			choices: ({formats}) => formats ?? [],
			initial: () => 'text',
			requiredWhen: () => true,
		}),
		field('file', 'file', '', {hint: 'where to write it', requiredWhen: () => true}),
	],
	effect: ({format = '', file = ''}) => ({kind: 'export', format, file: file.trim()}),
};

const clipboard = 'to the clipboard of your terminal, over SSH as well (OSC 52)';

const copy: Act = {
	...plain,
	title: 'Copy the evidence',
	help: `Copies the evidence block ${clipboard}.`,
	effect: () => ({kind: 'copy', what: 'evidence'}),
};

const copyUpdate: Act = {
	...plain,
	title: 'Copy the update for stakeholders',
	help: `Copies where the cutover is, with its facts filled in, ${clipboard}, ready to be sent.`,
	effect: () => ({kind: 'copy', what: 'update'}),
};

const copyLink: Act = {
	...plain,
	title: 'Copy the link of the workflow run',
	help: `Copies the link of the run that the rollback waits for ${clipboard}.`,
	unless: ({snapshot}) =>
		snapshot.rollback?.url == null ? 'No run of a workflow is known: there is no link to copy.' : null,
	effect: (_, __, {snapshot}) => ({kind: 'copy', what: {text: snapshot.rollback?.url ?? ''}}),
};

const person: Act = {
	...plain,
	title: 'Say who you are',
	help: 'Sets the name and the role in which this screen acts.',
	lines: ({view}) => [`acting as ${view.person.name}, identity ${identityText(view.person)}`],
	fields: [
		field('name', 'person', '', {
			hint: ({person: {name}}) => `${name}, if left empty`,
			choices: ({state}) => [...new Set(Object.values(state.people ?? {}).flat())].map(same),
		}),
		field('role', 'role', '', {
			choices: situation => [choice('', 'whichever owns the command'), ...runbookOf(situation).roles.map(same)],
			initial: ({person: {role}}) => role ?? '',
		}),
	],
	effect: ({name = '', role}, _, {view}) => ({
		kind: 'person',
		name: name.trim() || view.person.name,
		role: orNull(role),
		after: null,
	}),
};

/** Items that the person here may sign now, each in its own role. */
export const signable = (at: Parameters<Act['lines']>[0]): readonly {id: string; role: string; text: string}[] =>
	at.snapshot.signOffs.filter(({id, role, signed, blockedBy, notRecorded}) => {
		if (signed || notRecorded !== null || blockedBy.length > 0) return false;
		const {role: mine} = at.view.person;
		return (mine === null || mine === role) && !forbids(at.would({type: 'sign', data: {signOff: id}}, role));
	});

const signAll: Act = {
	...plain,
	title: 'Sign everything that is yours and ready',
	help: 'Lists the sign-offs that you may sign now, and signs them all.',
	asks: 'Sign them all?',
	unless: at => (signable(at).length === 0 ? 'No sign-off that you may sign is ready.' : null),
	lines: at => signable(at).map(signOffText),
	effect: (_, __, at) => ({
		kind: 'send',
		steps: signable(at).map(({id, role}) => ({draft: {type: 'sign', data: {signOff: id}}, as: role})),
		as: null,
		confirm: [],
	}),
};

const read: Act = {
	...plain,
	title: 'Read a document',
	help: 'Reads the runbook at the selected row, or what the row names: documents, playbooks, scripts. What was approved is read in that version.',
	targets: documentsFor,
	nothing: 'No file is named here.',
	titleOn: (_, on) => `Read ${on}`,
	effect: (_, on, at) => ({kind: 'read', path: on, line: lineIn(at, on)}),
};

const cutovers: Act = {
	...plain,
	title: 'Choose another cutover',
	help: 'Shows every cutover, open and closed, and what can be begun. This one goes on.',
	unless: ({state}) => (state.rehearsal === null ? null : 'A rehearsal has no other cutovers beside it.'),
	effect: () => ({kind: 'leave', to: 'choose'}),
};

const longestSignature = 10_000;

/** Only asked on the way of an act that is signed. */
const signature: Act = {
	...plain,
	title: 'Sign with a key',
	help: 'Signs the act with a key of the agent, a key file, or takes a signature that was made elsewhere.',
	unless: ({view}) => (view.toSign === null ? 'Nothing is being signed: acts that are signed ask for it.' : null),
	lines: ({view: {toSign}}) =>
		toSign === null
			? []
			: [
					`Statement of entry ${toSign.entry}:`,
					toSign.statement,
					...(toSign.noKeys === null ? [] : [toSign.noKeys]),
					'Elsewhere: Ctrl-Y copies the command that signs it there; paste the signature here.',
					`The statement is also in ${toSign.file}`,
				],
	fields: [
		field('with', 'choice', '', {
			label: 'sign with',
			choices: ({signers}) => signers ?? [],
			requiredWhen: () => true,
		}),
		field('key', 'file', '', {
			label: 'key file',
			askedWhen: values => values['with'] === 'file',
			requiredWhen: values => values['with'] === 'file',
			hint: 'a private key, or a public one that the agent holds',
		}),
		field('signature', 'text', '', {
			askedWhen: values => values['with'] === 'elsewhere',
			requiredWhen: values => values['with'] === 'elsewhere',
			hint: 'paste it whole',
			longest: longestSignature,
		}),
	],
	effect: ({with: how = '', key = '', signature: text = ''}, _, {view}) => {
		const signedWith: SignedWith =
			how === 'file'
				? {kind: 'file', path: key.trim()}
				: how === 'elsewhere'
					? {kind: 'elsewhere', statement: view.toSign?.statement ?? '', signature: text}
					: {kind: 'agent', key: how};
		return {kind: 'sign', signedWith, after: null};
	},
};

const jump: Act = {
	...plain,
	title: 'Jump to an event',
	help: 'Goes to an event of a replay: lists all of them, also those still ahead; / finds one by its words.',
	nothing: 'Only a replay jumps to an event.',
	targets: ({replay}) =>
		(replay?.all ?? []).map(entry =>
			choice(String(entry.seq), `${String(entry.seq).padStart(4)}  ${wall(instant(entry.at))}  ${sentence(entry)}`),
		),
	unless: ({replay}) => (replay === null ? 'Only a replay jumps to an event.' : null),
	effect: (_, on) => ({kind: 'replay', move: {kind: 'jump', event: Number(on)}}),
};

export const own = {
	begin,
	approve,
	export: exportIt,
	copy,
	copyUpdate,
	copyLink,
	person,
	read,
	cutovers,
	signAll,
	signature,
	jump,
} satisfies Readonly<Record<OwnName, Act>>;
