/** The keys of a dialogue, for the footer. */
import type {Hint} from '../panel.ts';
import type {Dialog} from './dialog.ts';
import {formBehind} from './words.ts';

const hint = (keys: string, label: string): Hint => ({keys, label, help: '', where: '', refusal: null, last: false});

const back: Hint = {...hint('Esc', 'cancel'), last: true};

const scroll = hint('PgUp PgDn', 'scroll');

const find = hint('/', 'find');

/** Only what does something now. */
const hintsOf = {
	menu: ({typed}) => [hint('↑↓', 'move'), ...(typed === null ? [find] : []), hint('⏎', 'select'), back],
	form: ({rows, at}) => [
		hint('⏎', 'continue'),
		...(rows.length > 1 ? [hint('Tab ↑↓', 'field')] : []),
		...(rows[at]?.kind === 'choice' ? [hint('← →', 'choose')] : []),
		scroll,
		back,
	],
	words: dialog => [
		hint('⏎', 'after the word, a moment later'),
		...(formBehind(dialog) === null ? [] : [hint('Tab', 'change')]),
		scroll,
		back,
	],
} satisfies {[K in Dialog['kind']]: (dialog: Extract<Dialog, {kind: K}>) => readonly Hint[]};

export const dialogHints = (dialog: Dialog): readonly Hint[] => hintsOf[dialog.kind](dialog as never);
