/* What is among gates and is none: what is looked at once T0 has begun, and what makes a no-go. */
import {withoutPictures} from '../../../text/letters.ts';
import {chainOf, type Placed, type Section, withoutNumber} from '../../document.ts';
import type {List} from '../../markdown/list.ts';
import type {Reading} from '../../reading.ts';
import {normal, says, words} from '../../words/words.ts';
import {timedHeading} from '../timeline/sections.ts';

const later =
	/^(?:after|post|during|monitoring|hypercare|follow[- ]?up|first \d+|next \d+|(?:at|on) (?:the )?(?:launch|go-?live|switch|cutover))\b|\bafter (?:the )?[\w-]+$/i;

const noGo =
	/^(?:we )?(?:no[ -]?go(?! ?\/)|(?:do not|don['’]t|never) (?:go|proceed|start)|(?:stop|hold|abort|postpone) (?:if|when|criteria|conditions))\b/i;

const bare = (text: string): string => withoutPictures(withoutNumber(text)).trim();

/** Whether a heading, or a line that leads to a list, says that what follows makes a no-go. */
export const saysNoGo = (text: string): boolean => noGo.test(bare(text));

/** Whether it says that what follows is done once T0 has begun. */
export const saysLater = (text: string): boolean =>
	says(text, words.after) || later.test(bare(text)) || (timedHeading(text)?.offset?.seconds ?? -1) >= 0;

const folded = (heading: string): string => normal(heading).replaceAll('-', ' ');

const names = new WeakMap<readonly Section[], ReadonlySet<string>>();

/** "Launch checklist" beside "Pre-launch checklist" */
function isDuring({heading}: Section, {document: {sections}}: Reading): boolean {
	const known = names.get(sections) ?? new Set(sections.map(one => folded(one.heading)));
	names.set(sections, known);
	return known.has(`pre ${folded(heading)}`);
}

export const isAfter = (section: Section, reading: Reading): boolean =>
	chainOf(section).some(one => saysLater(one.heading) || isDuring(one, reading));

/** Whether what is there makes a no-go: its gates would be passed where they should stop. */
export const isNoGo = (section: Section): boolean => chainOf(section).some(({heading}) => saysNoGo(heading));

/** A sentence that leads to a list is no heading of it. */
const headOf = (lead: string): string => (lead.length > 40 || /[,;]|\.\s/.test(lead) ? '' : lead);

/** Why a list among the gates holds none: the words that say so; null where it may hold some. */
export function whyNone({section, lead}: Placed<List>, reading: Reading): {readonly later: string | null} | null {
	if (isNoGo(section) || saysNoGo(headOf(lead))) return {later: null};
	if (saysLater(headOf(lead))) return {later: lead.replace(/\s*[:：]$/, '')};
	return isAfter(section, reading) ? {later: section.heading} : null;
}
