// Which key a sequence is, by the names that a key table uses: `up`, `shift-tab`, `page-down`, `ctrl-x`, `alt-enter`, `f5`.

const byFinal: Readonly<Record<string, string>> = {
	A: 'up',
	B: 'down',
	C: 'right',
	D: 'left',
	F: 'end',
	H: 'home',
	M: 'enter',
	P: 'f1',
	Q: 'f2',
	R: 'f3',
	S: 'f4',
};

const byNumber: Readonly<Record<string, string>> = {
	'1': 'home',
	'2': 'insert',
	'3': 'delete',
	'4': 'end',
	'5': 'page-up',
	'6': 'page-down',
	'7': 'home',
	'8': 'end',
	'11': 'f1',
	'12': 'f2',
	'13': 'f3',
	'14': 'f4',
	'15': 'f5',
	'17': 'f6',
	'18': 'f7',
	'19': 'f8',
	'20': 'f9',
	'21': 'f10',
	'23': 'f11',
	'24': 'f12',
};

const byControl: Readonly<Record<string, string>> = {
	'\b': 'backspace',
	'\t': 'tab',
	'\n': 'enter',
	'\r': 'enter',
	'\u001b': 'esc',
	'\u007f': 'backspace',
	'\0': 'ctrl-space',
};

/** A parameter holds the modifiers as bits, plus one. */
function modified(name: string, parameter: string | undefined): string {
	const bits = Number(parameter ?? 1) - 1;
	return `${bits & 4 ? 'ctrl-' : ''}${bits & 2 ? 'alt-' : ''}${bits & 1 ? 'shift-' : ''}${name}`;
}

/** The name of a typed grapheme or control character; null for one that is no key. */
export function keyOfText(text: string): string | null {
	const named = byControl[text];
	if (named !== undefined) return named;
	const code = text.charCodeAt(0);
	if (code < 0x20) return `ctrl-${String.fromCharCode(code + 0x40).toLowerCase()}`;
	return code >= 0x7f && code < 0xa0 ? null : text;
}

function keyOfCsi(parameters: string, final: string): string | null {
	const [number = '', modifiers] = parameters.split(';');
	if (final === 'Z') return 'shift-tab';
	const name = final === '~' ? byNumber[number] : final === 'M' ? undefined : byFinal[final];
	return name === undefined ? null : modified(name, modifiers);
}

/** The key that a whole escape sequence stands for; null for a report or a key without a name. */
export function keyOfSequence(sequence: string): string | null {
	if (sequence === '\u001b') return 'esc';
	const csi = /^\u001b\[([\d;]*)([A-Za-z~])$/.exec(sequence);
	if (csi) return keyOfCsi(csi[1] ?? '', csi[2] ?? '');
	const functionKey = /^\u001b\[\[([A-E])$/.exec(sequence)?.[1];
	if (functionKey) return `f${functionKey.charCodeAt(0) - 0x40}`;
	const shifted = /^\u001bO([A-Z])$/.exec(sequence)?.[1];
	if (shifted) return byFinal[shifted] ?? null;
	const alt = /^\u001b([^\u001b])$/u.exec(sequence)?.[1];
	const key = alt === undefined ? null : keyOfText(alt);
	return key === null ? null : `alt-${key}`;
}
