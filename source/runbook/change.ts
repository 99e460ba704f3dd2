/* What the head of a runbook says of the change itself: `Ticket: CHG-1`, `| Environment | staging |`. */

import type {Runbook} from '../cutover/model/runbook.ts';
import type {Document} from './document.ts';
import type {Content} from './markdown/blocks.ts';
import {plain} from './markdown/inline.ts';
import {isOneOf, words} from './words/words.ts';

function textsOf(block: Content): readonly string[] {
	if (block.kind === 'paragraph') return block.lines;
	if (block.kind === 'list') return block.items.map(({text}) => text);
	if (block.kind !== 'table') return [];
	return [block.header, ...block.rows].map(({cells}) => cells.map(({text}) => text).join(': '));
}

/** The first of each before any part begins; a blank to fill in is none. */
export function changeIn({sections}: Document): Pick<Runbook, 'ticket' | 'environment'> {
	const first = sections.findIndex(({topics}) => topics.size > 0);
	const said = sections
		.slice(0, first === -1 ? 1 : first)
		.flatMap(({blocks}) => blocks.flatMap(textsOf))
		.flatMap(text => plain(text).split(/\s+[·|]\s+/))
		.map(text => /^([^:：]{2,30})[:：]\s*([^:：<[{_]{2,60})$/u.exec(text) ?? []);
	const of = (labels: readonly string[], shape: RegExp): string | null =>
		said.find(([, label = '', value = '']) => isOneOf(label, labels) && shape.test(value.trim()))?.[2]?.trim() ?? null;
	return {ticket: of(words.ticket, /^\S*\d\S*$/), environment: of(words.environment, /\p{L}/u)};
}
