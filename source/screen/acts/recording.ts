/** Acts that leave something in the record: sign-offs, notes, evidence, fields, and who one is. */
import {identityText} from '../../cutover/model/person.ts';
import {
	type Act,
	anything,
	choice,
	goAhead,
	nowhere,
	option,
	orNull,
	preset,
	runbookOf,
	type ScreenContext,
	same,
	send,
	text,
} from './act.ts';
import {chosenIn, gateOrStage, stages} from './chosen.ts';
import {inWordsOf, relayFields} from './relaying.ts';

const signOffs = (at: ScreenContext) =>
	runbookOf(at).signOffs.map(({id, role, text: said}) => option(id, `${id} ${role}: ${said}`));

export const sign: Act = {
	title: 'Sign off',
	help: 'Signs the chosen item of the checklist, once what it speaks of exists.',
	on: at => chosenIn(at, 'signOffs'),
	targets: signOffs,
	nothing: 'The runbook names no sign-offs.',
	probe: (_, signOff) => ({type: 'sign', data: {signOff}}),
	isRelayable: true,
	lines: (at, on) => {
		const item = at.snapshot.signOffs.find(({id}) => id === on);
		return item ? [`${item.id} ${item.role}`, item.text, ...item.blockedBy.map(line => `missing: ${line}`)] : [];
	},
	fields: (at, on) => [
		...relayFields(at, {type: 'sign', data: {signOff: on}}),
		goAhead(`sign as ${at.snapshot.signOffs.find(({id}) => id === on)?.role ?? 'its role'}`),
	],
	effect: (values, signOff, at) => {
		const role = at.snapshot.signOffs.find(({id}) => id === signOff)?.role ?? null;
		const isRelayed = values['from'] === 'relayed';
		return inWordsOf(values, send({type: 'sign', data: {signOff}}, isRelayed ? role : null));
	},
};

const nothing = option('', 'the cutover');

export const note: Act = {
	title: 'Note',
	help: 'Puts a remark into the journal, on the chosen gate or stage or on the cutover. On a gate it is the cause of its failure.',
	...nowhere,
	probe: () => ({type: 'note', data: {text: anything, on: null}}),
	lines: () => [],
	fields: at => {
		const id = gateOrStage(at) ?? chosenIn(at, 'triggers');
		return [text('text', 'note'), preset(choice('on', 'on', id === null ? [nothing] : [nothing, same(id)]), '')];
	},
	effect: ({text: said = '', on}) => send({type: 'note', data: {text: said, on: orNull(on)}}),
};

export const attach: Act = {
	title: 'Attach a file',
	help: 'Copies a file into the evidence of a stage, with its sha256.',
	on: at => {
		const id = gateOrStage(at);
		return stages(at).some(({value}) => value === id) ? id : null;
	},
	targets: stages,
	probe: () => null,
	lines: (_, on) => [`evidence of ${on}`],
	fields: () => [text('file', 'file', 'its path')],
	effect: ({file = ''}, of) => ({kind: 'attach', of, file: file.trim()}),
};

const fields = (at: ScreenContext) => at.snapshot.fields.map(({field}) => same(field));

export const setField: Act = {
	title: 'Fill an evidence field',
	help: 'Says what the chosen field of the evidence block holds.',
	on: at => chosenIn(at, 'fields'),
	targets: fields,
	probe: (_, field) => ({type: 'setField', data: {field, value: anything}}),
	lines: (at, on) => [`${on}: ${at.snapshot.fields.find(({field}) => field === on)?.value ?? 'nobody has said'}`],
	fields: () => [text('value', 'value')],
	effect: ({value = ''}, field) => send({type: 'setField', data: {field, value}}),
};

export const notRecorded: Act = {
	title: 'Say that something is not recorded',
	help: 'Says of an evidence field or a sign-off that it will not be recorded, and why.',
	on: at => chosenIn(at, 'fields') ?? chosenIn(at, 'signOffs'),
	targets: at => [...fields(at), ...signOffs(at)],
	probe: (_, what) => ({type: 'setNotRecorded', data: {what, reason: anything}}),
	lines: (_, on) => [on],
	fields: () => [text('reason', 'reason')],
	effect: ({reason = ''}, what) => send({type: 'setNotRecorded', data: {what, reason}}),
};

export const exportIt: Act = {
	title: 'Export the evidence',
	help: 'Writes the evidence to a file: the text block, Markdown or JSON.',
	...nowhere,
	probe: () => null,
	lines: () => [],
	fields: () => [
		choice('format', 'format', [option('text', 'text'), option('md', 'Markdown'), option('json', 'JSON')]),
		text('file', 'file', 'where to write it'),
	],
	effect: ({format, file = ''}) => ({
		kind: 'export',
		format: format === 'md' || format === 'json' ? format : 'text',
		file: file.trim(),
	}),
};

export const copy: Act = {
	title: 'Copy the evidence',
	help: 'Copies the evidence block to the clipboard of your terminal, over SSH as well (OSC 52).',
	...nowhere,
	probe: () => null,
	lines: () => [],
	fields: () => [],
	effect: () => ({kind: 'copy', what: 'evidence'}),
};

export const copyUpdate: Act = {
	title: 'Copy the update for stakeholders',
	help: 'Copies where the cutover stands, with its facts filled in, to the clipboard of your terminal, to be sent as it is.',
	...nowhere,
	probe: () => null,
	lines: () => [],
	fields: () => [],
	effect: () => ({kind: 'copy', what: 'update'}),
};

export const person: Act = {
	title: 'Say who you are',
	help: 'Sets the name and the role in which this screen acts.',
	...nowhere,
	probe: () => null,
	lines: at => [`signed as ${at.view.person.name}, identity ${identityText(at.view.person)}`],
	fields: at => [
		preset(text('name', 'name'), at.view.person.name),
		preset(
			choice('role', 'role', [option('', 'whichever owns the act'), ...runbookOf(at).roles.map(same)]),
			at.view.person.role ?? '',
		),
	],
	effect: ({name = '', role}) => ({kind: 'person', name: name.trim(), role: orNull(role), after: null}),
};
