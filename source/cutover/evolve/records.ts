/** Sign-offs, attachments, remarks and evidence fields. */
import {without} from './change.ts';
import type {Evolvers} from './evolver.ts';

export const recordEvolvers = {
	signed: (state, data, {at, by}) => ({
		...state,
		signOffs: {...state.signOffs, [data.signOff]: {at, by, reason: null, role: data.role, files: data.files}},
		notRecorded: without(state.notRecorded, data.signOff),
	}),
	attached: (state, data, {at, by}) => ({...state, attachments: [...state.attachments, {...data, at, by}]}),
	noted: (state, data, {at, by}) =>
		data.on === null
			? state
			: {...state, remarks: {...state.remarks, [data.on]: {at, by, reason: null, text: data.text}}},
	fieldSet: (state, data, {at, by}) => ({
		...state,
		fields: {...state.fields, [data.field]: {value: data.value, by, at}},
		notRecorded: without(state.notRecorded, data.field),
	}),
	notRecorded: (state, data) => ({...state, notRecorded: {...state.notRecorded, [data.what]: data.reason}}),
} satisfies Partial<Evolvers>;
