/* Verbs that make the record whole, and seal it. */
import type {Verb} from '../args.ts';
import {acting, reason, relayed} from '../options.ts';
import {stage} from './words.ts';

export const records: readonly Verb[] = [
	{
		name: 'sign',
		about: 'signs an item of the sign-off list',
		detail: [],
		arguments: [{name: 'ITEM', about: 'S1, S2, … in the order of the runbook', completes: 'signOff'}],
		options: [...relayed, ...acting],
		load: () => import('../verbs/sign.ts'),
	},
	{
		name: 'attach',
		about: 'copies a file into the evidence, with its sha256',
		detail: [],
		arguments: [stage, {name: 'FILE', about: 'a regular file', completes: 'file'}],
		options: [{name: 'name', value: 'TEXT', about: 'its name in the evidence, instead of its own'}, ...acting],
		load: () => import('../verbs/attach.ts'),
	},
	{
		name: 'note',
		about: 'writes a remark into the journal',
		detail: [
			'--on names the gate, stage, trigger or sign-off that it speaks of: with a gate that failed it is the cause.',
		],
		arguments: [{name: 'TEXT', about: 'the remark'}],
		options: [{name: 'on', value: 'ID', about: 'what it speaks of', completes: 'target'}, ...acting],
		load: () => import('../verbs/note.ts'),
	},
	{
		name: 'set',
		about: 'says an evidence field that only a person knows, or why it stays empty',
		detail: ['With --not-recorded the name may also be a sign-off, and a --reason is needed instead of a value.'],
		arguments: [
			{name: 'FIELD', about: 'a field of the evidence template, or a sign-off', completes: 'field'},
			{name: 'VALUE', about: 'its value', optional: true},
		],
		options: [{name: 'not-recorded', value: null, about: 'it has no value'}, reason, ...acting],
		load: () => import('../verbs/set.ts'),
	},
	{
		name: 'close',
		about: 'seals the journal',
		detail: ['What is missing is closed as not recorded, with the --reason that is given here for all that remain.'],
		arguments: [],
		options: [reason, ...acting],
		load: () => import('../verbs/close.ts'),
	},
];
