/** The keys of a dialogue, for the footer. */
import type {Hint} from '../panel.ts';
import type {Dialog} from './dialog.ts';
import {formBehind} from './words.ts';

const hint = (keys: string, label: string): Hint => ({keys, label, help: '', where: '', refusal: null, last: false});

const back: Hint = {...hint('Esc', 'cancel'), last: true};

const scroll = hint('PgUp PgDn', 'scroll');

const table = {
	menu: [hint('↑↓', 'move'), hint('/', 'find'), hint('⏎', 'select'), back],
	form: [hint('⏎', 'continue'), hint('Tab ↑↓', 'field'), hint('← →', 'choose'), scroll, back],
	words: [hint('⏎', 'after the word, a moment later'), scroll, back],
} satisfies {[K in Dialog['kind']]: readonly Hint[]};

export const dialogHints = (dialog: Dialog): readonly Hint[] => {
	const hints = table[dialog.kind];
	return dialog.kind === 'words' && formBehind(dialog) !== null ? hints.toSpliced(1, 0, hint('Tab', 'change')) : hints;
};
