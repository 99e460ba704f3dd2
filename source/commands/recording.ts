/** Commands that leave something in the record: sign-offs, notes, files, evidence fields. */
import {signOffText} from '../cutover/snapshot/sign-offs.ts';
import {choice, field, orNull, same} from './field.ts';
import {anything, runbookOf, type Situation} from './situation.ts';
import {reasoned, type Spec, send} from './spec.ts';

const itemOf = ({snapshot}: Situation, on: string) => snapshot.signOffs.find(({id}) => id === on);

const signOffs = (situation: Situation) =>
	runbookOf(situation).signOffs.map(item => choice(item.id, signOffText(item)));

export const sign: Spec = {
	title: 'Sign off',
	summary: 'signs an item of the sign-off list',
	help: 'Signs an item of the sign-off list, once what it speaks of exists.',
	examples: ['sign S1', 'sign S5 --for paul --relayed phone --words "approved"'],
	lines: [{command: 'sign'}],
	target: 'sign-off',
	targets: signOffs,
	nothing: 'The runbook has no sign-offs.',
	relayable: true,
	asks: 'Sign it?',
	fields: [],
	about: (situation, on) => {
		const item = itemOf(situation, on);
		return item === undefined
			? []
			: [`${item.id} ${item.role}`, item.text, ...item.blockedBy.map(line => `missing: ${line}`)];
	},
	probe: (_, signOff) => ({type: 'sign', data: {signOff}}),
	steps: (values, signOff, situation) =>
		send(
			{type: 'sign', data: {signOff}},
			values['from'] === 'else' ? (itemOf(situation, signOff)?.role ?? null) : null,
		),
};

/** The marked one first. */
const rows = (situation: Situation) => {
	const {gates, stages, triggers, signOffs: items} = runbookOf(situation);
	const ids = [...gates, ...stages, ...triggers, ...items].map(({id}) => id);
	const chosen = ids.filter(id => id === situation.chosen);
	return [...chosen, ...ids.filter(id => !chosen.includes(id))].map(same);
};

export const note: Spec = {
	title: 'Note',
	summary: 'writes a remark into the journal',
	help: 'Puts a remark into the journal, on a gate, stage, trigger or sign-off, or on the cutover. On a gate that failed it is the cause.',
	examples: ['note "vendor joined the bridge"', 'note "cold cache" --on G2'],
	lines: [{command: 'note'}],
	fields: [
		field('text', 'text', 'the remark', {label: 'note', positional: true, requiredWhen: () => true}),
		field('on', 'choice', 'the gate, stage, trigger or sign-off that it speaks of', {
			metavar: 'ID',
			noun: 'gate, stage, trigger or sign-off',
			choices: situation => [choice('', 'the cutover'), ...rows(situation)],
			initial: () => '',
			aside: true,
		}),
	],
	probe: () => ({type: 'note', data: {text: anything, on: null}}),
	steps: ({text = '', on}) => send({type: 'note', data: {text, on: orNull(on)}}),
};

/** Copied by the shell, which then sends the command: the core sees its name and digest. */
export const attach: Spec = {
	title: 'Attach a file',
	summary: 'copies a file into the evidence, with its sha256',
	help: 'Copies a file into the evidence of a gate or stage, with its sha256.',
	examples: ['attach T-30 test-output.txt --name "e2e log"'],
	lines: [{command: 'attach'}],
	target: 'gate or stage',
	fields: [
		field('file', 'file', 'a regular file', {positional: true, requiredWhen: () => true}),
		field('name', 'text', 'its name in the evidence, instead of its own', {only: 'line'}),
	],
	about: (_, on) => [`evidence of ${on}`],
	probe: () => null,
	steps: () => [],
};

const fields = ({snapshot}: Situation) => snapshot.fields.map(({field: name}) => same(name));

const recorded = ({snapshot}: Situation, on: string): string | null =>
	snapshot.fields.find(({field: name}) => name === on)?.value ?? null;

export const setField: Spec = {
	title: 'Fill an evidence field',
	summary: 'fills an evidence field, or says why it stays empty',
	help: 'Fills a field of the evidence that only a person knows, or says why it stays empty. A fact that is known, such as the environment, is corrected by the word CORRECT: both values stay in the evidence. With --not-recorded the name may also be a sign-off, and a --reason is needed instead of a value.',
	examples: ['set Operator "alice, dave"', 'set S5 --not-recorded --reason "closeout follows on Monday"'],
	lines: [{command: 'set'}],
	target: 'evidence field',
	targets: fields,
	fields: [field('value', 'text', 'its value', {positional: true, optional: true, requiredWhen: () => true})],
	about: (situation, on) => [`${on}: ${recorded(situation, on) ?? 'empty'}`],
	probe: (_, name) => ({type: 'setField', data: {field: name, value: anything}}),
	steps: ({value}, name) =>
		value === undefined
			? {problem: `Give "${name}" a value, or say --not-recorded --reason TEXT.`}
			: send({type: 'setField', data: {field: name, value}}),
};

export const notRecorded: Spec = {
	title: 'Record that something stays empty',
	help: 'Says of an evidence field or a sign-off that it will not be recorded, and why.',
	examples: ['set S5 --not-recorded --reason "closeout follows on Monday"'],
	lines: [{command: 'set', flag: {name: 'not-recorded', about: 'it has no value'}}],
	target: 'evidence field or sign-off',
	targets: situation => [...fields(situation), ...signOffs(situation)],
	about: (_, on) => [on],
	...reasoned((reason, what) => ({type: 'setNotRecorded', data: {what, reason}})),
};
