/** Sign-offs, attachments, notes and evidence fields (RULES E1, E2). */
import {sameName} from '../../../text/same-name.ts';
import {wall} from '../../../text/time.ts';
import type {Refusal} from '../../model/refusal.ts';
import type {State} from '../../model/state.ts';
import {fieldNames, filledByRule, knownFact, recordedValue} from '../../snapshot/evidence-fields.ts';
import {blockedBy, notApplicable} from '../../snapshot/sign-offs.ts';
import {unknown} from '../owners.ts';
import {instead, listed, needWords, refuse, usageError} from '../refusal.ts';
import {reasonFor, textFor} from './plan.ts';
import type {RuleContext, Rules} from './rule.ts';

const ids = ({runbook}: RuleContext): readonly string[] =>
	[...runbook.gates, ...runbook.stages, ...runbook.triggers, ...runbook.signOffs].map(row => row.id);

/** The id as the runbook spells it. */
const known = (asked: RuleContext, id: string): string | Refusal =>
	ids(asked).find(name => sameName(name, id)) ?? unknown('gate, stage, trigger or sign-off', id, ids(asked));

const field = (state: State, name: string): string | Refusal => {
	const names = fieldNames(state);
	return names.find(known => sameName(known, name)) ?? unknown('evidence field', name, names);
};

export const recordRules = {
	sign: (state, {signOff}, asked) => {
		const item = asked.runbook.signOffs.find(row => sameName(row.id, signOff));
		if (!item) return unknown('sign-off', signOff, asked.runbook.signOffs);
		const before = state.signOffs[item.id];
		if (before)
			return refuse('already-signed', `${before.by.name} signed ${item.id} at ${wall(before.at)}.`, 'Nothing to do.');
		const closed = notApplicable(state, item);
		if (closed !== null) return refuse('sign-off-closed', `${item.id} is ${closed}.`, 'Nothing to do.');
		const missing = blockedBy(state, item, asked.observed);
		if (missing.length > 0)
			return refuse('sign-off-blocked', `${item.id} needs: ${missing.join('; ')}.`, 'Do that first.');
		const files = item.requires.flatMap(need => (need.kind === 'file' ? [need.of] : []));
		return [
			{
				type: 'signed',
				data: {
					signOff: item.id,
					role: item.role,
					files: Object.fromEntries(files.map(path => [path, asked.observed.files[path] ?? null])),
				},
			},
		];
	},
	attach: (_, data, asked) => {
		const of = known(asked, data.of);
		return typeof of === 'string' ? [{type: 'attached', data: {...data, of}}] : of;
	},
	note: (_, {text, on}, asked) => {
		const no = textFor(text, 'What to note', 'text');
		if (no !== null) return no;
		const id = on === null ? null : known(asked, on);
		return id !== null && typeof id !== 'string' ? id : [{type: 'noted', data: {text, on: id}}];
	},
	setField: (state, {field: name, value}, asked) => {
		const found = field(state, name);
		if (typeof found !== 'string') return found;
		if (filledByRule(state, found))
			return refuse('field-known', `"${found}" is filled from the journal.`, 'Add a note, or attach a file.');
		const known = knownFact(state, found);
		const corrects =
			value.trim() === '' || known === null || known === value
				? null
				: needWords(
						asked.confirm,
						['CORRECT'],
						`A correction of "${found}" (${known}) keeps both values in the evidence`,
					);
		if (corrects) return corrects;
		return value.trim()
			? [{type: 'fieldSet', data: {field: found, value}}]
			: usageError(
					'value-needed',
					'The value is empty.',
					'Give a value, or say why it is not recorded.',
					instead('notRecorded', null, 'reason'),
				);
	},
	setNotRecorded: (state, {what, reason}, asked) => {
		const item = asked.runbook.signOffs.find(row => sameName(row.id, what));
		const found = item?.id ?? field(state, what);
		if (typeof found !== 'string')
			return unknown('evidence field or sign-off', what, [...fieldNames(state), ...asked.runbook.signOffs]);
		if (item && state.signOffs[item.id])
			return refuse(
				'already-recorded-value',
				`${item.id} is signed by ${listed([state.signOffs[item.id]?.by.name ?? ''])}.`,
				'Nothing to do.',
			);
		const value = item ? null : recordedValue(state, found);
		if (value !== null)
			return refuse('already-recorded-value', `"${found}" is: ${value}.`, 'Set another value, or add a note.');
		return reasonFor(reason, 'not recording') ?? [{type: 'notRecorded', data: {what: found, reason}}];
	},
} satisfies Partial<Rules>;
