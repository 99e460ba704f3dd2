/*
Times and durations of a row, and what is wrong with them.
*/

import type {Section} from '../../document.ts';
import {plain} from '../../markdown/inline.ts';
import type {Cell, Table} from '../../markdown/table.ts';
import type {Reading} from '../../reading.ts';
import {durationOf} from './duration.ts';
import {farthestSeconds, type Offset} from './offset.ts';

const named =
	/(?:[([（]\s*(?:in )?|,\s*(?:in )?|\sin )(s(?:ec\w*)?|m(?:in\w*)?|h(?:ours?|rs?)?|d(?:ays?)?|秒|分钟?|小时|天)\.?\s*[)\]）]?$/i;

/** The unit in which a column counts, by its header: `Offset (h)`; empty where it says none. */
export const unitNamed = (header: string): string => named.exec(plain(header))?.[1] ?? '';
export const unitIn = ({header}: Table, index: number | undefined): string =>
	unitNamed(header.cells[index ?? -1]?.text ?? '');

const spoken =
	/\b(?:times?|offsets?|zeiten)\b(?![^.;]*\bduration)[^.;,|]{0,30}?\b(?:in|are)\s+(seconds|minutes|hours|days|weeks|stunden|tagen|wochen)\b|[([]\s*(?:all |times? )*(?:in\s+)?(seconds|minutes|hours|days|weeks|stunden|tagen|wochen)\s*[)\]]\s*$/i;

const units = new WeakMap<Section, string>();

/** The unit of numbers without one, where the section says it above its times, or its headings do; else empty. */
export function unitSaid(section: Section | null): string {
	if (section === null) return '';
	const known = units.get(section);
	if (known !== undefined) return known;
	const texts = section.blocks.flatMap(block => (block.kind === 'paragraph' ? [plain(block.text)] : []));
	const [, inText, inBrackets] =
		[section.heading, ...texts].map(text => spoken.exec(text)).find(one => one !== null) ?? [];
	const unit = inText ?? inBrackets ?? unitSaid(section.parent);
	units.set(section, unit);
	return unit;
}

/** `unit`: of a number without one, minutes where it is empty. */
export function durationIn(cell: Cell, stage: string, {complain}: Reading, unit = ''): number | null {
	const text = plain(cell.text);
	if (/^(?:|-|–|—|n\/a)$/i.test(text)) return null;
	const seconds = durationOf(text) ?? (/^\d{1,4}(?:\.\d)?$/.test(text) ? durationOf(`${text} ${unit || 'min'}`) : null);
	if (seconds === null || seconds === 0) complain('duration-unread', cell, {text, stage});
	return seconds === 0 ? null : seconds;
}

/** The offset again, once it was complained of where it is none or too far. */
export function checkedOffset(offset: Offset | null, at: Cell, {complain}: Reading): Offset | null {
	if (!offset && plain(at.text) === '') complain('offset-empty', at, {});
	else if (!offset) complain('offset-unread', at, {text: plain(at.text)});
	else if (Math.abs(offset.seconds) > farthestSeconds) complain('offset-far', at, {text: offset.id});
	return offset;
}
