/*
What a person types is on the screen while they type it, and the bridge may see the screen: a secret is shown as it would be
recorded, once its last letter is there. What was typed is kept as it is: a file may really be called so.
*/
import type {Dialog, FormDialog} from '../dialogs/dialog.ts';
import {graphemesOf} from '../terminal/graphemes.ts';
import type {View} from './view.ts';

type Redact = (text: string) => string;

function formWithout(form: FormDialog, redact: Redact): FormDialog {
	const rows = form.rows.map(row =>
		row.kind === 'text' && row.value !== null ? {...row, value: redact(row.value)} : row,
	);
	const [typed, shown] = [form.rows[form.at]?.value ?? '', rows[form.at]?.value ?? ''];
	const cursor = typed === shown ? form.cursor : [...graphemesOf(shown)].length;
	return {...form, rows, cursor};
}

function dialogWithout(dialog: Dialog, redact: Redact): Dialog {
	if (dialog.kind === 'menu') return {...dialog, typed: dialog.typed === null ? null : redact(dialog.typed)};
	const said = {lines: dialog.lines.map(redact), problem: dialog.problem === null ? null : redact(dialog.problem)};
	return dialog.kind === 'form'
		? {...formWithout(dialog, redact), ...said}
		: {...dialog, ...said, typed: redact(dialog.typed)};
}

/** The view as it is drawn. */
export function withoutSecrets(view: View, redact: Redact): View {
	const {dialog, message, search} = view;
	return {
		...view,
		dialog: dialog === null ? null : dialogWithout(dialog, redact),
		message: message === null ? null : {...message, text: redact(message.text)},
		search: search === null ? null : {...search, text: redact(search.text)},
	};
}
