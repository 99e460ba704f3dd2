/*
A gate as its row or item says it, before it is numbered and judged.
*/

import type {Gate} from '../../../cutover/model/runbook.ts';
import {withoutPictures} from '../../../text/letters.ts';
import type {Section} from '../../document.ts';
import {plain} from '../../markdown/inline.ts';
import type {Cell} from '../../markdown/table.ts';

export type GateRow = Pick<Gate, 'id' | 'title' | 'owners' | 'line' | 'more'> & {
	/** What is checked; what shows it, where a column for commands holds it; outputs and other evidence. */
	readonly check: Cell;
	readonly command: Cell;
	readonly evidence: Cell;
	readonly pass: Cell;
	/** The command cell holds commands and nothing else. */
	readonly commandsOnly: boolean;
	/** What names its command as the check: a column, a label, or nothing: in the text it may be work to be done. */
	readonly saidIn: 'column' | 'label' | 'text';
	readonly column: number;
};
export type Draft = Omit<GateRow, 'id'> & {
	readonly id: string | null;
	readonly section: Section;
	/** Its row has a cell for each column. */
	readonly isWhole: boolean;
};

/** Of a gate of which nothing else is set. */
export const usualGate = {playbook: null, timeoutSeconds: 15 * 60, maxAgeSeconds: 90 * 60, paths: []} as const;

export const wanted = ['id', 'check', 'command', 'evidence', 'pass', 'owner'] as const;
export const idPattern = /^(?:[A-Za-z][A-Za-z0-9._-]{0,63}|\d{1,6}(?:\.\d{1,4}){0,3})$/;
/** A number may end in a dot, as lists have it. */
export const idOf = ({text}: Cell): string => plain(withoutPictures(text)).replace(/^(\d{1,6})[.)]$/, '$1');
