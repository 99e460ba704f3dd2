/*
Who gets which rows. From the top: 6 rows of problem, clocks, people, Next and You (3 where the terminal is low: problem,
clocks, Next); the panel; a dialogue over the panel's lower part; at the bottom a rule, the message, the keys.
*/

import {type SafeText, safe} from '../text/clean.ts';
import {wrap} from '../text/fit.ts';
import type {Size, View} from './state/view.ts';

export type Rows = {readonly top: number; readonly panel: number; readonly dialog: number; readonly footer: number};

const lowest = 16;
const longestMessage = 4;

/** The message as the footer shows it, between its rule and its keys. */
export const messageLines = ({message}: View, {columns}: Size): readonly SafeText[] =>
	message ? wrap(safe(message.text), columns - 2).slice(0, longestMessage) : [];

/** `dialog`: rows that the dialogue would like, 0 without one. Always sums up to the terminal's rows. */
export const layout = (view: View, dialog: number): Rows => {
	const {rows} = view.size;
	const top = rows < lowest ? 3 : 6;
	const footer = Math.min(2 + messageLines(view, view.size).length, rows - top - 1);
	const room = rows - top - footer;
	const taken = Math.min(dialog, room);
	return {top, panel: room - taken, dialog: taken, footer};
};
