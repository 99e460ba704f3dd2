/** Which fields of a form are asked: some only after another one was answered in a certain way. */
import type {Field} from './dialog.ts';

/** In the order in which they are shown. */
export const fieldsAsked = (fields: readonly Field[]): readonly Field[] =>
	fields.filter(
		({when}) => when === undefined || fields.some(({name, value}) => name === when.field && value === when.is),
	);

const stands = (field: Field): boolean =>
	field.aside === true || (field.kind === 'choice' && field.options.length === 1 && field.value !== null);

/** The first field that has to be looked at: one answer that stands, or that one has to go back for, is passed over. */
export const firstToAsk = (fields: readonly Field[]): number =>
	Math.max(
		0,
		fieldsAsked(fields).findIndex(field => !stands(field)),
	);

/** The next one that has to be looked at; null where `at` was the last. */
export const nextToAsk = (fields: readonly Field[], at: number): number | null => {
	const next = fieldsAsked(fields).findIndex((field, index) => index > at && !stands(field));
	return next < 0 ? null : next;
};

/** With another field in the place of the one of its name. */
export const withField = (fields: readonly Field[], changed: Field): readonly Field[] =>
	fields.map(field => (field.name === changed.name ? changed : field));
