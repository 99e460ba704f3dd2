/** The keys of a dialogue, for the footer. */
import type {Hint} from '../panel.ts';
import type {Dialog} from './dialog.ts';

const hint = (keys: string, label: string): Hint => ({keys, label, help: '', where: '', refusal: null, last: false});

const back: Hint = {...hint('Esc', 'forget it'), last: true};

const table = {
	menu: [hint('↑↓', 'move'), hint('⏎', 'take'), back],
	form: [hint('Tab ↑↓', 'field'), hint('← →', 'choose'), hint('⏎', 'next, at the end goes on'), back],
	words: [hint('⏎', 'after the word, a moment later'), back],
} satisfies {[K in Dialog['kind']]: readonly Hint[]};

export const dialogHints = (dialog: Dialog): readonly Hint[] => table[dialog.kind];
