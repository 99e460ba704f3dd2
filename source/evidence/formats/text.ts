/*
The evidence block: the runbook's own template, line for line, each field with its value. People paste it into tickets,
so a value is one line, and a field that nobody has filled says that rather than nothing. Above that of a rehearsal is
a line that says so: pasted, it would look like the real one.
*/
import type {EvidenceLine} from '../../cutover/model/runbook.ts';
import {safe} from '../../text/clean.ts';
import type {Field, Package} from '../package.ts';

export const oneLine = (value: string): string =>
	safe(
		value
			.split(/\s*\r?\n\s*/)
			.filter(part => part !== '')
			.join(' / '),
	);

const unsaid = 'not recorded (nobody has said it yet)';

/** What a field holds, never blank. */
export const fieldText = (fields: readonly Field[], name: string): string => {
	const value = fields.find(({field}) => field === name)?.value ?? '';
	return value.trim() === '' ? unsaid : oneLine(value);
};

const upToColon = (text: string): string => safe(text.replace(/:.*$/, ':'));

const filled =
	(fields: readonly Field[]) =>
	({field, text}: EvidenceLine): string =>
		field === null ? safe(text) : `${upToColon(text)} ${fieldText(fields, field)}`;

type Rehearsal = Pick<Package['state'], 'id' | 'rehearsal'>;

const above = ({id, rehearsal}: Rehearsal): readonly string[] =>
	rehearsal === null
		? []
		: [safe(`REHEARSAL ${id}, clock x${rehearsal.speed}: nothing below is evidence of a real cutover`)];

type Block = Pick<Package, 'runbook' | 'fields'> & {readonly state: Rehearsal};

export const textLines = ({runbook, fields, state}: Block): readonly string[] => [
	...above(state),
	...runbook.evidence.map(filled(fields)),
];

export const asText = (evidence: Package): string => `${textLines(evidence).join('\n')}\n`;
